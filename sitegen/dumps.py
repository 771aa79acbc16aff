"""Dumps on disk to records: finding files, choosing readers, the cache of what was read.

`find` lists files, the members of zip archives among them; `stream` reads one record by record;
`read` turns one into a `Reading`, through the cache when its content and the code are those of an
earlier run. How a file is opened and unpacked is told in `sources`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from . import archives, foreign, sources
from .cache import Cache
from .errors import InputError, Problem
from .identity import fingerprint
from .model import Record, Value
from .readers import Content, Reader, choose
from .readers.content import HEAD_BYTES


class DumpFile(Value, frozen=True, kw_only=True):
    """A file that may be a dump; `named` when it stood on the command line itself."""

    name: str  # as it is called in messages and on pages; "archive.zip/member" for a member
    path: Path
    named: bool = False
    member: str = ""  # what it is called in the archive


class Reading(Value, frozen=True, kw_only=True):
    """What one dump held. `format` is empty for a file that no reader claims."""

    name: str
    format: str
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """A dump that is being read: records as their reader gives them, not finished for merging."""

    name: str
    format: str
    items: Iterator[Record | Problem]


def find(places: Sequence[Path]) -> list[DumpFile]:
    """The dumps behind files, folders, archives and "-" (standard input), by name.

    Hidden files are left out. Raises InputError for a place that does not exist.
    """
    return [dump for file in files(places) for dump in members(file)]


def files(places: Sequence[Path]) -> list[DumpFile]:
    """The files behind places, as they lie: an archive is one file. See `find`."""
    found: dict[Path, DumpFile] = {}
    for place in places:
        if place == sources.STANDARD_INPUT:
            kept = sources.kept_standard_input()
            found[kept] = DumpFile(name="stdin", path=kept, named=True)
        elif place.is_dir():
            for path in _files(place, set()):
                name = _printable(path.relative_to(place).as_posix())
                found.setdefault(path.resolve(), DumpFile(name=name, path=path))
        elif place.exists():
            found[place.resolve()] = DumpFile(name=_printable(place.name), path=place, named=True)
        else:
            raise InputError("there is no such file or folder", file=str(place))
    return sorted(found.values(), key=lambda dump: (dump.name, str(dump.path)))


def members(file: DumpFile) -> list[DumpFile]:
    """The dumps in a file: itself, or an archive's members.

    An archive that cannot be read is one dump, of which `read` says why. Its only member counts as
    named when it is.
    """
    if sources.packing(file.path) != "zip":
        return [file]
    try:
        names = archives.members(file.path)
    except (InputError, OSError):
        names = ()
    found = [
        DumpFile(
            name=f"{file.name}/{archives.display_name(name)}",
            path=file.path,
            named=file.named and len(names) == 1,
            member=name,
        )
        for name in names
    ]
    return found or [file]


def _files(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """The files in a folder and those below, each folder once: links may lead in a circle."""
    seen.add(folder.resolve())
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        hint = "check the folder's permissions"
        message = f"cannot be read: {error.strerror}"
        raise InputError(message, file=str(folder), hint=hint) from error
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if path.resolve() not in seen:
                yield from _files(path, seen)
        elif path.is_file():
            yield path


def _printable(name: str) -> str:
    """A name in Unicode, whatever bytes the file system has for it."""
    return name.encode("utf-8", "replace").decode()


def digest(dump: DumpFile) -> bytes:
    """The digest of a dump's file as it lies on disk. Raises InputError with the dump's name."""
    try:
        return sources.digest(dump.path)
    except InputError as error:
        raise _with_name(error, dump.name) from error


def stream(dump: DumpFile) -> Stream:
    """The records and problems of one dump as they are read, in bounded memory."""
    try:
        content = sources.content(dump.path, dump.member, dump.name)
        if len(content.head) < HEAD_BYTES and not content.head.strip("\ufeff \t\n"):
            return _stream(dump, "empty", *_as_errors(content.problems), _empty(dump.name))
        reader = choose(content)
    except InputError as error:
        return _stream(dump, "", _with_name(error, dump.name).problem())
    if reader is None:
        unknown = [foreign.unknown_format(dump.name, content.head)] if dump.named else []
        return _stream(dump, "", *_as_errors(content.problems), *unknown)
    return Stream(name=dump.name, format=reader.NAME, items=_items(reader, content))


def read(dump: DumpFile, cache: Cache) -> Reading:
    """The records and problems of one dump, before their days are settled."""
    try:
        content_digest = digest(dump)
    except InputError as error:
        return Reading(name=dump.name, format="", problems=(error.problem(),))
    named = blake2b(f"{dump.name}\0{dump.named}".encode(errors="replace"), digest_size=6)
    key = f"{content_digest.hex()}-{named.hexdigest()}"
    packed = cache.load("dumps", key)
    if packed is not None:
        try:
            return msgspec.msgpack.decode(packed, type=Reading)
        except msgspec.MsgspecError:
            pass  # cut short or foreign: read again
    reading = _read(dump, content_digest)
    cache.save("dumps", key, msgspec.msgpack.encode(reading))
    return reading


def _read(dump: DumpFile, content_digest: bytes) -> Reading:
    records: list[Record] = []
    problems: list[Problem] = []
    being_read = stream(dump)
    for item in being_read.items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            records.append(_finish(item, content_digest))
    return Reading(
        name=dump.name,
        format=being_read.format,
        records=tuple(records),
        problems=tuple(problems),
    )


def _items(reader: Reader, content: Content) -> Iterator[Record | Problem]:
    """What the reader gives, then what the content had to say; never an exception."""
    name = content.name
    try:
        yield from reader.read(content, name)
    except InputError as error:
        yield _with_name(error, name).problem()
    except Exception as error:  # noqa: BLE001 - readers of others, too
        yield Problem(
            file=name,
            line=0,
            message=f"the reader “{reader.NAME}” failed: {type(error).__name__}: {error}"[:300],
            hint="what it gave before was kept; please report it",
            severity="error",
        )
    yield from content.problems


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
    own = blake2b(msgspec.msgpack.encode(record), digest_size=12).digest()
    return msgspec.structs.replace(
        record, fingerprint=fingerprint(record.title), dump=dump, digest=own
    )
