"""Which reader claims which file: by its content, and every sample by the right one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.model import Record
from sitegen.readers import Content, choose, readers

DUMPS = Path(__file__).resolve().parents[1] / "dumps"

# Folder of samples -> reader. A folder whose reader is not installed is claimed by nobody.
READER_OF = {
    "acl-xml": "acl-xml",
    "arxiv-atom": "arxiv-atom",
    "arxiv-jsonl": "arxiv-jsonl",
    "arxiv-rss": "arxiv-feed",
    "arxiv-snapshot": "arxiv-snapshot",
    "bibtex": "bibtex",
    "csl-json": "csl-json",
    "hf-json": "hf-json",
    "hf-scrape-json": "json",
    "markdown": "markdown",
    "paperlists": "paperlists",
    "ris": "ris",
    "text": "text",
}
# Files that are no dump of their folder's kind, which its name says.
EXCEPTIONS = {"ris/jabref-corrupted.ris"}
OURS = {
    "acl-xml", "arxiv-atom", "arxiv-feed", "arxiv-jsonl", "arxiv-oai", "arxiv-snapshot", "web-feed",
}  # fmt: skip

_ROW = re.compile(
    r"\| (?P<folder>[a-z-]+) \| `(?P<file>[^`]+)` \|.*?\| (?:\d+|-) \| (?P<papers>\d+) \|"
)


def chosen(path: Path) -> str:
    reader = choose(Content.of(path.read_bytes(), path.name))
    return reader.NAME if reader else ""


def samples(shared: Path) -> list[Path]:
    return sorted(path for path in (shared / "dumps").glob("*/*") if path.is_file())


def test_every_sample_is_claimed_by_its_reader_and_no_other(shared: Path) -> None:
    installed = {reader.NAME for reader in readers()}
    wrong = {}
    for path in samples(shared):
        name = f"{path.parent.name}/{path.name}"
        if name in EXCEPTIONS:
            continue
        expected = READER_OF.get(path.parent.name, "")
        found = chosen(path)
        if found != expected and (expected in installed or found in OURS):
            wrong[name] = found
    assert wrong == {}


def test_names_and_endings_decide_nothing(shared: Path) -> None:
    for path in samples(shared):
        data = path.read_bytes()
        for reader in readers():
            if reader.NAME in OURS:
                head = Content.of(data).head
                scores = {reader.sniff(head, name) for name in (path.name, "x", "x.xml", "x.json")}
                assert len(scores) == 1


def test_counts_are_those_of_the_readme(shared: Path) -> None:
    counted: dict[str, tuple[int, int]] = {}
    for row in _ROW.finditer((shared / "dumps" / "README.md").read_text()):
        path = shared / "dumps" / row["folder"] / row["file"]
        content = Content.of(path.read_bytes(), path.name)
        reader = choose(content)
        if reader is None or reader.NAME not in OURS:
            continue
        records = [item for item in reader.read(content, path.name) if isinstance(item, Record)]
        counted[f"{row['folder']}/{row['file']}"] = (int(row["papers"]), len(records))
        assert all(record.title and record.ids for record in records)
        assert [record.place for record in records] == list(range(len(records)))
    assert len(counted) == 27
    assert {name: both for name, both in counted.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("folder", sorted(OURS))
def test_the_dumps_of_the_tests_are_claimed_by_their_reader(folder: str) -> None:
    dumps = [path for path in (DUMPS / folder).iterdir() if path.suffix != ".json"]
    assert dumps
    assert {path.name: chosen(path) for path in dumps} == {path.name: folder for path in dumps}


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<html><head><title>arXiv</title></head></html>",
        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<collection><item/></collection>",
        '{"name": "package", "version": "1.0", "title": "arXiv"}',
        '[{"title": "No list of papers"}]',
        "{'title': 'Python'}",
        "title,authors\nA,B\n",
        "@article{x, title={arXiv:2405.00001}}",
    ],
)
def test_other_files_are_left_alone(head: str) -> None:
    for reader in readers():
        if reader.NAME in OURS:
            assert reader.sniff(head, "x") == 0, reader.NAME
