"""`[limits]`: each is said with file, line and the setting that lifts it, and lifting it helps."""

from __future__ import annotations

import gzip
import io
import zipfile

import msgspec
import pytest
from click.testing import CliRunner

from sitegen import dumps, reading
from sitegen.cache import Cache
from sitegen.cli import main
from sitegen.config import parse_settings
from sitegen.config.limits import MB, Limits
from sitegen.enrich.topics import default_rules
from sitegen.errors import UsageError
from sitegen.executors import Serial

PAPER = {"title": "Ants", "abstract": "Small ants.", "authors": ["Ann"], "url": "https://a.org/1"}
SAMPLE = {"title": "Bees", "abstract": "Bees dance.", "authors": ["Bo"], "url": "https://a.org/2"}


def lines(**changed: object) -> bytes:
    """A paper as it is to be, with another before it."""
    return b"\n".join(map(msgspec.json.encode, (SAMPLE, PAPER | changed))) + b"\n"


def nested(deep: int) -> object:
    return 1 if deep == 0 else [nested(deep - 1)]


def read(path, **limits: int):
    (dump,) = dumps.find([path], Limits(**limits))
    return dumps.read(dump)


CASES = {
    "title": (lines(title="x" * 101), 100),
    "abstract": (lines(abstract="word " * 200), 900),
    "authors": (lines(authors=[f"Ann {chr(65 + n)}ly" for n in range(12)]), 11),
    "nesting": (lines(more=nested(30)), 20),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_beyond_a_limit_is_told_with_its_line_and_its_setting(name, tmp_path):
    data, limit = CASES[name]
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    found = read(path, **{name: limit})
    (problem,) = found.problems
    assert (problem.file, problem.line, problem.severity) == ("a.jsonl", 2, "warning")
    assert f"limits.{name} " in problem.hint
    assert found.records[0].title == "Bees"
    lifted = read(path, **{name: 10 * limit if name != "nesting" else 40})
    assert lifted.problems == ()
    assert len(lifted.records) == 2


def test_what_stays_of_a_record(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(CASES["title"][0])
    assert [record.title for record in read(path, title=100).records] == ["Bees", ""]
    path.write_bytes(CASES["abstract"][0])
    abstract = read(path, abstract=900).records[1].abstract
    assert abstract.startswith("word word")
    assert abstract.endswith("word …")
    assert 890 < len(abstract) <= 902
    path.write_bytes(CASES["authors"][0])
    assert len(read(path, authors=11).records[1].authors) == 11


@pytest.mark.parametrize(
    "text",
    [
        b'[%s,{"title": "Bees", "abstract": "b"}]',
        b'{"papers": [%s,{"title": "Bees", "abstract": "b"}]}',
        b"[%s,{'title': 'Bees', 'abstract': 'b'}]",
    ],
)
@pytest.mark.parametrize("python", [False, True])
def test_json_is_limited_whatever_its_shape(text, python, tmp_path):
    paper = msgspec.json.encode(PAPER | {"more": nested(30)})
    whole = text % (paper.replace(b'"', b"'") if python else paper)
    (tmp_path / "a.json").write_bytes(whole)
    found = read(tmp_path / "a.json", nesting=20)
    assert [record.title for record in found.records] == ["Bees"]
    assert any("limits.nesting" in problem.hint for problem in found.problems)
    assert {record.title for record in read(tmp_path / "a.json").records} == {"Ants", "Bees"}


def test_elements_are_limited(tmp_path):
    feed = "<rss version='2.0'><channel><title>Papers</title>{}</channel></rss>"
    item = "<item><title>{}</title><link>https://a.org/1</link>\n{}</item>"
    text = feed.format(item.format("Ants", "<a>" * 30 + "</a>" * 30) + item.format("Bees", ""))
    (tmp_path / "a.xml").write_text(text)
    found = read(tmp_path / "a.xml", nesting=20)
    assert [record.title for record in found.records] == ["Bees"]
    assert "limits.nesting" in found.problems[0].hint
    assert [record.title for record in read(tmp_path / "a.xml").records] == ["Ants", "Bees"]


def test_a_dump_that_is_too_large_is_told_by_each_way_in(tmp_path, monkeypatch):
    data = lines() + b" " * MB + b"\n"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.jsonl", data)
    for name, held in (
        ("a.jsonl", data),
        ("b.jsonl.gz", gzip.compress(data)),
        ("c.zip", zipped.getvalue()),
    ):
        (tmp_path / name).write_bytes(held)
        (problem,) = (p for p in read(tmp_path / name, dump=1).problems if p.severity == "error")
        assert problem.message == "larger than 1 MB"
        assert problem.file.startswith(name)
        assert "raise limits.dump" in problem.hint
        assert len(read(tmp_path / name, dump=2).records) == 2


def test_a_format_that_is_read_whole_has_a_largest_size(tmp_path):
    start = b'<!doctype html><html><body><div data-target="DailyPapers">'
    (tmp_path / "a.html").write_bytes(start + b" " * (2 * MB))
    (problem,) = read(tmp_path / "a.html", whole=1).problems
    assert "larger than 1 MB" in problem.message
    assert problem.file == "a.html"
    assert "limits.whole" in problem.hint


def test_another_limit_reads_again(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(CASES["title"][0])
    cache = Cache(tmp_path / "cache")
    for limit, count in ((1_000, 0), (100, 1), (1_000, 0)):
        files = dumps.find([tmp_path / "a.jsonl"], Limits(title=limit))
        found = reading.read_all(files, default_rules(), cache, Serial(), lambda *_: None)
        assert len(found.dumps[0].problems) == count


def test_a_project_sets_them(tmp_path):
    (tmp_path / "content/dumps").mkdir(parents=True)
    (tmp_path / "content/dumps/2026-05-08.jsonl").write_bytes(CASES["title"][0])
    settings = tmp_path / "content/site.toml"
    command = ["build", "-C", str(tmp_path), "--executor", "serial"]
    for text, said in (("", False), ("[limits]\ntitle = 100\n", True), ("", False)):
        settings.write_text(text)
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        assert ("2026-05-08.jsonl:2: a title of 101" in done.output) is said
        assert ("limits.title in content/site.toml" in done.output) is said
    settings.write_text("[limits]\ntitle = 100\n")
    there = str(tmp_path / "content/dumps")
    assert (
        "limits.title" in CliRunner().invoke(main, ["inspect", "-C", str(tmp_path), there]).output
    )


def test_a_limit_has_bounds():
    with pytest.raises(UsageError, match="nesting") as raised:
        parse_settings("[limits]\n\nnesting = 5000\n", "site.toml")
    assert raised.value.line == 3
