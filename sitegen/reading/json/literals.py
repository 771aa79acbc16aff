"""Python literals where JSON was meant: what `print` or `str` made of a dictionary.

Nothing is evaluated: the text must consist of literals alone (strings, numbers, None, True, False,
and brackets around them), be small and flat enough for the standard library's parser, and goes
through `ast.literal_eval`.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

# As large and as deep as a paper gets, with room to spare.
LARGEST = 2_000_000
_DEEPEST = 30
_MOST_TOKENS = 200_000  # a syntax tree takes about a kilobyte for each

# The one call that pandas and the standard library's `repr` make of dates is no literal; a paper
# with it is broken.
_TOKEN = re.compile(
    r"\s++|[,:]|(?P<open>[\[{(])|(?P<close>[\]})])|True\b|False\b|None\b"
    r"|-?\d{1,300}+(?:\.\d{1,300}+)?(?:[eE][-+]?\d{1,3})?"
    r"|'(?:[^'\\\n]++|\\.)*+'|\"(?:[^\"\\\n]++|\\.)*+\""
)


def begins(text: str, position: int = 0) -> bool:
    """Whether a dictionary in Python's notation begins here: its first key in single quotes."""
    return _BEGINNING.match(text, position) is not None


_BEGINNING = re.compile(r"\{\s*'")


def end(text: str, position: int) -> int | None:
    """Where the literal that begins at `position` ends; None when the text ends before it does.

    Raises ValueError for what is no literal, or one too large or too deep.
    """
    depth = tokens = 0
    at = position
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            if len(text) - at < _LONGEST_CUT and text[at] in "'\"TFN-0123456789":
                return None  # the text ends within a token
            raise ValueError("no Python literal")
        at = token.end()
        tokens += 1
        depth += bool(token["open"]) - bool(token["close"])
        if depth > _DEEPEST or at - position > LARGEST or tokens > _MOST_TOKENS:
            raise ValueError("a Python literal that is too large or nested too deeply")
        if depth <= 0:
            return at
    return None


_LONGEST_CUT = LARGEST


def value(text: str) -> Any:
    """The value of a text that is one literal. Raises ValueError for anything else."""
    stripped = text.strip()
    if end(stripped, 0) != len(stripped):
        raise ValueError("no Python literal")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\_" is a doubtful escape to Python, and TeX to us
            return ast.literal_eval(stripped)
    except (SyntaxError, TypeError, ValueError, MemoryError, RecursionError) as error:
        raise ValueError("no Python literal") from error
