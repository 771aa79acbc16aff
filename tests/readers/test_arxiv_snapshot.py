from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.model import Record
from sitegen.readers import Content, arxiv_snapshot

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "arxiv-snapshot"
PAPER = {
    "id": "2608.00001", "title": "Lists", "authors": "A. Example", "abstract": "They help.",
    "versions": [{"version": "v1", "created": "Mon, 3 Aug 2026 00:00:00 GMT"}],
    "update_date": "2026-08-04", "authors_parsed": [["Example", "A.", ""]],
}  # fmt: skip


def read(data: bytes | str) -> list[Record]:
    return [one for one in arxiv_snapshot.read(Content.of(data), "d") if isinstance(one, Record)]


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.jsonl")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(arxiv_snapshot, dump.read_bytes(), dump.name) == expected


@pytest.mark.parametrize("form", ["lines", "list", "pretty list", "list of lines", "crlf"])
def test_the_same_records_in_every_form(form: str) -> None:
    lines = [json.dumps({**PAPER, "id": f"2608.0000{number}"}) for number in range(1, 4)]
    data = {
        "lines": "\n".join(lines),
        "list": f"[{','.join(lines)}]",
        "pretty list": json.dumps([json.loads(line) for line in lines], indent=2),
        "list of lines": "[\n" + ",\n".join(lines) + "\n]\n",
        "crlf": "\ufeff" + "\r\n".join(lines) + "\r\n",
    }[form]
    assert arxiv_snapshot.sniff(Content.of(data).head, "x") >= 90
    records = read(data)
    assert [record.ids["arxiv"] for record in records] == ["2608.00001", "2608.00002", "2608.00003"]
    assert all(record.published == date(2026, 8, 3) for record in records)


@pytest.mark.parametrize(
    ("parsed", "names"),
    [
        ([["Example", "A.", ""]], ("A. Example",)),
        ([["Yuan", "C. -P.", ""]], ("C.-P. Yuan",)),
        ([["Muster", "B.", "Jr.", "Institute"]], ("B. Muster Jr.",)),
        ([["Collaboration", "", ""], ["One"], []], ("Collaboration", "One")),
        ([], ("A. Example",)),
        (None, ("A. Example",)),
    ],
)
def test_authors(parsed: Any, names: tuple[str, ...]) -> None:
    (record,) = read(json.dumps({**PAPER, "authors_parsed": parsed}))
    assert record.authors == names


def test_an_arxiv_doi_is_the_arxiv_id() -> None:
    (record,) = read(json.dumps({**PAPER, "doi": "10.48550/arXiv.2608.00001"}))
    assert record.ids == {"arxiv": "2608.00001"}


def test_the_real_snapshot(shared: Path) -> None:
    path = shared / "dumps/arxiv-snapshot/arxiv-metadata-first-100.json"
    records = read(path.read_bytes())
    raw = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(records) == len(raw) == 100
    for record, paper in zip(records, raw, strict=True):
        assert record.ids["arxiv"] == paper["id"]
        assert len(record.authors) == len(paper["authors_parsed"])
        assert "\n" not in record.title
        assert record.categories == tuple(paper["categories"].split())
        assert record.published is not None
        assert str(record.published.year) in paper["versions"][0]["created"]
    assert records[0].authors == ("C. Balázs", "E. L. Berger", "P. M. Nadolsky", "C.-P. Yuan")
