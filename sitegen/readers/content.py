"""The content of one dump, as its reader sees it: bytes, text or a stream of lines.

Comes in: a way to open the file. Goes out: decoded text with one kind of line end and no
byte-order mark. UTF-8 is expected; UTF-16 and UTF-32 are known by their byte-order marks, UTF-16
without one by the zero bytes of its first two characters (RFC 4627, section 3); a line that is not
UTF-8 is read as Windows-1252 and reported as a problem. LF, CRLF and CR end a line, so that `text`
and `lines` count alike.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import BinaryIO

from ..errors import Problem

HEAD_BYTES = 65_536

# No entry of any format is longer; what is read line by line needs no more memory than this.
LONGEST_LINE = 16 * 1024 * 1024

# Of a file in another encoding every line is bad: the first ones say enough.
_REPORTED_LINES = 10

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
        self._bad_lines: set[int] = set()
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
        # Incremental: a character that the end cuts in two is left out, not replaced.
        decoder = codecs.getincrementaldecoder(_encoding(start))(errors="replace")
        return _one_line_end(decoder.decode(start))

    @cached_property
    def text(self) -> str:
        """The whole as text: one line end, no byte-order mark; bad lines as Windows-1252."""
        try:
            return _one_line_end(self.data.decode(_encoding(self.data)))
        except UnicodeDecodeError:
            return "\n".join(line for _, line in self.lines())

    def lines(self) -> Iterator[tuple[int, str]]:
        """Line numbers (from 1) and lines without their ends, as a stream."""
        with self._open() as stream:
            encoding = _encoding(stream.read(4))
        if encoding not in {"utf-8", "utf-8-sig"}:
            with self._open() as stream, io.TextIOWrapper(stream, encoding, "replace") as wide:
                yield from ((number, line.rstrip("\n")) for number, line in enumerate(wide, 1))
            return
        number = 0
        with self._open() as stream:
            while raw := stream.readline(LONGEST_LINE):
                if len(raw) == LONGEST_LINE and not raw.endswith(b"\n") and b"\r" not in raw:
                    raw = self._cut(raw, stream, number + 1)
                whole = raw if number else raw.removeprefix(codecs.BOM_UTF8)
                whole = whole.removesuffix(b"\n").removesuffix(b"\r")
                for line in whole.split(b"\r") if b"\r" in whole else (whole,):
                    number += 1
                    yield number, self._decode(line, number)

    def _cut(self, raw: bytes, stream: BinaryIO, number: int) -> bytes:
        """The beginning of a line that is too long, up to a blank; the rest of it is skipped."""
        while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        cut = Problem(
            file=self.name,
            line=number,
            message="a line longer than 16 MB was cut",
            hint="break the line, or remove it",
        )
        if cut not in self.problems:  # the file may be read a second time
            self.problems.append(cut)
        return raw[: raw.rfind(b" ") + 1] or raw

    def _decode(self, raw: bytes, number: int) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self._report(number)
            return raw.decode("cp1252", errors="replace")

    def _report(self, number: int) -> None:
        if number in self._bad_lines:  # the file is read a second time
            return
        self._bad_lines.add(number)
        if len(self._bad_lines) > _REPORTED_LINES:
            return
        more = "; further ones are not listed" if len(self._bad_lines) == _REPORTED_LINES else ""
        self.problems.append(
            Problem(
                file=self.name,
                line=number,
                message=f"not UTF-8; read as Windows-1252{more}",
                hint="save the file as UTF-8",
            )
        )


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _encoding(start: bytes) -> str:
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if marked is not None:
        return marked
    zeros = tuple(byte == 0 for byte in start[:4])
    if zeros == (False, True, False, True):
        return "utf-16-le"
    return "utf-16-be" if zeros == (True, False, True, False) else "utf-8"
