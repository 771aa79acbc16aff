"""Lists to elements nobody has decoded: the same ones, with their lines, however they are cut."""

from __future__ import annotations

import io
import json

import pytest

from sitegen.formats.json import pieces as module
from sitegen.formats.json.pieces import Behind, Rest, pieces

PAPERS = [{"title": f"P{n}", "authors": [{"title": "Dr.", "n": n}]} for n in range(40)]


def _found(data: bytes) -> tuple[list[tuple[int, bytes]], Rest | None]:
    generator = pieces(io.BytesIO(data))
    found = []
    while True:
        try:
            found.append(next(generator))
        except StopIteration as end:
            return found, end.value


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("block", [7, 64, 500, 1_000_000])
def test_elements_and_their_lines(indent, block, monkeypatch):
    """The list's first key is that of objects inside the elements, too."""
    monkeypatch.setattr(module, "BLOCK", block)
    document = json.dumps(PAPERS, indent=indent).replace("\n", "\r\n")
    found, rest = _found(b"\xef\xbb\xbf\n" + document.encode())
    assert rest is None
    assert [json.loads(raw) for _, raw in found] == PAPERS
    lines = ("\n" + document).split("\n")
    for line, raw in found:
        assert lines[line - 1].strip(" \r,[").startswith(raw[:1].decode())
        assert json.loads(raw)["title"] in "".join(lines[line - 1 : line + 1])


def test_elements_of_every_kind():
    found, rest = _found(b'[1, "a",\n null, [2], {"x": 1}]')
    assert rest is None
    assert found == [(1, b"1"), (1, b'"a"'), (2, b"null"), (2, b"[2]"), (2, b'{"x": 1}')]


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        (b'{"papers": []}', Rest(1, b'{"papers": []}')),
        (b'\n[{"a": 1},\n{"a": }]', Rest(2, b'[{"a": 1},\n{"a": }]')),
        (b'[{"a": 1}', Rest(1, b'[{"a": 1}')),
        (b"", Rest(1, b"")),
    ],
)
def test_what_is_no_whole_list_is_handed_back(data, rest):
    assert _found(data) == ([], rest)


def test_what_comes_after_a_break_is_handed_back_with_its_line(monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 40)
    found, rest = _found(
        b'[{"a": 1},\n{"a": 2},\n{"a": 3},\n{"a": 4},\n{"a": 5},\n{"a" 6},\n{"a": 7}]'
    )
    assert rest is not None
    line, data = rest
    assert [json.loads(raw)["a"] for _, raw in found] == list(range(1, len(found) + 1))
    assert len(found) > 1
    assert data.startswith((b"[\n", b"[{"))
    assert line + data.count(b"\n", 0, data.index(b'"a" 6')) == 6


def test_a_stream_again():
    stream = Behind(b"ab", io.BytesIO(b"cd"))
    assert [stream.read(1), stream.read(1), stream.read()] == [b"ab", b"c", b"d"]
