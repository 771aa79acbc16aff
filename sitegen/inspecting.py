"""`sitegen inspect`: what the readers see, record by record."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from . import clean, dating, dumps
from .config.limits import DEFAULT, Limits
from .corrections import Corrections
from .dumps import opening
from .errors import InputError, Problem
from .heads import AnyRecord
from .identity import key_of
from .merge import merged
from .model import Listing, Paper, Record


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One dump that is being read: settled records and problems, as they come."""

    name: str
    format: str  # "" where no reader claims it
    items: Iterator[Record | Problem]


def inspect(
    places: Sequence[Path], rule: dating.DayRule, limits: Limits = DEFAULT
) -> Iterator[Inspection]:
    """Each dump, one after the other; nothing is kept, so that memory doesn't grow with a dump.

    A place that does not exist, or that no reader knows, is an error among them.
    """
    for place in places:
        try:
            dumps_there = dumps.find([place], limits)
        except InputError as error:
            yield Inspection(name=_given(place), format="", items=iter([error.problem()]))
            continue
        for dump in dumps_there:
            found = dumps.stream(msgspec.structs.replace(dump, name=_as_given(place, dump)))
            items = _settled(found, rule)
            yield Inspection(name=found.name, format=found.format, items=items)


def _as_given(place: Path, dump: dumps.DumpFile) -> str:
    """A dump's name as it would be written on the command line."""
    if place == opening.STANDARD_INPUT:
        return "-" + dump.name.removeprefix("stdin")
    if place.is_dir():
        return f"{_given(place).rstrip('/')}/{dump.name}"
    return _given(place) + dump.name.removeprefix(_given(Path(place.name)))


def _given(place: Path) -> str:
    return os.fsencode(place.as_posix()).decode(errors="replace")


def _settled(found: dumps.Stream, rule: dating.DayRule) -> Iterator[Record | Problem]:
    days = dating.Settling(found.name, rule)
    for item in found.items:
        yield item if isinstance(item, Problem) else days.settled(item)
    yield from days.problems()


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


def _place(at: AnyRecord | Listing) -> str:
    return f"{at.file}:{at.line}"


_OWN = ("fingerprint", "digest", "dump", "header_day")


def as_object(record: Record) -> dict[str, Any]:
    """A record for programs: JSON values under the names of its fields, and its key."""
    values: dict[str, Any] = {"file": record.file, "line": record.line}
    values["key"] = key_of(record.ids, record.title)
    fields = msgspec.structs.asdict(record)
    values |= {name: value for name, value in fields.items() if name not in _OWN}
    values["abstract"] = clean.without_emphasis(record.abstract)
    for name in ("url", "pdf", "code", "project", "venue", "abstract"):
        values[name] = values[name] or None
    return values
