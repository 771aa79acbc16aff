"""Clean text to the HTML of a page: links, formulas as MathML, code as code, emphasis.

`rich` takes running text, `rich_lead` a sentence of it, `rich_title` a title, which has no
emphasis; `prose` is running text read out. Most texts hold no sign of any of it, which is
asked first. Nothing of a text gets into the markup but escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from .links import to_html
from .marks import emphasis_at, emphasized, unemphasized
from .mathml import mathml
from .unicode_math import FORMULA, formula, inside, is_display, is_formula, reading, web_link

# A script on a letter of the text, "P$^3$Sum": MathML would put a gap where its base is missing.
_SCRIPT = re.compile(r"[\^_](?:(\w)|\{([\w+-]{1,16})\})")
_TALL = re.compile("<(?:mfrac|mroot|msqrt|mtable|munder|munderover)[ >]")
# Between backticks, as in Markdown; `single' quotes are read before.
_CODE = re.compile(r"(?<![`\\\w])`([^`\s](?:[^`\n]{0,198}[^`\s])?)`(?![`\w])")


def rich(text: str) -> str:
    """Running text as HTML; blank lines are left to the caller."""
    if _is_plain(text) and "*" not in text:
        return to_html(text)
    return "".join(_pieces(text, _linked))


def rich_lead(text: str) -> str:
    """A sentence as HTML without links where that shows more than `prose`; "" where it doesn't."""
    if _is_plain(text) and "*" not in text:
        return ""
    return "".join(_pieces(text, _unlinked))


def prose(text: str) -> str:
    """Running text as plain text: formulas read out, emphasis gone."""
    return reading(without_emphasis(text))


def rich_prose(text: str) -> str:
    """Running text as HTML with its formulas read out: for feeds, whose readers lack MathML."""
    if "*" not in text and "`" not in text:
        return to_html(reading(text))
    return "".join(_pieces(text, _linked, lambda tex: to_html(reading(tex))))


def without_emphasis(text: str) -> str:
    """Running text without the marks of emphasis, formulas being left as they are."""
    if "*" not in text:
        return text
    return "".join(piece if is_tex else unemphasized(piece) for piece, is_tex in _parted(text))


def _is_plain(text: str) -> bool:
    return "$" not in text and "\\" not in text and "`" not in text


def rich_title(title: str) -> str:
    """A title as HTML where that shows more than its plain reading; "" where it doesn't."""
    return "" if _is_plain(title) else "".join(_pieces(title, _words))


def tall_formulas(text: str) -> list[str]:
    """The formulas of a text that a line of text cannot show well, as MathML without their TeX."""
    if "\\" not in text:
        return []
    found = (inside(one[0]).strip() for one in FORMULA.finditer(text) if is_formula(one))
    shown = (mathml(tex, display=True, source=False) for tex in dict.fromkeys(found))
    return [one for one in shown if one and _TALL.search(one)]


def whole_spans(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of a text, widened so that it cuts no formula and no emphasis."""
    spans: list[tuple[int, int]] = []
    if "$" in text or "\\" in text:
        spans += (found.span() for found in FORMULA.finditer(text) if is_formula(found))
    if "*" in text:
        spans += emphasis_at(text)
    for first, last in spans:
        if first < start < last:
            start = first
        if first < end < last:
            end = last
    return start, end


def _parted(text: str) -> Iterator[tuple[str, bool]]:
    """Formulas, and what stands between them, in turn."""
    done = 0
    for found in FORMULA.finditer(text):
        if is_formula(found):
            yield text[done : found.start()], False
            yield found[0], True
            done = found.end()
    yield text[done:], False


def _formula(written: str) -> str:
    tex = inside(written)
    if link := web_link(tex):
        return to_html(link)
    if found := _SCRIPT.fullmatch(tex):
        tag = "sup" if tex[0] == "^" else "sub"
        return f"<{tag}>{found[1] or found[2]}</{tag}>"
    shown = mathml(tex.strip(), display=is_display(written))
    return shown or escape(formula(tex) or tex, quote=False)


def _pieces(
    text: str, words: Callable[[str], str], formulas: Callable[[str], str] = _formula
) -> Iterator[str]:
    for piece, is_tex in _parted(text):
        if is_tex:
            yield formulas(piece)
        else:
            yield from _code(piece, words)


def _code(text: str, words: Callable[[str], str]) -> list[str]:
    if "`" not in text:
        return [words(text)]
    # What stands between the matches, and what each has between its backticks, in turn.
    pieces = _CODE.split(text)
    return [
        f"<code>{escape(piece, quote=False)}</code>" if at % 2 else words(piece)
        for at, piece in enumerate(pieces)
    ]


def _words(text: str) -> str:
    return escape(reading(text), quote=False)


def _unlinked(text: str) -> str:
    return _emphasis(text, _words)


def _linked(text: str) -> str:
    return _emphasis(text, lambda words: to_html(reading(words)))


def _emphasis(text: str, words: Callable[[str], str]) -> str:
    if "*" not in text:
        return words(text)
    parts = ((words(part), element) for part, element in emphasized(text))
    return "".join(f"<{tag}>{part}</{tag}>" if tag else part for part, tag in parts)
