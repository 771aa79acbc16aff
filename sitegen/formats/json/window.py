"""A window on a JSON text that moves over a stream and grows to the longest value.

The standard library's decoder decodes one value at a position and says where it ends; a value
that the window's end cuts is tried again with more of the stream.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from ...config.limits import DEFAULT
from ..content import one_line_end
from ..records import beginning
from . import literals, nesting
from .pieces import Readable

CHUNK = 1024 * 1024
LONGEST_VALUE = 16 * 1024 * 1024

_SPACE = re.compile(r"\s*+")
_ESCAPED = re.compile("[\udc80-\udcff]")
# How far before the window's end an error may stand that more text would mend.
_NEAR_END = 2_048
_TRIMMED_AT = 8_192
# What may be scanned in vain while looking for the next whole object: as much as the longest
# value, four times. Text without an end could be scanned from each of its characters.
_PATIENCE = 4 * LONGEST_VALUE
_COST_OF_DEPTH = 100_000  # characters scanned by an attempt that was nested too deeply


def _integer(digits: str) -> int | str:
    """An integer; as text where Python refuses to convert so many digits."""
    return int(digits) if len(digits) <= 300 else digits


DECODER = json.JSONDecoder(strict=False, parse_int=_integer)


class BrokenError(ValueError):
    """No value can be read here; the message says why, `position` where in the window."""

    hint = ""

    def __init__(self, message: str, position: int, cost: int = 0, *, at_end: bool = False) -> None:
        super().__init__(message)
        self.position = position
        self.cost = cost
        self.at_end = at_end  # the text ends within the value


class TooDeepError(BrokenError):
    """More values within each other than are allowed."""

    hint = nesting.HINT


class Window:
    """`text` is what is in the window, `position` where reading stands in it."""

    def __init__(self, stream: Readable, line: int = 1, deepest: int = DEFAULT.nesting) -> None:
        self.text = ""
        self._deepest = deepest
        self.position = 0
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._ended = False
        self._line = line  # at `_counted`
        self._counted = 0
        self._patience = _PATIENCE
        self._said: list[tuple[int, str]] = []
        self._mended = False

    def more(self) -> bool:
        """Take in as much again; what was read goes. False at the end of the stream."""
        while not self._ended:
            raw = self._stream.read(max(CHUNK, len(self.text) - self.position))
            if raw.endswith(b"\r"):  # perhaps half of a line's end
                raw += self._stream.read(1)
            raw = one_line_end(raw)
            self._ended = not raw
            fresh = self._decoder.decode(raw, final=self._ended)
            if fresh:
                self._take_in(fresh)
                return True
        return False

    def _take_in(self, fresh: str) -> None:
        self.line()
        kept = self.text[self.position :]
        if not fresh.isascii() and _ESCAPED.search(fresh):
            self._say_encoding(kept, fresh)
            fresh = _ESCAPED.sub(_windows_1252, fresh)
        self.text = kept + fresh
        self._counted = self.position = 0

    def _say_encoding(self, kept: str, fresh: str) -> None:
        found = _ESCAPED.search(fresh)
        if found is not None and not self._mended:
            line = self._line + kept.count("\n") + fresh.count("\n", 0, found.start())
            self._said.append((line, "not UTF-8; read as Windows-1252"))
            self._mended = True

    def say(self, message: str) -> None:
        """Something about the present line that `said` will tell."""
        self._said.append((self.line(), message))

    def said(self) -> Iterator[tuple[int, str]]:
        """Lines and messages about the decoding of the stream, each once."""
        while self._said:
            yield self._said.pop(0)

    def line(self, position: int | None = None) -> int:
        """The line of a position; of the present one without one."""
        if self._counted < self.position:
            self._line += self.text.count("\n", self._counted, self.position)
            self._counted = self.position
        if position is None or position <= self.position:
            return self._line
        return self._line + self.text.count("\n", self.position, position)

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            space = _SPACE.match(self.text, self.position)
            if space is not None:
                self.position = space.end()
            if self.position < len(self.text):
                return self.text[self.position]
            if not self.more():
                return ""

    def skip(self) -> None:
        """Over the character that `peek` gave."""
        self.position += 1

    def refuse(self, message: str) -> NoReturn:
        """Raise BrokenError for what stands here."""
        raise BrokenError(message, self.position, at_end=self.position >= len(self.text))

    def value(self) -> Any:
        """The value that begins here; the window then stands behind it. Raises BrokenError."""
        found, self.position = self._decoded()
        return found

    def element(self) -> Any:
        """The same for a value in JSON or in Python's notation; keys that repeat are told."""
        found, end = self._either()
        if self.text.count('"title"', self.position, end) > 1:
            for key in repeated(self.text[self.position : end]):
                self.say(f"{beginning(key)} stands twice; the last one counts")
        self.position = end
        return found

    def find(self, start: re.Pattern[str], wanted: Callable[[object], bool]) -> bool:
        """Move on to where a whole value that is wanted begins; False when there is none.

        `start` matches what stands before a value, up to its beginning.
        """
        self.position = min(self.position + 1, len(self.text))
        while self._patience > 0:
            found = start.search(self.text, max(0, self.position - 1))
            if found is None:
                self.position = max(self.position, len(self.text) - _NEAR_END)
                if not self.more():
                    return False
                continue
            self.position = found.end()
            self._trim()
            try:
                value, end = self._either()
            except BrokenError as broken:
                self._patience -= max(broken.cost, 64)
                self.position += 1
                continue
            if wanted(value):
                return True
            self.position = end
        self.say("too much is broken here: the rest was not read")
        return False

    def end(self) -> None:
        """Read no further."""
        self.position, self._ended = len(self.text), True

    def _trim(self) -> None:
        """What was read goes; an error takes time for all the text that stands before it."""
        if self.position > _TRIMMED_AT:
            self.line()
            self.text = self.text[self.position :]
            self._counted = self.position = 0

    def _either(self) -> tuple[Any, int]:
        if literals.begins(self.text, self.position):
            return self._literal()
        return self._decoded()

    def _decoded(self) -> tuple[Any, int]:
        """The value at `position`, and where it ends; the window may move, not the place in it."""
        while True:
            try:
                found, end = DECODER.raw_decode(self.text, self.position)
            except json.JSONDecodeError as error:
                cut = error.pos >= len(self.text) - _NEAR_END or error.msg.startswith("Untermin")
                if cut and self._grow():
                    continue
                where = max(self.position, min(error.pos, len(self.text)))
                cost = (len(self.text) if cut else where) - self.position
                at_end = error.msg.startswith("Untermin") or where >= len(self.text.rstrip())
                raise BrokenError(error.msg[:80], where, cost, at_end=at_end) from error
            except RecursionError as error:
                raise self._too_deep() from error
            except ValueError as error:
                raise BrokenError(str(error)[:80], self.position, _COST_OF_DEPTH) from error
            if end == len(self.text) and self._grow():
                continue  # a number may go on
            if self._is_too_deep(end):
                raise self._too_deep()
            return found, end

    def _is_too_deep(self, end: int) -> bool:
        opened = sum(self.text.count(bracket, self.position, end) for bracket in "[{")
        if opened <= self._deepest:
            return False
        written = self.text[self.position : end].encode("utf-8", "replace")
        return nesting.is_too_deep(written, self._deepest)

    def _too_deep(self) -> TooDeepError:
        return TooDeepError(nesting.too_deep(self._deepest), self.position, _COST_OF_DEPTH)

    def _literal(self) -> tuple[Any, int]:
        while True:
            try:
                found = literals.read(self.text, self.position, self._deepest)
                if found is not None:
                    return found
            except literals.TooDeepError:
                raise self._too_deep() from None
            except ValueError as error:
                raise BrokenError(str(error), self.position, literals.LARGEST) from error
            if not self._grow():
                cost = len(self.text) - self.position
                raise BrokenError("no Python literal", len(self.text), cost, at_end=True)

    def _grow(self) -> bool:
        return len(self.text) - self.position < LONGEST_VALUE and self.more()


def repeated(text: str) -> list[str]:
    """The keys that stand twice in one object of a well-formed value."""
    twice: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(known := dict(pairs)) < len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(name for name in known if names.count(name) > 1)
        return known

    try:
        json.loads(text, strict=False, object_pairs_hook=note, parse_int=str)
    except (ValueError, RecursionError):
        return []
    return list(dict.fromkeys(twice))[:8]


def _windows_1252(found: re.Match[str]) -> str:
    """The character of a byte that was not UTF-8."""
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")
