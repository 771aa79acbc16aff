"""The index of a library: its blocks, from the cache or made, and the segments they make up.

Comes in: the library, the cache, what runs tasks. Goes out: segments with their names, whose
files are made on demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec

from ..cache import Cache
from ..digests import digest_of, digest_of_parts, digest_of_values
from ..executors import Executor
from ..model import Library, Paper
from .numbering import BLOCK, cuts

# Raised whenever the same papers give other files, so that these get other names.
FORMAT: Final = 1
_NAME_LENGTH: Final = 12


Above = Mapping[str, str]  # of a topic that is a part of another: the slug of that


class Part(NamedTuple):
    """The papers of one block. `held` is the block, encoded, where the cache doesn't have it."""

    papers: Sequence[Paper]
    digest: bytes
    held: bytes
    cache: Cache
    above: Above


class Segment(NamedTuple):
    """Papers that are searched as one. `digest` is that of all that is found of them."""

    papers: int
    digest: bytes
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The folder of its files."""
        return self.digest.hex()[:_NAME_LENGTH]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Its files by their names."""
        from . import blocks, shards

        return shards.files([blocks.unpacked(_data(part)) for part in self.parts])


class Index(NamedTuple):
    """What can be searched: papers with a day in the order of their birth, and those without."""

    dated: tuple[Segment, ...]
    undated: tuple[Segment, ...]
    days: tuple[tuple[date, int], ...]  # of birth, with the number of papers

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All in the order in which their papers are numbered."""
        return (*self.dated, *self.undated)


def indexed(library: Library, tasks: Executor, cache: Cache) -> Index:
    """The index of all papers. Blocks that are not in the cache are made, the full ones kept."""
    dated = sorted((p for p in library.papers if p.born), key=lambda p: p.born or date.min)
    undated = [paper for paper in library.papers if not paper.born]
    streams = [_stretches(papers) for papers in (dated, undated)]
    above = {topic.slug: topic.parent for topic in library.topics if topic.parent}
    parts = _parts([stretch for stream in streams for stretch in stream], above, tasks, cache)
    days: dict[date, int] = {}
    for paper in dated:
        assert paper.born is not None  # noqa: S101
        days[paper.born] = days.get(paper.born, 0) + 1
    return Index(
        dated=_segments(len(dated), parts[: len(streams[0])]),
        undated=_segments(len(undated), parts[len(streams[0]) :]),
        days=tuple(days.items()),
    )


def _stretches(papers: Sequence[Paper]) -> list[Sequence[Paper]]:
    return [papers[start : start + BLOCK] for start in range(0, len(papers), BLOCK)]


def _segments(papers: int, parts: Sequence[Part]) -> tuple[Segment, ...]:
    found = []
    for start, end in cuts(papers):
        own = tuple(parts[start // BLOCK : -(-end // BLOCK)])
        digest = digest_of_parts(FORMAT, _inflater(), *(part.digest for part in own))
        found.append(Segment(end - start, digest, own))
    return tuple(found)


def _inflater() -> str:
    """What compresses: another version may give other bytes."""
    import zlib

    return zlib.ZLIB_RUNTIME_VERSION


def _parts(
    stretches: Sequence[Sequence[Paper]], above: Above, tasks: Executor, cache: Cache
) -> list[Part]:
    """The parts of all stretches; those whose papers are as they were are known by their digest."""
    keys = [_key(papers, above) for papers in stretches]
    known = _known(cache)
    new = [at for at, key in enumerate(keys) if not _is_known(known.get(key), stretches[at], cache)]
    if new:
        from . import blocks  # noqa: F401 - loaded once for all processes

    def make(at: int) -> tuple[bytes, bytes]:
        return _made(stretches[at], above, cache)

    made = dict(zip(new, tasks.map(make, new), strict=True))
    found = [made.get(at) or (known[key], b"") for at, key in enumerate(keys)]
    if made:
        digests = {key: digest for key, (digest, _) in zip(keys, found, strict=True)}
        cache.save("search", "known", msgspec.msgpack.encode(digests))
    return [
        Part(papers, digest, held, cache, above)
        for papers, (digest, held) in zip(stretches, found, strict=True)
    ]


def _key(papers: Sequence[Paper], above: Above) -> bytes:
    """What tells that papers are as they were: what they were made from, address, topics."""
    topics = [[(one.slug, above.get(one.slug)) for one in paper.topics] for paper in papers]
    paths = "\n".join([paper.path for paper in papers])
    return digest_of_values([[paper.digest for paper in papers], topics, paths])


def _known(cache: Cache) -> dict[bytes, bytes]:
    """The digests of blocks by the keys of their papers."""
    packed = cache.load("search", "known")
    if packed is None:
        return {}
    try:
        return msgspec.msgpack.decode(packed, type=dict[bytes, bytes])
    except msgspec.MsgspecError:
        return {}


def _is_known(digest: bytes | None, papers: Sequence[Paper], cache: Cache) -> bool:
    """Whether a block needn't be made. One that isn't full is made again if it is asked for."""
    if digest is None:
        return False
    return len(papers) < BLOCK or cache.has("search", digest.hex())


def _made(papers: Sequence[Paper], above: Above, cache: Cache) -> tuple[bytes, bytes]:
    """A block's digest, and the block where the cache doesn't keep it."""
    from . import blocks

    data = blocks.build(papers, above).packed()
    digest = digest_of(data)
    kept = len(papers) == BLOCK and cache.save("search", digest.hex(), data)
    return digest, b"" if kept else data


def _data(part: Part) -> bytes:
    """A part's block, encoded."""
    if part.held:
        return part.held
    kept = len(part.papers) == BLOCK
    data = part.cache.load("search", part.digest.hex(), fresh=True) if kept else None
    if data is None:
        from . import blocks

        data = blocks.build(part.papers, part.above).packed()
    return data
