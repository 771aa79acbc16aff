"""Python literals where JSON was meant: what `print` or `str` made of a dictionary.

Nothing is evaluated: a text that consists of literals alone (strings, numbers, None, True, False,
and brackets around them), small and flat enough, is written as JSON, token by token, and decoded as
that. Of single strings with escapes, and of what JSON does not know (strings behind each other,
numbers as keys), `ast.literal_eval` gives the value.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from typing import Any

import msgspec

from ...config.limits import DEFAULT

# As large as a paper gets, with room to spare.
LARGEST = 2_000_000
_MOST_TOKENS = 200_000  # a syntax tree takes about a kilobyte for each

# The one call that pandas and the standard library's `repr` make of dates is no literal; a paper
# with it is broken.
_TOKEN = re.compile(
    r"(?P<between>[\s,:]++)|(?P<plain>'[^'\\\n\"\x00-\x1f]*+')"
    r"|(?P<text>'(?:[^'\\\n]++|\\.)*+'|\"(?:[^\"\\\n]++|\\.)*+\")"
    r"|(?P<open>[\[{(])|(?P<close>[\]})])|(?P<word>True\b|False\b|None\b)"
    r"|(?P<number>-?\d{1,300}+(?:\.\d{1,300}+)?(?:[eE][-+]?\d{1,3})?)"
)
_WORDS = {"True": "true", "False": "false", "None": "null", "(": "[", ")": "]"}
_BEGINNING = re.compile(r"\{\s*'")
_MAY_GO_ON = frozenset("'\"TFN-0123456789")


class TooDeepError(ValueError):
    """More values within each other than are allowed."""


def begins(text: str, position: int = 0) -> bool:
    """Whether a dictionary in Python's notation begins here: its first key in single quotes."""
    return _BEGINNING.match(text, position) is not None


def value(text: str) -> Any:
    """The value of a text that is one literal. Raises ValueError for anything else."""
    stripped = text.strip()
    found = read(stripped, 0)
    if found is None or found[1] != len(stripped):
        raise ValueError("no Python literal")
    return found[0]


def read(text: str, position: int, deepest: int = DEFAULT.nesting) -> tuple[Any, int] | None:
    """The literal that begins at `position` and where it ends; None when the text ends before.

    A tuple is read as a list. Raises ValueError for what is no literal, or one too large, and
    TooDeepError.
    """
    written: list[str] = []
    depth = tokens = 0
    at = position
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            if len(text) - at < LARGEST and text[at] in _MAY_GO_ON:
                return None  # the text ends within a token
            raise ValueError("no Python literal")
        at = token.end()
        tokens += 1
        kind, piece = token.lastgroup, token[0]
        if kind == "plain":
            piece = f'"{piece[1:-1]}"'
        elif kind == "text":
            piece = json.dumps(_evaluated(piece))
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        written.append(_WORDS.get(piece, piece))
        if depth > deepest or at - position > LARGEST or tokens > _MOST_TOKENS:
            raise (TooDeepError if depth > deepest else ValueError)("too large a Python literal")
        if depth <= 0:
            return _decoded("".join(written), text[position:at]), at
    return None


def _decoded(written: str, text: str) -> Any:
    """The value of the JSON, or of the literal that it was made of."""
    try:
        return msgspec.json.decode(written)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return _evaluated(text)


def _evaluated(literal: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\\_" is a doubtful escape to Python, and TeX to us
            return ast.literal_eval(literal)
    except (SyntaxError, TypeError, ValueError, MemoryError, RecursionError) as error:
        raise ValueError("no Python literal") from error
