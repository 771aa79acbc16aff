from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sitegen import clean, dating
from sitegen.errors import Problem
from sitegen.inspecting import as_object, inspect
from sitegen.model import Record
from sitegen.readers import Content, choose, json_records

from .mishaps import problems, records

_ELSEWHERE = ("file", "line", "fingerprint", "dump", "digest", "header_day")
RULE = dating.DayRule(today=date(2026, 9, 1))


def _again(record: Record) -> dict[str, Any]:
    values = msgspec.structs.asdict(record)
    values["abstract"] = clean.without_emphasis(record.abstract)  # which JSON has not
    return {name: value for name, value in values.items() if name not in _ELSEWHERE}


def _printed(found: list[Record]) -> str:
    return "".join(msgspec.json.encode(as_object(record)).decode() + "\n" for record in found)


def test_our_own_records_come_back() -> None:
    record = Record(
        file="a", line=7, place=0, source="A List", title="A $x_1$ <b> & ``title''",
        ids={"arxiv": "2405.15738", "doi": "10.1000/x", "acl": "P08-1001", "pmid": "3"},
        authors=("Ann, Jr.", "Bo and Co"), abstract="One {\\em x}.\n\nTwo.",
        published=date(2024, 5, 8),
        listed=date(2024, 5, 9), curator="AK", url="https://a.org/?x=1&y", pdf="https://a.org/p",
        code="https://github.com/a", project="https://p.org", venue="V", categories=("cs.CL",),
        tags=("a; b", "c, d"), upvotes=0, submitter="S", comment="One.\n\nTwo.", listing=False,
    )  # fmt: skip
    for form in (_printed([record]), f"[{_printed([record])}]"):
        (found,) = records(json_records, form)
        assert _again(found) == _again(record)
        assert json_records.sniff(form, "x") == 90


def _inspected(path: Path) -> tuple[str, list[Record], list[Problem]]:
    (found,) = inspect([path], RULE)
    items = list(found.items)
    records = [item for item in items if isinstance(item, Record)]
    return found.format, records, [item for item in items if isinstance(item, Problem)]


def test_real_dumps_come_back(shared: Path, tmp_path: Path) -> None:
    for path in sorted((shared / "dumps").rglob("*.*")):
        content = Content.of(path.read_bytes(), path.name)
        if path.name == "README.md" or choose(content) is None:
            continue
        _, before, _ = _inspected(path)
        if not before:
            continue
        copy = tmp_path / "records.jsonl"
        copy.write_text(_printed(before), "utf-8")
        name, after, said = _inspected(copy)
        assert name == "json"
        assert list(map(_again, after)) == list(map(_again, before)), path
        assert not any("left out" in problem.message for problem in said), path


def test_a_record_of_ours_that_was_changed_is_held_to_what_readers_let_through() -> None:
    mine = as_object(
        Record(file="a", line=1, place=0, source="S", title="T", ids={"arxiv": "2405.00001"})
    )
    mine |= {
        "title": "T\u202e\ud800x",
        "ids": {"arxiv": "2405.00002v3", "doi": "no doi", "x": "y"},
        "url": "javascript:alert(1)",
        "authors": "Ann",
        "published": "soon",
        "upvotes": [1],
    }
    (found,) = records(json_records, json.dumps(mine))
    assert (found.title, found.ids, found.url) == ("Tx", {"arxiv": "2405.00002", "x": "y"}, "")
    assert (found.authors, found.published, found.upvotes) == ((), None, None)
    said = problems(json_records, json.dumps(mine))
    assert sum("was left out" in message for message in said) == 3


@pytest.mark.parametrize(
    ("document", "score"),
    [
        ('{"title": "x", "abstract": "y"}\n', 30),
        ('[{"paper_title": "x", "link": "y"}]', 30),
        ('[{"title": "x"}]', 5),
        ('[{"name": "x", "abstract": "y"}]', 0),
        ('{"date": "2025-01-11", "status": "no_data"}', 0),
        ("[]", 0),
        ("1", 0),
        ("title,authors", 0),
        ("# title\n", 0),
    ],
)
def test_sniff(document: str, score: int) -> None:
    assert json_records.sniff(document, "x.json") == score


def test_the_day_around_a_list_is_its_day() -> None:
    (found,) = records(json_records, '{"date": "2025-12-04", "papers": [{"title": "x"}]}')
    assert found.header_day == "2025-12-04"
    (found,) = records(json_records, '{"date": "2025", "papers": [{"title": "x"}]}')
    assert found.header_day == ""


def test_nothing_to_read_is_an_error_where_something_was_broken() -> None:
    for document, severity in (("[]", "warning"), ("[{]", "error"), ("\x00", "error")):
        items = list(json_records.read(Content.of(document), "x"))
        assert items[-1].severity == severity  # type: ignore[union-attr]


def test_corpus(shared: Path) -> None:
    if not (shared / "corpus" / "acl-100k.jsonl.gz").exists():
        pytest.skip("the corpus is not here")
    with gzip.open(shared / "corpus" / "acl-100k.jsonl.gz") as packed:
        lines = [line for _, line in zip(range(3_000), packed, strict=False)]
    found = records(json_records, b"".join(lines))
    assert len(found) == 3_000
    for record, line in zip(found, lines, strict=True):
        written = json.loads(line)
        assert record.ids == {"acl": written["id"]}
        assert str(record.published) == written["published"]
        assert len(record.authors) == len(written["authors"])
        assert record.url == written["url"]
        assert record.tags == tuple(written["tags"])
