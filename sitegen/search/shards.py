"""Segments as files that a browser asks for one by one: small, compressed, named for good.

A segment lies in `search/NAME/`, where NAME is made from what goes in, so that a file is never
another one under the same address. The files are streams of RFC 1950 (zlib), which browsers
inflate themselves, so that nothing depends on what a server compresses:

    map       JSON: where the shards of each kind begin, see `Map`
    tN        terms in order. Each: bytes shared with the term before, bytes that follow, those in
              UTF-8; number of papers; a posting for each, see `blocks`
    pN        places of the terms of some shards of terms: first the length of each one's part
    wN, rN    spellings in order, written forwards or backwards: shared bytes and bytes that follow
              as above, and the binary logarithm of how often the word occurs
    dN        JSON: path and title of `papers_per_shard` papers

All numbers are LEB128. A posting list that is longer than a shard has one of its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from .blocks import HAS, SOURCE, TOPIC, Block, in_order
from .numbering import STEPS
from .segments import Posted, merged
from .varints import varint


class Sizes(NamedTuple):
    """How large shards are: bytes before compression, and papers."""

    facets: int  # terms that are no words: topics, sources, code
    terms: int
    places: int
    spellings: int
    papers: int


_SMALL: Final = Sizes(facets=60_000, terms=2_500, places=8_000, spellings=2_500, papers=16)
_LARGE: Final = Sizes(facets=5_000, terms=5_000, places=15_000, spellings=6_000, papers=32)


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """Where the shards of a segment begin: the least text that sorts behind the shard before."""

    t: list[str]
    p: list[int]  # the first shard of terms that a shard of places goes with
    w: list[str]
    r: list[str]
    d: int  # papers in a shard


class File(NamedTuple):
    """A file of a segment."""

    name: str
    data: bytes


def sizes(papers: int) -> Sizes:
    """How the shards of a segment with so many papers are cut."""
    return _LARGE if papers >= STEPS[0] else _SMALL


def files(blocks: Sequence[Block]) -> Iterator[File]:
    """All files of the segment that the blocks make up."""
    papers = [paper for block in blocks for paper in block.papers]
    limits = sizes(len(papers))
    terms = _Terms(limits)
    yield from terms.files(merged(blocks))
    spellings: dict[str, int] = {}
    for block in blocks:
        for word, times in block.spellings.items():
            spellings[word] = spellings.get(word, 0) + times
    forwards = _Spellings("w", limits)
    yield from forwards.files(spellings)
    backwards = _Spellings("r", limits)
    yield from backwards.files({word[::-1]: times for word, times in spellings.items()})
    for number, start in enumerate(range(0, len(papers), limits.papers)):
        some = papers[start : start + limits.papers]
        yield _file(f"d{number}", msgspec.json.encode(some))
    ways = Map(
        t=terms.begins, p=terms.place_begins, w=forwards.begins, r=backwards.begins, d=limits.papers
    )
    yield _file("map", msgspec.json.encode(ways))


def _file(name: str, data: bytes) -> File:
    return File(f"{name}.bin", zlib.compress(data, 9))


class _Front:
    """Texts in order, each without what it shares with the one before."""

    def __init__(self) -> None:
        self.begins: list[str] = []
        self._before = b""
        self._last = ""

    def begin(self, text: str) -> None:
        """Begin a shard with this text."""
        self.begins.append(_separator(self._last, text) if self.begins else "")
        self._before = b""

    def coded(self, text: str) -> bytes:
        """The text as it stands in a shard."""
        data = text.encode()
        before = self._before
        shared = 0
        for one, other in zip(before, data, strict=False):
            if one != other:
                break
            shared += 1
        self._before, self._last = data, text
        return varint(shared) + varint(len(data) - shared) + data[shared:]


def _separator(before: str, text: str) -> str:
    """The shortest beginning of `text` that sorts behind `before`."""
    shared = 0
    for one, other in zip(before, text, strict=False):
        if one != other:
            break
        shared += 1
    return text[: shared + 1]


class _Terms:
    """Shards of terms, and those of their places."""

    def __init__(self, limits: Sizes) -> None:
        self._front = _Front()
        self._limits = limits
        self._parts: list[bytes] = []  # of places, for shards of terms that are done
        self.begins = self._front.begins
        self.place_begins: list[int] = []

    def files(self, terms: Iterable[Posted]) -> Iterator[File]:
        """The files, those of places after those of the terms they go with."""
        out: list[bytes] = []
        places: list[bytes] = []
        length = 0
        kind = ""
        for one in terms:
            size = len(one.postings) + len(one.term) + 3
            marked = _MARKS.get(one.term[0], "terms")
            if not out or length + size > getattr(self._limits, marked) or marked != kind:
                if out:
                    yield from self._done(out, places)
                out, places, length, kind = [], [], 0, marked
                self._front.begin(one.term)
            out.append(self._front.coded(one.term) + varint(one.papers) + one.postings)
            places.append(one.places)
            length += size
        if out:
            yield from self._done(out, places)
        yield from self._places_done()

    def _done(self, out: list[bytes], places: list[bytes]) -> Iterator[File]:
        number = len(self.begins) - 1
        yield _file(f"t{number}", b"".join(out))
        part = b"".join(places)
        if self._parts and sum(map(len, self._parts)) + len(part) > self._limits.places:
            yield from self._places_done()
        if not self._parts:
            self.place_begins.append(number)
        self._parts.append(part)

    def _places_done(self) -> Iterator[File]:
        if self._parts:
            head = b"".join(varint(len(part)) for part in self._parts)
            yield _file(f"p{len(self.place_begins) - 1}", head + b"".join(self._parts))
        self._parts = []


_MARKS: Final = {HAS: "facets", TOPIC: "facets", SOURCE: "facets"}


class _Spellings:
    """Shards of spellings in one direction."""

    def __init__(self, kind: str, limits: Sizes) -> None:
        self._kind = kind
        self._limit = limits.spellings
        self._front = _Front()
        self.begins = self._front.begins

    def files(self, times: dict[str, int]) -> Iterator[File]:
        """The files of some words; `times` is how often each occurs."""
        out: list[bytes] = []
        length = 0
        for word in in_order(times):
            if not out or length > self._limit:
                if out:
                    yield self._done(out)
                out, length = [], 0
                self._front.begin(word)
            out.append(self._front.coded(word) + bytes([times[word].bit_length()]))
            length += len(out[-1])
        if out:
            yield self._done(out)

    def _done(self, out: list[bytes]) -> File:
        return _file(f"{self._kind}{len(self.begins) - 1}", b"".join(out))
