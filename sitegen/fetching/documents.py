"""An answer taken apart into its entries, byte for byte, so that a dump can hold some of them.

Comes in: the bytes of a feed (RSS 1.0 and 2.0, Atom), of a JSON list, of an object that holds one,
or of JSON lines. Goes out: what stands before, the entries, and what stands behind. What is none
of these is one entry. Raises DamagedError for what breaks off.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple
from xml.parsers import expat

import msgspec

from .answers import DamagedError

_ENTRIES: Final = frozenset({"entry", "item"})
_CUT_OFF: Final = frozenset(
    expat.errors.codes[text]
    for text in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_BREAKS_OFF: Final = "the answer breaks off"


class Document(NamedTuple):
    """`head`, the entries with `joint` between them, `tail`; `ending` is what files of it have."""

    head: bytes
    entries: tuple[bytes, ...]
    joint: bytes
    tail: bytes
    ending: str

    def holding(self, entries: Iterable[bytes]) -> bytes:
        """The document with these entries in place of its own."""
        return self.head + self.joint.join(entries) + self.tail


def taken_apart(body: bytes) -> Document:
    """The document that an answer is."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return _feed(body)
    if start in {b"[", b"{"}:
        return _json(body)
    return _whole(body, "txt")


def _whole(body: bytes, ending: str) -> Document:
    return Document(b"", (body,) if body.strip() else (), b"\n", b"", ending)


class _Spans:
    """Where the entries of a feed stand: from the first byte to the one behind the last."""

    def __init__(self, body: bytes) -> None:
        self.spans: list[tuple[int, int]] = []
        self._body = body
        self._open: list[str] = []
        self._begun = -1  # where the entry that is open begins
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(body, True)

    def _start(self, name: str, _: object) -> None:
        # An entry stands in the feed, or in its channel.
        if self._begun < 0 and 1 <= len(self._open) <= 2 and _local(name) in _ENTRIES:
            self._begun = self._parser.CurrentByteIndex
            self._depth = len(self._open)
        self._open.append(name)

    def _end(self, _: str) -> None:
        self._open.pop()
        if self._begun >= 0 and len(self._open) == self._depth:
            at = self._parser.CurrentByteIndex
            closes = self._body.startswith(b"</", at)
            self.spans.append((self._begun, self._body.index(b">", at) + 1 if closes else at))
            self._begun = -1


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _feed(body: bytes) -> Document:
    if b"<!ENTITY" in body[:4096]:  # what an entity holds stands elsewhere than it is read
        return _whole(body, "xml")
    try:
        spans = _Spans(body).spans
    except expat.ExpatError as error:
        if error.code in _CUT_OFF:
            raise DamagedError(_BREAKS_OFF) from error
        return _whole(body, "xml")  # readers take it as it is
    except (ValueError, LookupError):  # an encoding that expat does not know
        return _whole(body, "xml")
    if not spans:
        return Document(body, (), b"\n", b"", "xml")
    entries = tuple(body[start:end] for start, end in spans)
    return Document(body[: spans[0][0]], entries, b"\n", body[spans[-1][1] :], "xml")


def _json(body: bytes) -> Document:
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        value = msgspec.json.decode(body, type=list[msgspec.Raw] | dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        lines = tuple(line for line in body.split(b"\n") if line.strip())
        if len(lines) > 1 and all(map(_is_object, lines[:-1])):
            if _is_object(lines[-1]):
                return Document(b"", lines, b"\n", b"\n", "jsonl")
            raise DamagedError(_BREAKS_OFF) from error
        closed = body.rstrip().endswith((b"]", b"}")) or "trailing" in str(error)
        if "truncated" in str(error) or not closed:
            raise DamagedError(_BREAKS_OFF) from error
        return _whole(body, "json")
    if isinstance(value, list):
        return Document(b"[\n", _bytes(value), b",\n", b"\n]\n", "json")
    lists = {key: found for key, raw in value.items() if (found := _papers(raw))}
    if not lists:
        return _whole(body, "json")
    key = max(lists, key=lambda one: len(lists[one]))
    rest = (msgspec.json.encode(k) + b": " + bytes(raw) for k, raw in value.items() if k != key)
    head = b"{\n" + b"".join(one + b",\n" for one in rest) + msgspec.json.encode(key) + b": [\n"
    return Document(head, lists[key], b",\n", b"\n]}\n", "json")


def _papers(raw: msgspec.Raw) -> tuple[bytes, ...]:
    """The elements of a value that is a list of objects with titles; () for any other."""
    try:
        found = _bytes(msgspec.json.decode(raw, type=list[msgspec.Raw]))
    except msgspec.MsgspecError:
        return ()
    return found if any(one[:1] == b"{" and b'"title"' in one for one in found) else ()


def _bytes(values: Iterable[msgspec.Raw]) -> tuple[bytes, ...]:
    return tuple(bytes(one) for one in values)


def _is_object(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True
