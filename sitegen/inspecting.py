"""`sitegen inspect`: what the readers see, record by record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from . import dating, dumps
from .errors import Problem
from .identity import key_of
from .model import Record


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One dump that is being read: settled records and problems, as they come."""

    name: str
    format: str  # "" where no reader claims it
    items: Iterator[Record | Problem]


def inspect(places: Sequence[Path], rule: dating.DayRule) -> Iterator[Inspection]:
    """Each dump, one after the other; nothing is kept, so that memory doesn't grow with a dump.

    Raises InputError for a place that does not exist.
    """
    for place in places:
        for dump in dumps.find([place]):
            found = dumps.stream(msgspec.structs.replace(dump, name=_as_given(place, dump)))
            items = _settled(found, rule)
            yield Inspection(name=found.name, format=found.format, items=items)


def _as_given(place: Path, dump: dumps.DumpFile) -> str:
    """A dump's name as it would be written on the command line."""
    if place == Path("-"):
        return "-" + dump.name.removeprefix("stdin")
    if place.is_dir():
        return f"{place.as_posix().rstrip('/')}/{dump.name}"
    return str(place) + dump.name.removeprefix(place.name)


def _settled(found: dumps.Stream, rule: dating.DayRule) -> Iterator[Record | Problem]:
    days = dating.Settling(found.name, rule)
    for item in found.items:
        yield item if isinstance(item, Problem) else days.settled(item)
    yield from days.problems()


_OWN = ("fingerprint", "digest", "dump", "header_day")


def as_object(record: Record) -> dict[str, Any]:
    """A record for programs: JSON values under the names of its fields, and its key."""
    values: dict[str, Any] = {"file": record.file, "line": record.line}
    values["key"] = key_of(record.ids, record.title)
    values |= {
        name: value for name, value in msgspec.structs.asdict(record).items() if name not in _OWN
    }
    for name in ("url", "pdf", "code", "project", "venue", "abstract"):
        values[name] = values[name] or None
    return values
