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
from .usual_names import facts, plan_of

_SCHEMES = ("arxiv", "doi", "acl")
_MOST_IDS = 50

_Facts = Mapping[str, Any]
_kept_venue = lru_cache(maxsize=4_096)(clean.title)  # the same ones come again and again


def record(
    members: Mapping[str, Any], file: str, line: int, place: int, source: str, complain: Complain
) -> Record:
    """The record of one paper, from an object with members of the usual names.

    Most objects have one member for a field, and none that says more of another: then how they
    are read is known from their names.
    """
    known = _reads(tuple(members))
    if known is None:
        return record_of_facts(facts(members), file, line, place, source, complain)
    reads, identifiers = known
    taken: dict[str, Any] = {}
    for member, field, read in reads:
        value = members[member]
        if (value or value == 0) and (found := read(value, field, complain)):
            taken[field] = found
    ids: dict[str, str] = {}
    for member, scheme in identifiers:
        add_id(ids, scheme, members[member]) if scheme else add_any(ids, members[member])
    return _record(taken, ids, file, line, place, source)


def record_of_facts(
    known: _Facts, file: str, line: int, place: int, source: str, complain: Complain
) -> Record:
    """The record of one paper; what is known of it is as `usual_names.facts` gives it."""
    taken: dict[str, Any] = {}
    for field, value in known.items():
        read = _FIELDS.get(field)
        if read is not None and (found := read(value, field, complain)):
            taken[field] = found
    if "categories" in known:
        taken["categories"], others = _categories(known["categories"])
        taken["tags"] = tuple(dict.fromkeys((*taken.get("tags", ()), *others)))
    if "month" in known or ("published" not in taken and "year" in known):
        taken["published"] = _by_month(known)
    return _record(taken, _ids(known), file, line, place, source)


def _record(
    taken: dict[str, Any], ids: dict[str, str], file: str, line: int, place: int, source: str
) -> Record:
    if taken.get("abstract") == taken.setdefault("title", ""):
        taken["abstract"] = ""
    if "url" in taken:
        add_any(ids, taken["url"])
    if "pdf" in taken:
        add_any(ids, taken["pdf"])
    return Record(file=file, line=line, place=place, source=source, ids=ids, **taken)


_Read = Callable[[Any, str, Complain], Any]


_Reads = tuple[tuple[tuple[str, str, _Read], ...], tuple[tuple[str, str], ...]]


@lru_cache(maxsize=1_000)
def _reads(members: tuple[str, ...]) -> _Reads | None:
    """Member, field and function for each field, member and scheme for each identifier.

    None where what one member means another one says.
    """
    plan = plan_of(members)
    fields = dict(plan.sure)
    if plan.open or plan.nested or not fields.keys() <= _FIELDS.keys() | {*_SCHEMES, "id"}:
        return None
    reads = ((fields[field], field, read) for field, read in _FIELDS.items() if field in fields)
    schemes = [(fields[scheme], scheme) for scheme in _SCHEMES if scheme in fields]
    return tuple(reads), (*schemes, *((fields[field], "") for field in ("id",) if field in fields))


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


def _ids(known: _Facts) -> dict[str, str]:
    """What identifies the paper, the explicit fields before the others."""
    found: dict[str, str] = {}
    ids = known.get("ids")
    if isinstance(ids, dict):
        for scheme, value in list(ids.items())[:_MOST_IDS]:
            add_id(found, str(scheme).casefold(), value)
    for scheme in _SCHEMES:
        if scheme in known:
            add_id(found, scheme, known[scheme])
    add_any(found, known.get("id"))
    return found


_FIELDS: dict[str, _Read] = {
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
