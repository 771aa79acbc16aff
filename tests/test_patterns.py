"""No regular expression takes more than a text's length in steps, whatever the text is."""

from __future__ import annotations

import re

import pytest

from tests import patterns
from tests.patterns import Found

# Names of patterns that would be slow if they were used in another way, and how they are used.
BOUNDED = {
    "_FOREIGN": "they are only matched, with the beginning of a file",
    "_STANDS_FOR_HUGGING_FACE": "it is given the name of a host, of at most 253 characters",
}


@pytest.fixture(scope="module")
def ours() -> list[Found]:
    return patterns.found()


def test_every_pattern_is_found(ours):
    named = {(one.module, one.name) for one in ours}
    assert ("sitegen.clean.links", "_STANDS_FOR_HUGGING_FACE") in named  # a constant
    assert any(one.module == "sitegen.dumps.foreign" and not one.line for one in ours)  # in a loop
    place = [one for one in ours if one.module == "sitegen.formats.xml.place" and one.line]
    assert any(b"[^<>]{0,2000}" in one.pattern.pattern for one in place)  # in a function
    assert len(ours) > 400
    assert set(BOUNDED) <= {one.name for one in ours}


@pytest.mark.parametrize("part", range(4))
def test_no_pattern_hangs(ours, part):
    tried = [one for one in ours if one.name not in BOUNDED]
    assert patterns.hanging(tried[part::4]) == []


def found(pattern: str, method: str, flags: int = 0) -> Found:
    return Found("a.module", 1, "_NAME", re.compile(pattern, flags), frozenset({method}))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?:a+)+b", "match"),  # nested
        (r"(?:a|a)*b", "match"),  # two ways to the same
        (r"(?:<!--.*?-->\s*)*<html", "match"),  # what one repeat takes, the other takes as well
        (r"\s*,?\s*x", "match"),  # side by side
        (r"\s+x", "search"),  # begun anew at each place
        (r"<a[^>]*>", "finditer"),  # begun anew at what it begins with
        (r"\S+@", "finditer"),
        (r"\$(?:[^$\\]|\\.)++\$", "finditer"),  # begun anew at each that it skips as escaped
    ],
)
def test_what_hangs_is_told(pattern, method, monkeypatch):
    monkeypatch.setattr(patterns, "_SECONDS", 0.2)
    (told,) = patterns.hanging([found(r"[a-z]{2,5}", "finditer"), found(pattern, method)])
    assert told.startswith("a.module:1 _NAME")
    assert f".{method}: " in told


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?:a++)++b", "match"),
        (r"(?:(?><!--.*?-->)\s*+)*+<html", "match"),
        (r"\s*+(?:,\s*+)?x", "match"),
        (r"(?<!\s)\s+x", "search"),
        (r"<a[^<>]*>", "finditer"),
    ],
)
def test_what_is_read_once_is_not(pattern, method):
    assert patterns.hanging([found(pattern, method)]) == []
