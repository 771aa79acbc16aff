"""CSL-JSON: the items that citation managers and citation processors exchange.

A list of items, or one below `items` or `references`. The format:
https://docs.citationstyles.org/en/stable/specification.html (appendices III and IV) and its schema
csl-data.json. Crossref's and DataCite's answers are near it: titles in lists, JATS in abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from .. import clean
from ..errors import Problem
from ..formats import days, plain_values
from ..formats.content import Content
from ..formats.identifiers import add_any, add_id
from ..formats.json.items import Item, items, sample
from ..formats.markup import styled, untagged
from ..formats.records import Complain, Nothing, records
from ..model import Record

NAME = "csl-json"
LABEL = "CSL-JSON (Zotero, Mendeley, Manubot, Crossref)"
SOURCE = "CSL-JSON"

_NOTHING = Nothing("no items in this CSL-JSON", "export the library again")

_TYPES = frozenset(
    # The last four are Crossref's.
    (
        "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
        "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
        "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
        "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
        "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
        "personal_communication", "post", "post-weblog", "proceedings", "regulation", "report",
        "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty",
        "webpage", "journal-article", "proceedings-article", "posted-content", "book-chapter",
    )
)  # fmt: skip
_TELLING = frozenset({"container-title", "issued", "accessed", "DOI", "container-title-short"})
_DATES = ("issued", "published", "published-online", "published-print", "original-date")
_VENUES = ("container-title", "event-title", "event", "collection-title")
_PARTICLES = ("dropping-particle", "non-dropping-particle")

_ABSTRACT_HEADING = re.compile(r"^\s*(?:abstract|summary)\s*[:.]?\s*\n+", re.IGNORECASE)
_NOTE_ID = re.compile(
    r"standard_id:\s*((?:arxiv|doi|pmid):\S+)|\barXiv:\s?(\d{4}\.\d{4,5})", re.IGNORECASE
)


def sniff(head: str, name: str) -> int:
    """By type, authors and dates of the first items, which have a shape of their own."""
    del name
    return 85 if any(_is_item(one) for one in sample(head)) else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each item."""
    return records(items(content, name), partial(_record, name), name, _NOTHING)


def _is_item(value: dict[str, Any]) -> bool:
    people = value.get("author")
    has_people = (
        isinstance(people, list)
        and bool(people)
        and all(isinstance(one, dict) and not _NAME_PARTS.isdisjoint(one) for one in people[:5])
    )
    has_date = isinstance(value.get("issued"), dict) and not _DATE_PARTS.isdisjoint(value["issued"])
    known = value.get("type") in _TYPES
    telling = not _TELLING.isdisjoint(value)
    return (
        "title" in value and (has_date + has_people + known + telling) >= 2 and (known or has_date)
    )


_NAME_PARTS = frozenset({"family", "literal", "given"})
_DATE_PARTS = frozenset({"date-parts", "raw", "literal", "date-time"})


def _record(name: str, item: Item, place: int, complain: Complain) -> Record:
    value = item.value
    url = plain_values.address(value.get("URL"), "URL", complain)
    title = _text(value.get("title"), "title", complain)
    subtitle = _text(value.get("subtitle"), "subtitle", complain) if "subtitle" in value else ""
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    abstract = untagged(styled(plain_values.text(value.get("abstract"), "abstract", complain)))
    venue = next((_text(value[key], key, complain) for key in _VENUES if value.get(key)), "")
    return Record(
        file=name,
        line=item.line,
        place=place,
        source=SOURCE,
        title=clean.title(title),
        ids=_ids(value, url),
        authors=_people(value.get("author"), complain),
        abstract=clean.text(_ABSTRACT_HEADING.sub("", abstract)),
        published=_published(value, complain),
        url=url,
        venue=clean.title(venue),
        tags=tuple(dict.fromkeys(_keywords(value))),
    )


def _text(value: Any, field: str, complain: Complain) -> str:
    """A text without its JATS or HTML; formulas lose their markup and keep their letters."""
    written = plain_values.text(value, field, complain)
    return untagged(written) if "<" in written else written


def _people(value: Any, complain: Complain) -> tuple[str, ...]:
    """The authors in display order: given name, particles, family name, suffix."""
    if value is None:
        return ()
    if not isinstance(value, list):
        complain("author: no list of names")
        return ()
    names = []
    for one in value:
        if isinstance(one, str):
            names.append(one)
        elif isinstance(one, dict):
            names.append(_name(one))
        else:
            complain("author: no name")
    return clean.persons(names)


def _name(person: dict[str, Any]) -> str:
    def part(key: str) -> str:
        value = person.get(key)
        return value.strip() if isinstance(value, str) else ""

    if not part("family"):
        return part("literal") or part("name") or part("given")
    parts = [part("given"), *map(part, _PARTICLES), part("family"), part("suffix")]
    return " ".join(filter(None, parts))


def _ids(value: dict[str, Any], url: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, scheme in (("DOI", "doi"), ("PMID", "pmid")):
        written = value.get(key)
        if isinstance(written, str | int):
            add_id(found, scheme, str(written))
    publisher = f"{value.get('container-title')} {value.get('publisher')} {value.get('archive')}"
    number = value.get("number") or value.get("archive_location")
    if isinstance(number, str) and (
        "arxiv" in publisher.casefold() or "arxiv" in number.casefold()
    ):
        add_id(found, "arxiv", number.removeprefix("arXiv:").split(" ")[0])
    add_any(found, url)
    for key in ("note", "id"):
        written = value.get(key)
        if isinstance(written, str) and len(written) < 20_000:
            for match in _NOTE_ID.finditer(written):
                _add_standard(found, match[1] or f"arxiv:{match[2]}")
    if isinstance(value.get("id"), str):
        _add_standard(found, value["id"])
    return found


def _add_standard(found: dict[str, str], written: str) -> None:
    """An identifier with its scheme before it: `arxiv:1106.5730`, `doi:10.1093/bib/bbw110`."""
    scheme, colon, identifier = written.partition(":")
    if colon and scheme.casefold() in {"arxiv", "doi", "pmid"}:
        add_id(found, scheme.casefold(), identifier)


def _published(value: dict[str, Any], complain: Complain) -> date | None:
    for key in _DATES:
        written = value.get(key)
        if written is None:
            continue
        found = _day(written)
        if found is not None:
            return found
        if key == "issued" and written not in ({}, [], "") and not _is_empty(written):
            complain("issued: no date")
    return None


def _is_empty(written: Any) -> bool:
    return isinstance(written, dict) and written.get("date-parts") in ([[]], [[None]], [])


def _day(written: Any) -> date | None:
    if not isinstance(written, dict):
        return days.day(written)
    parts = written.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(part) for part in parts[0][:3] if isinstance(part, int | str) and part != ""]
        found = days.day("-".join(number[:10] for number in numbers))
        if found is not None:
            return found
    season = written.get("season")
    for key in ("raw", "literal", "date-time"):
        found = days.day(written.get(key), season if isinstance(season, str) else "")
        if found is not None:
            return found
    return None


def _keywords(value: dict[str, Any]) -> Iterator[str]:
    for key in ("keyword", "subject", "categories"):
        if key in value:
            yield from plain_values.words(value[key])
