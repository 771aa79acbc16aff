"""Markup in fields to text: paragraphs stay apart, the rest of the markup goes.

Feeds hold HTML as pages have it, with all that comes with it (`plain_text`); citation managers and
Crossref put single tags of JATS and HTML around words (`untagged`). Text that merely holds a "<"
("p<0.05", "x<y") is told from markup by the names of its tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# HTML Standard, 4: the elements that feeds use in titles and descriptions.
_BLOCKS = frozenset(
    ("p", "div", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "blockquote", "pre",
     "section", "article", "figure", "figcaption", "header", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "body", "html", "jats:p", "jats:title", "jats:sec")
)  # fmt: skip
_INLINE = (
    "a", "b", "i", "em", "strong", "span", "sub", "sup", "code", "img", "small", "font", "u", "tt",
    "abbr", "cite", "q", "td", "th", "tbody", "thead", "math", "jats:italic", "jats:sub",
    "jats:sup",
)  # fmt: skip
_UNSEEN = frozenset(("script", "style", "head", "annotation", "svg", "iframe", "object"))
_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted({*_BLOCKS, *_INLINE, *_UNSEEN}, key=len, reverse=True))})"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_LONGEST = 2_000_000


def plain_text(written: str) -> str:
    """The text of a piece of HTML; what is no HTML stays as it is."""
    if "<" not in written or not _TAG.search(written):
        return written
    from lxml import etree  # takes longer to load than all else that a reader of JSON needs

    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(written[:_LONGEST].encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        tree = None
    if tree is None:
        return written
    return "".join(_pieces(etree.iterwalk(tree, events=("start", "end"))))


def _pieces(events: Iterable[tuple[str, Any]]) -> list[str]:
    pieces: list[str] = []
    hidden = 0
    for event, element in events:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in _UNSEEN
            if name in _BLOCKS:
                pieces.append("\n\n")
            if element.text and name and not hidden:
                pieces.append(element.text)
            continue
        hidden -= name in _UNSEEN
        if name in _BLOCKS and name != "br":
            pieces.append("\n\n")
        if element.tail and not hidden:
            pieces.append(element.tail)
    return pieces


# --------------------------------------------------------------------------- single tags

# Elements of type, and what LaTeX has for them: `clean.text` keeps these where it can.
_COMMANDS = {
    **dict.fromkeys(("i", "em", "italic"), "emph"),
    **dict.fromkeys(("b", "strong", "bold"), "textbf"),
    **dict.fromkeys(("code", "tt", "monospace"), "texttt"),
}
_STYLED = re.compile(
    rf"<((?:jats:)?({'|'.join(_COMMANDS)}))>([^<>{{}}\\$`*]{{1,200}})</\1>", re.IGNORECASE
)
_SCRIPT = re.compile(r"(?<=[\w)\]])<((?:jats:)?su([bp]))>([\w+-]{1,16})</\1>", re.IGNORECASE)


def styled(written: str) -> str:
    r"""Running text with LaTeX in place of elements of type: `<i>so</i>` becomes `\emph{so}`.

    Only of elements that hold nothing but words; the others are left to the functions for markup.
    """
    if "</" not in written:
        return written
    if "$" not in written:  # which might be money, and end as a formula with what is put here
        written = _SCRIPT.sub(
            lambda found: f"${'_' if found[2] in 'bB' else '^'}{{{found[3]}}}$", written
        )
    return _STYLED.sub(lambda found: f"\\{_COMMANDS[found[2].casefold()]}{{{found[3]}}}", written)


# JATS and HTML in titles and abstracts: paragraphs and headings part, the rest is type.
_ANY_TAG = re.compile(r"<(/?)((?:jats:|mml:)?[A-Za-z][A-Za-z0-9-]{0,20})(?:\s[^<>]{0,500})?/?>")
_PARTING = frozenset({"p", "sec", "title", "list", "list-item", "br", "div", "ul", "ol", "li"})
_TYPE = frozenset(
    (
        "i", "b", "em", "strong", "sub", "sup", "span", "italic", "bold", "sc", "monospace",
        "underline", "roman", "strike", "u", "small", "tt", "abstract", "ext-link",
        "inline-formula", "disp-formula", "tex-math", "alternatives", "xref", "math", "mrow", "mi",
        "mo", "mn", "msub", "msup", "mfrac", "mtext", "mover", "munder", "mstyle", "semantics",
        "annotation", "msubsup", "msqrt", "named-content", "nocase", "label", "a", "uri", "email",
        "styled-content",
    )
)  # fmt: skip


def untagged(written: str) -> str:
    """A text without the tags of JATS and HTML; what only looks like a tag stays."""

    def replaced(tag: re.Match[str]) -> str:
        name = tag[2].rpartition(":")[2].casefold()
        if name in _PARTING:
            return "\n\n"
        return "" if name in _TYPE or tag[2].startswith(("jats:", "mml:")) else tag[0]

    return _ANY_TAG.sub(replaced, written).strip()
