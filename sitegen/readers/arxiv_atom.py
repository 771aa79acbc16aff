"""arXiv's API: the Atom feed that a query answers with.

Format: https://info.arxiv.org/help/api/user-manual.html, section 3.3. `published` is the day of
the first version; an answer is no digest, so it gives no day of listing. Errors come as an entry
whose id lies under `/api/errors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from .. import clean
from ..errors import Problem
from ..formats import days
from ..formats.addresses import web_address
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.feed_entries import ATOM, NOTHING, Entry, entries, head_of_feed
from ..formats.identifiers import identifiers
from ..formats.records import Complain, Remark, records
from ..formats.xml.elements import root
from ..model import Record

NAME = "arxiv-atom"
LABEL = "arXiv API answers (Atom)"
SOURCE = "arXiv"

_API = re.compile(
    r"<id>\s*https?://(?:[a-z]+\.)?arxiv\.org/api/|<title[^>]*>\s*ArXiv Query:", re.IGNORECASE
)
_ENTRY_ID = re.compile(r"<id>\s*https?://(?:[a-z]+\.)?arxiv\.org/abs/", re.IGNORECASE)


def sniff(head: str, name: str) -> int:
    """By the feed's id or title; entries alone, saved with a head of one's own, with doubt."""
    del name
    if "arxiv" not in head[:20_000].lower() or root(head) != (ATOM, "feed"):
        return 0
    if _API.search(head_of_feed(head)):
        return 95
    return 85 if _ENTRY_ID.search(head) and "http://arxiv.org/schemas/atom" in head else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each entry."""
    return records(_entries(content, name), partial(_record, name), name, NOTHING)


def _entries(content: Content, name: str) -> Iterator[Entry | Problem | Remark]:
    for entry in entries(content, name):
        if isinstance(entry, Entry) and "/api/errors" in entry.first("id"):
            said = clean.title(entry.first("summary", "title"))
            hint = "correct the query, and save its answer again"
            yield Remark(entry.line, f"arXiv answered with an error: {said[:200]}", hint)
        else:
            yield entry


def _record(name: str, entry: Entry, place: int, complain: Complain) -> Record:
    del complain
    primary = entry.first("arxiv:primary_category")
    return Record(
        file=name,
        line=entry.line,
        place=place,
        source=SOURCE,
        title=clean.title(entry.first("title")),
        ids=identifiers(arxiv=entry.first("id"), doi=entry.first("arxiv:doi")),
        authors=clean.persons(entry.authors),
        abstract=clean.text(entry.first("summary")),
        published=days.exact(entry.first("published")),
        url=web_address(entry.address() or entry.first("id")),
        pdf=next(
            (web_address(one.href) for one in entry.links if _is_pdf(one.type, one.title)), ""
        ),
        venue=clean.title(entry.first("arxiv:journal_ref")),
        categories=arxiv_categories([primary, *entry.categories]),
        comment=clean.title(entry.first("arxiv:comment")),
    )


def _is_pdf(kind: str, title: str) -> bool:
    return kind == "application/pdf" or title == "pdf"
