from __future__ import annotations

import shutil
from datetime import date

import pytest

from sitegen import dumps, reading
from sitegen.cache import Cache
from sitegen.enrich.topics import load_rules
from sitegen.errors import InputError
from sitegen.executors import Serial
from sitegen.executors.processes import Processes
from sitegen.heads import BLOCK

from .sites import daily_json

VIDEO = load_rules(
    'replace = true\n[[topic]]\nslug = "video"\nname = "Video"\nstrong = ["video"]', "t"
)
AUDIO = load_rules(
    'replace = true\n[[topic]]\nslug = "audio"\nname = "Audio"\nstrong = ["video"]', "t"
)


def paper(number, title="On video"):
    return {"id": f"2405.{number:05}", "title": title, "summary": f"We show {number}."}


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "2026-05-08.json"
    path.write_text(daily_json("2026-05-08", [paper(n) for n in range(BLOCK + 3)]))
    return path


def read(path, cache, rules=VIDEO, tasks=None):
    found = reading.read_all(dumps.find([path]), rules, cache, tasks or Serial(), lambda *_: None)
    (one,) = found.dumps
    return one, [found.said[head.digest] for head in one.heads]


def same(one, records):
    """Whether heads say what records say, their texts among it."""
    light = (
        "file",
        "line",
        "place",
        "title",
        "ids",
        "published",
        "listed",
        "url",
        "digest",
        "dump",
    )
    return len(one.heads) == len(records) and all(
        head.details == record.details
        and all(
            getattr(head, name) == getattr(record, name) for name in (*light, "source", "names")
        )
        for head, record in zip(one.heads, records, strict=True)
    )


@pytest.mark.parametrize("tasks", [Serial(), Processes(2)])
@pytest.mark.parametrize("kept", [True, False])
def test_heads_fetch_what_records_have(dump, tmp_path, tasks, kept):
    cache = Cache(tmp_path / "cache" if kept else None)
    other = dump.with_name("2026-05-09.json")
    shutil.copy(dump, other)
    files = dumps.find([dump, other])
    found = reading.read_all(files, VIDEO, cache, tasks, lambda *_: None)
    for one, file in zip(found.dumps, files, strict=True):
        assert same(one, dumps.read(file).records)
        assert one.heads[BLOCK].abstract == f"We show {BLOCK}."
        assert one.heads[0].listed == date(2026, 5, 8)


def test_what_is_cached_is_not_read_again(dump, tmp_path, monkeypatch):
    cache = Cache(tmp_path / "cache")
    first, said = read(dump, cache)
    records = dumps.read(dumps.find([dump])[0]).records
    monkeypatch.setattr(dumps, "read", None)  # it would fail
    again, said_again = read(dump, cache)
    assert same(again, records)
    assert said == said_again
    assert [match.slug for match in said[0].topics] == ["video"]
    # Other rules read no dump.
    _, other = read(dump, cache, AUDIO)
    assert [match.slug for match in other[0].topics] == ["audio"]
    assert first.problems == again.problems


@pytest.mark.parametrize("kind", ["dumps", "said", "bodies"])
@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda _: b"", lambda _: b"foreign"])
def test_a_damaged_cache_is_none(dump, tmp_path, kind, damage):
    cache = Cache(tmp_path / "cache")
    read(dump, cache)
    for entry in (tmp_path / "cache").glob(f"*/{kind}/*"):
        entry.write_bytes(damage(entry.read_bytes()))
    one, said = read(dump, cache)
    assert same(one, dumps.read(dumps.find([dump])[0]).records)
    assert said[0].topics


def test_sealed_but_foreign_entries_are_none(dump, tmp_path):
    cache = Cache(tmp_path / "cache")
    read(dump, cache)
    (entry,) = (tmp_path / "cache").glob("*/dumps/*")
    cache.save("dumps", entry.name, b"sealed, but not ours")
    one, _ = read(dump, cache)
    assert len(one.heads) == BLOCK + 3


def test_a_dump_that_changes_while_it_is_built_from(dump, tmp_path):
    cache = Cache(tmp_path / "cache")
    one, _ = read(dump, cache)
    shutil.rmtree(tmp_path / "cache")
    dump.write_text(daily_json("2026-05-08", [paper(1, "Another")]))
    with pytest.raises(InputError, match="changed while"):
        _ = one.heads[0].abstract
