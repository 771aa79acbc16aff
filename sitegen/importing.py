"""`sitegen import`: dumps into a project, under names that settle their days for good."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import msgspec

from . import dating, dumps
from .config import Project
from .config.limits import Limits
from .dumps import opening, placing
from .errors import InputError, Problem
from .model import Record, Value

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_PINNED = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}_pinned_")
_LONGEST = 120  # characters of a name, which gets a date in front: systems take 255 in all


class Imported(Value, frozen=True, kw_only=True):
    """What became of one file. `name` is where it stands under `content/dumps/`."""

    file: str
    name: str
    records: int
    days: tuple[date, ...]
    new: bool  # False: the same bytes were there already
    problems: tuple[Problem, ...]


def import_dumps(
    project: Project, places: Sequence[Path], rule: dating.DayRule
) -> tuple[Imported, ...]:
    """Copy dumps into the project. Raises InputError for a file that no reader knows.

    In a folder such files are passed over, unless there are no others. Nothing is copied unless
    every file can be. Raises PublicationError where that fails, or while another import is at work.
    """
    assert project.root is not None  # noqa: S101 - the command line sees to it
    with placing.room(project.root) as stage:
        return _imported_through(stage, project.root, places, rule, project.settings.limits)


def _imported_through(
    stage: Path, root: Path, places: Sequence[Path], rule: dating.DayRule, limits: Limits
) -> tuple[Imported, ...]:
    folder = root / "content" / "dumps"
    here = dumps.files([folder], limits) if folder.is_dir() else []
    taken = {file.name.casefold() for file in here}
    known = {dumps.digest(file): file.name for file in here}
    done = []
    copies: dict[str, Path] = {}
    for file in dumps.files(places, limits):
        found = _read(file, rule)
        if not found.formats:
            if file.named:
                raise _unknown(file, found)
            continue
        digest = dumps.digest(file)
        if digest in known:
            name = known[digest]
            there = msgspec.structs.replace(rule, given=None)
            found = _read(msgspec.structs.replace(file, name=name), there)
            done.append(_imported(file, name, found, _of_other_days(file, name, found, rule)))
            continue
        name = _free(_name(file, found, rule), taken)
        known[digest] = name
        taken.add(name.casefold())
        copies[name] = file.path
        done.append(_imported(file, name, found, found.problems, new=True))
    if not done:
        raise InputError(
            "there is no dump in it that a reader knows",
            file=str(places[0]),
            hint="sitegen inspect --help lists the formats",
        )
    placing.place(stage, folder, copies)
    return tuple(done)


class _Found(Value, frozen=True, kw_only=True):
    """What is in one file, all members of an archive together."""

    formats: frozenset[str]
    records: int
    examples: tuple[tuple[Record, Record], ...]  # of each way to a day, a record before and after
    problems: tuple[Problem, ...]


def _read(file: dumps.DumpFile, rule: dating.DayRule) -> _Found:
    records = 0
    examples: dict[tuple[date | None, str], tuple[Record, Record]] = {}
    problems: list[Problem] = []
    formats = set()
    for dump in dumps.members(file):
        found = dumps.stream(dump)
        formats.add(found.format)
        settling = dating.Settling(dump.name, rule)
        for item in found.items:
            if isinstance(item, Problem):
                problems.append(item)
                continue
            records += 1
            settled = settling.settled(item)
            examples.setdefault((settled.listed, item.header_day), (item, settled))
        problems += settling.problems()
    return _Found(
        formats=frozenset(formats - {""}),
        records=records,
        examples=tuple(examples.values()),
        problems=tuple(problems),
    )


def _name(file: dumps.DumpFile, found: _Found, rule: dating.DayRule) -> str:
    """The name that a file gets; an archive keeps the ending by which its members are dated."""
    read = [before for before, _ in found.examples]
    settled = [after for _, after in found.examples]
    name = file_name(file.name.rsplit("/", 1)[-1], read, settled, rule)
    is_archive = opening.packing(file.path) == "zip"
    return f"{name}.zip" if is_archive and not name.lower().endswith(".zip") else name


def file_name(
    name: str, records: Sequence[Record], settled: Sequence[Record], rule: dating.DayRule
) -> str:
    """The name under which a dump has the days that were settled on, whatever the clock says then.

    `DATE_pinned_NAME` for a date that was given. A dump whose listings are all of one day gets that
    day in front, unless a date stands in its name; one with headers of several days the year.
    """
    stem, dot, ending = name.rpartition(".")
    safe = _UNSAFE.sub("-", stem if dot else name).strip("-.")[:_LONGEST] or "dump"
    kind = _UNSAFE.sub("", ending)[:_LONGEST]
    safe = f"{safe}.{kind}" if dot and kind else safe
    if rule.given is not None:
        return f"{rule.given.isoformat()}_pinned_{_PINNED.sub('', safe)}"
    if rule.day != "listed" or dating.iso_date(safe) is not None:
        return safe
    days = {record.listed for record in settled}
    years = {day.year for day in days if day}
    if len(days) == len(years) == 1:
        return f"{days.pop()}-{safe}"
    if len(years) == 1 and any(record.header_day.startswith("--") for record in records):
        named = f"{years.pop()}-{safe}"
        again, _ = dating.settle(records, named, dating.DayRule(today=rule.today))
        if [record.listed for record in again] == [record.listed for record in settled]:
            return named
    return safe


def _imported(
    file: dumps.DumpFile,
    name: str,
    found: _Found,
    problems: tuple[Problem, ...],
    *,
    new: bool = False,
) -> Imported:
    return Imported(
        file=opening.shown(file.path),
        name=name,
        records=found.records,
        days=tuple(sorted({after.listed for _, after in found.examples if after.listed})),
        new=new,
        problems=problems,
    )


def _of_other_days(
    file: dumps.DumpFile, name: str, found: _Found, rule: dating.DayRule
) -> tuple[Problem, ...]:
    """The warning for a day that was given for bytes that are there already, with another day."""
    if rule.given is None or {after.listed for _, after in found.examples} <= {rule.given}:
        return ()
    return (
        Problem(
            file=opening.shown(file.path),
            line=0,
            message=f"it is there already, and not with the day {rule.given}",
            hint=f"remove content/dumps/{name} and import the file again",
        ),
    )


def _unknown(file: dumps.DumpFile, found: _Found) -> InputError:
    said = sorted(found.problems, key=lambda problem: problem.severity != "error")
    for problem in said:
        return InputError(problem.message, file=opening.shown(file.path), hint=problem.hint)
    return InputError(
        "no reader knows this format",
        file=opening.shown(file.path),
        hint="sitegen inspect --help lists the formats",
    )


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or one made from it that no file has yet and that stands later in their order."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        # "_" stands behind "." and "-" in the order of names, which is that of the fold.
        candidate = f"{stem}_{number:02}{dot}{ending}"
    return candidate
