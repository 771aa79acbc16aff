"""Reads index cards: a `@@paper` line, then `Name: value` lines, then a blank line."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import clean
from sitegen.errors import Problem
from sitegen.identity import arxiv_id
from sitegen.model import Record
from sitegen.readers import Content

NAME = "cards"
LABEL = "Index cards (@@paper)"


def sniff(head: str, name: str) -> int:
    """Certain of a file that begins with a card."""
    return 100 if head.lstrip().startswith("@@paper\n") else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record a card; a line that is no field is a problem."""
    place = 0
    begun = 0
    fields: dict[str, str] = {}
    for number, line in [*content.lines(), (0, "@@paper")]:
        if line == "@@paper":
            if fields:
                yield _record(fields, name, begun, place)
                place += 1
            begun, fields = number, {}
        elif ": " in line:
            key, _, value = line.partition(": ")
            fields[key.lower()] = clean.text(value)
        elif line:
            yield Problem(file=name, line=number, message="no field", hint="write “Name: value”")


def _record(fields: dict[str, str], name: str, line: int, place: int) -> Record:
    arxiv = arxiv_id(fields.get("arxiv", ""))
    return Record(
        file=name,
        line=line,
        place=place,
        source="Index cards",
        title=fields.get("title", ""),
        authors=tuple(filter(None, fields.get("by", "").split(" and "))),
        abstract=fields.get("about", ""),
        ids={"arxiv": arxiv} if arxiv else {},
    )
