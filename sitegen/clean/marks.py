r"""Marks of typing: quotation marks, ties, emphasis and HTML entities.

Each function takes and gives text; what can be read in two ways stays. Quotes are LaTeX's
(``…''), ties are LaTeX's `~`, emphasis is Markdown's `*…*` and `_…_` (CommonMark 0.31, 6.2: a
mark that opens has no blank behind it and no letter before).

In clean running text emphasis stands as `*…*`, strong emphasis as `**…**` and code between
backticks, however it was typed; there is none around formulas and addresses. `emphasized` gives
the parts of such a text, `unemphasized` its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# Patterns begin with what is rare and look back from it: so `re` finds them fast.
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_HIDDEN_TAG = re.compile(r"&(?:lt|#0*60|#[xX]0*3[cC]);(?=[A-Za-z/!?&])")

_DOUBLE = re.compile(r"``\s?((?:(?!``|'').){1,500}?)\s?''", re.DOTALL)
_DOUBLE_MIXED = re.compile(r"``\s?((?:(?!``|['\"]{2}).){1,500}?)[\"”]", re.DOTALL)
_DOUBLE_OPEN = re.compile(r"``(?<!```)(?!`)")
_CLOSING_TWICE = re.compile(
    r"''(?<![\w']'')(?=\w)((?:(?!'').){1,300}?)(?<=[\w.,!?)])''(?![\w'])", re.DOTALL
)
_SINGLE = re.compile(r"`(?<![\w`]`)(?=[\w(])([^`'\n]{1,200}?)(?<=[\w.,!?)])'(?![\w'])")

_TIE_AFTER_WORD = re.compile(
    r"~(?<=[A-Za-z.,;:)\]}%\d]~)(?=[A-Za-z(\[\\\"“‘\U000f0000-\U0010ffff])"
)
_TIE_BEFORE_NUMBER = re.compile(r"~(?:(?<=[A-Za-z]~)|(?<=[a-z]\.~))(?=\d)")
_TIE_AFTER_BLANK = re.compile(r"~(?<= ~)(?=[A-Za-z])")

_STRONG = re.compile(r"\*\*(?<![\w*\\]\*\*)(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*\*(?![\w*])")
_EMPHASIS = re.compile(
    r"\*(?<![\w*\\/^_]\*)(?=[A-Za-z\"“(])([^*\n]{1,200}?)(?<=[^\s*(])\*(?![\w*])"
)
_UNDERLINED = re.compile(r"_(?<![\w\\/{}^]_)([A-Za-z][A-Za-z' -]{1,80}[A-Za-z])_(?![\w{}])")


# Emphasis whose words have no mark of their own, of formulas, code or what `clean` keeps apart.
_KEPT = re.compile(
    rf"(?:{_STRONG.pattern}|{_EMPHASIS.pattern})".replace(
        r"[^*\n]", r"[^*\n$`\\\U000f0000-\U0010ffff]"
    )
)
# LaTeX's commands for it, and the marks that stand for them.
_COMMAND = re.compile(
    r"(?<![\w*\\/^_`$])\\(emph|textit|textsl|textbf|texttt)\{"
    r"([A-Za-z](?:[^*`{}\\$\n\U000f0000-\U0010ffff]{0,198}[^\s*`{}\\$(\U000f0000-\U0010ffff])?)\}(?![\w*`{$])"
)
_COMMAND_MARKS = {"textbf": "**", "texttt": "`"}


def may_emphasize(text: str) -> bool:
    """Whether `emphasis` would change the text."""
    return emphasis(text) != text


def may_tie(text: str) -> bool:
    """Whether `ties` would change the text."""
    ties_of = (_TIE_AFTER_WORD, _TIE_BEFORE_NUMBER, _TIE_AFTER_BLANK)
    return any(tie.search(text) for tie in ties_of)


def may_hold_entities(text: str) -> bool:
    """Whether `entities` may change the text."""
    return _ENTITY.search(text) is not None


def entities(text: str) -> str:
    """HTML entities as their characters.

    An abstract about HTML may mean its `&lt;b&gt;`, and cleaning makes no tags: where one would
    come of it, `&lt;` and `&gt;` stay, all of them.
    """
    if _HIDDEN_TAG.search(text):
        return _ENTITY.sub(lambda m: m[0] if unescape(m[0]) in {"<", ">"} else unescape(m[0]), text)
    return _ENTITY.sub(lambda m: unescape(m[0]), text)


def quotes(text: str) -> str:
    """LaTeX's quotation marks as typographic ones; straight ones stay."""
    if "``" in text:
        if "''" in text:
            text = _DOUBLE.sub(r"“\1”", text)
        if '"' in text or "”" in text:
            text = _DOUBLE_MIXED.sub(r"“\1”", text)
        text = _DOUBLE_OPEN.sub("“", text)
    if "''" in text:
        text = _CLOSING_TWICE.sub(r"“\1”", text)
    if "`" in text:
        text = _SINGLE.sub(r"‘\1’", text)
    return text


def ties(text: str) -> str:
    """`Fig.~3` is a tie and `204~365%` a range: a tie stands between a word and what it ties."""
    text = _TIE_AFTER_BLANK.sub("", text)
    text = _TIE_AFTER_WORD.sub(" ", text)
    return _TIE_BEFORE_NUMBER.sub(" ", text)


def emphasis(text: str) -> str:
    """Markdown's emphasis with one mark for one thing, and without any around formulas."""
    if "*" in text:
        text = _STRONG.sub(_kept, text)
        text = _EMPHASIS.sub(_kept, text)
    if "_" in text:
        text = _UNDERLINED.sub(_starred, text)
    return text


def _kept(found: re.Match[str]) -> str:
    return found[0] if _KEPT.match(found.string, found.start()) else found[1]


def _starred(found: re.Match[str]) -> str:
    text = found.string
    around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
    return found[1] if "*" in around else f"*{found[1]}*"


def commanded(text: str) -> str:
    r"""LaTeX's emphasis with the marks of Markdown: `\emph{so}` is `*so*`."""
    return _COMMAND.sub(_marked, text) if "\\" in text else text


def _marked(found: re.Match[str]) -> str:
    mark = _COMMAND_MARKS.get(found[1], "*")
    return f"{mark}{found[2]}{mark}"


def emphasized(text: str) -> Iterator[tuple[str, str]]:
    """Parts of a clean text without formulas, each with its HTML element: "", "em", "strong"."""
    done = 0
    for found in _KEPT.finditer(text):
        yield text[done : found.start()], ""
        yield (found[1], "strong") if found[1] else (found[2], "em")
        done = found.end()
    yield text[done:], ""


def unemphasized(text: str) -> str:
    """A clean text without formulas, and without the marks of emphasis."""
    return _KEPT.sub(lambda found: found[1] or found[2], text) if "*" in text else text


def emphasis_at(text: str) -> Iterator[tuple[int, int]]:
    """Where emphasis begins and ends in a clean text."""
    return (found.span() for found in _KEPT.finditer(text))
