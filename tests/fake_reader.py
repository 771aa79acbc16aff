"""A format for tests, without anything that a real one has to get right.

A dump begins with the line `FAKE`; then each line is a JSON object with the fields of a record, or
`{"problem": "…"}`, or `{"raise": "…"}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content

NAME = "fake"
LABEL = "a format for tests"


def sniff(head: str, name: str) -> int:
    return 100 if head.startswith("FAKE") else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    place = 0
    for number, line in content.lines():
        if number == 1:
            continue
        values = json.loads(line)
        if "raise" in values:
            raise RuntimeError(values["raise"])
        if "problem" in values:
            yield Problem(file=name, line=number, message=values["problem"])
            continue
        if "listed" in values:
            values["listed"] = date.fromisoformat(values["listed"])
        yield Record(file=name, line=number, place=place, source="Fake", **values)
        place += 1


def dump(*entries: dict[str, object] | str) -> str:
    """The text of a dump; an entry that is a string is a record of that title."""
    lines = [{"title": entry} if isinstance(entry, str) else entry for entry in entries]
    return "\n".join(["FAKE", *(json.dumps(line) for line in lines)])
