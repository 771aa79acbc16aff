"""From files as they lie around to records: packed, piped, huge, broken, and no files at all."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import socket
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen import dating, dumps, importing, inspecting
from sitegen.cli import main
from sitegen.config import load_project
from sitegen.dumps import archives, opening
from sitegen.errors import InputError, Problem
from sitegen.formats import content as content_module
from sitegen.model import Record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

RULE = dating.DayRule(today=date(2026, 1, 1))


def items(*numbers: int, day: str = "2024-06-03") -> bytes:
    """Daily papers as their API gives them."""
    papers = [
        {
            "paper": {
                "id": f"2406.{number:05}",
                "title": f"Paper {number}",
                "summary": "What for.",
            },
            "publishedAt": f"{day}T00:00:00.000Z",
        }
        for number in numbers
    ]
    return json.dumps(papers).encode()


def lines(count: int, abstract: str = "An abstract.") -> str:
    """arXiv's metadata snapshot."""
    versions = [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]
    paper = {"title": "T", "abstract": abstract, "versions": versions, "authors_parsed": []}
    return "".join(
        json.dumps({"id": f"0704.{number:04}", "update_date": "2008-11-26"} | paper) + "\n"
        for number in range(count)
    )


def reading(path: Path, **facts) -> dumps.Reading:
    (dump,) = dumps.find([path])
    return dumps.read(dump)


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        (".gz", gzip.compress),
        (".zst", zstd.compress),
        (".xz", lzma.compress),
        (".bz2", bz2.compress),
        ("", gzip.compress),
    ],
)
def test_a_packed_dump_is_read_as_what_is_inside(tmp_path, ending, pack):
    path = tmp_path / f"papers.json{ending}"
    path.write_bytes(pack(items(1, 2)))
    found = reading(path)
    assert found.format == "hf-json"
    assert [record.ids["arxiv"] for record in found.records] == ["2406.00001", "2406.00002"]
    assert {record.file for record in found.records} == {path.name}
    assert found.problems == ()


def test_packed_and_large_is_read_without_holding_it(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "_IN_MEMORY", 1000)
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(lines(500).encode()))
    found = reading(tmp_path / "a.json.gz")
    assert (found.format, len(found.records), found.problems) == ("arxiv-snapshot", 500, ())


def test_the_members_of_an_archive_are_dumps_of_their_own(tmp_path):
    path = zipped(
        tmp_path / "old.zip",
        {
            "day/2024-06-03.json": items(1),
            "day/2025-01-09.json": items(2, 3, day="2025-01-09"),
            "README": b"read me",
        },
    )
    found = dumps.find([path])
    assert [dump.name for dump in found] == [
        "old.zip/day/2024-06-03.json",
        "old.zip/day/2025-01-09.json",
        "old.zip/README",
    ]
    read = [dumps.read(dump) for dump in found]
    assert [len(one.records) for one in read] == [1, 2, 0]
    assert [one.problems for one in read] == [(), (), ()]
    # from December 2024 on, the day stands in the file's name alone
    _, second, _ = (dating.settle(one.records, one.name, RULE) for one in read)
    assert {record.listed for record in second[0]} == {date(2025, 1, 9)}


def test_the_only_member_of_a_named_archive_counts_as_named(tmp_path):
    path = zipped(tmp_path / "a.zip", {"notes": b"nothing"})
    assert "no reader" in reading(path).problems[0].message


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024-06-03.zip/papers.json", date(2024, 6, 3)),
        ("2024-06-03.zip/2024-06-04.json", date(2024, 6, 4)),
        ("2024-06-03_pinned_a.zip/2024-06-04.json", date(2024, 6, 3)),
        ("2024-06-03.json.gz", date(2024, 6, 3)),
        ("2024-06-03/papers.json", None),
    ],
)
def test_days_in_the_names_of_archives(name, expected):
    record = Record(file=name, line=1, place=0, source="", title="T")
    assert dating.settle([record], name, RULE)[0][0].listed == expected


def test_days_are_settled_one_by_one_as_all_together():
    records = [
        Record(file="a", line=number, place=number, source="", title="T", header_day=day)
        for number, day in enumerate(("", "--05-08", "2025-02-30", "--05-08"), 1)
    ]
    days = dating.Settling("a-2025-13-01", RULE)
    one_by_one = tuple(days.settled(record) for record in records)
    assert dating.settle(records, "a-2025-13-01", RULE) == (one_by_one, days.problems())
    may = date(2025, 5, 8)
    assert [record.listed for record in one_by_one] == [None, may, None, may]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: gzip.compress(gzip.compress(items(1))), "packed twice (gzip inside)"),
        (lambda: b"x" * 257 + b"ustar\0" + b"x" * 500, "a tar archive"),
        (lambda: gzip.compress(b"x" * 257 + b"ustar\0" + b"x" * 500), "packed twice (tar inside)"),
        (lambda: b"PK\x05\x06" + bytes(18), "an archive without files"),
        (lambda: b"PK\x03\x04" + bytes(50), "an archive that cannot be read"),
        (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "a 7z archive"),
        (lambda: gzip.compress(items(1))[:15], "damaged: the file is cut off"),
        (lambda: b"%PDF-1.4 \0\0", "no reader knows this format: a PDF"),
        (lambda: b"\x89PNG\r\n\x1a\n\0\0", "no reader knows this format: a picture"),
        (lambda: bytes(range(256)) * 9, "no reader knows this format: a binary file"),
        (lambda: b"From: <Saved by Blink>\r\nSnapshot", "single file (MHTML)"),
        (lambda: b"<!doctype html><p>Hello", "an HTML page without a list of papers"),
        (lambda: b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
        (lambda: b"plain words", "no reader knows this format"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_a_name(tmp_path, make, said):
    path = tmp_path / "papers"
    path.write_bytes(make())
    found = reading(path)
    first = found.problems[0]
    assert said in first.message
    assert (first.file, first.severity, found.records) == ("papers", "error", ())


def test_an_archive_in_an_archive_is_refused_and_the_rest_is_read(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"a.json": items(1)}).read_bytes()
    path = zipped(tmp_path / "outer.zip", {"inner.zip": inner, "b.json": items(2)})
    first, second = (dumps.read(dump) for dump in dumps.find([path]))
    assert "packed twice (zip inside)" in first.problems[0].message
    assert first.problems[0].file == "outer.zip/inner.zip"
    assert len(second.records) == 1


def test_of_a_cut_file_the_whole_records_are_kept(tmp_path):
    packed = gzip.compress(lines(5000).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) * 3 // 4])
    found = reading(tmp_path / "a.jsonl.gz")
    assert len(found.records) > 3000
    assert [p.severity for p in found.problems if "damaged" in p.message] == ["warning"]


def test_a_bomb_is_an_error_and_what_came_before_is_kept(tmp_path):
    bomb = gzip.compress(lines(3).encode() + bytes(90_000_000))
    (tmp_path / "a.jsonl.gz").write_bytes(bomb)
    found = reading(tmp_path / "a.jsonl.gz")
    assert len(found.records) == 3
    (refused,) = (problem for problem in found.problems if problem.severity == "error")
    assert "100 times its size" in refused.message
    assert refused.file == "a.jsonl.gz"


def test_files_in_a_folder_that_nobody_claims_are_no_errors(tmp_path):
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    found = reading(tmp_path)
    assert (found.format, found.problems) == ("", ())


def test_a_list_of_any_size_is_read_block_by_block(tmp_path, monkeypatch):
    monkeypatch.setattr(content_module.Content, "data", None)
    monkeypatch.setattr("sitegen.formats.json.pieces.BLOCK", 1 << 10)
    (tmp_path / "a.json").write_bytes(items(*range(1, 50)))
    found = reading(tmp_path / "a.json")
    assert len(found.records) == 49
    assert found.problems == ()


# ------------------------------------------------------------------- no files at all


def test_a_pipe_a_socket_and_a_device_are_told_apart(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(tmp_path / "socket"))
    for path, kind in (
        (tmp_path / "pipe", "a pipe"),
        (tmp_path / "socket", "a socket"),
        (Path("/dev/null"), "a device"),
    ):
        with pytest.raises(InputError, match=f"{path}: {kind}"):
            dumps.find([path])
        dump = dumps.DumpFile(name="x", path=path)  # found as a file, and now it is none
        assert kind in dumps.read(dump).problems[0].message


def test_a_folder_in_the_place_of_a_file(tmp_path):
    dump = dumps.DumpFile(name="x", path=tmp_path, named=True)
    assert "a folder" in dumps.read(dump).problems[0].message


def test_a_file_that_went_away(tmp_path):
    dump = dumps.DumpFile(name="x", path=tmp_path / "gone")
    assert "cannot be read: No such file" in dumps.read(dump).problems[0].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(items(1))
    path.chmod(0)
    assert "cannot be read: Permission denied" in reading(path).problems[0].message


def test_folders_that_link_to_each_other_are_walked_once(tmp_path):
    (tmp_path / "a.json").write_bytes(items(1))
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [dump.name for dump in dumps.find([tmp_path])] == ["a.json"]


# ---------------------------------------------------------------------- long lines


def test_a_line_that_is_too_long_is_one_problem_among_good_records(tmp_path, monkeypatch):
    monkeypatch.setattr("sitegen.formats.json.items.LONGEST_LINE", 1 << 20)
    one, two = lines(2).splitlines()
    text = f"{one}\n{'x' * (3 << 20)}\n{two}\n"
    (tmp_path / "a.jsonl").write_text(text)
    found = reading(tmp_path / "a.jsonl")
    assert [record.line for record in found.records] == [1, 3]
    assert {problem.line for problem in found.problems} == {2}
    assert "longer than 1 MB" in " ".join(map(str, found.problems))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_long_lines_are_cut_at_a_blank_and_counted(monkeypatch, end, encoding):
    monkeypatch.setattr(content_module, "LONGEST_LINE", 300_000)
    text = end.join(["a", "word é " * 100_000, "b", "y" * 900_000, "", "c"])
    content = content_module.Content.of(text.encode(encoding), "x")
    found = list(content.lines())
    assert [number for number, _ in found] == [1, 2, 3, 4, 5, 6]
    assert [found[at][1] for at in (0, 2, 4, 5)] == ["a", "b", "", "c"]
    assert found[1][1].startswith("word é word")
    assert found[1][1].endswith(("word", "é"))
    assert len(found[1][1].encode()) <= 300_000
    assert [problem.line for problem in content.problems] == [2, 4]


# ------------------------------------------------------------------------- commands


def command(*args: str | Path, **given):
    return CliRunner().invoke(main, list(map(str, args)), catch_exceptions=False, **given)


def test_inspect_reads_standard_input():
    done = command("inspect", "--jsonl", "-", input=gzip.compress(items(1, 2)))
    assert done.exit_code == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(record["file"], record["key"]) for record in records] == [
        ("-", "2406.00001"),
        ("-", "2406.00002"),
    ]


def test_inspect_names_members_as_given(tmp_path):
    path = zipped(tmp_path / "a.zip", {"x/b.json": items(1), "c.json": items(2)})
    done = command("inspect", "--jsonl", path, tmp_path)
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == [
        f"{path}/x/b.json",
        f"{path}/c.json",
        f"{tmp_path}/a.zip/x/b.json",
        f"{tmp_path}/a.zip/c.json",
    ]


def test_inspect_goes_on_after_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "bad").write_bytes(b"%PDF-1.4")
    (tmp_path / "good").write_bytes(items(1))
    done = command("inspect", "--jsonl", tmp_path / "bad", tmp_path / "good")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert "bad: no reader knows this format: a PDF" in done.stderr


def test_standard_input_that_is_named_twice_is_read_once():
    done = command("inspect", "-", "-", input=items(7))
    assert done.output.count("Paper 7") == 2


def test_build_reads_standard_input(tmp_path):
    done = command("build", "-", "-o", tmp_path / "site", "--json", input=items(1, 2))
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["papers"] == 2


def test_build_reads_an_archive_as_its_members(tmp_path):
    path = zipped(tmp_path / "a.zip", {"b.json": items(1), "c.json": items(1, 2), "d": b"no"})
    done = command("build", path, "-o", tmp_path / "site", "--json")
    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["papers"], report["listings"], report["errors"]) == (2, 3, [])


@pytest.fixture
def project(tmp_path):
    assert command("init", tmp_path / "project").exit_code == 0
    return tmp_path / "project"


def imported(project: Path, *places: Path, given: date | None = None):
    rule = dating.DayRule(today=date(2026, 1, 1), given=given)
    return importing.import_dumps(load_project(project), places, rule)


def test_a_packed_file_is_imported_as_it_is(tmp_path, project):
    data = gzip.compress(items(1))
    (tmp_path / "papers.json.gz").write_bytes(data)
    (done,) = imported(project, tmp_path / "papers.json.gz")
    assert (done.name, done.records, done.new) == ("2024-06-03-papers.json.gz", 1, True)
    assert (project / "content/dumps" / done.name).read_bytes() == data
    (again,) = imported(project, tmp_path / "papers.json.gz")
    assert not again.new
    assert command("build", "-C", project).exit_code == 0


def test_an_archive_is_imported_as_it_is_and_its_day_is_pinned(tmp_path, project):
    path = zipped(tmp_path / "a", {"b.json": items(1), "c.json": items(2), "d": b"no"})
    (done,) = imported(project, path, given=date(2025, 5, 5))
    assert (done.name, done.records) == ("2025-05-05_pinned_a.zip", 2)
    assert done.days == (date(2025, 5, 5),)
    built = command("build", "-C", project, "--json")
    assert json.loads(built.stdout)["listings"] >= 2
    assert (project / "site/days/2025-05-05.html").is_file()


def test_standard_input_is_imported(project):
    done = command("import", "-C", project, "-", input=items(7))
    assert done.exit_code == 0, done.stderr
    assert (project / "content/dumps/2024-06-03-stdin").read_bytes() == items(7)
    assert done.output.startswith("- → content/dumps/2024-06-03-stdin")
    done = command("import", "-C", project, "-", input=b"nonsense")
    assert done.exit_code == 1
    assert "error: -: no reader knows this format" in done.output


def test_import_refuses_what_no_reader_knows(tmp_path, project):
    (tmp_path / "x").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match="a PDF"):
        imported(project, tmp_path / "x")


def test_a_packed_dump_is_read_again_when_its_file_changes(tmp_path):
    path = tmp_path / "a.json.gz"
    for numbers in ((1,), (1, 2), (3,)):
        path.write_bytes(gzip.compress(items(*numbers)))
        (dump,) = dumps.find([path])
        assert len(dumps.read(dump).records) == len(numbers)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells how much memory was used")
def test_inspecting_needs_little_memory_however_large_the_dump(tmp_path):
    """40 MB in 20,000 papers: all records together would take more than is allowed."""
    path = tmp_path / "a.json.gz"
    with gzip.open(path, "wt", compresslevel=1) as out:
        out.write(lines(20_000, abstract="A word and another one. " * 70))
    script = (
        "import re, sys; from sitegen.cli import main\n"
        "try: main(['inspect', '--jsonl', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=True)
    assert done.stdout.count(b"\n") == 20_000
    assert int(done.stderr.split()[-1]) < 90_000  # KB


def test_a_reader_that_fails_is_an_error_and_its_records_are_kept(tmp_path, monkeypatch):
    class Failing:
        NAME, LABEL = "failing", "fails"

        def read(self, _, name):
            yield Record(file=name, line=1, place=0, source="", title="T")
            raise KeyError("gone")

    monkeypatch.setattr("sitegen.dumps.choose", lambda _: Failing())
    (tmp_path / "a").write_bytes(b"x")
    found = reading(tmp_path / "a")
    assert len(found.records) == 1
    assert "the reader failing failed: KeyError" in found.problems[0].message


def test_inspections_come_as_a_stream(tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(3))
    (found,) = inspecting.inspect([tmp_path / "a.jsonl"], RULE)
    assert isinstance(next(found.items), Record)
    rest = list(found.items)
    assert [type(item) for item in rest] == [Record, Record, Problem]
    assert "its 3 listings" in rest[-1].message


def test_what_is_wrong_with_an_archive_is_said_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 1)
    path = zipped(tmp_path / "a.zip", {"a": b"", "b": b""})
    (problem,) = reading(path).problems
    assert str(problem).startswith("error: a.zip: more than 1 files")


def test_reading_in_memory_and_from_disk_agree(tmp_path, monkeypatch):
    (tmp_path / "a.json").write_bytes(items(1, 2, 3))
    first = reading(tmp_path / "a.json")
    monkeypatch.setattr(opening, "_IN_MEMORY", 10)
    assert reading(tmp_path / "a.json") == first
    with opening.content(tmp_path / "a.json", "", "a").open() as stream:
        assert isinstance(stream, io.BufferedReader)
