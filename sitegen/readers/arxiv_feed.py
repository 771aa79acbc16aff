"""arXiv's announcement feeds, and those that digest sites make of them.

- `rss.arxiv.org/rss/…` and `/atom/…` (https://info.arxiv.org/help/rss.html): the summary is
  "arXiv:ID Announce Type: TYPE", a line end, "Abstract: …"; `pubDate` (RSS) and `published` (Atom)
  are the day of the announcement, which is the day of listing. The day of publication is not told.
- Up to 2023 (RSS 1.0): titles end in "(arXiv:ID [CATEGORY] UPDATED)", authors are links.
- Digests in other languages: the item's title is a sentence about the paper; the description holds
  the translated title, the title, the paper's address, that sentence, the translated abstract, and
  the abstract. The English title and abstract are read, the sentence becomes the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

from .. import clean
from ..errors import Problem
from ..formats import days
from ..formats.addresses import arxiv_page, arxiv_pdf, web_address
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.feed_entries import NOTHING, Entry, entries, head_of_feed, is_feed
from ..formats.identifiers import identifiers
from ..formats.markup import plain_text
from ..formats.people import people
from ..formats.records import Complain, records
from ..identity import arxiv_id
from ..model import Record

NAME = "arxiv-feed"
LABEL = "arXiv announcement feeds (RSS, Atom)"

_ARXIV_HEAD = re.compile(
    r"updates on arXiv\.org|//(?:export\.|rss\.)?arxiv\.org/(?:rss|atom)\b", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"oai:arXiv\.org:|Announce Type:|<arxiv:announce_type>", re.IGNORECASE)
_DIGEST_HEAD = re.compile(r"<(?:title|description)>[^<]*\barxiv\b", re.IGNORECASE)
_ITEM_LINK = re.compile(r"<link>\s*https?://(?:[a-z]+\.)?arxiv\.org/abs/", re.IGNORECASE)

_FEED_TITLE = re.compile(r"\s*+([\w.,+ -]+?) updates on (?:the )?arXiv", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\s*arXiv:(?P<id>\S+)\s+Announce Type:\s*(?P<type>[\w-]+)\s+(?:Abstract:\s*)?", re.IGNORECASE
)
_TITLE_END = re.compile(
    r"(?:\.\s*|(?<![.\s])\s+)?\(arXiv:(?P<id>[^\s()]+)\s*+(?:\[(?P<category>[\w.-]+)\]\s*+)?"
    r"(?P<type>UPDATED|CROSS LISTED)?\)\s*$"
)
_TYPES = {"UPDATED": "replace", "CROSS LISTED": "cross"}
_SHOWN = ("pubDate", "published", "updated", "dc:date")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def sniff(head: str, name: str) -> int:
    """By what the feed says of itself or its first entries; digests by their links to arXiv."""
    del name
    if not is_feed(head):
        return 0
    top = head_of_feed(head)
    if _ARXIV_HEAD.search(top) or _ANNOUNCED.search(head):
        return 92
    if _DIGEST_HEAD.search(top) and (_ITEM_LINK.search(head) or len(top) == len(head)):
        return 80
    return 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each entry."""
    return records(entries(content, name), partial(_record, name), name, NOTHING)


def _record(name: str, entry: Entry, place: int, complain: Complain) -> Record:
    del complain
    summary = entry.first("summary", "description", "content", "content:encoded")
    title, said = entry.first("title"), ""
    paragraphs = _paragraphs(summary)
    if len(paragraphs) > 1 and (english := _translated(paragraphs, entry.address())) is not None:
        said, (title, abstract) = title, english
    else:
        abstract = "\n\n".join(paragraphs)
    announced = _SUMMARY.match(abstract)
    suffix = _TITLE_END.search(title)
    kind = entry.first("arxiv:announce_type") or (announced["type"] if announced else "")
    if suffix:
        title = title[: suffix.start()]
        kind = kind or _TYPES.get(suffix["type"] or "", "new")
    written = entry.first("guid", "id") if "arxiv" in entry.first("guid", "id").lower() else ""
    places = _places_of_id(written, entry, announced, suffix)
    ids = identifiers(
        arxiv=next((one for one in places if arxiv_id(one)), ""), doi=entry.first("arxiv:doi")
    )
    arxiv = ids.get("arxiv", "")
    category = [suffix["category"] or ""] if suffix else []
    return Record(
        file=name,
        line=entry.line,
        place=place,
        source=_source(entry.feed.title),
        title=clean.title(title),
        ids=ids,
        authors=_authors(entry.authors),
        abstract=clean.text(abstract[announced.end() :] if announced else abstract),
        listed=days.exact(entry.first(*_SHOWN)) or _day_of_feed(entry),
        url=web_address(entry.address()) or arxiv_page(arxiv),
        pdf=arxiv_pdf(arxiv),
        venue=clean.title(entry.first("arxiv:journal_reference", "arxiv:journal_ref")),
        categories=arxiv_categories([*category, *entry.categories]),
        comment=clean.title(said) or (f"Announce type: {clean.title(kind)}" if kind else ""),
    )


def _day_of_feed(entry: Entry) -> date | None:
    """Of arXiv's own feeds: those up to 2023 tell the day of the announcement once for all."""
    return days.exact(entry.feed.first(*_SHOWN)) if _FEED_TITLE.match(entry.feed.title) else None


def _places_of_id(
    guid: str, entry: Entry, announced: re.Match[str] | None, suffix: re.Match[str] | None
) -> Iterator[str]:
    yield guid
    yield entry.address()
    for found in (announced, suffix):
        if found is not None:
            yield found["id"]


def _paragraphs(summary: str) -> list[str]:
    """Of a summary in HTML; one in plain text, which may hold "<", is one paragraph."""
    if not summary.lstrip().lower().startswith(("<p", "<div")):
        return [summary]
    return [part.strip() for part in _PARAGRAPHS.split(plain_text(summary)) if part.strip()]


def _translated(paragraphs: list[str], address: str) -> tuple[str, str] | None:
    """Title and abstract of a translating digest's entry; None when it is none.

    Its mark is the paper's address as a paragraph of its own, behind the title.
    """
    for number, paragraph in enumerate(paragraphs[:6]):
        if number and paragraph == address.strip():
            last = paragraphs[-1] if number + 1 < len(paragraphs) else ""
            return paragraphs[number - 1], last
    return None


def _authors(written: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for one in written:
        names += people(plain_text(one))
    return tuple(names)


@lru_cache(maxsize=64)  # every entry has it
def _source(feed: str) -> str:
    """What the list is called: "arXiv cs.AI" for arXiv's own feeds, else the feed's title."""
    own = _FEED_TITLE.match(feed)
    return f"arXiv {clean.title(own[1])}" if own else clean.title(feed) or "arXiv"
