"""`sitegen import`: dumps into a project, under names that settle their days for good."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from . import dating, dumps
from .cache import Cache
from .config import Project
from .errors import InputError, Problem, PublicationError
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
    every file can be.
    """
    assert project.root is not None  # noqa: S101 - the command line sees to it
    folder = project.root / "content" / "dumps"
    here = dumps.find([folder]) if folder.is_dir() else []
    taken = {dump.name.casefold() for dump in here}
    known = {_digest(dump): dump.name for dump in here}
    done = []
    copies: dict[Path, Path] = {}
    for dump in dumps.find(places):
        reading = dumps.read(dump, Cache(None))
        if not reading.format:
            if dump.named:
                raise _unknown(dump, reading)
            continue
        digest = _digest(dump)
        if digest in known:
            name = known[digest]
            there = msgspec.structs.replace(rule, given=None)
            records, _ = dating.settle(reading.records, name, there)
            done.append(_imported(dump, name, records, _of_other_days(dump, name, records, rule)))
            continue
        records, problems = dating.settle(reading.records, dump.name, rule)
        name = file_name(dump.name.rsplit("/", 1)[-1], reading.records, records, rule)
        name = _free(name, taken)
        known[digest] = name
        taken.add(name.casefold())
        copies[folder / name] = dump.path
        done.append(_imported(dump, name, records, (*reading.problems, *problems), new=True))
    if not done:
        raise InputError(
            "there is no dump in it that a reader knows",
            file=str(places[0]),
            hint="sitegen inspect --help lists the formats",
        )
    _write(folder, copies)
    return tuple(done)


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
    dump: dumps.DumpFile,
    name: str,
    records: Sequence[Record],
    problems: tuple[Problem, ...],
    *,
    new: bool = False,
) -> Imported:
    return Imported(
        file=str(dump.path),
        name=name,
        records=len(records),
        days=tuple(sorted({record.listed for record in records if record.listed})),
        new=new,
        problems=problems,
    )


def _of_other_days(
    dump: dumps.DumpFile, name: str, records: Sequence[Record], rule: dating.DayRule
) -> tuple[Problem, ...]:
    """The warning for a day that was given for bytes that are there already, with another day."""
    if rule.given is None or {record.listed for record in records} <= {rule.given}:
        return ()
    return (
        Problem(
            file=str(dump.path),
            line=0,
            message=f"it is there already, and not with the day {rule.given}",
            hint=f"remove content/dumps/{name} and import the file again",
        ),
    )


def _unknown(dump: dumps.DumpFile, reading: dumps.Reading) -> InputError:
    for problem in reading.problems:
        return InputError(problem.message, file=str(dump.path), hint=problem.hint)
    return InputError(
        "no reader knows this format",
        file=str(dump.path),
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


def _write(folder: Path, copies: Mapping[Path, Path]) -> None:
    """Copy each file whole, or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, source in copies.items():
            aside = path.with_name(f".{path.name}.part")
            shutil.copyfile(source, aside)
            aside.rename(path)
    except OSError as error:
        raise PublicationError(
            f"cannot be written: {error.strerror}",
            file=str(folder),
            hint="check space and permissions",
        ) from error


def _digest(dump: dumps.DumpFile) -> bytes:
    try:
        with dump.path.open("rb") as file:
            return hashlib.file_digest(file, hashlib.blake2b).digest()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", file=str(dump.path), hint="check its permissions"
        ) from error
