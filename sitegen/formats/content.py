"""The content of one dump, as its reader sees it: bytes, text or a stream of lines.

Comes in: a way to open the file. Goes out: decoded text with one kind of line end and no
byte-order mark. UTF-8 is expected; UTF-16 and UTF-32 are known by their byte-order marks, UTF-16
without one by the zero bytes of its first two characters (RFC 4627, section 3); a line that is not
UTF-8 is read as Windows-1252 and reported as a problem. LF, CRLF and CR end a line, so that `text`
and `lines` count alike.

`lines` and `open` need little memory, however large the dump is; `data` and `text` hold all of it
and refuse what is larger than `limits.whole` says.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import BinaryIO

from ..config.limits import DEFAULT, MB, Limits, lift
from ..errors import InputError, Problem

HEAD_BYTES = 65_536

# No entry of any format is longer; what is read line by line needs no more memory than this.
LONGEST_LINE = 16 * 1024 * 1024

# Of a file in another encoding every line is bad: the first ones say enough.
_REPORTED_LINES = 10

_BLOCK = 1 << 18

# What compression adds to a name: the name before it says what is inside.
_PACKED_ENDINGS = (".gz", ".zst", ".xz", ".bz2")

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Content:
    """What a dump holds. `problems` collects what had to be guessed while decoding.

    A reader that takes a dump as a whole holds it several times over while it works, hence
    `limits.whole`.
    """

    def __init__(
        self, name: str, open_binary: Callable[[], BinaryIO], limits: Limits = DEFAULT
    ) -> None:
        self.name = name
        self.limits = limits
        self.problems: list[Problem] = []
        self._bad_lines: set[int] = set()
        self._cut_lines: set[int] = set()
        self._open = open_binary

    @classmethod
    def of(cls, data: bytes | str, name: str = "dump", limits: Limits = DEFAULT) -> Content:
        """Content held in memory (small files, tests)."""
        raw = data.encode() if isinstance(data, str) else data
        return cls(name, lambda: io.BytesIO(raw), limits)

    @property
    def bare_name(self) -> str:
        """The name of what is inside: "papers.csv" for "papers.csv.gz"."""
        ending = next((one for one in _PACKED_ENDINGS if self.name.lower().endswith(one)), "")
        return self.name[: len(self.name) - len(ending)]

    def open(self) -> BinaryIO:
        """The bytes, unpacked, as a fresh stream."""
        return self._open()

    @cached_property
    def data(self) -> bytes:
        """All bytes at once. Raises InputError for more than `limits.whole`."""
        return self._whole()

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
        """The whole as text: one line end, no byte-order mark; bad lines as Windows-1252.

        Raises InputError for more than `limits.whole`.
        """
        whole = self._whole()
        try:
            return _one_line_end(whole.decode(_encoding(whole)))
        except UnicodeDecodeError:
            return "\n".join(line for _, line in self.lines())

    def lines(self) -> Iterator[tuple[int, str]]:
        """Line numbers (from 1) and lines without their ends, as a stream.

        Of a line longer than LONGEST_LINE comes the beginning, with a problem.
        """
        with self._open() as stream:
            encoding = _encoding(stream.read(4))
        number = 0
        with self._open() as stream:
            for block, cut in _whole_lines(_blocks(stream, encoding)):
                if cut:
                    self._report_cut(number + 1)
                raw = block if number else block.removeprefix(codecs.BOM_UTF8)
                try:
                    lines = raw.decode().split("\n")
                except UnicodeDecodeError:
                    lines = [
                        self._decode(line, at)
                        for at, line in enumerate(raw.split(b"\n"), number + 1)
                    ]
                yield from enumerate(lines, number + 1)
                number += len(lines)

    def _whole(self) -> bytes:
        most = self.limits.whole
        with self._open() as stream:
            data = stream.read(most * MB + 1)
        if len(data) > most * MB:
            raise InputError(
                f"larger than {most:,} MB, and of a format that is read as a whole",
                file=self.name,
                hint=f"split it, convert it to JSON lines, or {lift('whole')}",
            )
        return data

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

    def _report_cut(self, number: int) -> None:
        if number in self._cut_lines:
            return
        self._cut_lines.add(number)
        if len(self._cut_lines) <= _REPORTED_LINES:
            message = f"a line longer than {LONGEST_LINE >> 20} MB was cut"
            hint = "break the line, or remove it"
            self.problems.append(Problem(file=self.name, line=number, message=message, hint=hint))


def _blocks(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The stream in blocks, in UTF-8 as far as its encoding is known to be another."""
    decode = None
    if encoding not in {"utf-8", "utf-8-sig"}:
        decode = codecs.getincrementaldecoder(encoding)(errors="replace").decode
    while block := stream.read(_BLOCK):
        yield decode(block).encode("utf-8", "replace") if decode else block
    if decode:
        yield decode(b"", final=True).encode("utf-8", "replace")


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """One or more whole lines at a time, LF between them and none at the end.

    The flag says that it is one line of which only the beginning is here.
    """
    parts: list[bytes] = []
    size = 0
    half = b""  # a CR at the end of a block, which may be half of a CRLF
    skipping = False
    for block in blocks:
        data = half + block
        half = b"\r" if data.endswith(b"\r") else b""
        data = one_line_end(data[: len(data) - len(half)])
        end = data.find(b"\n") if skipping else data.rfind(b"\n")
        if skipping:
            if end < 0:
                continue
            skipping = False
            data = data[end + 1 :]
            end = data.rfind(b"\n")
        if end >= 0:
            parts.append(data[:end])
            yield b"".join(parts), False
            parts, size = [], 0
        parts.append(data[end + 1 :])
        size += len(parts[-1])
        if size > LONGEST_LINE:
            yield _beginning(b"".join(parts)), True
            parts, size, skipping = [], 0, True
    if any(parts) or (half and not skipping):
        yield b"".join(parts), False


def _beginning(line: bytes) -> bytes:
    """As much of a line as is read, cut at a blank."""
    cut = line[:LONGEST_LINE]
    blank = cut.rfind(b" ")
    return cut[:blank] if blank > 0 else cut.decode("utf-8", "ignore").encode()


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def one_line_end(data: bytes) -> bytes:
    """LF in place of CRLF and of CR."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _encoding(start: bytes) -> str:
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if marked is not None:
        return marked
    zeros = tuple(byte == 0 for byte in start[:4])
    if zeros == (False, True, False, True):
        return "utf-16-le"
    return "utf-16-be" if zeros == (True, False, True, False) else "utf-8"
