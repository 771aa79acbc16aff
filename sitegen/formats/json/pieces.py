"""A JSON list to its elements, as bytes that nobody has decoded yet, each with its line.

Comes in: a stream. msgspec finds the elements of what is a whole list, ten times as fast as any
way to decode them; so that memory does not grow with the list, it is given a block at a time, cut
before an object whose first key is that of the list's first object. What cannot be cut in this way
(another shape, a break, a value longer than any paper) is handed back.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator
from typing import NamedTuple, Protocol

import msgspec

from ..content import one_line_end

BLOCK = 1024 * 1024
LONGEST = 16 * 1024 * 1024  # of what is held without a place to cut it
_MOST_TRIES = 20  # the first key may be that of objects within the elements, too

_OPENING = re.compile(rb"\s*+\[(?:\s*+\{\s*+(\"[^\"\\]{1,60}+\")\s*+:)?")
_BEFORE_KEY = re.compile(rb"[}\"\]]\s*+(,)\s*+\{\s*+\Z")
_LONGEST_SPACE = 200
_BETWEEN = re.compile(rb"[\s,]*+")


class Readable(Protocol):
    """What is needed of a stream."""

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, or what there is of them."""


Piece = tuple[int, bytes]  # an element: the line on which it begins, and its JSON


class Rest(NamedTuple):
    """What has been read of a stream and could not be cut, a list's with its bracket again."""

    line: int
    data: bytes


class Behind:
    """A stream again with what was read of it before."""

    def __init__(self, data: bytes, stream: Readable) -> None:
        self._data = data
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """What was read before, then as the stream has it."""
        if self._data:
            data, self._data = self._data, b""
            return data
        return self._stream.read(size)


def pieces(stream: Readable) -> Generator[Piece, None, Rest | None]:
    """The elements of a list, and what else there is; None where that is nothing."""
    rest = _block(stream).removeprefix(codecs.BOM_UTF8)
    opening = _OPENING.match(rest)
    if opening is None:
        return Rest(1, rest)
    begin = rest.index(b"[")
    line = 1 + rest.count(b"\n", 0, begin)
    rest = rest[begin + 1 :]
    ended = False
    while not ended:
        more = _block(stream)
        ended = not more
        rest += more
        found, end = _cut(rest, opening[1], ended=ended)
        if found is not None:
            yield from _with_lines(found, rest, line)
            line += rest.count(b"\n", 0, end)
            rest = rest[end + 1 :]
        elif ended or len(rest) > LONGEST:
            return Rest(line, b"[" + rest)
    return None


def _block(stream: Readable) -> bytes:
    block = stream.read(BLOCK)
    if block.endswith(b"\r"):  # perhaps half of a line's end
        block += stream.read(1)
    return one_line_end(block)


def _cut(data: bytes, key: bytes | None, *, ended: bool) -> tuple[list[msgspec.Raw] | None, int]:
    """The elements that stand whole at the beginning of the data, and where they end."""
    if ended:
        return _elements(b"[" + data), len(data)
    at = len(data)
    for _ in range(_MOST_TRIES if key else 0):
        at = data.rfind(key or b"", 0, at)
        if at < 0:
            break
        before = _BEFORE_KEY.search(data, max(0, at - _LONGEST_SPACE), at)
        if before is None:
            continue
        found = _elements(b"[" + data[: before.start(1)] + b"]")
        if found is not None:
            return found, before.start(1)
    return None, 0


def _elements(document: bytes) -> list[msgspec.Raw] | None:
    try:
        return msgspec.json.decode(document, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _with_lines(found: list[msgspec.Raw], data: bytes, line: int) -> Generator[Piece, None, None]:
    in_lines = b"\n" in data
    position = 0
    for piece in found:
        raw = bytes(piece)
        if in_lines:
            space = _BETWEEN.match(data, position)
            begin = space.end() if space else position
            line += data.count(b"\n", position, begin)
            yield line, raw
            position = begin + len(raw)
            line += data.count(b"\n", begin, position)
        else:
            yield line, raw
