"""`sitegen import`: dumps into a project, under names that settle their days for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

from . import dating, dumps
from .cache import Cache
from .config import Project
from .errors import InputError, Problem, PublicationError
from .model import Value

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


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

    Nothing is copied unless every file can be.
    """
    assert project.root is not None  # noqa: S101 - the command line sees to it
    folder = project.root / "content" / "dumps"
    known = {_digest(path.read_bytes()): path for path in _files(folder)}
    taken = {path.relative_to(folder).as_posix().casefold() for path in known.values()}
    done = []
    copies: list[tuple[Path, bytes]] = []
    for dump in dumps.find(places):
        data = _read(dump)
        digest = _digest(data)
        reading = dumps.read(dump, Cache(None))
        if not reading.format:
            raise InputError(
                "no reader knows this format",
                file=str(dump.path),
                hint="sitegen inspect --help lists the formats",
            )
        if digest in known:
            name = known[digest].relative_to(folder).as_posix()
            days = _days(reading, rule)
            done.append(_imported(dump, name, reading, days, ()))
            continue
        records, problems = dating.settle(reading.records, dump.name, rule)
        days = tuple(sorted({record.listed for record in records if record.listed}))
        name = _free(file_name(dump.name.rsplit("/", 1)[-1], days, rule.given), taken)
        known[digest] = folder / name
        taken.add(name.casefold())
        copies.append((folder / name, data))
        done.append(_imported(dump, name, reading, days, (*reading.problems, *problems), new=True))
    _write(folder, copies)
    return tuple(done)


def file_name(name: str, days: tuple[date, ...], given: date | None) -> str:
    """The name that pins a dump's day: `DATE_pinned_NAME` for a date that was given.

    One whose listings are all of one day gets that day in front, unless a date stands in it.
    """
    safe = _UNSAFE.sub("-", name).strip("-.") or "dump"
    if given is not None:
        plain = re.sub(r"^\d{4}-\d\d-\d\d_pinned_", "", safe)
        return f"{given.isoformat()}_pinned_{plain}"
    if len(days) == 1 and dating.iso_date(safe) is None:
        return f"{days[0].isoformat()}-{safe}"
    return safe


def _days(reading: dumps.Reading, rule: dating.DayRule) -> tuple[date, ...]:
    records, _ = dating.settle(reading.records, reading.name, rule)
    return tuple(sorted({record.listed for record in records if record.listed}))


def _imported(
    dump: dumps.DumpFile,
    name: str,
    reading: dumps.Reading,
    days: tuple[date, ...],
    problems: tuple[Problem, ...],
    *,
    new: bool = False,
) -> Imported:
    return Imported(
        file=str(dump.path),
        name=name,
        records=len(reading.records),
        days=days,
        new=new,
        problems=problems,
    )


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.partition(".")
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []


def _read(dump: dumps.DumpFile) -> bytes:
    try:
        return dump.path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", file=str(dump.path), hint="check its permissions"
        ) from error


def _write(folder: Path, copies: list[tuple[Path, bytes]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in copies:
            aside = path.with_name(f".{path.name}.part")
            aside.write_bytes(data)
            aside.rename(path)
    except OSError as error:
        raise PublicationError(
            f"cannot write: {error.strerror}", file=str(folder), hint="check space and permissions"
        ) from error


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
