from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.readers import Content

LINES = ["Title é", "", "Abstract €"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_encodings_and_line_ends(mark: bytes, encoding: str, end: str) -> None:
    content = Content.of(mark + end.join(LINES).encode(encoding), "x")
    assert content.text == "\n".join(LINES)
    assert content.head == "\n".join(LINES)
    assert list(content.lines()) == list(enumerate(LINES, 1))
    assert content.problems == []


def test_a_line_that_is_not_utf8_is_windows_1252_and_said_once() -> None:
    content = Content.of(b"good\ncaf\xe9 \x93x\x94\nend", "x")
    assert content.text == "good\ncafé “x”\nend"
    assert list(content.lines())[1] == (2, "café “x”")
    assert [problem.line for problem in content.problems] == [2]


def test_a_file_in_another_encoding_is_a_handful_of_problems() -> None:
    content = Content.of(b"\xe9\n" * 1_000, "x")
    assert sum(1 for _ in content.lines()) == 1_000
    assert len(content.problems) == 10
    assert "further" in content.problems[-1].message


def test_head_does_not_cut_a_character() -> None:
    assert "\ufffd" not in Content.of("é" * 50_000 + "x", "x").head
    assert "\ufffd" not in Content.of("x" + "é" * 50_000, "x").head


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_text_and_lines_agree_on_any_bytes(data: bytes) -> None:
    content = Content.of(data, "x")
    numbered = list(content.lines())
    lines = content.text.split("\n")
    if lines[-1] == "" and len(numbered) < len(lines):
        lines.pop()
    assert [line for _, line in numbered] == lines
    assert [number for number, _ in numbered] == list(range(1, len(numbered) + 1))
    assert isinstance(content.head, str)
