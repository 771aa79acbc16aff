from __future__ import annotations

import io
import json
import random
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.formats.json import items as json_items
from sitegen.formats.json import pieces as json_pieces
from sitegen.formats.json import window as json_window
from sitegen.formats.json.items import Item, items, sample
from sitegen.readers import Content

PAPERS = [{"title": f"Paper {n}", "authors": [{"name": f"A{n}"}]} for n in range(3)]


def _titles(data: str | bytes) -> list[Any]:
    return [item.value["title"] for item in items(Content.of(data), "x") if isinstance(item, Item)]


def _problems(data: str | bytes) -> list[tuple[int, str]]:
    found = items(Content.of(data), "x")
    return [(item.line, item.message) for item in found if not isinstance(item, Item)]


WHOLE = ["Paper 0", "Paper 1", "Paper 2"]


@pytest.mark.parametrize(
    "document",
    [
        json.dumps(PAPERS),
        json.dumps(PAPERS, indent=2),
        "\ufeff" + json.dumps(PAPERS),
        "\n".join(map(json.dumps, PAPERS)),
        "\r\n".join(map(json.dumps, PAPERS)) + "\r\n",
        "".join(map(json.dumps, PAPERS)),
        "\n".join(json.dumps(paper, indent=1) for paper in PAPERS),
        ",\n".join(map(json.dumps, PAPERS)),
        "[\n" + ",\n".join(map(json.dumps, PAPERS)) + "\n]",
        json.dumps({"papers": PAPERS}),
        json.dumps({"title": "A list", "cvpr2024": PAPERS, "n": 3}),
        json.dumps({"n": [1, 2], "who": [{"name": "x"}], "data": {"results": PAPERS}}),
        json.dumps({"2024": PAPERS[:1], "2025": PAPERS[1:]}),
        json.dumps({f"2405.0000{n}": paper for n, paper in enumerate(PAPERS)}),
        json.dumps([PAPERS]),
        json.dumps([json.dumps(paper) for paper in PAPERS]),
        json.dumps([repr(paper) for paper in PAPERS]),
        repr(PAPERS),
        "\n".join(map(repr, PAPERS)),
        '{"papers": [\n' + ",\n".join(map(json.dumps, PAPERS)) + "\n]}",
    ],
    ids=range(20),
)
def test_shapes(document: str) -> None:
    assert _titles(document) == WHOLE
    assert _problems(document) == []
    assert _titles(document.encode("utf-16")) == WHOLE


def test_one_object_is_one_paper_with_all_that_it_has() -> None:
    paper = {
        "authors": [{"name": "x"}],
        "details": {"title": "Inner"},
        "title": "Outer",
        "references": [{"title": "Another"}],
    }
    (item,) = items(Content.of(json.dumps(paper, indent=1)), "x")
    assert isinstance(item, Item)
    assert (item.line, item.value) == (1, paper)


def test_what_stands_around_a_list_is_told() -> None:
    (item,) = items(Content.of('{"date": "2025-12-04", "papers": [{"title": "x"}]}'), "x")
    assert isinstance(item, Item)
    assert item.around["date"] == "2025-12-04"


@pytest.mark.parametrize("indent", [None, 1])
def test_lines(indent: int | None) -> None:
    document = "\n\n[" + ",\r\n\n".join(json.dumps(paper, indent=indent) for paper in PAPERS) + "]"
    for item in items(Content.of(document), "x"):
        here = "\n".join(document.split("\n")[item.line - 1 : item.line + 1])
        assert isinstance(item, Item)
        assert item.value["title"] in here


@pytest.mark.parametrize(
    ("document", "titles", "said"),
    [
        ('[{"title": "a"},\n{"title": "b" "x"},\n{"title": "c"}]', ["a", "c"], [(2, "delimiter")]),
        ('[{"title": "a"}, {"title": "b', ["a"], [(1, "cut off")]),
        ('[{"title": "a"},\n', ["a"], [(2, "cut off")]),
        ('{"papers": [{"title": "a"},\n{"title"', ["a"], [(2, "broken JSON")]),
        ('{"title": "a"}\n{"title": \n{"title": "c"}\n', ["a", "c"], [(2, "broken JSON")]),
        ('{"title": "a"}\nnonsense\n{"title": "c"}\n', ["a", "c"], [(2, "neither")]),
        ('[{"title": "a"}, 3, null]', ["a"], [(1, "no object"), (1, "no object")]),
        ('[{"title": "a", "title": "b"}]', ["b"], [(1, "“title” stands twice")]),
        ('{"title": "a", "title": "b"}\n{"title": "c"}', ["b", "c"], [(1, "“title” stands twice")]),
        ("[{'title': 'a'},\n{'title': f()},\n{'title': 'c'}]", ["a", "c"], [(2, "literal")]),
        (b'[{"title": "caf\xe9"}]', ["café"], [(1, "Windows-1252")]),
        (b'{"title": "caf\xe9"}\n{"title": "x"}\n', ["café", "x"], [(1, "Windows-1252")]),
        ('[{"title": "a", "n": ' + "9" * 6_000 + "}]", ["a"], []),
        ('[{"title": "a", "n": [NaN, 1e999, -Infinity]}]', ["a"], []),
        ('[{"title": "a", "n": ' + "[" * 100_000 + ',\n{"title": "b"}]', ["b"], [(1, "deeply")]),
    ],
)
def test_broken_documents(document: str | bytes, titles: list[str], said: list[Any]) -> None:
    assert _titles(document) == titles
    problems = _problems(document)
    assert [line for line, _ in problems] == [line for line, _ in said]
    for (_, message), (_, words) in zip(problems, said, strict=True):
        assert words in message


@pytest.mark.parametrize("indent", [None, 1])
def test_cutting_a_document_keeps_every_whole_object(indent: int | None) -> None:
    whole = json.dumps(PAPERS, indent=indent)
    ends = [whole.index(f"A{n}") + 8 + 8 * bool(indent) for n in range(3)]
    for cut in range(len(whole)):
        found = _titles(whole[:cut])
        assert found == WHOLE[: len(found)]
        assert len(found) >= sum(1 for end in ends if cut >= end)
        assert len(found) == 3 or cut == 0 or _problems(whole[:cut])


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_window_changes_nothing(rng: random.Random) -> None:
    """A window of a few characters gives what a large one gives."""
    papers = [
        {
            "title": "é" * rng.randrange(0, 30),
            "n": rng.randrange(10**6),
            "x": ["\n", "\\", '"', "🐜"],
        }
        for _ in range(rng.randrange(1, 6))
    ]
    document = json.dumps(papers, indent=rng.choice([None, 1]), ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.3:
        at = rng.randrange(len(document))
        document = document[:at] + rng.choice(["", '"', "{", "]", ","]) + document[at + 1 :]
    expected = list(items(Content.of(document), "x"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_window, "CHUNK", rng.randrange(1, 40))
        patch.setattr(json_window, "_TRIMMED_AT", 3)
        patch.setattr(json_pieces, "BLOCK", rng.randrange(1, 200))
        assert list(items(Content.of(document), "x")) == expected


def test_a_line_or_value_that_is_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "LONGEST_LINE", 1_000)
    monkeypatch.setattr(json_items, "_BLOCK", 100)
    monkeypatch.setattr(json_window, "LONGEST_VALUE", 1_000)
    monkeypatch.setattr(json_window, "CHUNK", 100)
    monkeypatch.setattr(json_pieces, "LONGEST", 1_000)
    monkeypatch.setattr(json_pieces, "BLOCK", 100)
    large = {"title": "x" * 5_000}
    papers = [PAPERS[0], large, PAPERS[1]]
    assert _titles("\n".join(map(json.dumps, papers))) == WHOLE[:2]
    assert _titles(json.dumps(papers)) == WHOLE[:2]
    assert [line for line, _ in _problems(json.dumps(papers, indent=1))] == [11]


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_lines_are_the_same_one_by_one_and_in_blocks(rng: random.Random) -> None:
    whole = [json.dumps(paper) for paper in PAPERS]
    others = ["", "  ", "[]", "3", "nonsense", '{"title": "a", "title": "b"}',
              '{"title": "\\ud800"}', '{"n": 1}', "{'title': 'Python'}", '{"title": "cut',
              '{"title": 1e999}']  # fmt: skip
    lines = [rng.choice(whole + others) for _ in range(rng.randrange(2, 12))]
    content = Content.of(rng.choice(["\n", "\r\n"]).join([whole[0], *lines, whole[1]]))
    expected = list(items(content, "x"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "_BLOCK", rng.randrange(1, 60))
        assert list(items(content, "x")) == expected
    if json_items._in_lines(content.head):
        told = {item.line for item in expected}
        assert all(number in told for number, line in enumerate(lines, 2) if line.strip())


class _Endless(io.RawIOBase):
    """Lines made while they are read."""

    def __init__(self, line: bytes, count: int, between: bytes = b"") -> None:
        self._parts = iter(
            [b"[" * bool(between), *[line + between] * count, b"null]" * bool(between)]
        )
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer):
            part = next(self._parts, None)
            if part is None:
                break
            self._rest += part
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


@pytest.mark.parametrize("between", [b"", b","])
def test_memory_does_not_grow_with_the_document(between: bytes) -> None:
    line = json.dumps({"title": "x" * 50, "abstract": "word " * 4_000}).encode() + b"\n"

    def opened() -> io.BufferedReader:
        return io.BufferedReader(_Endless(line, 2_000, between))

    tracemalloc.start()
    count = sum(isinstance(item, Item) for item in items(Content("x", opened), "x"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 10_000_000 < 2_000 * len(line)


def test_sample() -> None:
    document = json.dumps([{"title": "x" * 1_000}] * 100)
    assert len(sample(document[:3_500])) == 3
    assert len(sample(document)) == 5
    assert sample("title,authors") == sample("") == []
