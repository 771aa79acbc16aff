"""The objects of JSON lines, each with its line, decoded into a structure of what is wanted.

Comes in: a dump's content and the structure. Goes out: (line, object) and problems. A field of the
wrong type is left out with a problem, its object stays; a line that cannot be read is a problem.
Objects that stand in a JSON list are read as well, and lines that hold Python's notation
(`{'id': …}`), which are parsed under limits and never evaluated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from ...errors import Problem
from ..common import put_out
from ..content import Content
from .elements import BrokenError, Element, elements

_Wanted = TypeVar("_Wanted", bound=msgspec.Struct)
_MOST_TOLD = 20
_LINES_TRIED = 5


def objects(
    content: Content, name: str, kind: type[_Wanted]
) -> Iterator[tuple[int, _Wanted] | Problem]:
    """Each object with its line, problems where they arise."""
    decode = msgspec.json.Decoder(kind).decode
    unread = 0
    for line, raw in _raw(content, name):
        if isinstance(raw, Problem):
            yield raw
            continue
        try:
            yield line, decode(raw)
            continue
        except (msgspec.MsgspecError, RecursionError, ValueError):
            pass
        try:
            facts = _value(line, raw)
        except BrokenError as broken:
            unread += 1
            if unread <= _MOST_TOLD:
                yield put_out(name, line, f"a line that cannot be read: {broken}")
            continue
        if not isinstance(facts, dict):
            yield put_out(name, line, "a line that holds no object was left out")
            continue
        wrong: list[str] = []
        yield line, _fitting(facts, kind, wrong)
        for field in wrong:
            yield put_out(
                name,
                line,
                f"“{field}” is not what belongs there; what cannot be read of it was left out",
            )
    if unread > _MOST_TOLD:
        yield put_out(name, 0, f"{unread - _MOST_TOLD} more lines that cannot be read")


def _raw(content: Content, name: str) -> Iterator[tuple[int, Any]]:
    if content.head.lstrip()[:1] == "[":
        for element in elements(content, name):
            if isinstance(element, Problem):
                yield element.line, element
            else:
                yield element.line, element.raw
        return
    for line, text in content.lines():
        stripped = text.strip()
        if stripped:
            yield line, stripped


def _value(line: int, raw: bytes | str) -> Any:
    """The line as plain values. Raises BrokenError."""
    data = raw.encode("utf-8", "replace") if isinstance(raw, str) else raw
    if data.startswith(b"{'"):
        data = json.dumps(data.decode("utf-8", "replace")).encode()
    return Element(line, data).value()[0]


def _fitting(facts: dict[str, Any], kind: type[_Wanted], wrong: list[str]) -> _Wanted:
    taken: dict[str, Any] = {}
    for spec in msgspec.structs.fields(kind):
        value = facts.get(spec.encode_name)
        if value is None:
            continue
        for attempt in (value, _texts(value)):
            try:
                taken[spec.name] = msgspec.convert(attempt, spec.type)
                break
            except (msgspec.MsgspecError, RecursionError, ValueError):
                continue
        if taken.get(spec.name) != value:
            wrong.append(spec.encode_name)
    return kind(**taken)


def _texts(value: Any) -> Any:
    """Of a list its texts, and the names of its objects: what is left of a wrong list."""
    if not isinstance(value, list):
        return value
    named = (one.get("name") if isinstance(one, dict) else one for one in value)
    return [one for one in named if isinstance(one, str)]


def first_object(head: str) -> dict[str, Any]:
    """The first object of a file's beginning, for recognizing a format; {} when there is none."""
    start = head.lstrip("\ufeff \t\n[")
    following = start.split("\n", _LINES_TRIED)[1:_LINES_TRIED]
    for line in (start, *map(str.lstrip, following)):  # for the first may be broken
        if line[:1] != "{":
            continue
        try:
            if line.startswith("{'"):
                found = _value(1, line.split("\n", 1)[0])
            else:
                found, _ = json.JSONDecoder().raw_decode(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return {}
