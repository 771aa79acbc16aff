"""`sitegen inspect`: every record under its file's name as given."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from sitegen.dating import DayRule
from sitegen.inspecting import as_object, inspect
from sitegen.model import Record
from tests import fake_reader
from tests.fake_reader import dump

RULE = DayRule(today=date(2026, 8, 18))


@pytest.fixture(autouse=True)
def only_fake(monkeypatch, tmp_path):
    monkeypatch.setattr("sitegen.readers.candidates", lambda _: (fake_reader,))
    monkeypatch.chdir(tmp_path)


def seen_in(*places):
    items = [item for found in inspect(places, RULE) for item in found.items]
    records = [item for item in items if isinstance(item, Record)]
    return records, [item for item in items if not isinstance(item, Record)]


def test_files_and_folders_one_after_the_other():
    Path("d/e").mkdir(parents=True)
    Path("z.txt").write_text(dump("Z"))
    Path("d/a-2026-05-08.txt").write_text(dump("A", "A2"))
    Path("d/e/b.txt").write_text(dump("B"))
    Path("d/x.png").write_bytes(b"\x89PNG")
    records, problems = seen_in(Path("z.txt"), Path("d/"))
    seen = [(r.file, r.line, r.title, r.listed) for r in records]
    assert seen == [
        ("z.txt", 2, "Z", None),
        ("d/a-2026-05-08.txt", 2, "A", date(2026, 5, 8)),
        ("d/a-2026-05-08.txt", 3, "A2", date(2026, 5, 8)),
        ("d/e/b.txt", 2, "B", None),
    ]
    # Days are settled by the name of the file, not by that of its folder.
    assert [p.file for p in problems] == ["z.txt", "d/e/b.txt"]


def test_what_cannot_be_read_is_an_error_and_the_rest_goes_on():
    Path("no.png").write_bytes(b"\x89PNG")
    Path("yes.txt").write_text(dump("A"))
    records, problems = seen_in(Path("missing"), Path("no.png"), Path("yes.txt"))
    errors = [p for p in problems if p.severity == "error"]
    assert [(p.file, bool(p.hint)) for p in errors] == [("missing", True), ("no.png", True)]
    assert [r.title for r in records] == ["A"]


def test_a_record_for_programs():
    record = Record(
        file="a.txt",
        line=3,
        place=1,
        source="S",
        title="T",
        ids={"arxiv": "2405.00001"},
        authors=("A B",),
        published=date(2024, 5, 1),
        header_day="",
        fingerprint="t-x",
        dump=b"1",
        digest=b"2",
    )
    values = json.loads(msgspec.json.encode(as_object(record)))
    assert list(values)[:3] == ["file", "line", "key"]
    assert values["key"] == "2405.00001"
    assert values["ids"] == {"arxiv": "2405.00001"}
    assert values["authors"] == ["A B"]
    assert (values["published"], values["listed"]) == ("2024-05-01", None)
    assert (values["url"], values["abstract"]) == (None, None)
    assert not {"fingerprint", "digest", "dump", "header_day"} & set(values)
