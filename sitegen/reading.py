"""Reading dumps in parallel: heads of their records, and what title and abstract of each say.

Comes in: files. Goes out: readings in the order of the files, with the topics and the lead of
every record by its digest. All is cached for each dump, under its content and the code: what
problems it has, the heads of its records, their bodies in blocks, and under the rules the topics.
Bodies are fetched from the cache when a page shows them, and held in memory where they could not
be put there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from . import dumps, heads
from .cache import Cache
from .enrich import said_by
from .enrich.topics import Rules
from .errors import InputError, Problem
from .executors import Executor
from .heads import AnyRecord, Head
from .model import Said, TopicMatch
from .readers import readers

Step = Callable[[int, int], None]  # done, total


class Reading(NamedTuple):
    """One dump as it was read. `format` is empty for a file that no reader claims."""

    name: str
    format: str
    problems: tuple[Problem, ...]
    heads: Sequence[Head]


class Readings(NamedTuple):
    """All dumps as they were read."""

    dumps: tuple[Reading, ...]
    said: Mapping[bytes, Said]  # by the digest of a record


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a dump, as it is cached and handed over between processes."""

    format: str
    digest: bytes
    problems: tuple[Problem, ...]
    heads: bytes
    blocks: int
    held: dict[int, bytes] = {}  # blocks that the cache could not take


class _Said(NamedTuple):
    """As `Said`, its topics as they are encoded."""

    topics: tuple[msgspec.Raw, ...]
    lead: tuple[int, int] | None


_SAID = msgspec.msgpack.Decoder(list[_Said])
_MATCH = msgspec.msgpack.Decoder(TopicMatch)
_ENTRY = msgspec.msgpack.Decoder(_Entry)


def read_all(
    files: Sequence[dumps.DumpFile], rules: Rules, cache: Cache, tasks: Executor, step: Step
) -> Readings:
    """Every file's records, and what they say. Problems are in the readings."""
    known: dict[int, tuple[_Entry, bytes]] = {}
    for number, file in enumerate(files):
        entry = _known(file, cache)
        said = cache.load("said", _said_key(file, rules)) if entry is not None else None
        if entry is not None and said is not None:
            known[number] = (entry, said)
    new = [file for number, file in enumerate(files) if number not in known]
    if new:
        readers()  # loaded once for all processes
        rules.prepare()
    made = iter(tasks.map(partial(_look, rules, cache), new))
    readings: list[Reading] = []
    heard: dict[bytes, Said] = {}
    matches: dict[bytes, TopicMatch] = {}
    for number, file in enumerate(files):
        entry, said = known.pop(number) if number in known else _handed_over(next(made))
        records = _heads(file, entry, cache)
        readings.append(Reading(file.name, entry.format, entry.problems, records))
        found = [_interned(one, matches) for one in _SAID.decode(said)]
        heard.update(zip([head.digest for head in records], found, strict=True))
        step(number + 1, len(files))
    return Readings(tuple(readings), heard)


def heads_of(file: dumps.DumpFile, cache: Cache) -> Sequence[Head]:
    """The heads of a dump's records: from the cache, where a build has read the dump as it is."""
    entry = _known(file, cache)
    if entry is not None:
        return _heads(file, entry, cache)
    reading = dumps.read(file)
    packed, blocks = heads.packed(reading.records)
    return heads.unpacked(file.name, reading.digest, packed, blocks.__getitem__)


def _known(file: dumps.DumpFile, cache: Cache) -> _Entry | None:
    """What earlier runs found in a file; None where a part of it is missing."""
    key = dumps.key(file)
    data = cache.load("dumps", key) if key else None
    if data is None:
        return None
    try:
        entry = _ENTRY.decode(data)
    except msgspec.MsgspecError:  # it is foreign
        return None
    return entry if all(cache.has("bodies", f"{key}-{n}") for n in range(entry.blocks)) else None


def _said_key(file: dumps.DumpFile, rules: Rules) -> str:
    return f"{dumps.key(file)}-{rules.short}"


def _handed_over(packed: tuple[bytes, bytes]) -> tuple[_Entry, bytes]:
    return _ENTRY.decode(packed[0]), packed[1]


def _look(rules: Rules, cache: Cache, file: dumps.DumpFile) -> tuple[bytes, bytes]:
    """What a file holds and what its records say, encoded: a third of what pickling costs."""
    known = _known(file, cache)
    if known is not None:  # under other rules
        records = _heads(file, known, cache)
        said = [_heard(rules, record) for record in records]
        return msgspec.msgpack.encode(known), _kept_said(said, _said_key(file, rules), cache)
    return _read(rules, cache, file)


def _read(rules: Rules, cache: Cache, file: dumps.DumpFile) -> tuple[bytes, bytes]:
    """The same from the dump. Of a record, its head and what it says are held, encoded."""
    key = dumps.key(file)
    held: dict[int, bytes] = {}
    said: list[msgspec.Raw] = []
    problems: list[Problem] = []

    def keep(number: int, block: bytes) -> None:
        if not key or not cache.save("bodies", f"{key}-{number}", block):
            held[number] = block

    packer = heads.Packer(keep)
    being_read = dumps.stream(file)
    for item in being_read.items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            packer.add(item)
            said.append(_heard(rules, item))
    packed, blocks = packer.finish()
    problems.sort(key=lambda problem: problem.line)
    entry = _Entry(being_read.format, being_read.digest, tuple(problems), packed, blocks, held)
    is_kept = bool(key) and not held and dumps.is_kept(being_read.format, problems)
    data = msgspec.msgpack.encode(entry)
    if is_kept:
        cache.save("dumps", key, data)
    return data, _kept_said(said, _said_key(file, rules) if is_kept else "", cache)


def _heard(rules: Rules, record: AnyRecord) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(said_by(rules, record.title, record.abstract)))


def _kept_said(said: Sequence[msgspec.Raw], key: str, cache: Cache) -> bytes:
    """What the records of a dump say, encoded, and cached under the key if there is one."""
    packed = msgspec.msgpack.encode(said)
    if key:
        cache.save("said", key, packed)
    return packed


def _heads(file: dumps.DumpFile, entry: _Entry, cache: Cache) -> list[Head]:
    return heads.unpacked(file.name, entry.digest, entry.heads, _fetching(file, entry, cache))


def _interned(said: _Said, matches: dict[bytes, TopicMatch]) -> Said:
    """What a record says; what many say in the same words, once."""
    found = []
    for raw in said.topics:
        packed = bytes(raw)
        match = matches.get(packed)
        if match is None:
            match = matches[packed] = _MATCH.decode(packed)
        found.append(match)
    return Said(tuple(found), said.lead)


def _fetching(file: dumps.DumpFile, entry: _Entry, cache: Cache) -> Callable[[int], bytes]:
    """What gives a block of a dump's bodies by its number."""
    return partial(_fetch, file, entry.digest, entry.held, cache)


def _fetch(
    file: dumps.DumpFile, digest: bytes, held: Mapping[int, bytes], cache: Cache, block: int
) -> bytes:
    """A block from the cache; one that is damaged there is read again from the dump."""
    if block in held:
        return held[block]
    found = cache.load("bodies", f"{dumps.key(file)}-{block}", fresh=True)
    if found is not None:
        return found
    reading = dumps.read(file)
    if reading.digest != digest:
        raise InputError(
            "the file changed while it was built from", file=file.name, hint="build again"
        )
    return heads.packed(reading.records)[1][block]
