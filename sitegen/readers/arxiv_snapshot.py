"""arXiv's metadata snapshot: JSON lines, one paper each (Kaggle, "arXiv Dataset").

Format: https://www.kaggle.com/datasets/Cornell-University/arxiv. The day of publication is that of
the first version; `update_date` is when the metadata changed, and no day of listing. Titles and
abstracts hold line breaks of the submission form, names may hold TeX accents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import msgspec

from .. import clean
from ..errors import Problem
from ..formats import days
from ..formats.addresses import arxiv_page, arxiv_pdf
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.identifiers import identifiers
from ..formats.json.items import Item, items, sample
from ..formats.people import people
from ..formats.records import Complain, Nothing, records
from ..model import Record

NAME = "arxiv-snapshot"
LABEL = "arXiv metadata snapshot (JSON lines)"
SOURCE = "arXiv"

_NOTHING = Nothing("no papers in these lines", "get the file again")


class _Version(msgspec.Struct, frozen=True):
    version: str | None = None
    created: str | None = None


class _Paper(msgspec.Struct, frozen=True, rename="kebab"):
    id: str | None = None
    submitter: str | None = None
    authors: str | None = None
    title: str | None = None
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    categories: str | list[str] | None = None
    abstract: str | None = None
    versions: list[_Version] | None = None
    authors_parsed: list[list[str]] | None = msgspec.field(default=None, name="authors_parsed")


_TELLING = ("authors_parsed", "versions", "update_date", "journal-ref", "report-no")


def sniff(head: str, name: str) -> int:
    """By the keys that no other list of papers has."""
    del name
    found = next(iter(sample(head)), {})
    if "id" not in found or "title" not in found:
        return 0
    telling = sum(key in found for key in _TELLING)
    return 95 if telling >= 3 else 90 if "authors_parsed" in found else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each line."""
    return records(items(content, name, _Paper), partial(_record, name), name, _NOTHING)


def _record(name: str, item: Item, place: int, complain: Complain) -> Record:
    del complain
    paper: _Paper = item.value
    ids = identifiers(arxiv=paper.id or "", doi=paper.doi or "")
    arxiv = ids.get("arxiv", "")
    categories = paper.categories or ""
    return Record(
        file=name,
        line=item.line,
        place=place,
        source=SOURCE,
        title=clean.title(paper.title or ""),
        ids=ids,
        authors=_authors(paper),
        abstract=clean.text(paper.abstract or ""),
        published=_published(paper.versions or []),
        url=arxiv_page(arxiv),
        pdf=arxiv_pdf(arxiv),
        venue=clean.title(paper.journal_ref or ""),
        categories=arxiv_categories(
            categories.split() if isinstance(categories, str) else categories
        ),
        submitter=clean.person(paper.submitter or ""),
        comment=clean.title(paper.comments or ""),
    )


def _authors(paper: _Paper) -> tuple[str, ...]:
    """Display order from [family, given, suffix, affiliation …]; the plain string without them."""
    return clean.persons(list(map(_name, paper.authors_parsed or []))) or people(
        paper.authors or ""
    )


def _name(parts: list[str]) -> str:
    family, given, suffix = [*parts, "", "", ""][:3]
    return " ".join(filter(None, (given, family, suffix)))


def _published(versions: list[_Version]) -> date | None:
    first: Any = next((one for one in versions if one.version == "v1"), None)
    return days.exact((first or versions[0]).created) if versions else None
