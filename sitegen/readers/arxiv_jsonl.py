"""JSON lines of daily arXiv digests: one object a line with id, title, authors and summary.

Seen under two sets of names: `id`, `abs`, `pdf`, `authors` (a list), `categories`, `comment`,
`summary`; and `arxiv_id`, `link`, `authors` (one string), `abstract`. Some write each line in
Python's notation. The day of listing stands in the file's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from .. import clean, identity
from ..errors import Problem
from ..formats import days
from ..formats.addresses import arxiv_page, arxiv_pdf, web_address
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.identifiers import identifiers
from ..formats.json.items import Item, items, sample
from ..formats.people import people
from ..formats.records import Complain, Nothing, records
from ..model import Record

NAME = "arxiv-jsonl"
LABEL = "daily arXiv digests (JSON lines)"
SOURCE = "arXiv"

_NOTHING = Nothing("no papers in these lines", "get the file again")


class _Paper(msgspec.Struct, frozen=True):
    id: str | None = None
    arxiv_id: str | None = None
    title: str | None = None
    authors: list[str] | str | None = None
    abs: str | None = None
    link: str | None = None
    url: str | None = None
    pdf: str | None = None
    pdf_url: str | None = None
    summary: str | None = None
    abstract: str | None = None
    categories: list[str] | str | None = None
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    code: str | None = None
    published: str | None = None


def sniff(head: str, name: str) -> int:
    """By an arXiv id or address beside title and abstract under a digest's names."""
    del name
    found = next(iter(sample(head)), {})
    if not isinstance(found.get("title"), str) or "authors_parsed" in found or "paper" in found:
        return 0
    if not {"summary", "abstract"} & found.keys():
        return 0
    written = [found.get(key) for key in ("arxiv_id", "abs", "link", "id")]
    if not any(identity.arxiv_id(one) for one in written if isinstance(one, str)):
        return 0
    # Ids of arXiv are in many lists; `arxiv_id` or `abs` are in these.
    return 90 if {"arxiv_id", "abs"} & found.keys() else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each line."""
    return records(items(content, name, _Paper), partial(_record, name), name, _NOTHING)


def _record(name: str, item: Item, place: int, complain: Complain) -> Record:
    del complain
    paper: _Paper = item.value
    address = web_address(paper.abs or paper.link or paper.url)
    ids = identifiers(arxiv=paper.arxiv_id or paper.id or "", doi=paper.doi or "", url=address)
    arxiv = ids.get("arxiv", "")
    categories = paper.categories or []
    return Record(
        file=name,
        line=item.line,
        place=place,
        source=SOURCE,
        title=clean.title(paper.title or ""),
        ids=ids,
        authors=_authors(paper.authors or []),
        abstract=clean.text(paper.summary or paper.abstract or ""),
        published=days.exact(paper.published),
        url=address or arxiv_page(arxiv),
        pdf=web_address(paper.pdf or paper.pdf_url) or arxiv_pdf(arxiv),
        code=web_address(paper.code),
        venue=clean.title(paper.journal_ref or ""),
        categories=arxiv_categories(
            categories.replace(",", " ").split() if isinstance(categories, str) else categories
        ),
        comment=clean.title(paper.comment or ""),
    )


def _authors(written: list[str] | str) -> tuple[str, ...]:
    if isinstance(written, str):
        return people(written)
    return clean.persons(written)
