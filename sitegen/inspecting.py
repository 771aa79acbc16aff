"""`sitegen inspect`: what the readers see, record by record."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from . import dating, dumps
from .cache import Cache
from .corrections import Corrections
from .errors import InputError, Problem
from .identity import key_of
from .merge import merged
from .model import Listing, Paper, Record


def inspect(
    places: Sequence[Path], rule: dating.DayRule
) -> Iterator[tuple[dumps.Reading, tuple[Record, ...], tuple[Problem, ...]]]:
    """Each dump with its settled records and its problems, one after the other.

    A place that does not exist, or that no reader knows, is an error among them.
    """
    for place in places:
        try:
            found = dumps.find([place])
        except InputError as error:
            yield dumps.Reading(name=str(place), format=""), (), (error.problem(),)
            continue
        for dump in found:
            folder = os.fsencode(place.as_posix()).decode(errors="replace")
            name = folder if dump.named else f"{folder.rstrip('/')}/{dump.name}"
            reading = dumps.read(msgspec.structs.replace(dump, name=name), Cache(None))
            problems = reading.problems
            if not reading.format and not problems and dump.named:
                problems = (_unknown(name),)
            records, said = dating.settle(reading.records, name, rule)
            yield reading, records, (*problems, *said)


def _unknown(name: str) -> Problem:
    return Problem(
        file=name,
        line=0,
        message="no reader knows this format",
        hint="sitegen inspect --help lists the formats",
        severity="error",
    )


class Joined(NamedTuple):
    """A paper of more than one record, or one with a namesake, and what was decided for each."""

    paper: Paper
    decisions: tuple[tuple[str, str], ...]  # (FILE:LINE, why it is here or stays apart)


def explain(records: Iterable[Record]) -> Iterator[Joined]:
    """Why records were joined or kept apart, paper by paper; those that raise no question aside."""
    library, ties, _ = merged(records, Corrections())
    why: dict[str, list[str]] = {}
    for tie in ties:
        verb = "kept apart from" if tie.how == "apart" else "joined to"
        why.setdefault(_place(tie.record), []).append(f"{verb} {tie.key}: {tie.why}")
    for paper in library.papers:
        places = [_place(listing) for listing in paper.listings]
        if len(places) > 1 or any(place in why for place in places):
            yield Joined(
                paper,
                tuple((place, "; ".join(why.get(place, ["begins the paper"]))) for place in places),
            )


def _place(at: Record | Listing) -> str:
    return f"{at.file}:{at.line}"


_OWN = ("fingerprint", "digest", "dump", "header_day")


def as_object(record: Record) -> dict[str, Any]:
    """A record for programs: JSON values under the names of its fields, and its key."""
    values: dict[str, Any] = {"file": record.file, "line": record.line}
    values["key"] = key_of(record.ids, record.title)
    fields = msgspec.structs.asdict(record)
    values |= {name: value for name, value in fields.items() if name not in _OWN}
    for name in ("url", "pdf", "code", "project", "venue", "abstract"):
        values[name] = values[name] or None
    return values
