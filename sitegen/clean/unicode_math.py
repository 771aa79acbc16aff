r"""Formulas as people read them aloud in plain text: for feeds, mail, and wherever no markup is.

`reading` takes clean text, in which formulas stand as TeX between dollar signs, and gives text
without TeX: `$\mathcal{O}(n^2)$` reads "O(n²)", `$\frac{a+b}{2}$` "(a+b)/2". Nothing raises, and
no backslash of a command is left: what is unknown shows its name. One pass, groups to a bounded
depth, so that neither length nor nesting costs more than its share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from .tables import BLACKBOARD, OVER, REFERENCES, SHOWN, SWITCHES, SYMBOLS

_DEEPEST: Final = 24  # groups within groups and arguments of arguments; deeper ones lose their form

_TOKEN = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|([{}^_&~])|([^\\{}^_&~]+)", re.DOTALL)
_SIMPLE = re.compile(r"[\w.,′″√]+|[^\w\s]?\w+\([^()]*\)", re.ASCII | re.DOTALL)
_WORD_END = re.compile(r"[^\W\d_]$")

# Functions whose names LaTeX sets upright; a name next to a letter is kept apart from it.
_NAMES: Final = frozenset({
    "arccos", "arcsin", "arctan", "arg", "argmax", "argmin", "cos", "cosh", "cot", "coth", "csc",
    "deg", "det", "dim", "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln",
    "log", "max", "min", "mod", "bmod", "poly", "polylog", "Pr", "sec", "sin", "sinh", "sup",
    "tan", "tanh", "softmax", "sign", "tr", "rank", "diag"
})  # fmt: skip
_SIZES: Final = frozenset({
    "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr",
    "biggl", "biggr", "Biggl", "Biggr", "limits", "nolimits", "displaystyle", "textstyle",
    "scriptstyle", "scriptscriptstyle", "rm", "cal", "nonumber", "notag", "hfill", "mathop",
    "mathrel", "mathbin", "mathord", "mathstrut", "strut", "allowbreak", "nobreak", "relax"
})  # fmt: skip
_SPACES: Final = frozenset(",;: ")
_NOTHING: Final = frozenset("!/-@*")
_UNSEEN: Final = frozenset({
    "begin", "end", "label", "tag", "color", "hspace", "vspace", "phantom", "hphantom", "vphantom",
    "kern",
})  # fmt: skip
_MORE: Final = {
    "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⊕", "bigotimes": "⊗",
    "coprod": "∐", "lVert": "‖", "rVert": "‖", "Vert": "‖", "vert": "|", "lvert": "|",
    "rvert": "|", "|": "‖", "asymp": "≍", "succ": "≻", "prec": "≺", "succeq": "⪰", "preceq": "⪯",
    "varnothing": "∅", "nexists": "∄", "iff": "⟺", "implies": "⟹", "coloneqq": "≔",
    "triangleq": "≜", "doteq": "≐", "trianglelefteq": "⊴", "ltimes": "⋉", "rtimes": "⋊",
    "wp": "℘", "imath": "ı", "jmath": "ȷ", "le": "≤", "ge": "≥", "lt": "<", "gt": ">",
    "cdotp": "·", "dotsb": "…", "dotsm": "…", "ddots": "⋱", "longmapsto": "⟼", "backslash": "∖",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "And": "&", "S": "§", "P": "¶",
    "bigstar": "★", "varpropto": "∝", "lessapprox": "⪅", "gtrapprox": "⪆", "subsetneq": "⊊",
    "sqsubseteq": "⊑", "blacktriangle": "▲", "diamond": "⋄", "surd": "√", "hslash": "ℏ",
    "digamma": "ϝ", "complement": "∁", "because": "∵", "therefore": "∴", "mho": "℧",
    "Leftarrow": "⇐", "leadsto": "⇝", "rightharpoonup": "⇀", "upharpoonright": "↾",
}  # fmt: skip

_RAISED: Final = dict(zip("0123456789+-−=()niT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀ", strict=True)) | {
    "′": "′", "∘": "°", "°": "°", "*": "*", "∗": "*", "⊤": "ᵀ", "†": "†",
}  # fmt: skip
_LOWERED: Final = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_SMALL: Final = frozenset((*_RAISED.values(), *_LOWERED.values()))

# What stands between dollar signs. These are a formula's when no blank stands just inside of them
# and no digit behind (the rule of Pandoc's `tex_math_dollars`), so that "$5 and $10" is money; but
# `$\sim$10` is a formula. A mark with a backslash before it is none (a pair of them ends
# a line): else each of many would be followed to the end of a text in which none closes it.
_UNESCAPED = r"(?:(?<!\\.)|(?<=[^\\]\\\\.)|(?<=^\\\\.))"
FORMULA = re.compile(
    r"\$\$(?:[^$\\]|\\.)++\$\$"
    rf"|\${_UNESCAPED}(?![\s$])(?:[^$\\]|\\.)++(?<!\s)\$"
    rf"|\\{_UNESCAPED}\((?:[^\\]|\\[^()])*+\\\)"
    rf"|\\{_UNESCAPED}\[(?:[^\\]|\\[^\[\]])*+\\\]",
    re.DOTALL,
)
_TEX = re.compile(r"[\\{}^_]")
_PROSE = re.compile(r"[A-Za-z]{3} [A-Za-z]{2,} [A-Za-z]{2}")
# Commands that stand in prose: inside a word only what cannot be part of a path. One letter could
# be an escape ("\n").
_MACRO = re.compile(
    r"(?<![:\\/])\\(?:([A-Za-z]{2,})\{([^{}]*)\}?|(?<!\w\\)([A-Za-z]{2,}))|\\(?=\d)"
)
# A sign that has a blank behind it and none in front: TeX took the one in front for its command.
_LOPSIDED = re.compile("(?<=[^\\s([{,;∼≤≥≈=])([≤≥<>≈≃≡∼∈∉⊂⊆⊇∩∪→↦⇒×±·=∝]) (?=\\S)")
_HREF = re.compile(
    r"\s*\\(?:href|url)\s*\{\s*(https?://[^\s{}\\]{1,2048})\s*\}"
    r"(?:\s*\{((?:[^{}]|\{[^{}]*\})*)\})?\s*"
)
_ESCAPED = re.compile(r"\\([%&#_$])")


def is_formula(found: re.Match[str]) -> bool:
    """Whether what stands between dollar signs is one: amounts of money are not."""
    if _TEX.search(found[0]):
        return True
    behind = found.string[found.end() : found.end() + 1]
    return not behind.isdigit() and not _PROSE.search(found[0])


def reading(text: str) -> str:
    r"""Clean text with its formulas, and what is left of commands, as plain text.

    >>> reading(r"It takes $\mathcal{O}(n \log n)$ steps for $x_i^2 \le 5$.")
    'It takes O(n log n) steps for xᵢ² ≤ 5.'
    """
    if "$" not in text and "\\" not in text:
        return text
    text = FORMULA.sub(lambda found: _read(found) if is_formula(found) else found[0], text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
        text = _MACRO.sub(_bare, text)
    return text


def _bare(found: re.Match[str]) -> str:
    name = found[1] or found[3] or ""
    if name == "footnote":
        return f" ({found[2]})"
    return found[2] or SYMBOLS.get(name, name)


def _read(found: re.Match[str]) -> str:
    tex = inside(found[0])
    return formula(tex) or tex


def inside(written: str) -> str:
    """A formula without its dollar signs or what stands for them."""
    marks = 2 if is_display(written) or written.startswith("\\(") else 1
    return written[marks:-marks]


def is_display(written: str) -> bool:
    """Whether a formula is to stand in a line of its own."""
    return written.startswith(("$$", "\\["))


def web_link(tex: str) -> str:
    """What a link that was written as a formula says, "label (address)"; "" for other formulas."""
    found = _HREF.fullmatch(tex)
    if found is None:
        return ""
    address, label = found[1], formula(found[2] or "")
    return f"{label} ({address})" if label and label not in address else address


def character(code: str) -> str:
    """The character of a code in MathJax's notation, "x2014" or "8212"; "" for what is none."""
    try:
        number = int(code[1:], 16) if code[:1] in "xX" else int(code)
        sign = chr(number)
    except (ValueError, OverflowError):
        return ""
    return sign if sign.isprintable() else ""


def formula(tex: str) -> str:
    """A formula, without its dollar signs, as plain text."""
    if link := web_link(tex):
        return link
    reader = _Reader(tex)
    return _LOPSIDED.sub(r"\1", " ".join(reader.group(0).split()))


class _Reader:
    """Reads TeX from left to right; what it knows is where it stands."""

    def __init__(self, tex: str) -> None:
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(tex)
        self._ahead: re.Match[str] | None = next(self._tokens, None)
        self._rest = ""  # of a text of which the first letter was an argument

    def group(self, depth: int) -> str:
        """All up to the brace that closes, or the end."""
        out: list[str] = []
        while (piece := self._next()) is not None:
            if piece == "}":
                if depth:
                    break
                continue
            self._put(out, self._piece(piece, depth))
        return "".join(out)

    def _next(self) -> str | None:
        if self._rest:
            rest, self._rest = self._rest, ""
            return rest
        found, self._ahead = self._ahead, next(self._tokens, None)
        return found[0] if found else None

    def _piece(self, piece: str, depth: int) -> str:
        """What one token shows, with the arguments that it takes."""
        first = piece[0]
        if first == "\\":
            return self._command(piece[1:].rstrip("*") or "*", depth)
        if first in "{^_":
            if depth >= _DEEPEST:
                return ""
            return self.group(depth + 1) if first == "{" else _script(first, self._argument(depth))
        if first in "&~":
            return " "
        return piece.replace("''", "″").replace("'", "′")

    def _argument(self, depth: int) -> str:
        """The next group, command or letter."""
        piece = self._next()
        while piece is not None and piece.isspace():
            piece = self._next()
        if piece is None or piece == "}":
            return ""
        if piece[0] in "{\\^_&~":
            return self._piece(piece, depth + 1).lstrip("\0")
        piece = piece.lstrip()
        self._rest = piece[1:]
        return piece[0].replace("'", "′")

    def optional(self) -> str:
        """An argument in square brackets, if one follows."""
        ahead = self._rest or (self._ahead[0] if self._ahead else "")
        if not ahead.startswith("[") or "]" not in ahead:
            return ""
        self._next()
        inside, _, self._rest = ahead[1:].partition("]")
        return inside

    def _command(self, name: str, depth: int) -> str:
        takes = _TAKES.get(name)
        if takes is None or depth >= _DEEPEST:
            return _shown(name)
        return takes(self, name, lambda: self._argument(depth))

    @staticmethod
    def _put(out: list[str], piece: str) -> None:
        """Add a piece; names of functions stand apart from the letters around them."""
        if piece[:1] == "\0":
            piece = piece[1:]
            if out and _WORD_END.search(out[-1]):
                out.append(" ")
        elif out and out[-1] in _NAMES and piece[:1].isalnum() and piece[0] not in _SMALL:
            out.append(" ")
        if piece:
            out.append(piece)


_Argument = Callable[[], str]


def _fraction(_reader: _Reader, _name: str, argument: _Argument) -> str:
    return f"{_held(argument())}/{_held(argument())}"


def _choose(_reader: _Reader, _name: str, argument: _Argument) -> str:
    return f"({argument()} choose {argument()})"


def _root(reader: _Reader, _name: str, argument: _Argument) -> str:
    return f"{_script('^', reader.optional())}√{_held(argument())}"


def _blackboard(_reader: _Reader, _name: str, argument: _Argument) -> str:
    inside = argument()
    return BLACKBOARD.get(inside, inside)


def _accented(_reader: _Reader, name: str, argument: _Argument) -> str:
    inside = argument()
    return inside + OVER[name] if len(inside) == 1 else inside


def _unicode(_reader: _Reader, _name: str, argument: _Argument) -> str:
    return character(argument())


def _modulo(_reader: _Reader, _name: str, argument: _Argument) -> str:
    return f" (mod {argument()})"


def _negated(_reader: _Reader, _name: str, argument: _Argument) -> str:
    return f"{argument()}\u0338"


def _stacked(_reader: _Reader, name: str, argument: _Argument) -> str:
    small = argument()
    return f"{argument()}{_script('_' if name == 'underset' else '^', small)}"


# Commands that take arguments, and what they show of them.
_TAKES: Final[dict[str, Callable[[_Reader, str, _Argument], str]]] = {
    **dict.fromkeys(SHOWN, lambda _reader, _name, argument: argument()),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "sfrac", "nicefrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _choose),
    **dict.fromkeys(("mathbb", "mathds", "mathbbm"), _blackboard),
    **dict.fromkeys(OVER, _accented),
    **dict.fromkeys(("stackrel", "overset", "underset"), _stacked),
    **dict.fromkeys(REFERENCES, lambda _reader, _name, argument: f"[{argument()}]"),
    **dict.fromkeys(_UNSEEN, lambda _reader, _name, argument: argument()[:0] + " "),
    "sqrt": _root,
    "not": _negated,
    "unicode": _unicode,
    "pmod": _modulo,
}


def _shown(name: str) -> str:
    """What a command without arguments shows; a function's name is marked with NUL."""
    if name in _NAMES:
        return f"\0{name}"
    if name in _SIZES or name in SWITCHES or name in _NOTHING:
        return ""
    if name in _SPACES:
        return " "
    if name == "\\":
        return "; "
    return _MORE.get(name) or SYMBOLS.get(name, name)


def _held(text: str) -> str:
    """Text as one thing in a fraction or under a root: in parentheses where it needs them."""
    text = text.strip()
    return text if len(text) < 2 or _SIMPLE.fullmatch(text) else f"({text})"


def _script(mark: str, text: str) -> str:
    """Text above or below the line, with Unicode's small characters where it has them all."""
    text = text.strip()
    if not text:
        return ""
    small: Callable[[str], str | None] = (_RAISED if mark == "^" else _LOWERED).get
    found = [small(character) for character in text]
    if all(found) and (mark == "^" or len(text) < 4 or text.isdigit()):
        return "".join(filter(None, found))
    return f"{mark}{text}" if len(text) == 1 or text.isalnum() else f"{mark}({text})"
