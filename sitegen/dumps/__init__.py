"""Dumps on disk to records: finding files, choosing readers.

`find` lists files, the members of zip archives among them; `stream` reads one record by record;
`read` turns one into a `Reading`. How a file is opened and unpacked is told in `opening`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..config.limits import DEFAULT, Limits
from ..digests import digest_of
from ..errors import InputError, Problem
from ..formats.content import HEAD_BYTES
from ..identity import fingerprint, normal_ids
from ..model import Record, Value
from ..plain_text import plain
from ..readers import Content, Reader, choose
from . import archives, foreign, opening


class DumpFile(Value, frozen=True, kw_only=True):
    """A file that may be a dump; `named` when it stood on the command line itself."""

    name: str  # as it is called in messages and on pages; "archive.zip/member" for a member
    path: Path
    named: bool = False
    member: str = ""  # what it is called in the archive
    limits: Limits = DEFAULT


class Reading(Value, frozen=True, kw_only=True):
    """What one dump held. `format` is empty for a file that no reader claims."""

    name: str
    format: str
    digest: bytes = b""  # of its content
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """A dump that is being read: records and problems as its reader gives them."""

    name: str
    format: str
    digest: bytes = b""
    items: Iterator[Record | Problem]


_encode = msgspec.msgpack.Encoder().encode


def find(places: Sequence[Path], limits: Limits = DEFAULT) -> list[DumpFile]:
    """The dumps behind files, folders, archives and "-" (standard input), by name.

    Hidden files are left out. Raises InputError for a place that does not exist.
    """
    return [dump for file in files(places, limits) for dump in members(file)]


def files(places: Sequence[Path], limits: Limits = DEFAULT) -> list[DumpFile]:
    """The files behind places, as they lie: an archive is one file. See `find`."""
    found: dict[str, DumpFile] = {}  # by real paths: what is linked to twice is one dump
    for place in places:
        if place == opening.STANDARD_INPUT:
            kept = opening.kept_standard_input(limits)
            found[str(kept)] = DumpFile(name="stdin", path=kept, named=True, limits=limits)
        elif place.is_dir():
            for name, path, real in _files(place, "", frozenset()):
                dump = DumpFile(name=_name(name), path=Path(path), limits=limits)
                found.setdefault(real, dump)
        elif place.is_file():
            found[os.path.realpath(place)] = DumpFile(
                name=_name(place.name), path=place, named=True, limits=limits
            )
        elif place.exists():
            raise opening.no_file(place)
        else:
            raise InputError(
                "there is no such file or folder", file=str(place), hint="check the name"
            )
    return sorted(found.values(), key=lambda dump: (dump.name, str(dump.path)))


def members(file: DumpFile) -> list[DumpFile]:
    """The dumps in a file: itself, or an archive's members.

    An archive that cannot be read is one dump, of which `read` says why. Its only member counts as
    named when it is.
    """
    if opening.packing(file.path, file.limits) != "zip":
        return [file]
    try:
        names = archives.members(file.path, file.limits)
    except (InputError, OSError):
        names = ()
    found = [
        DumpFile(
            name=f"{file.name}/{plain(archives.display_name(name))}",
            path=file.path,
            named=file.named and len(names) == 1,
            member=name,
            limits=file.limits,
        )
        for name in names
    ]
    return found or [file]


def _files(folder: Path, above: str, around: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Every file below a folder: its name there, its path, and the path without symbolic links."""
    here = os.path.realpath(folder)
    if here in around:  # a symbolic link to a folder that it lies in
        return
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=attrgetter("name"))
    except OSError as error:
        raise InputError(
            f"cannot be listed: {error.strerror}", file=str(folder), hint="check its permissions"
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = f"{above}{entry.name}"
        if _is(entry.is_dir):
            yield from _files(Path(entry.path), f"{name}/", around | {here})
        elif _is(entry.is_file):
            linked = entry.is_symlink()
            yield (
                name,
                entry.path,
                os.path.realpath(entry.path) if linked else f"{here}/{entry.name}",
            )


def _is(kind: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind; a link to itself is of none."""
    try:
        return kind()
    except OSError:
        return False


def _name(path: str) -> str:
    """A name as text that can be shown: names of files are bytes, and not always UTF-8."""
    return plain(os.fsencode(path).decode(errors="replace"))


def digest(dump: DumpFile) -> bytes:
    """The digest of a dump's file as it lies on disk. Raises InputError with the dump's name."""
    try:
        return opening.digest(dump.path, dump.limits)
    except InputError as error:
        raise _with_name(error, dump.name) from error


def key(dump: DumpFile) -> str:
    """Under what a dump is cached: its content, its name, and what limits it.

    "" where it cannot be read.
    """
    try:
        content = digest(dump)
    except InputError:
        return ""  # `read` says why
    known = f"{dump.name}\0{dump.limits}" if dump.limits != DEFAULT else dump.name
    return f"{content.hex()}-{blake2b(known.encode(), digest_size=6).hexdigest()}"


def is_kept(kind: str, problems: Iterable[Problem]) -> bool:
    """Whether a reading of this format may be cached.

    Who claims a file that nobody claimed may change without us.
    """
    return bool(kind) and not any(problem.severity == "error" for problem in problems)


def read(dump: DumpFile) -> Reading:
    """The records and problems of one dump, before their days are settled."""
    being_read = stream(dump)
    records: list[Record] = []
    problems: list[Problem] = []
    for item in being_read.items:
        (problems if isinstance(item, Problem) else records).append(item)  # type: ignore[arg-type]
    problems.sort(key=lambda problem: problem.line)
    return Reading(
        name=dump.name,
        format=being_read.format,
        digest=being_read.digest,
        records=tuple(records),
        problems=tuple(problems),
    )


def stream(dump: DumpFile) -> Stream:
    """The records and problems of one dump as they are read, in bounded memory."""
    reader = None
    try:
        content_digest = digest(dump)
        content = opening.content(dump.path, dump.member, dump.name, dump.limits)
        damage = _as_errors(content.problems)
        if len(content.head) < HEAD_BYTES and not content.head.strip("\ufeff \t\n"):
            return _stream(dump, "empty", *damage, _empty(dump.name))
        reader = choose(content)
    except InputError as error:
        return _stream(dump, "", _with_name(error, dump.name).problem())
    except Exception as error:  # noqa: BLE001 - readers may come from anyone
        return _stream(dump, "", _failure(dump.name, reader, error))
    if reader is None:
        damage += content.problems[len(damage) :]
        unknown = [foreign.unknown_format(dump.name, content.head)] if dump.named else []
        return _stream(dump, "", *damage, *unknown)
    return Stream(
        name=dump.name,
        format=reader.NAME,
        digest=content_digest,
        items=_items(reader, content, content_digest),
    )


def _items(reader: Reader, content: Content, dump: bytes) -> Iterator[Record | Problem]:
    """What the reader gives, then what the content had to say; never an exception."""
    from ..formats.records import within  # with all of cleaning, which is not needed to compare

    name = content.name
    try:
        for item in reader.read(content, name):
            if isinstance(item, Problem):
                yield _encodable(item)
                continue
            record, said = within(item, content.limits)
            yield _finish(record, dump)
            yield from said
    except InputError as error:
        yield _with_name(error, name).problem()
    except Exception as error:  # noqa: BLE001 - readers may come from anyone
        yield _encodable(_failure(name, reader, error))
    yield from content.problems


def _failure(name: str, reader: Reader | None, error: Exception) -> Problem:
    who = f"the reader {reader.NAME}" if reader else "a reader"
    return Problem(
        file=name,
        line=0,
        message=f"{who} failed: {type(error).__name__}: {error}"[:300],
        hint="report it to who made the reader, with the file; until then, leave the file out",
        severity="error",
    )


def _stream(dump: DumpFile, kind: str, *problems: Problem) -> Stream:
    return Stream(name=dump.name, format=kind, items=iter(problems))


def _empty(name: str) -> Problem:
    hint = "capture it again, or remove it"
    return Problem(file=name, line=0, message="the file is empty", hint=hint)


def _as_errors(problems: Sequence[Problem]) -> list[Problem]:
    """The damage to a file of which nothing could be read."""
    return [msgspec.structs.replace(problem, severity="error") for problem in problems]


def _with_name(error: InputError, name: str) -> InputError:
    return InputError(error.message, hint=error.hint, file=error.file or name, line=error.line)


def _finish(record: Record, dump: bytes) -> Record:
    """A record as the later stages may rely on it."""
    try:
        own = digest_of(_encode(record))
    except UnicodeEncodeError:
        return _finish(_encodable(record), dump)
    ids = normal_ids(record.ids) if record.ids else record.ids
    return msgspec.structs.replace(
        record, ids=ids, fingerprint=fingerprint(record.title), dump=dump, digest=own
    )


S = TypeVar("S", bound=msgspec.Struct)


def _encodable(value: S) -> S:
    """A value without lone surrogates, which JSON can hold and UTF-8 cannot."""
    try:
        msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        return msgspec.convert(_without_surrogates(msgspec.to_builtins(value)), type(value))
    return value


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
