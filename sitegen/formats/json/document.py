"""A JSON document that is more than lines: a list, an object, or several in a row.

Comes in: a stream of bytes. Goes out: the objects that may be papers, each with its line, and
problems. Lists are looked for below keys, and objects below their ids, some levels deep. Behind a
break, reading goes on with the next whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from ...config.limits import DEFAULT
from ...errors import Problem
from ..records import beginning
from . import literals
from .pieces import Readable
from .window import DECODER, BrokenError, Window

_LOOKED_AT = 3  # elements of a list that may tell that it is one of papers
_NESTED = 3  # objects within objects that are looked through for lists
TITLES = frozenset(("title", "Title", "TITLE", "paper_title", "paperTitle", "paper", "content"))
_OF_A_PAPER = ("authors", "author", "abstract", "summary", "content", "paper")
_OTHER_PAPERS = frozenset({"references", "citations", "related", "cited_by", "versions"})
# An object, or a string that holds one.
_ELEMENT_START = re.compile(r"[\[,\n}]\s{0,100}+(?=\{\s*+[\"']|\"\{\s*+(?:'|\\\"))")


NOTHING_AROUND: Mapping[str, Any] = MappingProxyType({})


class Item(msgspec.Struct, frozen=True):
    """An object of the document. `around` has what stands beside the list that it is in."""

    line: int
    value: Any
    around: Mapping[str, Any] = NOTHING_AROUND


class Document:
    """A document that is more than lines: a list, an object, or several in a row."""

    def __init__(
        self,
        stream: Readable,
        name: str,
        line: int = 1,
        nesting: int = DEFAULT.nesting,
        *,
        cut_hint: str = "capture the file again",
    ) -> None:
        self._window = Window(stream, line, nesting)
        self._name = name
        self._cut_hint = cut_hint
        self._found = 0
        self._over = False  # the rest was given up
        self._around: Mapping[str, Any] = NOTHING_AROUND  # the list that broke off

    def items(self) -> Iterator[Item | Problem]:
        """The objects in their order, problems where they arise."""
        window = self._window
        while start := window.peek():
            try:
                if start == "[":
                    window.skip()
                    yield from self._list(self._around)
                elif start == "{":
                    yield from self._top()
                elif start == '"' and window.position:  # an element of a list that broke before it
                    yield from self._element(self._around)
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
        below_ids = {} if is_paper(members) else members
        papers = [
            Item(line, {"id": key, **value})
            for key, value in below_ids.items()
            if isinstance(value, dict) and is_paper(value)
        ]
        yield from papers or [Item(line, members, self._around)]

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
        """A list below a key: yielded when one of its first elements is a paper, else kept."""
        window = self._window
        window.skip()
        self._around = around
        elements: list[Any] = []
        lines: list[int] = []
        while (start := window.peek()) != "]":
            if start == ",":
                window.skip()
                continue
            if len(elements) >= _LOOKED_AT:
                elements.append(window.value())
                continue
            lines.append(window.line())
            elements.append(window.element())
            if is_paper(object_of(elements[-1])):
                for line, element in zip(lines, elements, strict=True):
                    yield from self._taken(element, line, around)
                yield from self._list(around)
                self._around = NOTHING_AROUND
                return []
        window.skip()
        self._around = NOTHING_AROUND
        return elements

    def _list(self, around: Mapping[str, Any]) -> Iterator[Item | Problem]:
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
            try:
                yield from self._element(around)
            except BrokenError as broken:
                if not (yield from self._after(broken)):
                    return
            yield from self._undecoded()
        window.skip()

    def _element(self, around: Mapping[str, Any]) -> Iterator[Item | Problem]:
        line = self._window.line()
        yield from self._taken(self._window.element(), line, around)

    def _taken(
        self, element: Any, line: int, around: Mapping[str, Any]
    ) -> Iterator[Item | Problem]:
        """An element of a list of papers."""
        for one in papers_in(element, line, self._name, around):
            self._found += isinstance(one, Item)
            yield one

    def _after(self, broken: BrokenError) -> Generator[Item | Problem, None, bool]:
        """The problem; then the window stands on the next paper, or this is False."""
        line = self._window.line(broken.position)
        onward = self._window.find(_ELEMENT_START, lambda value: is_paper(object_of(value)))
        hint = "the papers before and after it were read" if onward else self._cut_hint
        said = "cut off here" if broken.at_end and not onward else str(broken)
        yield problem(self._name, line, f"broken JSON: {said}", broken.hint or hint)
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
    return isinstance(value, dict) and not TITLES.isdisjoint(value)


def papers_in(
    element: Any, line: int, name: str, around: Mapping[str, Any] = NOTHING_AROUND
) -> Iterator[Item | Problem]:
    """The objects that an element of a list is or holds."""
    value = object_of(element)
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield Item(line, one, around)
        else:
            what = f"a text: {beginning(one)}" if isinstance(one, str) else "no object"
            yield problem(name, line, f"an element that is {what} was left out")


def _belongs(key: str, members: Mapping[str, Any]) -> bool:
    """Whether a list below a key is a paper's own, and not the list that the document is about."""
    if not is_paper(members) or "jsonfeed.org" in str(members.get("version")):
        return False
    return key in _OTHER_PAPERS or any(member in members for member in _OF_A_PAPER)


def object_of(value: Any) -> Any:
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
