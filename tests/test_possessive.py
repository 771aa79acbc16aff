"""No pattern stands on what Python got wrong before 3.11.5.

There a possessive group goes on at the wrong place where an attempt at its body failed behind a
branch, a repetition or a look around
(https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import sitegen

# One character each: an attempt that fails at one of them has kept no place.
_SINGLE = {op.IN, op.LITERAL, op.NOT_LITERAL, op.ANY}
_REPEATED = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(sitegen.__path__, "sitegen."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns((*value.keys(), *value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _patterns(one)


def _goes_wrong(items: Any) -> bool:
    """Whether an attempt at these may fail after it kept a place behind its beginning."""
    *before, (code, given) = items
    if any(code not in _SINGLE for code, _ in before):
        return True
    if code is op.BRANCH and not before:
        return any(map(_goes_wrong, given[1]))
    if code is op.SUBPATTERN and not before:
        return _goes_wrong(given[-1])
    if code in _REPEATED and _is_single(given[2]):
        return bool(before) and given[0] > 0
    return code not in _SINGLE


def _is_single(body: Any) -> bool:
    return len(body) == 1 and body[0][0] in _SINGLE


def _groups(items: Any) -> Iterator[Any]:
    """The bodies of all possessive repetitions of more than single characters."""
    for code, given in items:
        if code is op.POSSESSIVE_REPEAT and not _is_single(given[2]):
            yield given[2]
        for one in given if isinstance(given, tuple | list) else [given]:
            for part in one if isinstance(one, list) else [one]:
                if isinstance(part, parser.SubPattern):
                    yield from _groups(part)


def _is_wrong(pattern: str | bytes, flags: int = 0) -> bool:
    return any(map(_goes_wrong, _groups(parser.parse(pattern, flags & ~re.DEBUG))))


@pytest.mark.parametrize(
    "pattern",
    ["(?:ab?c)++", "(?:ab?c)*+d", "(?:ab?c){1,3}+", "(?:(?!-->).)*+", "(?:[^{}]|{[^{}]*})*+",
     "x(?:(?:[^-]|-(?!->))*+-)?"],
)  # fmt: skip
def test_known_cases_are_found(pattern: str) -> None:
    assert _is_wrong(pattern)


@pytest.mark.parametrize("pattern", ["a*+", "(?:[^'\\\\]++|\\\\.)*+", "(?:ab?c)*",
                                     r"(?:-\s*+){3}+"])  # fmt: skip
def test_harmless_ones_are_left_alone(pattern: str) -> None:
    assert not _is_wrong(pattern)


def test_no_pattern_needs_a_newer_python() -> None:
    found = {
        f"{module.__name__}.{name}": pattern.pattern
        for module in _modules()
        for name, value in vars(module).items()
        for pattern in _patterns(value)
    }
    assert len(found) > 200
    assert not any("(?>" in str(text) for text in found.values())  # atomic groups have the same
    assert {name: text for name, text in found.items() if _is_wrong(text)} == {}
