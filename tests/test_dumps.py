"""Dumps on disk: which files are found, and what is read of each."""

from __future__ import annotations

import os

import pytest

from sitegen import dumps
from sitegen.errors import InputError
from sitegen.identity import fingerprint
from tests import fake_reader
from tests.fake_reader import dump


@pytest.fixture(autouse=True)
def only_fake(monkeypatch):
    monkeypatch.setattr("sitegen.readers.candidates", lambda _: (fake_reader,))


def write(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*places):
    return [(file.name, file.named) for file in dumps.find(places)]


def read(folder, text, name="x.txt"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (file,) = dumps.find([path])
    return dumps.read(file)


def test_files_and_folders_by_name(tmp_path):
    write(tmp_path, b_txt="", a_txt="", deep__er__c_txt="", deep__a_txt="")
    write(tmp_path, **{".hidden": "", ".git__x": "", "deep__.x": ""})
    assert found(tmp_path) == [
        ("a.txt", False),
        ("b.txt", False),
        ("deep/a.txt", False),
        ("deep/er/c.txt", False),
    ]
    assert found(tmp_path / "deep", tmp_path / "b.txt") == [
        ("a.txt", False),
        ("b.txt", True),
        ("er/c.txt", False),
    ]


def test_a_file_named_twice_is_one(tmp_path):
    write(tmp_path, a_txt="")
    (tmp_path / "link.txt").symlink_to("a.txt")
    path = tmp_path / "a.txt"
    assert found(path, tmp_path, path) == [("a.txt", True)]


def test_links_in_circles_end(tmp_path):
    write(tmp_path, sub__a_txt="")
    for name in ("one", "two", "three"):
        (tmp_path / "sub" / name).symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to("self")
    assert found(tmp_path) == [("sub/a.txt", False)]


def test_a_link_to_a_folder_is_followed(tmp_path):
    write(tmp_path / "real", a_txt="")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert found(tmp_path / "content") == [("link/a.txt", False)]


def test_places_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"missing: there is no such file") as caught:
        dumps.find([tmp_path / "missing"])
    assert caught.value.hint
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no regular file"):
        dumps.find([tmp_path / "pipe"])
    assert found(tmp_path) == []


def test_a_name_that_is_no_utf_8(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "w") as file:  # noqa: PTH123
        file.write(dump("A"))
    (at,) = dumps.find([tmp_path])
    reading = dumps.read(at)
    assert reading.records[0].file == "��.txt"


def test_what_every_record_gets(tmp_path):
    reading = read(
        tmp_path,
        dump(
            {"title": "A Title", "ids": {"arxiv": "arXiv:2405.00001v2", "doi": "10.1000/ABC"}},
            {"title": "B", "ids": {"arxiv": ""}},
        ),
    )
    one, two = reading.records
    assert reading.format == "fake"
    assert one.ids == {"arxiv": "2405.00001", "doi": "10.1000/abc"}
    assert two.ids == {}
    assert one.fingerprint == fingerprint("A Title")
    assert one.dump == two.dump != b""
    assert one.digest != two.digest


def test_digests_follow_the_content(tmp_path):
    one = read(tmp_path, dump("A", "B"))
    other = read(tmp_path, dump("A", "C"))
    assert one.records[0].digest == other.records[0].digest
    assert one.records[1].digest != other.records[1].digest
    assert one.records[0].dump != other.records[0].dump


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t"])
def test_an_empty_file_is_a_warning(tmp_path, data):
    reading = read(tmp_path, data)
    (problem,) = reading.problems
    assert (problem.severity, problem.file) == ("warning", "x.txt")
    assert "empty" in problem.message
    assert problem.hint
    assert reading.format  # so that nobody says that its format is unknown


def test_a_file_that_no_reader_claims(tmp_path):
    named = read(tmp_path, b"\x89PNG\x00\xff")
    assert (named.format, named.records) == ("", ())
    assert [problem.severity for problem in named.problems] == ["error"]
    (file,) = dumps.find([tmp_path])
    reading = dumps.read(file)
    assert (reading.format, reading.records, reading.problems) == ("", (), ())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("x")
    path.chmod(0)
    reading = dumps.read(dumps.find([path])[0])
    assert reading.problems[0].severity == "error"


def test_a_file_that_is_gone(tmp_path):
    file = dumps.DumpFile(name="x.txt", path=tmp_path / "x.txt", named=True)
    (problem,) = dumps.read(file).problems
    assert (problem.severity, problem.file) == ("error", "x.txt")


def test_a_reader_that_fails_is_an_error_and_no_traceback(tmp_path):
    text = dump("A", {"raise": "out of luck"}, "B")
    reading = read(tmp_path, text)
    (problem,) = reading.problems
    assert problem.severity == "error"
    assert "fake failed: RuntimeError: out of luck" in problem.message
    assert [record.title for record in reading.records] == ["A"]


def test_problems_stand_in_the_order_of_lines(tmp_path):
    data = dump({"problem": "first"}, "A", {"problem": "third"}).encode()
    data = data.replace(b'"A"', b'"\xe9"')
    reading = read(tmp_path, data)
    assert [p.line for p in reading.problems] == [2, 3, 4]
    assert reading.records[0].title == "é"


def test_lone_surrogates_come_no_further(tmp_path):
    text = dump(
        {"title": "A \ud800", "ids": {"s2": "\udfff"}, "authors": ["B \ud800"]},
        {"problem": "odd: \ud800"},
    )
    reading = read(tmp_path, text)
    (record,) = reading.records
    assert (record.title, record.authors, record.ids) == ("A ?", ("B ?",), {"s2": "?"})
    assert reading.problems[0].message == "odd: ?"
