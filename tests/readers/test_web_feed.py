from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, web_feed

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "web-feed"


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.xml")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(web_feed, dump.read_bytes(), dump.name) == expected


def test_entries_are_those_that_feedparser_sees(shared: Path) -> None:
    feeds = [*DUMPS.glob("*.xml"), *(shared / "dumps/arxiv-rss").glob("*.xml")]
    feeds += (shared / "dumps/arxiv-atom").glob("*.xml")
    for path in feeds:
        data = path.read_bytes()
        records = [one for one in web_feed.read(Content.of(data), "d") if isinstance(one, Record)]
        entries = feedparser.parse(data).entries
        assert len(records) == len(entries), path.name
        for record, entry in zip(records, entries, strict=True):
            assert record.url == entry.get("link", ""), path.name


@pytest.mark.parametrize(
    ("root", "claims"),
    [
        ("<rss version='0.91'>", True),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        ("<f:feed xmlns:f='http://purl.org/atom/ns#'>", True),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", True),
        ("<OPML version='1.0'>", True),
        ("<feed xmlns='urn:cattle'>", False),
        ("<html>", False),
    ],
)
def test_sniff(root: str, claims: bool) -> None:
    assert (web_feed.sniff(f"<?xml version='1.0'?>\n{root}", "x") > 0) is claims


def test_a_list_of_feeds_is_told_so() -> None:
    data = "<opml><body><outline xmlUrl='https://example.org/feed'/></body></opml>"
    (problem,) = web_feed.read(Content.of(data), "d")
    assert isinstance(problem, Problem)
    assert "1 in this one" in problem.message


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "/relative", "https://a b", ""]
)
def test_only_web_addresses_become_links(link: str) -> None:
    data = f"<rss><channel><item><title>T</title><link>{link}</link></item></channel></rss>"
    (record,) = (one for one in web_feed.read(Content.of(data), "d") if isinstance(one, Record))
    assert record.url == ""


def test_identifiers_of_every_kind_are_found() -> None:
    item = (
        "<item><title>T</title><link>https://aclanthology.org/2025.gem-1.3/</link>"
        "<guid>https://doi.org/10.1234/X.1</guid>"
        "<dc:identifier xmlns:dc='http://purl.org/dc/elements/1.1/'>arXiv:2608.00001v2"
        "</dc:identifier></item>"
    )
    data = f"<rss><channel>{item}</channel></rss>"
    (record,) = (one for one in web_feed.read(Content.of(data), "d") if isinstance(one, Record))
    assert record.ids == {"acl": "2025.gem-1.3", "doi": "10.1234/x.1", "arxiv": "2608.00001"}


def test_a_long_title_of_the_feed_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    cleaned = web_feed.clean.title

    def title(text: str) -> str:
        seen.append(text)
        return cleaned(text)

    monkeypatch.setattr(web_feed.clean, "title", title)
    items = "".join(f"<item><title>Paper {n}</title></item>" for n in range(50))
    feed = f"<rss><channel><title>{'News of *all* kinds. ' * 500}</title>{items}"
    found = [one for one in web_feed.read(Content.of(feed), "d") if isinstance(one, Record)]
    assert [one.title for one in found] == [f"Paper {n}" for n in range(50)]
    assert found[0].source.startswith("News of")
    assert sum(map(len, seen)) < 5_000
