"""The content of one dump, as its reader sees it: bytes, text or a stream of lines.

Comes in: a way to open the file. Goes out: decoded text with one kind of line end and no
byte-order mark. UTF-8 is expected; UTF-16 and UTF-32 are known by their byte-order marks; a line
that is not UTF-8 is read as Windows-1252 and reported as a problem.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import BinaryIO

from ..errors import Problem

HEAD_BYTES = 65_536

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Content:
    """What a dump holds. `problems` collects what had to be guessed while decoding."""

    def __init__(self, name: str, open_binary: Callable[[], BinaryIO]) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._open = open_binary

    @classmethod
    def of(cls, data: bytes | str, name: str = "dump") -> Content:
        """Content held in memory (tests, standard input, members of archives)."""
        raw = data.encode() if isinstance(data, str) else data
        return cls(name, lambda: io.BytesIO(raw))

    def open(self) -> BinaryIO:
        """The raw bytes as a fresh stream."""
        return self._open()

    @cached_property
    def data(self) -> bytes:
        """All bytes at once."""
        with self._open() as stream:
            return stream.read()

    @cached_property
    def head(self) -> str:
        """The beginning (64 KiB) as text, for recognizing the format."""
        with self._open() as stream:
            start = stream.read(HEAD_BYTES)
        encoding = _encoding(start)
        return start.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def text(self) -> str:
        """The whole as text: one line end, no byte-order mark; bad lines as Windows-1252."""
        encoding = _encoding(self.data)
        try:
            decoded = self.data.decode(encoding)
        except UnicodeDecodeError:
            decoded = "".join(line + "\n" for _, line in self.lines())
        return decoded.replace("\r\n", "\n").replace("\r", "\n")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Line numbers (from 1) and lines without their ends, as a stream."""
        with self._open() as stream:
            encoding = _encoding(stream.read(4))
        if encoding not in {"utf-8", "utf-8-sig"}:
            with self._open() as stream, io.TextIOWrapper(stream, encoding, "replace") as wide:
                yield from ((number, line.rstrip("\n")) for number, line in enumerate(wide, 1))
            return
        with self._open() as stream:
            for number, raw in enumerate(stream, 1):
                line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
                yield number, self._decode(line.rstrip(b"\r\n"), number)

    def _decode(self, raw: bytes, number: int) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.problems.append(
                Problem(
                    file=self.name,
                    line=number,
                    message="not UTF-8; read as Windows-1252",
                    hint="save the file as UTF-8",
                )
            )
            return raw.decode("cp1252", errors="replace")


def _encoding(start: bytes) -> str:
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
