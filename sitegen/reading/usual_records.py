"""From facts under the usual names to a record. Used by the readers of JSON and of tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from .. import clean
from ..model import Record
from . import plain_values
from .categories import arxiv_categories
from .identifiers import add_any, add_id
from .people import names
from .plain_values import NOTHING, day, text
from .records import Complain

_SCHEMES = ("arxiv", "doi", "acl")
_MOST_IDS = 50

_Facts = Mapping[str, Any]
_kept_venue = lru_cache(maxsize=4_096)(clean.title)  # the same ones come again and again


def record(
    facts: _Facts, *, file: str, line: int, place: int, source: str, complain: Complain
) -> Record:
    """The record of one paper; `facts` are as `usual_names.facts` gives them."""
    taken: dict[str, Any] = {}
    for field, value in facts.items():
        read = _FIELDS.get(field)
        if read is not None and (found := read(value, field, complain)):
            taken[field] = found
    if taken.get("abstract") == taken.setdefault("title", ""):
        taken["abstract"] = ""
    if "categories" in facts:
        taken["categories"], others = _categories(facts["categories"])
        taken["tags"] = tuple(dict.fromkeys((*taken.get("tags", ()), *others)))
    if "month" in facts or ("published" not in taken and "year" in facts):
        taken["published"] = _by_month(facts)
    ids = _ids(facts, taken.get("url", ""), taken.get("pdf", ""))
    return Record(file=file, line=line, place=place, source=source, ids=ids, **taken)


def _by_month(facts: _Facts) -> date | None:
    """The day where the month has a field of its own, or the date is none but there is a year."""
    month = facts.get("month", "")
    written = (facts.get("published"), facts.get("year"))
    found = (day(one, "published", _silently, month) for one in written)
    return next(filter(None, found), None)


def _silently(message: str) -> None:
    """What is wrong with it was said before."""


def _title(value: Any, field: str, complain: Complain) -> str:
    return clean.title(value if isinstance(value, str) else text(value, field, complain))


def _abstract(value: Any, field: str, complain: Complain) -> str:
    found = clean.text(value if isinstance(value, str) else text(value, field, complain))
    return "" if len(found) < 10 and found.casefold() in NOTHING else found


def _authors(value: Any, field: str, complain: Complain) -> tuple[str, ...]:
    del field
    return names(value, complain)


def _venue(value: Any, field: str, complain: Complain) -> str:
    return _kept_venue(value if isinstance(value, str) else text(value, field, complain))


def _tags(value: Any, field: str, complain: Complain) -> tuple[str, ...]:
    del field, complain
    found = plain_values.words(value)
    return tuple(dict.fromkeys(found) if len(found) > 1 else found)


def _code(value: Any, field: str, complain: Complain) -> str:
    del field, complain
    return plain_values.repository(value)


def _upvotes(value: Any, field: str, complain: Complain) -> int | None:
    del field, complain
    return plain_values.count(value)


def _submitter(value: Any, field: str, complain: Complain) -> str:
    return clean.name(text(value, field, complain))


def _comment(value: Any, field: str, complain: Complain) -> str:
    return clean.text(text(value, field, complain))


def _categories(value: Any) -> tuple[tuple[str, ...], list[str]]:
    """ArXiv's categories, and the other words."""
    if isinstance(value, str):
        parts = value.split()
        if len(arxiv_categories(parts)) == len(dict.fromkeys(parts)):
            return arxiv_categories(parts), []
    found = plain_values.words(value)
    categories = arxiv_categories(found)
    return categories, [word for word in found if word not in categories]


def _ids(facts: _Facts, url: str, pdf: str) -> dict[str, str]:
    """What identifies the paper, the explicit fields before the addresses."""
    found: dict[str, str] = {}
    known = facts.get("ids")
    if isinstance(known, dict):
        for scheme, value in list(known.items())[:_MOST_IDS]:
            add_id(found, str(scheme).casefold(), value)
    for scheme in _SCHEMES:
        if scheme in facts:
            add_id(found, scheme, facts[scheme])
    for value in (facts.get("id"), url, pdf):
        if value:
            add_any(found, value)
    return found


_FIELDS: dict[str, Callable[[Any, str, Complain], Any]] = {
    "title": _title,
    "abstract": _abstract,
    "authors": _authors,
    "published": plain_values.day,
    "listed": plain_values.day,
    "url": plain_values.address,
    "pdf": plain_values.address,
    "project": plain_values.address,
    "code": _code,
    "venue": _venue,
    "tags": _tags,
    "upvotes": _upvotes,
    "submitter": _submitter,
    "comment": _comment,
}
