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
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from ...errors import Problem
from ..common import beginning
from ..content import LONGEST_LINE, Content
from .document import Document, Item, is_paper, problem
from .window import repeated

__all__ = ["Item", "items", "sample"]

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LINES_LOOKED_AT = 20


def items(content: Content, name: str) -> Iterator[Item | Problem]:
    """The objects in their order, problems where they arise."""
    with _utf8(content) as stream:
        if _in_lines(content.head):
            yield from _lines(stream, name)
        else:
            yield from Document(stream, name).items()


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
    if start.startswith(_WIDE) or b"\0" in start:
        return io.BytesIO(content.text.encode("utf-8", "replace"))
    return content.open()


def _in_lines(head: str) -> bool:
    """Whether each line is an object of its own: at least two lines, and most of them look so."""
    start = head.lstrip("\ufeff \t\n")
    if not start or start[0] == "[":
        return False
    lines = [line.strip() for line in start[: start.rfind("\n") + 1].split("\n")]
    told = [line for line in lines if line][:_LINES_LOOKED_AT]
    whole = sum(1 for line in told if line[0] == "{" and line[-1] == "}")
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
                    yield problem(
                        name, number, f"{beginning(key)} stands twice; the last one counts"
                    )
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
    yield from Document(
        stream, name, number, cut_hint="the lines before and after it were read"
    ).items()
