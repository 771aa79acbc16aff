"""The objects of a JSON document, one after the other, whatever its shape and state.

Comes in: a dump's content. Goes out: the objects that may be papers, each with its line, and
problems. Known shapes are JSON lines, a list, lists below a key (`{"papers": […]}`), objects
below their ids (`{"2405.15738": {…}}`), one object alone, and objects without anything between.

Nothing is read whole: lines come one by one, everything else through a window that grows to the
longest object. What is broken is a problem, and reading goes on with the next object that can be
told; so a truncated document yields every whole object. Objects in Python's notation are read as
literals (see `literals`).
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Generator, Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

import msgspec

from ..errors import Problem
from . import literals
from .content import Content
from .json_window import DECODER, BrokenError, Window, repeated

# One line, or one object: an abstract has two thousand characters, a book with its chapters may
# have a million.
LONGEST_LINE = 16 * 1024 * 1024

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NESTED = 3  # objects within objects that are looked through for lists
_TITLES = ("title", "Title", "TITLE", "paper_title", "paperTitle", "paper", "content")
_ELEMENT_START = re.compile(r"[\[,\n}]\s*+(?=\{\s*+[\"'])")
_LINES_LOOKED_AT = 20


class Item(NamedTuple):
    """An object of the document. `around` has what stands beside the list that it is in."""

    line: int
    value: dict[str, Any]
    around: Mapping[str, Any] = MappingProxyType({})


def items(content: Content, name: str) -> Iterator[Item | Problem]:
    """The objects in their order, problems where they arise."""
    with _utf8(content) as stream:
        if _in_lines(content.head):
            yield from _lines(stream, name)
        else:
            yield from _Document(stream, name).items()


def sample(head: str, most: int = 5) -> list[dict[str, Any]]:
    """The first objects of a document whose beginning is given, for recognizing a format."""
    found: list[dict[str, Any]] = []
    if head.lstrip("\ufeff \t\n")[:1] not in {"{", "["}:
        return found
    for item in items(Content.of(head.encode("utf-8", "replace")), "sample"):
        if isinstance(item, Item):
            found.append(item.value)
            if len(found) >= most:
                break
    return found


def _utf8(content: Content) -> BinaryIO:
    """The content as a stream of UTF-8; UTF-16 and UTF-32 are turned into it at once."""
    with content.open() as stream:
        start = stream.read(4)
    if start.startswith(_WIDE):
        return io.BytesIO(content.text.encode("utf-8", "replace"))
    return content.open()


def _in_lines(head: str) -> bool:
    """Whether each line is an object of its own: at least two lines, and most of them look so."""
    start = head.lstrip("\ufeff \t\n")
    if not start or start[0] == "[":
        return False
    lines = [line.strip() for line in start[: start.rfind("\n") + 1].split("\n")]
    told = [line for line in lines if line][:_LINES_LOOKED_AT]
    whole = sum(1 for line in told if line[0] == "{" and line.endswith(("}", "},")))
    rest = start[start.rfind("\n") + 1 :].strip()
    return (len(told) > 1 or (len(told) == 1 and rest[:1] == "{")) and 2 * whole > len(told)


def _lines(stream: BinaryIO, name: str) -> Iterator[Item | Problem]:
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and raw[-1] != 0x0A:
            yield problem(name, number, "a line longer than 16 MB was left out")
            while (more := stream.readline(LONGEST_LINE)) and more[-1] != 0x0A:
                pass
            continue
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            value = msgspec.json.decode(raw)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            value = None
        if is_paper(value):
            if raw.count(b'"title"') > 1:
                for key in repeated(raw.decode()):
                    yield problem(name, number, f"“{key}” stands twice; the last one counts")
            yield Item(number, value)
        elif not raw.isspace():
            yield from _line(raw.strip(), number, name)


def _line(raw: bytes, number: int, name: str) -> Iterator[Item | Problem]:
    """A line that is not simply one object: whatever can be had of it."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        yield problem(name, number, "not UTF-8; read as Windows-1252", "save the file as UTF-8")
        text = raw.decode("cp1252", "replace")
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    yield from _Document(
        stream, name, number, cut_hint="the lines before and after it were read"
    ).items()


class _Document:
    """A document that is more than lines: a list, an object, or several in a row."""

    def __init__(
        self, stream: BinaryIO, name: str, line: int = 1, cut_hint: str = "capture the file again"
    ) -> None:
        self._window = Window(stream, line)
        self._name = name
        self._cut_hint = cut_hint
        self._found = 0

    def items(self) -> Iterator[Item | Problem]:
        window = self._window
        while start := window.peek():
            try:
                if start == "[":
                    window.skip()
                    yield from self._list({})
                elif start == "{":
                    yield from self._top()
                elif start in ",;]}":
                    window.skip()
                else:
                    window.refuse("neither an object nor a list begins here")
            except BrokenError as broken:
                if not (yield from self._after(broken)):
                    return
            yield from self._undecoded()
        yield from self._undecoded()

    def _top(self) -> Iterator[Item | Problem]:
        line, before = self._window.line(), self._found
        around: dict[str, Any] = {}
        members = yield from self._object(around, 0)
        if is_paper(members):
            yield Item(line, members)
            return
        if before == self._found:
            for key, value in members.items():
                if isinstance(value, dict) and is_paper(value):
                    yield Item(line, {"id": key, **value})

    def _object(
        self, around: dict[str, Any], depth: int
    ) -> Generator[Item | Problem, None, dict[str, Any]]:
        """The members of an object; the lists of papers among them are yielded, not kept."""
        window = self._window
        if literals.begins(window.text, window.position):
            found = window.element()
            return found if isinstance(found, dict) else {}
        members: dict[str, Any] = {}
        window.skip()
        while (start := window.peek()) != "}":
            if start == ",":
                window.skip()
                continue
            key = window.value() if start == '"' else None
            if not isinstance(key, str) or window.peek() != ":":
                window.refuse("a name and a colon are expected")
            if key in members:
                window.say(f"“{key}” stands twice; the last one counts")
            window.skip()
            start = window.peek()
            if start == "[" and not is_paper(members):
                members[key] = yield from self._member_list(around)
            elif start == "{" and not is_paper(members) and depth < _NESTED:
                members[key] = yield from self._object(around, depth + 1)
            else:
                members[key] = window.value()
                if isinstance(members[key], str | int):
                    around.setdefault(key, members[key])
        window.skip()
        return members

    def _member_list(self, around: dict[str, Any]) -> Generator[Item | Problem, None, list[Any]]:
        """A list below a key: yielded when its first element is a paper, else kept."""
        window = self._window
        window.skip()
        elements: list[Any] = []
        while (start := window.peek()) != "]":
            if start == ",":
                window.skip()
                continue
            line = window.line()
            element = _object_of(window.element()) if not elements else window.value()
            if not elements and is_paper(element):
                self._found += 1
                yield Item(line, element, around)
                yield from self._list(around)
                return []
            elements.append(element)
        window.skip()
        return elements

    def _list(self, around: dict[str, Any]) -> Iterator[Item | Problem]:
        """The elements up to the end of the list whose bracket was read."""
        window = self._window
        while (start := window.peek()) != "]":
            if not start:
                message = "the list is not closed: the file is cut off"
                yield problem(self._name, window.line(), message, self._cut_hint)
                return
            if start == ",":
                window.skip()
                continue
            line = window.line()
            try:
                value = _object_of(window.element())
            except BrokenError as broken:
                if not (yield from self._after(broken)):
                    return
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    self._found += 1
                    yield Item(line, one, around)
                else:
                    yield problem(self._name, line, "an element that is no object was left out")
            yield from self._undecoded()
        window.skip()

    def _after(self, broken: BrokenError) -> Generator[Item | Problem, None, bool]:
        """The problem; then the window stands on the next paper, or this is False."""
        line = self._window.line(broken.position)
        onward = self._window.find(_ELEMENT_START, is_paper)
        hint = "the papers before and after it were read" if onward else self._cut_hint
        yield problem(self._name, line, f"broken JSON: {broken}", hint)
        if not onward:
            self._window.end()
        return onward

    def _undecoded(self) -> Iterator[Problem]:
        """What the window has to say since it was asked last."""
        for line, message in self._window.said():
            yield problem(self._name, line, message)


def is_paper(value: object) -> bool:
    """Whether an object may be a paper: it has a title, or holds what has one."""
    return isinstance(value, dict) and any(key in value for key in _TITLES)


def _object_of(value: Any) -> Any:
    """An object that stands in a string, as JSON or in Python's notation, or the value itself."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        if literals.begins(text):
            return literals.value(text)
        if text.startswith("{"):
            return DECODER.decode(text)
    except (ValueError, RecursionError):
        pass
    return value


def problem(name: str, line: int, message: str, hint: str = "correct the entry") -> Problem:
    """A warning about one place of the document."""
    return Problem(file=name, line=line, message=message, hint=hint)
