"""JSON with the usual names: JSON lines or a list of papers, as scripts write them.

Known are the names of `usual_names`, in any spelling, in objects in a row, in a list, or in a list
below a key. sitegen's own records (`inspect --jsonl`) are among them: they are taken over field
by field, so that a dump that was inspected into a file and is read again gives the same records.

A format with a reader of its own goes to that one: this reader claims what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from .. import identity
from ..clean.characters import plain
from ..errors import Problem
from ..formats import days, usual_records
from ..formats.addresses import web_address
from ..formats.content import Content
from ..formats.json.items import Item, items, sample
from ..formats.records import Complain, Nothing, records
from ..formats.usual_names import facts
from ..model import Record

NAME = "json"
LABEL = "JSON list or JSON lines with the usual names"
SOURCE = "JSON records"

_NOTHING = Nothing("no papers in this JSON", "give each paper at least a “title”")

# Fields that `inspect --jsonl` prints and nothing else has together.
_OWN = ("key", "ids", "place", "source", "line")
_ADDRESSES = frozenset({"url", "pdf", "code", "project"})
_NOT_OWN = frozenset({"file", "line", "place", "fingerprint", "dump", "digest", "header_day"})
_OWN_FIELDS = [spec for spec in msgspec.structs.fields(Record) if spec.name not in _NOT_OWN]
_PARAGRAPHS = frozenset({"abstract", "comment"})
_DAYS_AROUND = ("date", "day", "listed")


def sniff(head: str, name: str) -> int:
    """By the first objects: a title, and one more of the usual fields."""
    del name
    found = sample(head)
    if any(_is_own(one) for one in found):
        return 90
    known = [facts(one) for one in found]
    if any("title" in one and len(one) >= 2 for one in known):
        return 30
    return 5 if any("title" in one for one in known) else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each object that has any of the usual fields."""
    return records(items(content, name), partial(_record, name), name, _NOTHING)


def _record(name: str, item: Item, place: int, complain: Complain) -> Record | None:
    if "ids" in item.value and _is_own(item.value):
        return _own(item, name, place, complain)
    record = usual_records.record(item.value, name, item.line, place, SOURCE, complain)
    if not (record.title or record.abstract or record.authors):
        complain("an object without a title, an abstract or authors was left out")
        return None
    day = _day_around(item) if item.around and record.listed is None else ""
    return msgspec.structs.replace(record, header_day=day) if day else record


def _is_own(value: dict[str, Any]) -> bool:
    return isinstance(value.get("ids"), dict) and all(key in value for key in _OWN)


def _day_around(item: Item) -> str:
    """The day that the object around the list names, as `Record.header_day` has it."""
    for key in _DAYS_AROUND:
        value = item.around.get(key)
        if isinstance(value, str) and days.is_exact(value):
            day = days.day(value)
            return day.isoformat() if day else ""
    return ""


def _own(item: Item, name: str, place: int, complain: Complain) -> Record:
    """One of our own records: cleaned already, but perhaps changed by a script since."""
    taken: dict[str, Any] = {}
    for spec in _OWN_FIELDS:
        value = item.value.get(spec.name)
        if value is None:
            continue
        try:
            taken[spec.name] = _safe(spec.name, msgspec.convert(value, spec.type))
        except (msgspec.ValidationError, ValueError, RecursionError):
            complain(f"{spec.name} was left out: not as `inspect --jsonl` writes it")
    taken.setdefault("source", SOURCE)
    taken.setdefault("title", "")
    return Record(file=name, line=item.line, place=place, **taken)


def _safe(field: str, value: Any) -> Any:
    """A value without what no reader lets through."""
    if field == "ids":
        return {
            plain(scheme): identifier
            for scheme, written in value.items()
            if (identifier := _identifier(scheme, plain(written, paragraphs=False)))
        }
    if field in _ADDRESSES:
        return web_address(value)
    if isinstance(value, str):
        return plain(value, paragraphs=field in _PARAGRAPHS)
    if isinstance(value, tuple):
        return tuple(plain(one, paragraphs=False) for one in value)
    return value


def _identifier(scheme: str, written: str) -> str | None:
    known = {"arxiv": identity.arxiv_id, "doi": identity.doi, "acl": identity.acl_id}
    return known[scheme](written) if scheme in known else written
