"""A JSON document that is more than lines: a list, an object, or several in a row.

Comes in: a stream of bytes. Goes out: the objects that may be papers, each with its line, and
problems. Lists are looked for below keys, and objects below their ids, some levels deep. Behind a
break, reading goes on with the next whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

from ...errors import Problem
from ..common import beginning
from . import literals
from .window import DECODER, BrokenError, Window

_NESTED = 3  # objects within objects that are looked through for lists
_TITLES = ("title", "Title", "TITLE", "paper_title", "paperTitle", "paper", "content")
_OF_A_PAPER = ("authors", "author", "abstract", "summary", "content", "paper")
_OTHER_PAPERS = frozenset({"references", "citations", "related", "cited_by", "versions"})
_ELEMENT_START = re.compile(r"[\[,\n}]\s*+(?=\{\s*+[\"'])")


class Item(NamedTuple):
    """An object of the document. `around` has what stands beside the list that it is in."""

    line: int
    value: dict[str, Any]
    around: Mapping[str, Any] = MappingProxyType({})


class Document:
    """A document that is more than lines: a list, an object, or several in a row."""

    def __init__(
        self, stream: BinaryIO, name: str, line: int = 1, cut_hint: str = "capture the file again"
    ) -> None:
        self._window = Window(stream, line)
        self._name = name
        self._cut_hint = cut_hint
        self._found = 0
        self._over = False  # the rest was given up

    def items(self) -> Iterator[Item | Problem]:
        """The objects in their order, problems where they arise."""
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
        if before != self._found:
            return
        if is_paper(members):
            yield Item(line, members)
        else:
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
            if not start and self._over:
                return members
            key = window.value() if start == '"' else None
            if not isinstance(key, str) or window.peek() != ":":
                window.refuse("a name and a colon are expected")
            if key in members:
                window.say(f"{beginning(key)} stands twice; the last one counts")
            window.skip()
            start = window.peek()
            if start == "[" and not _belongs(key, members):
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
                self._over = True
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
            self._over = True
        return onward

    def _undecoded(self) -> Iterator[Problem]:
        """What the window has to say since it was asked last."""
        for line, message in self._window.said():
            yield problem(self._name, line, message)


def is_paper(value: object) -> bool:
    """Whether an object may be a paper: it has a title, or holds what has one."""
    return isinstance(value, dict) and any(key in value for key in _TITLES)


def _belongs(key: str, members: Mapping[str, Any]) -> bool:
    """Whether a list below a key is a paper's own, and not the list that the document is about."""
    if not is_paper(members):
        return False
    return key in _OTHER_PAPERS or any(member in members for member in _OF_A_PAPER)


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
