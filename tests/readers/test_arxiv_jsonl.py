from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, arxiv_jsonl

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "arxiv-jsonl"
LINE = {"id": "2608.00001", "title": "Lists", "abs": "https://arxiv.org/abs/2608.00001"}


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.jsonl")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(arxiv_jsonl, dump.read_bytes(), dump.name) == expected


@pytest.mark.parametrize(
    ("changed", "claims"),
    [
        ({"summary": "x"}, True),
        ({"abstract": "x", "arxiv_id": "arXiv:2608.00001", "abs": None}, True),
        ({}, False),  # neither summary nor abstract
        ({"summary": "x", "title": None}, False),
        ({"summary": "x", "id": "1", "abs": "https://example.org/1"}, False),
        ({"summary": "x", "authors_parsed": []}, False),
    ],
)
def test_sniff(changed: dict[str, Any], claims: bool) -> None:
    line = {key: value for key, value in {**LINE, **changed}.items() if value is not None}
    assert (arxiv_jsonl.sniff(json.dumps(line) + "\n", "x") > 0) is claims


def test_a_broken_first_line_does_not_hide_the_format() -> None:
    good = json.dumps({**LINE, "summary": "x"})
    data = '{"id": "2608.0\n' + good + "\n"
    assert arxiv_jsonl.sniff(data, "x") > 0
    first, second = arxiv_jsonl.read(Content.of(data), "d")
    assert isinstance(first, Problem)
    assert isinstance(second, Record)
    assert (first.line, second.line) == (1, 2)


@pytest.mark.parametrize(
    "hostile",
    [
        "{'arxiv_id': __import__('os').system('false')}",
        "{'arxiv_id': " + "(" * 100_000,
        "{'arxiv_id': " + "[" * 50 + "]" * 50 + "}",
        "{'a': 'x' * 10**10}",
        "{'a': 9" + "9" * 100_000 + "}",
        '{"id": ' + "[" * 100_000,
        '{"id": ' + "9" * 100_000 + "}",
        '{"title": "\\ud800"}',
        "null",
        "[]",
    ],
)
def test_hostile_lines_are_problems_and_lose_no_neighbour(hostile: str) -> None:
    good = json.dumps({**LINE, "summary": "x"})
    items = list(arxiv_jsonl.read(Content.of(f"{good}\n{hostile}\n{good}\n"), "d"))
    titles = [item.title for item in items if isinstance(item, Record) and item.title]
    assert titles == ["Lists", "Lists"]
    assert any(isinstance(item, Problem) and item.line == 2 for item in items)


def test_many_broken_lines_are_told_in_few_words() -> None:
    items = list(arxiv_jsonl.read(Content.of("{oops}\n" * 5_000), "d"))
    assert len(items) <= 30
    assert "4980 more" in str(items[-2])
    assert "no papers" in str(items[-1])


def test_real_digests(shared: Path) -> None:
    for path in (shared / "dumps/arxiv-jsonl").glob("2*.jsonl"):
        content = Content.of(path.read_bytes())
        records = [one for one in arxiv_jsonl.read(content, "d") if isinstance(one, Record)]
        raw = [json.loads(line) for line in path.read_text().splitlines()]
        assert [record.ids["arxiv"] for record in records] == [paper["id"] for paper in raw]
        assert all(record.abstract and record.authors and record.pdf for record in records)
        assert not any(" " in category for record in records for category in record.categories)
