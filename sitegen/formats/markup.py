"""HTML in the fields of feeds to text: paragraphs stay apart, the rest of the markup goes.

Text that merely holds a "<" ("p<0.05", "x<y") is told from HTML by the names of its tags.
"""

from __future__ import annotations

import re

from lxml import etree

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
    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(written[:_LONGEST].encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        tree = None
    return written if tree is None else "".join(_pieces(tree))


def _pieces(tree: etree._Element) -> list[str]:
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
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
