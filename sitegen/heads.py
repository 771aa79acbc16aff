"""Records without their texts: what the fold and the plan need of all of them at once.

A `Head` is a record of which abstract, authors and the like are fetched when they are asked for,
so that a hundred thousand of them are held in little memory, and a process that makes a few pages
decodes a few abstracts. What is fetched from is a `Home`: the bodies of one dump's records, encoded
one after the other, in blocks that lie in the cache (or, where there is none, in memory).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import count
from typing import Any, Final, NamedTuple

import msgspec

from .model import Details, Record

BLOCK: Final = 256  # records whose bodies lie together
_BYTES_HELD: Final = 24 << 20  # of blocks, in one process

_encode = msgspec.msgpack.Encoder().encode
_body_of = msgspec.msgpack.Decoder(Details).decode


class Head(msgspec.Struct, array_like=True, gc=False, kw_only=True):
    """A record's light fields; see `Record` for what they are, and for those that are fetched."""

    line: int
    place: int
    voice: int  # which of the dump's sources and curators
    title: str
    ids: dict[str, str]
    published: date | None
    listed: date | None
    header_day: str
    url: str
    upvotes: int | None
    fingerprint: str
    digest: bytes
    complete: int
    names: bytes
    has_abstract: bool
    listing: bool
    at: int  # where its body begins in its block
    end: int
    block: int
    home: Any = None  # a Home, set when it is unpacked

    @property
    def file(self) -> str:
        """The dump's name."""
        name: str = self.home.name
        return name

    @property
    def dump(self) -> bytes:
        """The digest of the dump's content."""
        digest: bytes = self.home.digest
        return digest

    @property
    def source(self) -> str:
        """What the listing's source is called."""
        source: str = self.home.voices[self.voice][0]
        return source

    @property
    def curator(self) -> str:
        """Who curates the list."""
        curator: str = self.home.voices[self.voice][1]
        return curator

    @property
    def body(self) -> Body:
        """What stays of the record when it is merged."""
        return Body(self.home, self.voice, self.block, self.at, self.end)

    @property
    def details(self) -> Details:
        """What else the record says, fetched."""
        return self.body.details

    @property
    def authors(self) -> tuple[str, ...]:
        """The names, fetched."""
        return self.details.authors

    @property
    def abstract(self) -> str:
        """The abstract, fetched."""
        return self.details.abstract

    @property
    def venue(self) -> str:
        """The venue, fetched."""
        return self.details.venue


class Body(NamedTuple):
    """Where a record's texts are, and whose they are."""

    home: Home
    voice: int
    block: int
    at: int
    end: int

    @property
    def file(self) -> str:
        """The dump's name."""
        return self.home.name

    @property
    def source(self) -> str:
        """What the listing's source is called."""
        return self.home.voices[self.voice][0]

    @property
    def details(self) -> Details:
        """The texts, fetched."""
        return self.home.details(self)


AnyRecord = Record | Head


class Packed(msgspec.Struct, array_like=True, frozen=True):
    """The heads of one dump, and what they share, as they are cached."""

    voices: list[tuple[str, str]]
    heads: list[Head]


class Packer:
    """Takes the records of one dump, one after the other, and holds little of them.

    `keep` gets each block of bodies by its number, as soon as it is full.
    """

    def __init__(self, keep: Callable[[int, bytes], None]) -> None:
        self._keep = keep
        self._voices: dict[tuple[str, str], int] = {}
        self._heads: list[msgspec.Raw] = []
        self._parts: list[bytes] = []
        self._at = 0
        self._blocks = 0

    def add(self, record: Record) -> None:
        """Take one record."""
        body = _encode(record.details)
        voice = self._voices.setdefault((record.source, record.curator), len(self._voices))
        end = self._at + len(body)
        self._heads.append(msgspec.Raw(_encode(_head(record, voice, self._blocks, self._at, end))))
        self._parts.append(body)
        self._at = end
        if len(self._parts) == BLOCK:
            self._flush()

    def finish(self) -> tuple[bytes, int]:
        """The heads, encoded, and how many blocks there are."""
        if self._parts:
            self._flush()
        return _encode((list(self._voices), self._heads)), self._blocks

    def _flush(self) -> None:
        self._keep(self._blocks, b"".join(self._parts))
        self._parts.clear()
        self._at = 0
        self._blocks += 1


def packed(records: Iterable[Record]) -> tuple[bytes, list[bytes]]:
    """Heads and blocks of bodies of the records of one dump."""
    blocks: list[bytes] = []
    packer = Packer(lambda _, block: blocks.append(block))
    for record in records:
        packer.add(record)
    return packer.finish()[0], blocks


def _head(record: Record, voice: int, block: int, at: int, end: int) -> Head:
    return Head(
        line=record.line,
        place=record.place,
        voice=voice,
        title=record.title,
        ids=record.ids,
        published=record.published,
        listed=record.listed,
        header_day=record.header_day,
        url=record.url,
        upvotes=record.upvotes,
        fingerprint=record.fingerprint,
        digest=record.digest,
        complete=record.complete,
        names=record.names,
        has_abstract=record.has_abstract,
        listing=record.listing,
        at=at,
        end=end,
        block=block,
    )


class Home:
    """One dump: what its heads share, and where their bodies are.

    `fetch` gives a block of bodies by its number.
    """

    __slots__ = ("_fetch", "_number", "digest", "name", "voices")

    def __init__(
        self,
        name: str,
        digest: bytes,
        voices: list[tuple[str, str]],
        fetch: Callable[[int], bytes],
    ) -> None:
        self.name = name
        self.digest = digest
        self.voices = voices
        self._fetch = fetch
        self._number = next(_numbers)

    def details(self, body: Body) -> Details:
        """The texts of one of its records."""
        block = _blocks.get((self._number, body.block), self._fetch)
        return _body_of(memoryview(block)[body.at : body.end])


def unpacked(
    name: str, digest: bytes, packed_heads: bytes, fetch: Callable[[int], bytes]
) -> list[Head]:
    """The heads of a dump, at home in it."""
    found = _decode(packed_heads)
    home = Home(name, digest, found.voices, fetch)
    for head in found.heads:
        head.home = home
    return found.heads


class _Blocks:
    """The blocks that were used last, as many as fit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._held: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    def get(self, key: tuple[int, int], fetch: Callable[[int], bytes]) -> bytes:
        """A block by home and number, fetched if it is not held."""
        block = self._held.get(key)
        if block is not None:
            self._held.move_to_end(key)
            return block
        block = self._held[key] = fetch(key[1])
        self._bytes += len(block)
        while self._bytes > self._most and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self._bytes -= len(gone)
        return block


_decode = msgspec.msgpack.Decoder(Packed).decode
_numbers = count()
_blocks = _Blocks(_BYTES_HELD)
