"""`sitegen import`: dumps into a project, under names that settle their days for good."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from . import dating, dumps, sources
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
    known = {sources.digest(path): path for path in _files(folder)}
    taken = {path.relative_to(folder).as_posix().casefold() for path in known.values()}
    done = []
    copies: list[tuple[Path, Path]] = []
    for file in dumps.files(places):
        digest = dumps.digest(file)
        found = _read(file, rule)
        if digest in known:
            name = known[digest].relative_to(folder).as_posix()
            done.append(_imported(file, name, found, problems=()))
            continue
        name = _free(_name(file, found.days, rule.given), taken)
        known[digest] = folder / name
        taken.add(name.casefold())
        copies.append((file.path, folder / name))
        done.append(_imported(file, name, found, problems=found.problems, new=True))
    _write(folder, copies)
    return tuple(done)


class _Found(Value, frozen=True, kw_only=True):
    """What is in one file, all members of an archive together."""

    records: int = 0
    days: tuple[date, ...] = ()
    problems: tuple[Problem, ...] = ()


def _read(file: dumps.DumpFile, rule: dating.DayRule) -> _Found:
    """Raises InputError for a file that no reader knows, or none of whose members."""
    records, days, problems, formats = 0, set(), [], set()
    for dump in dumps.members(file):
        found = dumps.stream(dump)
        formats.add(found.format)
        settling = dating.Settling(dump.name, rule)
        for item in found.items:
            if isinstance(item, Problem):
                problems.append(item)
            else:
                records += 1
                days.add(settling.settled(item).listed)
        problems += settling.problems()
    if not any(formats):
        said = next((one for one in problems if one.severity == "error"), None)
        raise InputError(
            said.message if said else "no reader knows this format",
            file=str(file.path),
            hint=said.hint if said else "sitegen inspect --help lists the formats",
        )
    return _Found(records=records, days=tuple(sorted(filter(None, days))), problems=tuple(problems))


def _name(file: dumps.DumpFile, days: tuple[date, ...], given: date | None) -> str:
    """The name that a file gets; an archive keeps the ending by which its members are dated."""
    name = file_name(file.name.rsplit("/", 1)[-1], days, given)
    is_archive = sources.packing(file.path) == "zip"
    return f"{name}.zip" if is_archive and not name.lower().endswith(".zip") else name


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


def _imported(
    file: dumps.DumpFile,
    name: str,
    found: _Found,
    *,
    problems: tuple[Problem, ...],
    new: bool = False,
) -> Imported:
    return Imported(
        file=str(file.path),
        name=name,
        records=found.records,
        days=found.days,
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


def _write(folder: Path, copies: list[tuple[Path, Path]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source, path in copies:
            aside = path.with_name(f".{path.name}.part")
            shutil.copyfile(source, aside)
            aside.rename(path)
    except OSError as error:
        raise PublicationError(
            f"cannot write: {error.strerror}", file=str(folder), hint="check space and permissions"
        ) from error
