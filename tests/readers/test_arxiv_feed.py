from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.model import Record
from sitegen.readers import Content, arxiv_feed, web_feed

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "arxiv-feed"
HEAD = "<rss version='2.0'><channel><title>cs.AI updates on arXiv.org</title>"


def read(data: bytes | str) -> list[Record]:
    return [one for one in arxiv_feed.read(Content.of(data), "d") if isinstance(one, Record)]


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.xml")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(arxiv_feed, dump.read_bytes(), dump.name) == expected


def test_arxivs_own_feeds_are_surer_than_any_feed() -> None:
    for dump in DUMPS.glob("*.xml"):
        head = Content.of(dump.read_bytes()).head
        assert arxiv_feed.sniff(head, "x") > web_feed.sniff(head, "x") > 0


def test_a_feed_that_links_elsewhere_is_left_to_others() -> None:
    head = "<rss><channel><title>News about arXiv</title><item><link>https://example.org</link>"
    assert arxiv_feed.sniff(head, "x") == 0


def test_a_day_without_papers_is_no_problem() -> None:
    assert read(HEAD + "</channel></rss>") == []


def test_ids_come_from_whatever_says_them() -> None:
    items = (
        "<item><title>A</title><guid>oai:arXiv.org:2608.00001v1</guid></item>",
        "<item><title>B</title><link>http://arxiv.org/abs/2608.00001v3</link></item>",
        "<item><title>C. (arXiv:2608.00001v1 [cs.AI])</title></item>",
        "<item><title>D</title><summary>arXiv:2608.00001v1 Announce Type: x </summary></item>",
    )
    records = read(HEAD + "".join(items) + "</channel></rss>")
    assert [record.title for record in records] == ["A", "B", "C", "D"]
    assert {record.ids["arxiv"] for record in records} == {"2608.00001"}
    assert all("arxiv.org/abs/2608.00001" in record.url for record in records)


def test_real_feeds(shared: Path) -> None:
    folder = shared / "dumps/arxiv-rss"
    announced = read((folder / "rss-arxiv-org-atom-cs.AI.xml").read_bytes())
    assert {record.listed for record in announced} == {date(2025, 8, 20)}
    assert {record.source for record in announced} == {"arXiv cs.AI"}
    assert not any("Announce Type" in record.abstract for record in announced)
    assert announced[0].authors == ("Chunhua Liu", "Kabir Manandhar Shrestha", "Sukai Huang")
    digest = read((folder / "chat-arxiv-cs.AI-20241205.rss.xml").read_bytes())
    assert all(record.title.isascii() and record.abstract for record in digest)
    assert all(not record.comment.isascii() for record in digest)
    assert not any("(arXiv:" in record.title for record in digest)
