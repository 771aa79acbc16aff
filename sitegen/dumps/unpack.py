"""Compressed files as streams of what is inside: gzip, zstd, xz, bzip2, known by their first bytes.

Comes in: an open file. Goes out: a stream of the unpacked bytes that ends where the file is
damaged, says so, and refuses to grow without bounds (InputError). Formats: RFC 1952 (gzip),
RFC 8878 (Zstandard), tukaani.org/xz/xz-file-format.txt, sourceware.org/bzip2.
"""

from __future__ import annotations

import bz2
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from ..config.limits import DEFAULT, MB, Limits, lift
from ..errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Text is packed to a fifth, lists that repeat themselves to a thirtieth; a bomb to a thousandth.
MOST_GROWTH = 100
_GROWTH_COUNTS_FROM = 64 * 1024**2
# What a file may ask for to be unpacked with: the strongest settings in use ask for half of it.
_XZ_MEMORY = 160 * 1024**2
_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 27}

START = 512  # as many bytes are needed to know a packing
_BLOCK = 1 << 17

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\0", "xz"),
    *((b"BZh%d1AY&SY" % level, "bzip2") for level in range(1, 10)),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
_TAR = (257, b"ustar")

_SPLIT = "if it holds papers nevertheless, unpack it and split it"

DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zstd.ZstdError)


class _Decompressor(Protocol):
    """What the standard library's decompressors have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """zlib's decompressor with the others' way to ask for a bounded number of bytes."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max(max_length, 0))


_DECOMPRESSORS: dict[str, Callable[[], _Decompressor]] = {
    "gzip": _Gzip,
    "zstd": lambda: zstd.ZstdDecompressor(options=_ZSTD_WINDOW),
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
    "bzip2": bz2.BZ2Decompressor,
}
STREAMS = frozenset(_DECOMPRESSORS)


def packing(start: bytes) -> str:
    """How a file with this beginning is packed: one of STREAMS, "zip", "tar", "7z", "rar" or ""."""
    if start[_TAR[0] :].startswith(_TAR[1]):
        return "tar"
    return next((kind for magic, kind in _MAGIC if start.startswith(magic)), "")


def too_large(limits: Limits) -> InputError:
    """What is said of a dump that is larger than it may be."""
    return InputError(f"larger than {limits.dump:,} MB", hint=f"split it, or {lift('dump')}")


def unpacked(
    packed: BinaryIO, kind: str, told: Callable[[str], None], limits: Limits = DEFAULT
) -> BinaryIO:
    """The stream of what is inside. `told` hears of damage, at which the stream ends.

    Reading raises InputError where too much would come out.
    """
    return io.BufferedReader(_Unpacked(packed, _DECOMPRESSORS[kind], told, limits), _BLOCK)


class Guarded(io.RawIOBase):
    """A stream of unpacked bytes that ends at damage and is bounded in size and growth."""

    def __init__(self, told: Callable[[str], None], limits: Limits) -> None:
        super().__init__()
        self._told = told
        self._limits = limits
        self._given = 0
        self._ended = False

    def next_bytes(self, most: int) -> bytes:
        """Up to so many bytes; none at the end. May raise DAMAGE."""
        raise NotImplementedError

    def consumed(self) -> int:
        """How many packed bytes were taken so far, or will be."""
        raise NotImplementedError

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; see io.RawIOBase."""
        if self._ended:
            return 0
        try:
            data = self.next_bytes(len(buffer))
        except DAMAGE as error:
            self.end_at_damage(str(error))
            return 0
        self._given += len(data)
        if self._given > self._limits.dump * MB:
            raise too_large(self._limits)
        if self._given > max(_GROWTH_COUNTS_FROM, MOST_GROWTH * self.consumed()):
            raise InputError(f"it unpacks to more than {MOST_GROWTH} times its size", hint=_SPLIT)
        buffer[: len(data)] = data
        return len(data)

    def end_at_damage(self, reason: str) -> None:
        """No more bytes come, and it is said why."""
        self._ended = True
        self._told(reason)


class _Unpacked(Guarded):
    """One or more compressed streams behind each other, as all four formats allow."""

    def __init__(
        self,
        packed: BinaryIO,
        decompressor: Callable[[], _Decompressor],
        told: Callable[[str], None],
        limits: Limits,
    ) -> None:
        super().__init__(told, limits)
        self._packed = packed
        self._new = decompressor
        self._current = decompressor()
        self._taken = 0

    def consumed(self) -> int:
        return self._taken

    def next_bytes(self, most: int) -> bytes:
        fresh = (
            self._current.decompress(b"", most) if self._taken and not self._current.eof else b""
        )
        while not fresh:
            data = self._current.unused_data if self._current.eof else b""
            if self._current.eof:
                data = data.lstrip(b"\0")  # padding between streams and behind the last
                if data or (data := self._read().lstrip(b"\0")):
                    self._current = self._new()
                else:
                    self._ended = True
                    return b""
            else:
                data = self._read()
            fresh = self._current.decompress(data, most)
            if not data and not fresh:
                self.end_at_damage("the file is cut off")
                return b""
        return fresh

    def _read(self) -> bytes:
        data = self._packed.read(_BLOCK)
        self._taken += len(data)
        return data

    def close(self) -> None:
        """Close the packed file as well."""
        self._packed.close()
        super().close()
