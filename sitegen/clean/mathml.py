r"""Formulas in TeX to MathML, as far as MathML Core goes (https://www.w3.org/TR/mathml-core/).

`mathml` gives markup that is safe to put into a page, or None for what cannot be converted: it
then reads as text. latex2mathml makes a tree; nothing of it is written but elements and attributes
that are known here, since it hands on whatever an author wrote. Each formula is converted once in
a process: most of them are a letter or a number with an exponent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Final, Protocol

from .tables import MACROS
from .unicode_math import character, formula

_LONGEST: Final = 1500  # characters; longer formulas are no part of running text
_DEEPEST: Final = 24  # elements within elements
_KEPT: Final = 1 << 14

_ELEMENTS: Final = frozenset({
    "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
    "mtext", "mtr", "munder", "munderover", "none",
})  # fmt: skip
_ATTRIBUTES: Final = {
    **dict.fromkeys(
        ("stretchy", "accent", "accentunder", "movablelimits", "displaystyle", "fence", "form"),
        re.compile("true|false|prefix|postfix"),
    ),
    "scriptlevel": re.compile(r"[+-]?\d"),
    **dict.fromkeys(
        ("width", "height", "depth", "lspace", "rspace", "minsize", "maxsize", "linethickness"),
        re.compile(r"[+-]?\d{0,2}(?:\.\d{1,4})?(?:em|ex|px|pt|%)?"),
    ),
}  # fmt: skip
# First letters of the alphabets in "Mathematical Alphanumeric Symbols" (Unicode, U+1D400): capital
# and small Latin, digits, capital and small Greek. Browsers know no other way to write them.
_ALPHABETS: Final = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
    "bold-italic": (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0),
    "bold-sans-serif": (0x1D5D4, 0x1D5EE, 0x1D7EC, 0x1D756, 0x1D770),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6, 0, 0),
}
_FIRST: Final = tuple(map(ord, "Aa0Αα"))
_LETTERS: Final = (26, 26, 10, 25, 25)

# Of these no page shows anything, or they make commands of their own.
_REFUSED = re.compile(r"\\(?:re)?(?:newcommand|def|let|newenvironment|require|color|colorbox)\b")
_PERCENT = re.compile(r"(?<!\\)%")
_WHOLE_TEXT = re.compile(r"(?<!\\)[#&](?!\w*;)")
_UNICODE = re.compile(r"\\unicode\s*\{(\w{1,7})\}")
_MACRO = re.compile(r"\\([A-Za-z]+)")
# Of a single upright letter latex2mathml makes one like any other, which browsers slant.
_UPRIGHT = re.compile(r"\\mathrm\s*\{([A-Za-z])\}")
_ROWS: Final = frozenset({"math", "mrow", "mstyle", "mpadded", "mphantom", "msqrt", "mtd"})
# Between a function and what it is applied to (TeX: `\\thinmuskip`).
_THIN_SPACE: Final = "<mspace width=.17em></mspace>"


class _Element(Protocol):
    """What is used of an element of xml.etree."""

    tag: str
    text: str | None
    tail: str | None
    attrib: dict[str, str]

    def __iter__(self) -> Iterator[_Element]: ...


class _UnknownError(ValueError):
    """Something that no page can show as MathML."""


@lru_cache(maxsize=_KEPT)
def mathml(tex: str, *, display: bool = False, source: bool = True) -> str | None:
    r"""A formula, without its dollar signs, as a `math` element; None where it cannot be one.

    `source`: with its TeX as an annotation.

    >>> mathml("k^2")
    '<math><semantics><msup><mi>k</mi><mn>2</mn></msup><annotation encoding=application/x-tex>k^2</annotation></semantics></math>'
    """  # noqa: E501 -- one result
    if not tex.strip() or len(tex) > _LONGEST or _REFUSED.search(tex):
        return None
    from latex2mathml.converter import convert_to_element  # 70 ms, once and only for formulas

    try:
        (shown,) = _children(convert_to_element(_usual(tex)))
    except Exception:  # noqa: BLE001 -- whatever it raises: the formula is then read as text
        return None
    begin = "<math display=block>" if display else "<math>"
    if not source:
        return f"{begin}{shown}</math>"
    said = f"<annotation encoding=application/x-tex>{escape(tex, quote=False)}</annotation>"
    return f"{begin}<semantics>{shown}{said}</semantics></math>"


def _usual(tex: str) -> str:
    """The formula in commands that are known: those of packages, and marks of text in formulas."""
    tex = _PERCENT.sub(r"\\%", tex)
    if "\\begin" not in tex:
        tex = _WHOLE_TEXT.sub(r"\\\g<0>", tex)
    if "\\unicode" in tex:
        tex = _UNICODE.sub(lambda code: f"\\text{{{character(code[1])}}}", tex)
    return _MACRO.sub(_known, _UPRIGHT.sub(r"{\\rm \1}", tex))


def _known(found: re.Match[str]) -> str:
    return MACROS.get(found[1], found[0])


def _children(parent: _Element, depth: int = 0) -> list[str]:
    """The elements inside of one.

    Names of functions stand apart from letters and numbers beside them, as TeX sets them.
    """
    if parent.tag not in _ROWS:
        return [_written(child, depth + 1) for child in parent]
    out: list[str] = []
    before = ""
    for kind, element in _in_row(parent, depth + 1):
        if before and kind and "function" in {before, kind}:
            out.append(_THIN_SPACE)
        before = kind
        out.append(element)
    return out


def _in_row(row: _Element, depth: int) -> Iterator[tuple[str, str]]:
    """What stands in a row, by kind; upright letters that follow each other are one name."""
    name = ""
    for child in row:
        text = _text(child)
        upright = child.tag == "mi" and child.attrib.get("mathvariant") == "normal"
        if upright and len(text) == 1 and text.isalnum():
            name += text
            continue
        if name:
            yield "letter", _upright(name)
            name = ""
        yield _kind(child), _written(child, depth)
    if name:
        yield "letter", _upright(name)


def _text(element: _Element) -> str:
    return _named(unescape(element.text or "").strip())


def _named(text: str) -> str:
    """What a token shows; of a command that is not known, its name."""
    return text[1:] if text[:1] == "\\" and text[1:].isalpha() and text.isascii() else text


def _kind(element: _Element) -> str:
    """Whether an element is a function's name, or a letter to be kept apart from one; else ""."""
    tag, text = element.tag, _text(element)
    if tag in {"mo", "mspace", "mtext"}:
        return ""
    if tag == "mi" and len(text) > 1 and text.isalpha() and text.isascii():
        return "function"
    if tag in {"msub", "msup", "msubsup", "munder"}:
        return _kind(next(iter(element)))
    return "letter"


def _upright(name: str) -> str:
    return f"<mi mathvariant=normal>{name}</mi>" if len(name) == 1 else f"<mi>{name}</mi>"


def _written(element: _Element, depth: int) -> str:
    tag, text = element.tag, _text(element)
    if tag not in _ELEMENTS or depth > _DEEPEST or (element.tail and element.tail.strip()):
        raise _UnknownError
    inside = _children(element, depth)
    if inside and text:
        raise _UnknownError
    if tag in {"mrow", "mo"} and len(inside) == 1 and not element.attrib:
        return inside[0]
    if tag in {"mi", "mo", "mn", "mtext"}:
        return _token(element, text)
    return f"<{tag}{_attributes(element)}>{''.join(inside)}</{tag}>"


def _token(element: _Element, text: str) -> str:
    tag = element.tag
    if tag == "mtext":
        text = unescape(element.text or "")
        text = formula(text) if "\\" in text else text.replace("~", "\u00a0")
    if "\\" in text or (tag != "mo" and "{" in text):
        raise _UnknownError
    if tag == "mi" and text == "~":
        tag, text = "mo", "∼"
    variant = element.attrib.get("mathvariant", "")
    if variant in _ALPHABETS and (tag != "mtext" or len(text) == 1):
        text = "".join(_lettered(sign, _ALPHABETS[variant]) for sign in text)
    return f"<{tag}{_attributes(element)}>{escape(text, quote=False)}</{tag}>"


def _lettered(sign: str, alphabet: tuple[int, ...]) -> str:
    at = ord(sign)
    for first, count, start in zip(_FIRST, _LETTERS, alphabet, strict=True):
        if start and first <= at < first + count:
            return chr(start + at - first)
    return sign


def _attributes(element: _Element) -> str:
    kept = []
    for name, value in element.attrib.items():
        known = _ATTRIBUTES.get(name)
        if known and value and known.fullmatch(value):
            kept.append(f" {name}={value}")
    if element.attrib.get("mathvariant") == "normal" and element.tag == "mi":
        kept.append(" mathvariant=normal")
    return "".join(kept)
