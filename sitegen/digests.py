"""Digests of what sitegen itself made, by which it sees that something is as it was.

XXH3 with 128 bits (https://xxhash.com), forty times as fast as a cryptographic digest: nobody
gains by making two texts with one of these. Where a digest names something that comes from
outside or that stays for years (a dump, a paper's address), a cryptographic one is taken.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from xxhash import xxh3_128_digest as digest_of

__all__ = ["digest_of", "digest_of_parts", "digest_of_values"]

DIGEST_BYTES = 16


def digest_of_parts(*parts: bytes | str | int | None) -> bytes:
    """The digest of some facts, each kept apart from its neighbour."""
    found: list[bytes] = []
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        found += len(data).to_bytes(4), data
    return digest_of(b"".join(found))


def digest_of_values(values: Iterable[object]) -> bytes:
    """The digest of values that msgspec can encode."""
    return digest_of(msgspec.msgpack.encode(list(values), order="deterministic"))
