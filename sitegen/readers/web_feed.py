"""Any RSS or Atom feed of papers: of a journal, a preprint server, a digest, a site of sitegen's.

Dialects: see `feed_entries`. Identifiers come from PRISM, Dublin Core and the addresses. The day of
listing is when the feed showed the entry (`pubDate`; Atom's `published`); the day of publication is
what PRISM or Dublin Core say, else the same. OPML lists feeds and no papers, and is told so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from .. import clean
from ..errors import Problem
from ..formats import days
from ..formats.addresses import web_address
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.feed_entries import NOTHING, Entry, entries, is_feed
from ..formats.identifiers import identifiers
from ..formats.markup import plain_text, styled
from ..formats.people import display_name, people
from ..formats.records import Complain, beginning, records
from ..formats.xml.elements import elements, root
from ..model import Record

NAME = "web-feed"
LABEL = "RSS and Atom feeds of papers"

_SUMMARIES = ("summary", "description", "content:encoded", "content", "dc:description")
_IDENTIFIERS = ("prism:doi", "dc:identifier", "arxiv:doi", "guid", "id", "permalink")
_SHOWN = ("pubDate", "published", "updated", "dc:date", "modified", "issued")
_PUBLISHED = ("prism:publicationDate", "prism:coverDate", "dc:issued", "dc:date", "issued")


def sniff(head: str, name: str) -> int:
    """By the outermost element; readers of particular feeds are surer of theirs."""
    del name
    return 40 if is_feed(head) or root(head)[1].lower() == "opml" else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each entry."""
    if root(content.head)[1].lower() == "opml":
        return _opml(content, name)
    return records(entries(content, name), partial(_record, name), name, NOTHING)


def _opml(content: Content, name: str) -> Iterator[Problem]:
    feeds = 0
    for element in elements(content, name, ("outline",)):
        if isinstance(element, Problem):
            yield element
        else:
            feeds += element.get("xmlUrl") is not None
    yield Problem(
        file=name,
        line=1,
        message=f"OPML is a list of feeds ({feeds} in this one) and holds no papers",
        hint="save the feeds themselves, and give those",
    )


def _record(name: str, entry: Entry, place: int, complain: Complain) -> Record:
    shown = entry.first(*_SHOWN)
    listed = days.exact(shown)
    if shown and listed is None:
        complain(f"{beginning(shown)} is no date")
    address = web_address(entry.address() or entry.first("permalink"))
    return Record(
        file=name,
        line=entry.line,
        place=place,
        source=_source(entry.feed.title),
        title=clean.title(plain_text(entry.first("title", "dc:title"))),
        ids=_ids(entry, address),
        authors=_authors(entry.authors),
        abstract=clean.text(plain_text(styled(entry.first(*_SUMMARIES)))),
        published=next(filter(None, (days.exact(entry.first(one)) for one in _PUBLISHED)), listed),
        listed=listed,
        url=address,
        pdf=_pdf(entry),
        venue=clean.title(entry.first("prism:publicationName")),
        categories=arxiv_categories(one for one in entry.categories if "." in one),
        tags=tuple(dict.fromkeys(clean.names(entry.categories))),
    )


@lru_cache(maxsize=64)  # every entry has it
def _source(title: str) -> str:
    return clean.title(plain_text(title)) or "Feed"


def _ids(entry: Entry, address: str) -> dict[str, str]:
    """The first identifier of each scheme among all that the entry says."""
    found: dict[str, str] = {}
    for written in filter(None, (*map(entry.fields.get, _IDENTIFIERS), address)):
        for scheme, one in identifiers(arxiv=written, doi=written, acl=written).items():
            found.setdefault(scheme, one)
    return found


def _authors(written: list[str]) -> tuple[str, ...]:
    """Repeated elements are a name each; a single one may hold them all, or an e-mail address."""
    texts = [_without_address(plain_text(one)) for one in written]
    if len(texts) == 1:
        return people(texts[0])
    return tuple(dict.fromkeys(filter(None, map(display_name, texts))))


def _without_address(author: str) -> str:
    """RSS writes "mail@host (Name)"."""
    mail, opened, rest = author.partition("(")
    if "@" in mail and opened:
        return rest.rpartition(")")[0] or rest
    return "" if "@" in author and " " not in author.strip() else author


def _pdf(entry: Entry) -> str:
    found = (link.href for link in entry.links if link.type == "application/pdf")
    return next(filter(None, map(web_address, found)), "")
