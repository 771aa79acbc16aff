"""A bundle: pages that are made together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

import msgspec

from ..model import Value
from ..pages import Page


class Bundle(Value, frozen=True, kw_only=True):
    """A group of pages with one digest of all that they show.

    `facts` is that digest, of data alone; whoever builds adds what renders it, by `kinds`.
    `make` gives the pages; it is called only when something changed. `size` is about how many
    pages that are, `paths` promises nothing.
    """

    name: str
    facts: bytes
    kinds: frozenset[str]
    size: int
    make: Callable[[], Iterator[Page]]


def facts(*parts: bytes | str | int | None) -> bytes:
    """The digest of some facts, each kept apart from its neighbour."""
    digest = blake2b(digest_size=12)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        digest.update(len(data).to_bytes(4))
        digest.update(data)
    return digest.digest()


def facts_of(values: Iterable[object]) -> bytes:
    """The digest of values that msgspec can encode."""
    return blake2b(
        msgspec.msgpack.encode(list(values), order="deterministic"), digest_size=12
    ).digest()
