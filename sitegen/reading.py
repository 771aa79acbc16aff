"""Reading dumps in parallel: their records, and what title and abstract of each say.

Comes in: files. Goes out: readings in the order of the files, with the topics and the lead of
every record by its digest. Both are cached for each dump, under its content and the code; topics
under the rules, too. What is cached is decoded here: that costs less than to hand it over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from . import dumps
from .cache import Cache
from .enrich import said_by
from .enrich.topics import Rules
from .executors import Executor
from .model import Said
from .readers import readers

Step = Callable[[int, int], None]  # done, total

_SAID = msgspec.msgpack.Decoder(list[Said])


class Readings(NamedTuple):
    """All dumps as they were read."""

    dumps: tuple[dumps.Reading, ...]
    said: Mapping[bytes, Said]  # by the digest of a record


def read_all(
    files: Sequence[dumps.DumpFile], rules: Rules, cache: Cache, tasks: Executor, step: Step
) -> Readings:
    """Every file's records, and what they say. Problems are in the readings."""
    found: dict[int, tuple[dumps.Reading, list[Said]]] = {}
    for number, file in enumerate(files):
        known = _known(file, rules, cache)
        if known is not None:
            found[number] = known
    new = [file for number, file in enumerate(files) if number not in found]
    if new:
        readers()  # loaded once for all processes
        rules.prepare()

    def look(file: dumps.DumpFile) -> tuple[bytes, bytes]:
        return _look(file, rules, cache)

    made = tasks.map(look, new)
    readings: list[dumps.Reading] = []
    said: dict[bytes, Said] = {}
    for number in range(len(files)):
        reading, heard = found.pop(number) if number in found else _unpacked(*next(made))
        readings.append(reading)
        said.update(zip((record.digest for record in reading.records), heard, strict=True))
        step(number + 1, len(files))
    return Readings(tuple(readings), said)


def _known(
    file: dumps.DumpFile, rules: Rules, cache: Cache
) -> tuple[dumps.Reading, list[Said]] | None:
    """What earlier runs found in a file; None where a part of it is missing."""
    key = dumps.key(file)
    packed = cache.load("said", f"{key}-{rules.short}") if key else None
    reading = dumps.known(file, cache) if packed is not None else None
    if packed is None or reading is None:
        return None
    return _checked(reading, packed)


def _checked(reading: dumps.Reading, packed: bytes) -> tuple[dumps.Reading, list[Said]] | None:
    try:
        said = _SAID.decode(packed)
    except msgspec.MsgspecError:
        return None
    return (reading, said) if len(said) == len(reading.records) else None


def _unpacked(packed: bytes, said: bytes) -> tuple[dumps.Reading, list[Said]]:
    return msgspec.msgpack.decode(packed, type=dumps.Reading), _SAID.decode(said)


def _look(file: dumps.DumpFile, rules: Rules, cache: Cache) -> tuple[bytes, bytes]:
    """A file's reading and what its records say, encoded: a third of what pickling costs."""
    reading = dumps.read(file, cache)
    said = msgspec.msgpack.encode([said_by(rules, r.title, r.abstract) for r in reading.records])
    key = dumps.key(file)
    if key and dumps.is_kept(reading):
        cache.save("said", f"{key}-{rules.short}", said)
    return msgspec.msgpack.encode(reading), said
