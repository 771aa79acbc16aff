"""The elements of a JSON list, each with its line, whatever state the document is in.

Comes in: a dump's content. Goes out: elements one after the other, as bytes that nobody has
decoded yet, and problems. A whole document is cut by msgspec; a broken or truncated one is walked
through with the standard library's decoder, so that every whole element comes out and the break
is a problem of its line.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from ...errors import Problem
from ..content import Content

# A Python literal in a string: as large and as deep as an item gets, with room to spare.
_LARGEST_LITERAL = 2_000_000
_DEEPEST_LITERAL = 30
# A document that is broken so often is no document; and each attempt may go a thousand levels deep.
_MOST_BREAKS = 1_000

_BETWEEN = re.compile(r"[\s,]*")
_BETWEEN_BYTES = re.compile(rb"[\s,]*")
_LIST_START = re.compile(r"\s*(?:\{[^\[\]]{0,2000}\"(?:data|papers|items|results)\"\s*:\s*)?\[")
_DATE_KEY = re.compile(r"\"date\"\s*:\s*\"([^\"\n]{0,40})\"")
_NEXT_ELEMENT = re.compile(r"[\[,\n]\s*(?=\{\s*\"paper\"\s*:|\"\{\\?['\"]paper)")

_PYTHON_TOKEN = re.compile(
    r"\s+|[,:]|(?P<open>[\[{(])|(?P<close>[\]})])|True\b|False\b|None\b"
    r"|-?\d{1,300}(?:\.\d{1,300})?(?:[eE][-+]?\d{1,3})?"
    r"|'(?:[^'\\\n]|\\.)*+'|\"(?:[^\"\\\n]|\\.)*+\""
)

_LISTS = ("data", "papers", "items", "results")
_EMPTY_STATUS = {"no_data", "empty", "not_found"}


class BrokenError(ValueError):
    """An element that is neither JSON nor a Python literal; the message says why."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its line, its JSON, and the day that the document around it names."""

    line: int
    raw: bytes
    day: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is a string: then it holds the item once more, as text."""
        return self.raw[:1] == b'"'

    def value(self) -> tuple[Any, list[str]]:
        """The element decoded, and the keys that stood twice in one object (the last counts).

        Raises BrokenError.
        """
        twice: list[str] = []

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            known = dict(pairs)
            if len(known) < len(pairs):
                names = [name for name, _ in pairs]
                twice.extend(name for name in known if names.count(name) > 1)
            return known

        try:
            found = json.loads(self.raw, object_pairs_hook=once)
            if isinstance(found, str):
                found = _from_text(found)
        except (ValueError, RecursionError, MemoryError) as error:
            raise BrokenError(_first_line(error)) from error
        return found, twice


def elements(content: Content, name: str) -> Iterator[Element | Problem]:
    """The elements of the document's list in their order, problems where they arise."""
    data = _utf8(content)
    try:
        yield from _cut(data, name)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        yield from _walk(data.decode("utf-8", "replace"), name)


def _utf8(content: Content) -> bytes:
    data = content.data
    try:
        whole = data if data.isascii() else data.decode().removeprefix("\ufeff").encode()
    except UnicodeDecodeError:
        return content.text.encode("utf-8", "replace")
    return whole if b"\0" not in whole[:4] else content.text.encode("utf-8", "replace")


def _cut(data: bytes, name: str) -> Iterator[Element | Problem]:
    """The elements of a well-formed document. Raises before the first one if it is broken."""
    start = data.lstrip()[:1]
    if start == b"[":
        raws, offset, day = msgspec.json.decode(data, type=list[msgspec.Raw]), data.index(b"["), ""
    elif start == b"{":
        wrapper = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        if "paper" in wrapper:
            yield Element(data.count(b"\n", 0, data.index(b"{")) + 1, data)
            return
        day = _text(wrapper.get("date"))
        inner = next((wrapper[key] for key in _LISTS if key in wrapper), None)
        if inner is None or bytes(inner)[:1] != b"[":
            if _text(wrapper.get("status")) not in _EMPTY_STATUS:
                yield _no_list(name)
            return
        raws = msgspec.json.decode(inner, type=list[msgspec.Raw])
        offset = data.index(bytes(inner))
        yield from _count_problem(wrapper.get("count"), len(raws), name)
    else:
        if msgspec.json.decode(data) != 1:  # how some archives store a day without papers
            yield _no_list(name)
        return
    line = 1 + data.count(b"\n", 0, offset)
    position = offset + 1
    for raw in raws:
        piece = bytes(raw)
        between = _BETWEEN_BYTES.match(data, position)
        begin = between.end() if between else position
        line += data.count(b"\n", position, begin)
        yield Element(line, piece, day)
        position = begin + len(piece)
        line += data.count(b"\n", begin, position)


def _walk(text: str, name: str) -> Iterator[Element | Problem]:
    """The whole elements of a broken document, and each break."""
    opening = _LIST_START.match(text)
    position = opening.end() if opening else 0
    dated = _DATE_KEY.search(text, 0, position)
    day = dated[1] if dated else ""
    end_of_text = len(text.rstrip())
    line, counted = 1, 0
    found, breaks = False, 0
    decoder = json.JSONDecoder()
    while True:
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
        line, counted = line + text.count("\n", counted, position), position
        if position >= len(text):
            if not found or opening:
                said = "the list is not closed: the file is cut off"
                yield _broken(name, line, said, last=True, alone=not found)
            return
        if text[position] == "]" and opening:
            following = _NEXT_ELEMENT.search(text, position)
            if following is not None or not breaks:
                last = following is None
                yield _broken(name, line, "the list ends too early", last=last, alone=not found)
                breaks += 1
            if following is None:
                return
            position = following.end()
            continue
        try:
            _, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            where = min(getattr(error, "pos", position), len(text))
            where_line = line + text.count("\n", position, where)
            following = None
            if breaks + 1 < _MOST_BREAKS:
                following = _NEXT_ELEMENT.search(text, max(position, where - 1))
            cut_off = following is None and (where >= end_of_text or "Unterminated" in str(error))
            breaks += 1
            said = "the file is cut off" if cut_off else _first_line(error)
            yield _broken(name, where_line, said, last=following is None, alone=not found)
            if following is None:
                return
            position = following.end()
            continue
        yield Element(line, text[position:end].encode("utf-8", "replace"), day)
        found = True
        position = end


def _from_text(text: str) -> Any:
    """An item in a string: JSON once more, or Python's notation for it."""
    if text.lstrip()[:2] in {'{"', "[{"}:
        try:
            return json.loads(text)
        except ValueError:
            pass
    if len(text) > _LARGEST_LITERAL:
        raise BrokenError("the item is too large")
    depth = deepest = position = 0
    while position < len(text):
        token = _PYTHON_TOKEN.match(text, position)
        if token is None:
            raise BrokenError("the item is no Python literal")
        depth += bool(token["open"]) - bool(token["close"])
        deepest = max(deepest, depth)
        position = token.end()
    if deepest > _DEEPEST_LITERAL:
        raise BrokenError("the item is nested too deeply")
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, TypeError) as error:
        raise BrokenError("the item is no Python literal") from error


def _text(raw: msgspec.Raw | None) -> str:
    try:
        return msgspec.json.decode(raw, type=str) if raw is not None else ""
    except msgspec.MsgspecError:
        return ""


def _count_problem(raw: msgspec.Raw | None, found: int, name: str) -> Iterator[Problem]:
    if raw is not None and bytes(raw).isdigit() and bytes(raw) != str(found).encode():
        yield Problem(
            file=name,
            line=1,
            message=f"the file announces {bytes(raw)[:12].decode()} papers and holds {found}",
            hint="capture it again",
        )


def _no_list(name: str) -> Problem:
    return Problem(
        file=name,
        line=1,
        message="no list of papers in this JSON",
        hint="save the whole answer of /api/daily_papers",
        severity="error",
    )


def _broken(name: str, line: int, message: str, *, last: bool, alone: bool = False) -> Problem:
    """A break in the document; an error when nothing stands before it nor behind."""
    return Problem(
        file=name,
        line=line,
        message=f"broken JSON: {message}",
        hint="capture the file again" if last else "the items before and after it were read",
        severity="error" if last and alone else "warning",
    )


def _first_line(error: BaseException) -> str:
    said = getattr(error, "msg", "") or str(error) or type(error).__name__
    return said.split("\n")[0].split(": line ")[0][:120]
