"""Answers in the shapes of arXiv's API and feeds, of Hugging Face's API, and of a blog's feed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from .host import Asked, Reply

ATOM = {"Content-Type": "application/atom+xml; charset=utf-8"}


class Paper(NamedTuple):
    """As arXiv has it: submitted in UTC."""

    id: str
    title: str
    submitted: str = "2026-05-07T12:00:00Z"
    authors: tuple[str, ...] = ("Ada Lovelace",)


_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}v1</id>
    <title>{title}</title>
    <updated>{submitted}</updated>
    <link href="https://arxiv.org/abs/{id}v1" rel="alternate" type="text/html"/>
    <summary>Words of an abstract that says what is in {id}.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>{submitted}</published>
    <arxiv:primary_category term="cs.CL"/>
    {authors}
  </entry>
"""
_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=x</title>
  <updated>2026-05-08T00:00:00Z</updated>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""


def atom(papers: Sequence[Paper], total: int, start: int = 0) -> bytes:
    entries = "".join(
        _ENTRY.format(
            id=paper.id,
            title=escape(paper.title),
            submitted=paper.submitted,
            authors="".join(f"<author><name>{one}</name></author>" for one in paper.authors),
        )
        for paper in papers
    )
    return _FEED.format(total=total, start=start, entries=entries).encode()


def arxiv(papers: Sequence[Paper]) -> Any:
    """The API: understands ranges of submission, words of titles, and pages."""

    def answer(asked: Asked) -> Reply:
        query = asked.query["search_query"]
        found = sorted((one for one in papers if _fits(one, query)), key=lambda one: one.submitted)
        start, most = int(asked.query["start"]), int(asked.query["max_results"])
        return Reply(atom(found[start : start + most], len(found), start), headers=ATOM)

    return answer


def _fits(paper: Paper, query: str) -> bool:
    span = re.search(r"submittedDate:\[(\d{12}) TO (\d{12})\]", query)
    when = datetime.fromisoformat(paper.submitted).strftime("%Y%m%d%H%M")
    if span and not span[1] <= when <= span[2]:
        return False
    words = set(re.findall(r"[a-z0-9]+", paper.title.lower()))
    groups = [set(re.findall(r"ti:(\w+)", group)) for group in query.split(" OR ")]
    return not any(groups) or any(group <= words for group in groups if group)


def daily(days: Mapping[str, Sequence[str]], **more: Any) -> Any:
    """Hugging Face's lists by day: ids of papers; what has not begun is refused."""

    def answer(asked: Asked) -> Reply:
        day = asked.query["date"]
        if day > max(days):
            return Reply(b'{"error": "Invalid date"}', status=400)
        most = int(asked.query["limit"])
        start = most * int(asked.query["p"])
        found = [_item(day, one, **more) for one in days.get(day, ())[start : start + most]]
        return Reply(
            json.dumps(found).encode(), headers={"Content-Type": "application/json; charset=utf-8"}
        )

    return answer


def _item(day: str, number: str, upvotes: int = 3) -> dict[str, Any]:
    return {
        "paper": {
            "id": number,
            "authors": [{"name": "Ada Lovelace"}],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T00:00:00.000Z",
            "title": f"On {number}",
            "summary": f"Words of an abstract that says what is in {number}.",
            "upvotes": upvotes,
        },
        "publishedAt": f"{day}T00:00:00.000Z",
        "title": f"On {number}",
        "numComments": 0,
    }


def rss(titles: Mapping[str, str], name: str = "A blog") -> bytes:
    """A feed: titles and their days, such as "Fri, 08 May 2026 08:00:00 GMT"."""
    items = "\n".join(
        f"<item><title>{escape(title)}</title><link>https://example.org/{number}</link>"
        f"<description>About it.</description><pubDate>{day}</pubDate></item>"
        for number, (title, day) in enumerate(titles.items())
    )
    return (
        f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{name}</title>'
        f"<link>https://example.org/</link><description>x</description>\n{items}\n</channel></rss>\n"
    ).encode()


def new_on_arxiv(kinds: Mapping[str, str]) -> bytes:
    """arXiv's feed of a category: ids, and how each is announced."""
    entries = "".join(
        f"<entry><id>oai:arXiv.org:{number}v1</id><title>On {number}</title>"
        f'<link href="https://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>'
        f"<summary>arXiv:{number}v1 Announce Type: {kind} \nAbstract: Words.</summary>"
        f"<published>2026-05-08T00:00:00-04:00</published>"
        f"<arxiv:announce_type>{kind}</arxiv:announce_type><dc:creator>Ada Lovelace</dc:creator>"
        "</entry>\n"
        for number, kind in kinds.items()
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">'
        "<id>http://rss.arxiv.org/atom/cs.CL</id><title>cs.CL updates on arXiv.org</title>"
        f"<updated>2026-05-08T04:00:00+00:00</updated>{entries}</feed>"
    ).encode()
