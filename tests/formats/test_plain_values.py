from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import plain_values

_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "value", "url", "date"]), inner)
    ),
)


@pytest.mark.parametrize(
    ("value", "expected", "said"),
    [
        ("text", "text", 0),
        (None, "", 0),
        (5, "5", 0),
        (["first", "second"], "first", 0),
        ([], "", 0),
        ({"value": "x"}, "x", 0),
        ({"value": {"value": ["x"]}}, "", 1),
        ({"unknown": "x"}, "", 1),
        (True, "", 1),
    ],
)
def test_text(value: Any, expected: str, said: int) -> None:
    messages: list[str] = []
    assert plain_values.text(value, "title", messages.append) == expected
    assert len(messages) == said


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://example.org/x", "https://example.org/x"),
        (" www.example.org/x ", "https://www.example.org/x"),
        ("https://a.org, https://b.org", "https://a.org"),
        (["https://a.org"], "https://a.org"),
        ({"url": "https://a.org"}, "https://a.org"),
        ("/pdf/1.pdf", ""),
        ("None", ""),
        (None, ""),
    ],
)
def test_addresses(value: Any, expected: str) -> None:
    assert plain_values.address(value, "url", pytest.fail) == expected


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "ftp://a.org/x"])
def test_other_schemes_are_no_addresses(value: str) -> None:
    said: list[str] = []
    assert plain_values.address(value, "url", said.append) == ""
    assert "no web address" in said[0]


def test_repository() -> None:
    assert plain_values.repository(["https://github.com/", "github.com/a/b."]) == (
        "https://github.com/a/b"
    )
    assert plain_values.repository("Coming soon") == ""


def test_words() -> None:
    assert plain_values.words("a; b, c;; none") == ["a", "b, c"]
    assert plain_values.words("a, b\nc") == ["a", "b", "c"]
    assert plain_values.words([{"name": "a"}, "b", 3, None]) == ["a", "b", "3"]
    assert plain_values.words({"value": ["a"]}) == ["a"]
    assert plain_values.words(7) == []


def test_day_and_count() -> None:
    said: list[str] = []
    assert plain_values.day({"value": "2024-05"}, "published", said.append) == date(2024, 5, 1)
    assert plain_values.day([2024, 5, 8], "published", said.append) == date(2024, 5, 8)
    assert plain_values.day("n/a", "published", said.append) is None
    assert said == []
    assert plain_values.day("soon", "published", said.append) is None
    assert said == ["published: “soon” is no date"]
    assert [plain_values.count(value) for value in ("7", 7, "x", -1, 10**20, True, None)] == [
        7, 7, None, None, None, None, None,
    ]  # fmt: skip


@given(_anything)
def test_anything_at_all(value: Any) -> None:
    assert isinstance(plain_values.text(value, "x", str), str)
    assert plain_values.address(value, "x", str)[:4].lower() in {"", "http"}
    assert plain_values.repository(value)[:4].lower() in {"", "http"}
    assert all(plain_values.words(value))
    plain_values.day(value, "x", str)
    plain_values.count(value)
