r"""Captured text to clean text, and clean text to HTML.

`text` takes what a dump holds and gives plain Unicode: leftovers of stripped LaTeX and Markdown
mended where that is certain, links repaired, white space collapsed, control characters gone. It
never makes markup and is idempotent. `to_html` escapes clean text and links its addresses.
`reading` gives clean text without TeX, `prose` running text without emphasis, too, `rich` the HTML
of a page. `person` cleans a name; `latex_text` resolves text that its source writes in TeX.

Certain means: no other reading makes sense. Formulas between dollar signs (or `\(…\)`) are TeX
and stay TeX. HTML entities are an escaping too many and are decoded, but for `&lt;` where a tag
would come of it. The rules stand in `latex`, `marks` and `links`, their data in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .characters import plain, without_new_tags
from .latex import (
    TRACES,
    commands,
    formulas,
    may_index,
    open_footnote,
    unescaped,
    was_stripped,
)
from .links import URL, has_host, in_ascii, repair, to_html, trim
from .marks import (
    commanded,
    emphasis,
    entities,
    may_emphasize,
    may_hold_entities,
    may_tie,
    quotes,
    ties,
)
from .rich import (
    prose,
    rich,
    rich_lead,
    rich_prose,
    rich_title,
    tall_formulas,
    whole_spans,
    without_emphasis,
)
from .signs import AT_A_SEAM, Signs
from .tex import are_shown, latex_text, person, persons
from .unicode_math import FORMULA, is_formula, reading

__all__ = [
    "are_shown",
    "commanded",
    "has_host",
    "in_ascii",
    "latex_text",
    "name",
    "names",
    "person",
    "persons",
    "prose",
    "reading",
    "rich",
    "rich_lead",
    "rich_prose",
    "rich_title",
    "tall_formulas",
    "text",
    "title",
    "to_html",
    "whole_spans",
    "without_emphasis",
]

# A text that is still changing after so many rounds is nested on purpose; it stays as it was. Of
# a hundred thousand titles and abstracts none changed more than twice.
_ROUNDS = 4

_FIRST_PLACEHOLDER = 0xF0000
_PLACEHOLDERS = 0x10FFFF - _FIRST_PLACEHOLDER
_PLACEHOLDER = re.compile("[\U000f0000-\U0010ffff]")

# Marks that only LaTeX, Markdown, HTML and formulas put into an abstract.
_MARKS = ("\\", "{", "}", "`", "''", "~", "*", "&", "^", "_", "$")


def _needs_repair(text: str) -> bool:
    return repair(text) != text


# Dollar signs alone change nothing: what they protect is told by other signs.
_SIGNS = Signs(
    [
        *((mark, None) for mark in ("\\", "{", "}", "`", "''")),
        ("&", may_hold_entities),
        ("~", may_tie),
        ("*", may_emphasize),
        ("_", may_emphasize),
        ("_", may_index),
        ("^", may_index),
        *((part, _needs_repair) for part in ("://", "proxy", "mirror")),
        *TRACES,
    ]
)
_SIGNS_IN_NAMES = Signs([(mark, None) for mark in "\\{&"])
_SIGNS_IN_LISTS = Signs([(mark, None) for mark in ("\\", "{", "&", *AT_A_SEAM)], ends="|")


_is_clean = _SIGNS.absent


def title(captured: str) -> str:
    """A title as shown: as captured but for white space and what is certain."""
    if _is_clean(captured):
        return captured
    return _settled(captured, _mended_title, paragraphs=False)


def name(captured: str) -> str:
    """A person's name or a keyword: as captured but for white space and invisible characters.

    LaTeX in it is mended as in a title; without a backslash or brace none is looked for, which
    makes this several times as fast.
    """
    if _SIGNS_IN_NAMES.absent(captured):
        return captured
    if "\\" in captured or "{" in captured or "&" in captured:
        return title(captured)
    return without_new_tags(captured, plain(captured, paragraphs=False))


def names(captured: Sequence[str]) -> tuple[str, ...]:
    """Names or keywords as `name` cleans them, those without anything left out."""
    together = "|".join(captured)
    if together and _SIGNS_IN_LISTS.absent(together):
        return tuple(filter(None, captured))
    return tuple(filter(None, map(name, captured)))


def text(captured: str) -> str:
    """An abstract or other running text, cleaned. Paragraphs stay apart by a blank line."""
    if _is_clean(captured):
        return captured
    return _settled(captured, _mended_text, paragraphs=True)


def _settled(captured: str, mend: Callable[[str], str], *, paragraphs: bool) -> str:
    """The text mended until nothing changes any more; as captured when that has no end.

    Idempotent whatever the rules do: what comes out is mended to itself, or is what every
    further attempt would start from and give up on.
    """
    start = without_new_tags(captured, plain(captured, paragraphs=paragraphs))
    if start is not captured and _is_clean(start):
        return start
    current = start
    for _ in range(_ROUNDS):
        mended = mend(current)
        if mended == current:
            return current
        after = without_new_tags(current, plain(mended, paragraphs=paragraphs))
        if after == current:
            return current
        current = after
    return start


def _mended_text(captured: str) -> str:
    return _mended(captured, running=True)


def _mended_title(captured: str) -> str:
    return _mended(captured, running=False)


def _mended(captured: str, *, running: bool) -> str:
    """One round of all rules."""
    for mark in _MARKS:
        if mark in captured:
            return _mended_outside_formulas(captured, running=running)
    captured = repair(captured)
    if not was_stripped(captured):
        return captured
    return _mended_outside_formulas(captured, running=running)


def _mended_outside_formulas(captured: str, *, running: bool) -> str:
    """All rules on what is no formula; most of them on what is no address either."""
    kept: list[str] = []
    current = captured
    if "$" in current or "\\(" in current or "\\[" in current:
        current = FORMULA.sub(lambda m: _keep(m, kept), current)
    if "&" in current:
        current = entities(current)
    current = repair(unescaped(current))
    if running:
        current = commanded(current)
    if "://" in current:
        current = URL.sub(lambda m: _keep_address(m[0], kept), current)
    if len(kept) > _PLACEHOLDERS:
        return captured
    if running:
        current = open_footnote(current)
    current = quotes(formulas(commands(current)))
    if "~" in current:
        current = ties(current)
    if running:
        current = emphasis(current)
    if not kept:
        return current
    return _PLACEHOLDER.sub(lambda m: kept[ord(m[0]) - _FIRST_PLACEHOLDER], current)


def _keep(match: re.Match[str], kept: list[str]) -> str:
    return _placeholder(match[0], kept) if is_formula(match) else match[0]


def _keep_address(url: str, kept: list[str]) -> str:
    address = trim(url)
    return _placeholder(address, kept) + url[len(address) :]


def _placeholder(piece: str, kept: list[str]) -> str:
    kept.append(piece)
    return chr(min(_FIRST_PLACEHOLDER + len(kept) - 1, 0x10FFFF))
