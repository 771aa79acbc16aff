"""Clean text to the HTML of a page: links, formulas as MathML, code as code.

`rich` takes running text, `rich_title` a title. Most texts hold no sign of any of it, which is
asked first. Nothing of a text gets into the markup but escaped.
"""

from __future__ import annotations

import re
from html import escape

from .links import to_html
from .mathml import mathml
from .reading import FORMULA, formula, inside, is_display, is_formula, reading, web_link

# A script on a letter of the text, "P$^3$Sum": MathML would put a gap where its base is missing.
_SCRIPT = re.compile(r"[\^_](?:(\w)|\{([\w+-]{1,16})\})")
_TALL = re.compile("<(?:mfrac|mroot|msqrt|mtable|munder|munderover)[ >]")
# Between backticks, as in Markdown; `single' quotes are read before.
_CODE = re.compile(r"(?<![`\\\w])`([^`\s](?:[^`\n]{0,198}[^`\s])?)`(?![`\w])")


def rich(text: str) -> str:
    """Running text as HTML; blank lines are left to the caller."""
    if "$" not in text and "\\" not in text and "`" not in text:
        return to_html(text)
    return "".join(_pieces(text))


def rich_title(title: str) -> str:
    """A title as HTML where that shows more than its plain reading; "" where it doesn't."""
    if "$" not in title and "\\" not in title and "`" not in title:
        return ""
    return "".join(_pieces(title, links=False))


def tall_formulas(text: str) -> list[str]:
    """The formulas of a text that a line of text cannot show well, as MathML without their TeX."""
    if "$" not in text and "\\" not in text:
        return []
    found = (inside(one[0]).strip() for one in FORMULA.finditer(text) if is_formula(one))
    shown = (mathml(tex, display=True, source=False) for tex in dict.fromkeys(found))
    return [one for one in shown if one and _TALL.search(one)]


def whole_formulas(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of a text, widened so that it cuts no formula."""
    if "$" in text or "\\" in text:
        for found in FORMULA.finditer(text):
            if is_formula(found):
                if found.start() < start < found.end():
                    start = found.start()
                if found.start() < end < found.end():
                    end = found.end()
    return start, end


def _pieces(text: str, *, links: bool = True) -> list[str]:
    done = 0
    out = []
    for found in FORMULA.finditer(text):
        if is_formula(found):
            out += _code(text[done : found.start()], links=links)
            out.append(_formula(found[0]))
            done = found.end()
    return [*out, *_code(text[done:], links=links)]


def _formula(written: str) -> str:
    tex = inside(written)
    if link := web_link(tex):
        return to_html(link)
    if found := _SCRIPT.fullmatch(tex):
        tag = "sup" if tex[0] == "^" else "sub"
        return f"<{tag}>{found[1] or found[2]}</{tag}>"
    shown = mathml(tex.strip(), display=is_display(written))
    return shown or escape(formula(tex) or tex, quote=False)


def _code(text: str, *, links: bool) -> list[str]:
    if "`" not in text:
        return [_words(text, links=links)]
    # What stands between the matches, and what each has between its backticks, in turn.
    pieces = _CODE.split(text)
    return [
        f"<code>{escape(piece, quote=False)}</code>" if at % 2 else _words(piece, links=links)
        for at, piece in enumerate(pieces)
    ]


def _words(text: str, *, links: bool) -> str:
    plain = reading(text)
    return to_html(plain) if links else escape(plain, quote=False)
