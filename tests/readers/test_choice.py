"""Which reader claims which file: by its content, and every sample by the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import Problem
from sitegen.readers import Content, choose, readers

DUMPS = Path(__file__).resolve().parents[1] / "dumps"

# Folder of samples -> reader.
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


def chosen(path: Path) -> str:
    reader = choose(Content.of(path.read_bytes(), path.name))
    return reader.NAME if reader else ""


def samples(shared: Path) -> list[Path]:
    return sorted(path for path in (shared / "dumps").glob("*/*") if path.is_file())


def test_every_sample_is_claimed_by_its_reader_and_no_other(shared: Path) -> None:
    wrong = {}
    for path in samples(shared):
        name = f"{path.parent.name}/{path.name}"
        if name in EXCEPTIONS:
            continue
        expected = READER_OF.get(path.parent.name, "")
        found = chosen(path)
        if found != expected:
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


@pytest.mark.parametrize(
    "data",
    [
        b'[{"paper": {"id": "2405.1',
        b"<?xml version='1.0'?><rss><channel><item><title>A",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><id>http://arxiv.org/api/x</id><entry><title>A",
        b"<collection id='2025.x'><volume id='1'><paper id='1'><title>A",
        b"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords><record><header>",
        b"@article{x, title = {A",
    ],
)
def test_a_dump_of_which_nothing_can_be_read_is_an_error(data: bytes) -> None:
    content = Content.of(data, "d")
    reader = choose(content)
    assert reader is not None
    *_, last = reader.read(content, "d")
    assert isinstance(last, Problem)
    assert (last.severity, last.file) == ("error", "d")
    assert last.hint


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel><title>T</title></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><id>http://arxiv.org/api/x</id></feed>",
        b"<collection id='2025.x'><volume id='1'><frontmatter/></volume></collection>",
        b"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><error>n</error></OAI-PMH>",
        b"[]",
    ],
)
def test_a_dump_without_papers_is_no_error(data: bytes) -> None:
    content = Content.of(data, "d")
    reader = choose(content)
    assert reader is not None
    for item in reader.read(content, "d"):
        assert isinstance(item, Problem)
        assert item.severity == "warning"
