"""From a library to its relations: what is in the cache is taken from there.

Papers come in two streams, those with a day in the order of their birth and those without. Three
things are kept, each under a digest of all that it was made from:

* counted terms, by blocks of papers of one year;
* vectors, by the same blocks, and by how frequent terms were in the years before;
* what was found, by groups of days, and by the vectors of all papers up to the group's last.

The last block and the last group, which another day adds to, are made in each build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

import msgspec
import numpy as np
from xxhash import xxh3_128

from ..cache import Cache
from ..digests import digest_of_parts, digest_of_values
from ..executors import Executor
from ..model import Library, Paper
from . import nearest as near
from .relations import Relations
from .terms import NONE, Counts, Frequencies, Ints, counted, unpacked
from .vectors import Vectors, weighed

_BLOCK: Final = 512  # papers that are counted together
_GROUP: Final = 512  # papers, at least, of days whose papers are looked at together
_TOGETHER: Final = 8  # groups that share their lists
_KIND: Final = "related"


def related(
    library: Library, most: int, most_later: int, tasks: Executor, cache: Cache
) -> Relations:
    """The related papers of all papers: `most` of each, and `most_later` that followed it."""
    dated = sorted((p for p in library.papers if p.born), key=lambda p: p.born or date.min)
    undated = [paper for paper in library.papers if not paper.born]
    days = [paper.born for paper in dated]
    files = [paper.listings[0].file if paper.listings else "" for paper in undated]
    known = _known(cache)
    found = []
    ends = []
    for papers, parts, years in (
        (dated, _cut(days), [day.year for day in days if day]),
        (undated, _cut(files), [0] * len(undated)),
    ):
        vectors = _Vectors(papers, years, tasks, cache, known)
        found.append(_found(_matrix(vectors.blocks()), parts, most, tasks, cache))
        ends.append(np.repeat(parts[1:], np.diff(parts)))
    cache.save(_KIND, "known", msgspec.msgpack.encode(known.used))
    base = len(dated)
    below = found[1].papers
    return Relations(
        (*dated, *undated),
        np.concatenate([found[0].papers, np.where(below >= 0, below + base, below)]).astype("i4"),
        np.concatenate([found[0].reasons, found[1].reasons]),
        np.concatenate([ends[0], ends[1] + base]),
        most_later,
    )


def _cut(keys: Sequence[object]) -> Ints:
    """Where runs of equal keys begin, and where the last one ends."""
    begins = [at for at, key in enumerate(keys) if not at or keys[at - 1] != key]
    return np.array([*begins, len(keys)], np.int64)


class _Known:
    """The digests of counted terms by the digests of their papers; `used` are those asked for."""

    def __init__(self, known: dict[bytes, bytes]) -> None:
        self._known = known
        self.used: dict[bytes, bytes] = {}

    def get(self, key: bytes) -> bytes | None:
        found = self._known.get(key)
        if found is not None:
            self.used[key] = found
        return found

    def add(self, key: bytes, digest: bytes) -> None:
        self.used[key] = digest


def _known(cache: Cache) -> _Known:
    packed = cache.load(_KIND, "known")
    try:
        return _Known(msgspec.msgpack.decode(packed, type=dict[bytes, bytes]) if packed else {})
    except msgspec.MsgspecError:
        return _Known({})


class _Block(NamedTuple):
    """Papers of one year that are counted together. `closed`: later days add nothing to it."""

    year: int
    papers: Sequence[Paper]
    closed: bool

    @property
    def key(self) -> bytes:
        return digest_of_values([paper.digest for paper in self.papers])


class _Vectors:
    """The vectors of a stream."""

    def __init__(
        self,
        papers: Sequence[Paper],
        years: Sequence[int],
        tasks: Executor,
        cache: Cache,
        known: _Known,
    ) -> None:
        self._tasks = tasks
        self._cache = cache
        self._blocks = list(_blocks(papers, years))
        self._counts: dict[int, Counts] = {}  # those at hand
        self._digests = self._all_digests(known)
        self._before: tuple[bytes, Frequencies] = (b"", NONE)

    def _all_digests(self, known: _Known) -> list[bytes]:
        """The digests of what is counted in each block; unknown ones are counted."""
        keys = [block.key for block in self._blocks]
        found = [known.get(key) if block.closed else None
                 for key, block in zip(keys, self._blocks, strict=True)]  # fmt: skip
        self._count([at for at, digest in enumerate(found) if digest is None])
        digests = []
        for at, (key, digest) in enumerate(zip(keys, found, strict=True)):
            digests.append(digest or self._counts[at].digest)
            if digest is None and self._blocks[at].closed:
                known.add(key, digests[at])
                self._cache.save(_KIND, digests[at].hex(), self._counts[at].packed())
        return digests

    def _count(self, numbers: Sequence[int]) -> None:
        blocks = self._blocks  # and not self, which cannot be sent to other machines

        def count(number: int) -> bytes:
            return counted(blocks[number].papers).packed()

        for number, data in zip(numbers, self._tasks.map(count, numbers), strict=True):
            self._counts[number] = unpacked(data)

    def _counted(self, number: int) -> Counts:
        if number not in self._counts:
            data = self._cache.load(_KIND, self._digests[number].hex(), fresh=True)
            if data is None:
                return counted(self._blocks[number].papers)
            return unpacked(data)
        return self._counts[number]

    def blocks(self) -> Iterator[Vectors]:
        """The vectors of all blocks in their order."""
        for number, block in enumerate(self._blocks):
            before = self._digest_before(block.year)
            name = digest_of_parts("vectors", self._digests[number], before).hex()
            data = self._cache.load(_KIND, name) if block.closed else None
            if data is not None:
                yield Vectors(*unpacked(data))
                continue
            vectors = weighed(self._counted(number), self._frequencies(block.year, before))
            if block.closed:
                self._cache.save(_KIND, name, vectors.packed())
            yield vectors

    def _earlier(self, year: int) -> list[int]:
        return [number for number, block in enumerate(self._blocks) if block.year < year]

    def _digest_before(self, year: int) -> bytes:
        return digest_of_parts("before", *(self._digests[n] for n in self._earlier(year)))

    def _frequencies(self, year: int, digest: bytes) -> Frequencies:
        """How frequent terms were in the years before; kept for the newest year alone."""
        if self._before[0] == digest:
            return self._before[1]
        newest = year == self._blocks[-1].year
        data = self._cache.load(_KIND, "before") if newest else None
        found = _frequencies(data, digest) if data else None
        if found is None:
            found = NONE
            for number in self._earlier(year):
                found = found.plus(self._counted(number))
            if newest:
                self._cache.save(_KIND, "before", digest + _packed(found))
        self._before = digest, found
        return found


def _blocks(papers: Sequence[Paper], years: Sequence[int]) -> Iterator[_Block]:
    start = 0
    for year, same in groupby(years):
        end = start + sum(1 for _ in same)
        for first in range(start, end, _BLOCK):
            last = min(first + _BLOCK, end)
            closed = end < len(papers) or last - first == _BLOCK
            yield _Block(year, papers[first:last], closed)
        start = end


def _packed(found: Frequencies) -> bytes:
    columns = found.hashes.astype("<u4").tobytes() + found.counts.astype("<u4").tobytes()
    return found.papers.to_bytes(4) + columns


def _frequencies(data: bytes, digest: bytes) -> Frequencies | None:
    """What `_packed` was given, where it was kept under this digest."""
    if not data.startswith(digest):
        return None
    at = len(digest) + 4
    columns = np.frombuffer(data, "<u4", offset=at).astype(np.int64).reshape(2, -1)
    return Frequencies(int.from_bytes(data[at - 4 : at]), columns[0], columns[1])


def _matrix(blocks: Iterator[Vectors]) -> near.Matrix:
    sizes, hashes, weights = [], [], []
    for block in blocks:
        sizes.append(np.diff(block.ends, prepend=0))
        hashes.append(block.hashes.astype(np.uint32))
        weights.append(block.weights.astype(np.uint8))
    if not sizes:
        return near.Matrix(np.zeros(1, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8))
    begins = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
    return near.Matrix(begins, np.concatenate(hashes), np.concatenate(weights))


class _Group(NamedTuple):
    """Days whose papers are looked at together: `days` is where each begins, and the last ends."""

    days: Ints
    name: str  # in the cache
    closed: bool

    @property
    def papers(self) -> range:
        return range(int(self.days[0]), int(self.days[-1]))


def _groups(matrix: near.Matrix, days: Ints, most: int) -> Iterator[_Group]:
    """Days in their order, in groups that no later day changes, the last one aside."""
    digest = xxh3_128(digest_of_parts(most))
    first = 0
    for last in range(1, len(days)):
        full = days[last] - days[first] >= _GROUP
        if full or last == len(days) - 1:
            own = days[first : last + 1]
            span = slice(*matrix.begins[own[[0, -1]]].tolist())
            digest.update(own.tobytes())
            digest.update(matrix.begins[own[0] : own[-1] + 1].tobytes())
            digest.update(matrix.hashes[span].tobytes())
            digest.update(matrix.weights[span].tobytes())
            yield _Group(own, digest.hexdigest(), bool(full))
            first = last


def _found(matrix: near.Matrix, days: Ints, most: int, tasks: Executor, cache: Cache) -> near.Found:
    groups = list(_groups(matrix, days, most))
    packed = {group.name: cache.load(_KIND, group.name) for group in groups if group.closed}
    todo = [group for group in groups if packed.get(group.name) is None]
    batches = [todo[at : at + _TOGETHER] for at in range(0, len(todo), _TOGETHER)]

    def look(batch: Sequence[_Group]) -> list[bytes]:
        return list(_look(matrix, batch, most))

    for batch, made in zip(batches, tasks.map(look, batches), strict=True):
        for group, data in zip(batch, made, strict=True):
            packed[group.name] = data
            if group.closed:
                cache.save(_KIND, group.name, data)
    width = 1 + near.REASONS
    data = b"".join([packed[group.name] or b"" for group in groups])
    rows = np.frombuffer(data, "<u4").reshape(-1, most, width)
    return near.Found(rows[:, :, 0].astype(np.int32), rows[:, :, 1:].astype(np.uint32))


def _look(matrix: near.Matrix, batch: Sequence[_Group], most: int) -> Iterator[bytes]:
    """What is found for the papers of some groups, as bytes."""
    lists = near.Lists(matrix, batch[0].papers.start, batch[-1].papers.stop)
    for group in batch:
        ends = np.repeat(group.days[1:], np.diff(group.days))
        found = near.nearest(matrix, lists, group.papers, ends, most)
        papers = found.papers.astype("<i4").view("<u4")[:, :, np.newaxis]
        yield np.concatenate([papers, found.reasons], axis=2).astype("<u4").tobytes()
