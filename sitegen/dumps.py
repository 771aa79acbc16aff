"""Dumps on disk to records: finding files, choosing readers, the cache of what was read.

`find` lists files without opening them; `read` turns one into a `Reading`, through the cache when
its content and the code are those of an earlier run. Only this module opens dumps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from .cache import Cache
from .errors import InputError, Problem
from .identity import fingerprint, normal_ids
from .model import Record, Value
from .readers import Content, Reader, choose


class DumpFile(Value, frozen=True, kw_only=True):
    """A file that may be a dump; `named` when it stood on the command line itself."""

    name: str  # as it is called in messages and on pages
    path: Path
    named: bool = False


class Reading(Value, frozen=True, kw_only=True):
    """What one dump held. `format` is empty for a file that no reader claims."""

    name: str
    format: str
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


def find(places: Sequence[Path]) -> list[DumpFile]:
    """The files behind files and folders, by name; hidden ones left out.

    Raises InputError for a place that does not exist or cannot be listed.
    """
    found: dict[Path, DumpFile] = {}
    for place in places:
        if place.is_dir():
            for path in _files(place, frozenset()):
                name = _name(path.relative_to(place).as_posix())
                found.setdefault(path.resolve(), DumpFile(name=name, path=path))
        elif place.is_file():
            found[place.resolve()] = DumpFile(name=_name(place.name), path=place, named=True)
        elif place.exists():
            raise InputError("this is no regular file", file=str(place), hint="save it as one")
        else:
            raise InputError(
                "there is no such file or folder", file=str(place), hint="check the name"
            )
    return sorted(found.values(), key=lambda dump: (dump.name, str(dump.path)))


def _files(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    here = folder.resolve()
    if here in above:  # a symbolic link to a folder that it lies in
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            f"cannot be listed: {error.strerror}", file=str(folder), hint="check its permissions"
        ) from error
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path, above | {here})
        elif path.is_file():
            yield path


def _name(path: str) -> str:
    """A name as text: names of files are bytes, and not always UTF-8."""
    return os.fsencode(path).decode(errors="replace")


def known(dump: DumpFile, cache: Cache) -> Reading | None:
    """What an earlier run read, where file and code are those of that run."""
    try:
        digest = _digest(dump.path.read_bytes())
    except OSError:
        return None  # `read` says why
    return unpacked(cache.load("dumps", _key(dump, digest)))


def packed(dump: DumpFile, cache: Cache) -> bytes:
    """What `read` gives, encoded and kept in the cache: a third of what pickling costs."""
    reading, digest = _read_file(dump)
    data = msgspec.msgpack.encode(reading)
    failed = any(problem.severity == "error" for problem in reading.problems)
    if reading.format and not failed:  # who claims a file nobody claimed may change without us
        cache.save("dumps", _key(dump, digest), data)
    return data


def unpacked(data: bytes | None) -> Reading | None:
    """The reading that was packed; None for none, and for what was cut short or is foreign."""
    try:
        return msgspec.msgpack.decode(data, type=Reading) if data is not None else None
    except msgspec.MsgspecError:
        return None


def read(dump: DumpFile, cache: Cache) -> Reading:
    """The records and problems of one file, before their days are settled."""
    return known(dump, cache) or msgspec.msgpack.decode(packed(dump, cache), type=Reading)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=12).digest()


def _key(dump: DumpFile, digest: bytes) -> str:
    return f"{digest.hex()}-{blake2b(dump.name.encode(), digest_size=6).hexdigest()}"


def _read_file(dump: DumpFile) -> tuple[Reading, bytes]:
    """What a file holds, and the digest of its content; none when it cannot be read."""
    try:
        data = dump.path.read_bytes()
    except OSError as error:
        problem = Problem(
            file=dump.name,
            line=0,
            message=f"cannot be read: {error.strerror}",
            hint="check the file and its permissions",
            severity="error",
        )
        return Reading(name=dump.name, format="", problems=(problem,)), b""
    digest = _digest(data)
    return _read(dump.name, data, digest), digest


def _read(name: str, data: bytes, digest: bytes) -> Reading:
    if not data.strip():
        problem = Problem(
            file=name, line=0, message="the file is empty", hint="capture it again, or remove it"
        )
        return Reading(name=name, format="empty", problems=(problem,))
    content = Content.of(data, name)
    records: list[Record] = []
    problems: list[Problem] = []
    reader = None
    try:
        reader = choose(content)
        for item in reader.read(content, name) if reader else ():
            if isinstance(item, Problem):
                problems.append(_encodable(item))
            else:
                records.append(_finish(item, digest))
    except Exception as error:  # noqa: BLE001 - readers may come from anyone
        problems.append(_failure(name, reader, error))
    problems += content.problems
    problems.sort(key=lambda problem: problem.line)
    return Reading(
        name=name,
        format=reader.NAME if reader else "",
        records=tuple(records),
        problems=tuple(problems),
    )


def _failure(name: str, reader: Reader | None, error: Exception) -> Problem:
    who = f"the reader {reader.NAME}" if reader else "a reader"
    return Problem(
        file=name,
        line=0,
        message=f"{who} failed: {type(error).__name__}: {error}",
        hint="report it to who made the reader, with the file; until then, leave the file out",
        severity="error",
    )


def _finish(record: Record, dump: bytes) -> Record:
    """A record as the later stages may rely on it."""
    record = _encodable(record)
    digest = blake2b(msgspec.msgpack.encode(record), digest_size=12).digest()
    ids = normal_ids(record.ids) if record.ids else record.ids
    return msgspec.structs.replace(
        record, ids=ids, fingerprint=fingerprint(record.title), dump=dump, digest=digest
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
