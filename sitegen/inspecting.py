"""`sitegen inspect`: what the readers see, record by record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from . import dating, dumps
from .cache import Cache
from .errors import InputError, Problem
from .identity import key_of
from .model import Record


def inspect(
    places: Sequence[Path], rule: dating.DayRule
) -> Iterator[tuple[dumps.Reading, tuple[Record, ...], tuple[Problem, ...]]]:
    """Each dump with its settled records and its problems, one after the other.

    Raises InputError for a place that does not exist.
    """
    for place in places:
        for dump in dumps.find([place]):
            name = str(place) if dump.named else f"{place.as_posix().rstrip('/')}/{dump.name}"
            as_given = msgspec.structs.replace(dump, name=name)
            reading = dumps.read(as_given, Cache(None))
            problems = reading.problems
            if not reading.format and not problems and dump.named:
                raise InputError(
                    "no reader knows this format",
                    file=name,
                    hint="sitegen inspect --help lists the formats",
                )
            records, said = dating.settle(reading.records, name, rule)
            yield reading, records, (*problems, *said)


_OWN = ("fingerprint", "digest", "dump", "header_day")


def as_object(record: Record) -> dict[str, Any]:
    """A record for programs: JSON values under the names of its fields, and its key."""
    values: dict[str, Any] = {"file": record.file, "line": record.line}
    values["key"] = key_of(record.ids, record.title)
    for name, value in msgspec.structs.asdict(record).items():
        if name not in _OWN:
            values[name] = value
    for name in ("url", "pdf", "code", "project", "venue", "abstract"):
        values[name] = values[name] or None
    return values
