r"""LaTeX in running text: commands to characters, and what is left of stripped formulas.

Sites that take abstracts from arXiv drop the dollar signs and backslashes of formulas
(`$\mathcal{O}(n)$` arrives as `mathcal{O}(n)`) but keep the commands of the text (`66.92\%`).
Both are mended here where one reading alone is possible. Formulas that still stand between
dollar signs never come here: `__init__` puts placeholders in their place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from .signs import Needles
from .tables import (
    ACCENTS,
    ARROWS,
    BLACKBOARD,
    GLUED_SIZES,
    GREEK,
    LETTERS,
    ORDINALS,
    OVER,
    REFERENCES,
    RELATIONS,
    SHOWN,
    SUPERSCRIPTS,
    SWITCHES,
    SYMBOLS,
    UNMISTAKABLE,
)


def _any(names: Iterable[str]) -> str:
    """The alternation of names, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# ------------------------------------------------------------------- with a backslash

_ESCAPED = re.compile(r"\\([%&#_])")
_DOLLAR = re.compile(r"\\\$(?=\d)")
_SPACING = re.compile(r"\\(?:[,;: ](?![A-Za-z]*\{)|\\(?=\s|$)|@(?=[\s.]))|~\\@(?=[\s.])")
_NOTHING = re.compile(r"\\[!/-](?=[A-Za-z\d])")

_ACCENT = re.compile(
    r"\{?\\(?:(['`\"^~=.])\s?|([cvuHkrdb])(?=[\s{]))\s?"
    r"(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])(?:\{\})?|([A-Za-z]))(\})?"
)
_CONTRACTION = re.compile(r"\\'(?<=[A-Za-z]\\')(?=(?:s|t|d|m|re|ll|ve)\b)")
_ESCAPED_QUOTE = re.compile(r"\\\"(?![A-Za-z{\\])|\\\"(?=[A-Za-z]+\\\")")

_LETTER = re.compile(
    r"\{\\([oOlLij])\s?\}|\\([oOlL])\{\}"
    r"|\\(?<=[A-Za-z]\\)([oOlL])(?: (?=[a-z])|(?![A-Za-z]))"
    r"|\\([OL]) (?=[a-z])"
)
_SWITCHED = re.compile(rf"\{{\s?\\(?:{_any(SWITCHES)})(?![A-Za-z])[\s~]*+([^{{}}]*)\}}")
_OPEN_SWITCHED = re.compile(rf"\{{\s?\\(?:{_any(SWITCHES)})(?![A-Za-z])\s*")
_SWITCH = re.compile(rf"\\(?:{_any(SWITCHES)})(?![A-Za-z{{])\s*")
_COLOURED = re.compile(r"\\textcolor\{[^{}]{0,40}\}\{((?:[^{}]++|\{[^{}]*+\})*)\}")
_REFERENCE = re.compile(rf"\\(?:{_any(REFERENCES)})\*?\{{([^{{}}]{{1,200}})\}}")
_FOOTNOTE = re.compile(r"(?:\s\\|\\)(?:footnote|thanks)\{((?:[^{}]++|\{[^{}]*+\})*)\}")
_OPEN_FOOTNOTE = re.compile(r"(?:\s\\|\\)(?:footnote|thanks)\{([^{}]*)\Z")
_LONE_SYMBOL = re.compile(r"\{\\([A-Za-z]+)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:(\{\})|(?![A-Za-z]))")
# A macro of the authors' own, such as `\tool`, is known by standing where a word stands.
_SHORTEST_MACRO = 3
_INTO_FORMULA = frozenset("{[\\^_")
_BEFORE_WORD = re.compile(r"(?:^|[\s(\[{\"“‘'`/–—-])$")

# ---------------------------------------------------------------- with or without one

_GROUP = r"\{((?:[^{}]++|\{[^{}]*+\})*)\}"
_START = r"(?:\\|(?<![A-Za-z\\]))"
_ARGUMENT = re.compile(r"\{(?<=[A-Za-z]\{)")
_SHOWN = re.compile(rf"{_START}(mathbb|{_any(SHOWN)}){_GROUP}")
_OVER = re.compile(rf"{_START}({_any(OVER)})\{{([A-Za-z])\}}")
# Looked for first: a pattern that may begin anywhere takes twenty times as long to find nothing.
_OPENED = Needles(f"{name}{{" for name in (*SHOWN, *OVER))
_OVER_NEXT = re.compile(rf"\\({_any(OVER)})(?:\s([A-Za-z])(?![A-Za-z])|\s?([\u0370-\u03ff]))")
_ROOT = re.compile(rf"{_START}sqrt\{{([^{{}}]{{1,60}})\}}")
_FRACTION = re.compile(rf"{_START}[dt]?frac\{{([^{{}}]{{1,60}})\}}\{{([^{{}}]{{1,60}})\}}")

# --------------------------------------------------------------- formulas laid bare

_THOUSANDS = re.compile(r"\{,\}(?<=\d\{,\})(?=\d)")
_BASE = re.compile(r"\{([A-Za-z0-9\u0370-\u03ff])\}(?=[_^])")
_SCRIPT_GROUP = re.compile(r"([_^])\{([^{}]{1,80})\}(\w?)")
# An index that reads well without its braces: a number, a word, or words with hyphens.
_INDEX = re.compile(r"\w+|\d+\.\d+|[A-Za-z]{2,}(?:-[A-Za-z]{2,})+")
_FORMULA_NAMES = {**GREEK, **ARROWS, **UNMISTAKABLE, **RELATIONS, "to": "→"}
_FORMULA = re.compile(rf"(?:{_any(_FORMULA_NAMES)}|[A-Za-z](?![A-Za-z])|[^A-Za-z])+")
_FORMULA_NAME = re.compile(
    rf"(?:(?<!\s)\s+)?({_any(('circ', 'times'))})\s*|({_any(_FORMULA_NAMES)})"
)
_GREEK_SCRIPT = re.compile(rf"([_^])({_any(GREEK)})(?![A-Za-z0-9_])")
_ONE_LETTER_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9_])[A-Za-z\u0370-\u03ff]$|[)}\]]$")
_CLOSING_ALONE = re.compile(r"\}(?<=[A-Za-z]\})(?=[\s.,;:)]|$)")
_DEGREES = re.compile(r"\^(?<=\d\^)\{?\\?circ\}?(?![a-z])")
_ORDINAL = re.compile(rf"\^\{{?({_any(ORDINALS)})\}}?(?![\w}}])")
_POWER = re.compile(r"\^(?<=[A-Za-z0-9)\]]\^)(?:\{([-+]?\d{1,4})\}|([-+]?\d{1,4})(?![\w^{]|\.\d))")


def _is_square(times: re.Match[str]) -> bool:
    """Whether the numbers on both sides are the same: `64 times 64` is a size."""
    before = re.search(
        r"(?<![\d.])(\d{1,6}) $", times.string[max(0, times.start() - 9) : times.start()]
    )
    after = re.match(r" (\d{1,6})(?![\d%])", times.string[times.end() : times.end() + 8])
    return bool(before and after and before[1] == after[1])


# "sim2real" and "Sim(3)" are words of robotics: a sign of quantity has to follow the number.
_SIM = (
    r"sim(?<![A-Za-z\\]sim)(?=\d+(?:[.,]\d+)*(?:\s?\\?%|\s?[×xX](?![A-Za-z])|[KMBk]\b|times)"
    r"|\d+\.\d|\d\d+(?![A-Za-z\d]))"
)
_AFTER_LETTER = r"(?:(?<=\W[A-Za-z]times)|(?<=^[A-Za-z]times))"
# What has to stand in the text (a plain search, the cheapest test there is), the pattern, and what
# takes its place. Patterns begin with their literal and look back from it: so `re` finds them fast.
_WORD_RULES: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("times", re.compile(r"times(?<=\dtimes)(?=[^A-Za-z]|$|[A-Za-z](?:times|(?![A-Za-z])))"), "×"),
    ("times", re.compile(rf"times{_AFTER_LETTER}(?=[A-Za-z0-9](?:times|(?![A-Za-z])))"), "×"),
    ("times", re.compile(r"times(?<=\d times)(?= \d)"), lambda m: "×" if _is_square(m) else m[0]),
    ("sim", re.compile(_SIM), "∼"),
    ("approx", re.compile(r"approx(?<![A-Za-z\\]approx)(?=\d)"), "≈"),
    (
        "arrow",
        re.compile(rf"(?<![A-Za-z\\])(?:{_any(ARROWS)})(?![A-Za-z])"),
        lambda m: ARROWS[m[0]],
    ),
    ("pm", re.compile(r"pm(?<=[.\d]\dpm)(?=\d+\.\d)"), "±"),
    ("ell_", re.compile(r"ell(?<![A-Za-z\\]ell)(?=_[\d{p])"), "ℓ"),
    (" gg ", re.compile(r" gg (?<=[^\w'’][A-HJ-Za-hj-z] gg )(?=[A-Za-z](?!\w))"), " ≫ "),
    ("kge", re.compile(r"ge(?<=[^A-Za-z0-9]kge)(?=\d(?![A-Za-z0-9]))"), "≥"),
    *((size, re.compile(rf"{size}(?<![A-Za-z]{size})(?=[A-Z])"), "") for size in GLUED_SIZES),
    *(
        (name, re.compile(rf"{name}(?<![A-Za-z\\]{name})(?![A-Za-z])"), glyph)
        for name, glyph in UNMISTAKABLE.items()
    ),
)
_PARTS = Needles(part for part, _, _ in _WORD_RULES)

# The names whose presence shows that formulas were stripped, with a closer look where they may be
# words or parts of words; the others of the table are mended where something else shows it.
_RELATION = re.compile(r"q(?<=[lgn]eq)(?:slant)?(?![A-Za-z])").search
TRACES: tuple[tuple[str, Callable[[str], object] | None], ...] = (
    (
        "times",
        re.compile(rf"times(?<=\dtimes)|times(?<=\d times)(?= \d)|times{_AFTER_LETTER}").search,
    ),
    *((f"sim{digit}", re.compile(_SIM).search) for digit in range(10)),
    ("leq", _RELATION),
    ("geq", _RELATION),
    ("neq", _RELATION),
    *((f"{digit}pm", re.compile(r"pm(?<=\dpm)(?=\d)").search) for digit in range(10)),
    ("approx", re.compile(r"approx(?!im)").search),
    *((name, None) for name in ("varepsilon", "vartheta", "varphi")),
    ("arrow", re.compile(r"arrow(?:(?<=[tpew]arrow)|(?<=wnarrow))").search),
    *((name, None) for name in ("infty", "cdot", "ldots", *GLUED_SIZES)),
)


_TRACE_PARTS = Needles(part for part, _ in TRACES)


def unescaped(text: str) -> str:
    r"""The text with `\%`, `\&`, `\#` and `\_` as the characters they stand for."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def commands(text: str) -> str:
    """The text with commands that still have their backslash as what they stand for."""
    if "\\" not in text:
        return text
    if "\\$" in text and "$" not in text.replace("\\$", ""):
        text = _DOLLAR.sub("$", text)
    text = _quotes_and_accents(text)
    if "{" in text:
        text = _SWITCHED.sub(r"\1", text)
        text = _OPEN_SWITCHED.sub("", text)
        text = _COLOURED.sub(r"\1", text)
        text = _REFERENCE.sub(r"[\1]", text)
        text = _FOOTNOTE.sub(r" (\1)", text)
        text = structures(text)
        text = _LONE_SYMBOL.sub(lambda m: SYMBOLS.get(m[1], m[0]), text)
    text = _OVER_NEXT.sub(lambda m: _over(m[1], m[2] or m[3]), text)
    text = _LETTER.sub(lambda m: LETTERS[m[1] or m[2] or m[3] or m[4]], text)
    text = _SWITCH.sub("", text)
    text = _COMMAND.sub(_command, text)
    return _NOTHING.sub("", _SPACING.sub(" ", text))


def open_footnote(text: str) -> str:
    """A footnote at the end of a text that was cut off in it."""
    return _OPEN_FOOTNOTE.sub(r" (\1)", text) if "\\" in text else text


def _quotes_and_accents(text: str) -> str:
    r"""`\"` and `\'` are accents, or quotes that were escaped once too often."""
    if _ESCAPED_QUOTE.search(text):
        text = text.replace('\\"', '"')
    text = _CONTRACTION.sub("'", text)
    return _ACCENT.sub(_accented, text)


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4] or match[5]
    composed = unicodedata.normalize("NFC", letter + ACCENTS[match[1] or match[2]])
    if len(composed) > 1:
        return match[0]  # no such letter: it was no accent
    opened, closed = match[0][0] == "{", bool(match[6])
    before = "{" if opened and not closed else ""
    return before + composed + ("}" if closed and not opened else "")


def _command(match: re.Match[str]) -> str:
    name, braces = match[1], match[2]
    text, end = match.string, match.end()
    after = text[end : end + 1]
    glyph = SYMBOLS.get(name)
    if glyph is not None:
        return glyph[:-1] if glyph[-1:] == after == "." else glyph
    if len(name) < _SHORTEST_MACRO or after.isalnum() or after in _INTO_FORMULA:
        return match[0]
    if name[0] in "nrt" and name[1].isupper() and not braces:
        return match[0]  # a line break or tab that somebody writes about
    before = text[match.start() - 1 : match.start()]
    return name if _BEFORE_WORD.search(before) else match[0]


def structures(text: str) -> str:
    r"""Commands with an argument, whether or not the backslash is left: `mathcal{O}` is O."""
    if not _ARGUMENT.search(text):
        return text
    if _OPENED.present(text):
        text = _SHOWN.sub(_shown, text)
        text = _OVER.sub(lambda m: _over(m[1], m[2]), text)
    if "sqrt{" in text:
        text = _ROOT.sub(lambda m: f"√{_operand(m[1])}", text)
    if "frac{" in text:
        text = _FRACTION.sub(lambda m: f"{_operand(m[1])}/{_operand(m[2])}", text)
    return text


def _over(name: str, letter: str) -> str:
    return unicodedata.normalize("NFC", letter + OVER[name])


def _shown(match: re.Match[str]) -> str:
    name, argument = match[1], match[2]
    if name == "mathbb":
        return BLACKBOARD.get(argument, argument)
    return argument


def _operand(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def formulas(text: str) -> str:
    """What is left of formulas whose dollar signs and backslashes were dropped."""
    if "{" in text:
        text = _THOUSANDS.sub(",", text)
        text = structures(text)
        text = _BASE.sub(r"\1", text)
    if "^" in text:
        text = _DEGREES.sub("°", text)
        text = _ORDINAL.sub(r"\1", text)
        text = _POWER.sub(lambda m: (m[1] or m[2]).translate(SUPERSCRIPTS), text)
    if "{" in text:
        text = _SCRIPT_GROUP.sub(_script_group, text)
    if "_" in text or "^" in text:
        text = _GREEK_SCRIPT.sub(_greek_script, text)
    if "}" in text and "{" not in text:
        text = _CLOSING_ALONE.sub("", text)
    return words(text)


def _script_group(match: re.Match[str]) -> str:
    mark, content, after = match[1], match[2], match[3]
    if _FORMULA.fullmatch(content):
        content = _FORMULA_NAME.sub(lambda m: _FORMULA_NAMES[m[1] or m[2]], content)
    simple = not after and (len(content) == 1 or (mark == "_" and _INDEX.fullmatch(content)))
    return f"{mark}{content}{after}" if simple else f"{mark}({content}){after}"


def _greek_script(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 2) : match.start()]
    return match[1] + GREEK[match[2]] if _ONE_LETTER_BEFORE.search(before) else match[0]


def may_index(text: str) -> bool:
    """Whether an index or exponent stands in the text that would be mended; no braces do."""
    rules = (_GREEK_SCRIPT, _DEGREES, _ORDINAL, _POWER)
    return "ell_" in text or any(rule.search(text) for rule in rules)


def was_stripped(text: str) -> bool:
    """Whether names stand in the text that only a formula can have left there."""
    for number in _TRACE_PARTS.present(text):
        look = TRACES[number][1]
        if look is None or look(text):
            return True
    return False


def words(text: str) -> str:
    """Names of symbols that stand bare in the text, where they can be no word."""
    for number in _PARTS.present(text):
        _, pattern, replacement = _WORD_RULES[number]
        text = pattern.sub(replacement, text)
    return text
