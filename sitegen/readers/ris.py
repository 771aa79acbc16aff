"""RIS: lines of a tag, two blanks, a hyphen, a blank and a value.

A record begins with `TY` and ends with `ER`; a line without a tag goes on with the value before
it. The tags: https://en.wikipedia.org/wiki/RIS_(file_format), which collects what the programs that
write them mean by them. This module takes lines apart itself: the library for the format, rispy,
tells no lines, loses a record whose `ER` is missing, and runs it together with the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from .. import clean
from ..errors import Problem
from ..formats import days, plain_values
from ..formats.addresses import web_address
from ..formats.content import Content
from ..formats.identifiers import add_any, add_id
from ..formats.people import display_name
from ..formats.records import Complain, Nothing, beginning, put_out, records
from ..model import Record

NAME = "ris"
LABEL = "RIS (Zotero, EndNote, PubMed, publishers)"
SOURCE = "RIS"

_NOTHING = Nothing("no records in this RIS", "a record begins with a line “TY  - …”")

_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?:[ \t](.*)|\s*$)")
_START = re.compile(r"(?m)^\ufeff?TY {1,2}-[ \t]+\S.*\n+(?:[A-Z][A-Z0-9] {1,2}-|\s)")
_RECORD_NUMBER = re.compile(r"\d+\.")

_TITLES = ("TI", "T1", "CT", "BT", "ST")
_ABSTRACTS = ("AB", "N2")
_PEOPLE = ("AU", "A1")
_DAYS = ("DA", "Y1", "PY")
_VENUES = ("JF", "T2", "JO", "JA", "J2", "BT")
_ADDRESSES = ("UR", "LK", "L2")
_MAY_HOLD_IDS = ("DO", "UR", "L2", "LK", "L1", "M1", "M3", "N1", "AN")
# Embase leaves out the comma of "Adler, D.G."
_INITIALS_LAST = re.compile(r"^([^,.]*[^,.\s])\s+((?:[^\W\d_]\.[ -]?)+)$")
_LONGEST_VALUE = 1_000_000
_MOST_VALUES = 20_000


@dataclass(slots=True)
class _Entry:
    """The tags of one record, each with its values in their order."""

    line: int
    kind: str
    values: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""
    count: int = 0

    def add(self, tag: str, value: str) -> None:
        self.last = tag
        self.count += 1
        if self.count <= _MOST_VALUES:
            self.values.setdefault(tag, []).append(value[:_LONGEST_VALUE])

    def go_on(self, line: str) -> None:
        """A line without a tag belongs to the value before it."""
        values = self.values.get(self.last)
        if values and len(values[-1]) < _LONGEST_VALUE:
            values[-1] = f"{values[-1]}\n{line}".strip()

    def first(self, tags: tuple[str, ...]) -> str:
        """The first value of the first of these tags that has any."""
        for tag in tags:
            for value in self.values.get(tag, ()):
                if value.strip():
                    return value
        return ""

    def all(self, tags: tuple[str, ...]) -> Iterator[str]:
        for tag in tags:
            yield from self.values.get(tag, ())


def sniff(head: str, name: str) -> int:
    """By a line with `TY` before all other tags."""
    del name
    if head.lstrip("\ufeff \t\n")[:1] in {"{", "[", "<"}:
        return 0
    first = next((line for line in head.split("\n") if _TAG.match(line.lstrip("\ufeff"))), "")
    if not first.lstrip("\ufeff").startswith("TY"):
        return 0
    return 90 if _START.search(head) else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each `TY`, with the line where that stands."""
    return records(_entries(content, name), partial(_record, name), name, _NOTHING)


def _entries(content: Content, name: str) -> Iterator[_Entry | Problem]:
    entry: _Entry | None = None
    told = False  # of tags outside of a record, once for each run of them
    for number, line in content.lines():
        tag = _TAG.match(line)
        if tag is None:
            if entry is not None and line.strip():
                entry.go_on(line.strip())
            continue
        name_of_tag, value = tag[1], (tag[2] or "").strip()
        if name_of_tag in {"TY", "ER"}:
            if entry is not None and name_of_tag == "TY":
                yield put_out(name, entry.line, "a record without an “ER” line at its end")
            if entry is not None:
                yield _without_number(entry)
            entry, told = (_Entry(number, value) if name_of_tag == "TY" else None), False
        elif entry is not None:
            entry.add(name_of_tag, value)
        elif not told:
            told = True
            message = "tags without a “TY” line before them were left out"
            yield put_out(name, number, message, _NOTHING.hint)
    if entry is not None:
        yield put_out(name, entry.line, "the last record has no “ER” line: the file may be cut off")
        yield entry


def _without_number(entry: _Entry) -> _Entry:
    """Without the number of the next record, which some programs put before its `TY`."""
    values = entry.values.get(entry.last)
    if values:
        before, _, last = values[-1].rpartition("\n")
        if _RECORD_NUMBER.fullmatch(last):
            values[-1] = before
    return entry


def _record(name: str, entry: _Entry, place: int, complain: Complain) -> Record:
    tags = (word for value in entry.all(("KW",)) for word in plain_values.words(value))
    url = next((web for value in entry.all(_ADDRESSES) if (web := _address(value))), "")
    return Record(
        file=name,
        line=entry.line,
        place=place,
        source=SOURCE,
        title=clean.title(entry.first(_TITLES)),
        ids=_ids(entry),
        authors=_people(entry),
        abstract=clean.text(_longest(entry)),
        published=_published(entry, complain),
        url=url,
        pdf=next((web for value in entry.all(("L1",)) if (web := _address(value))), ""),
        venue=clean.title(entry.first(_VENUES)),
        tags=tuple(dict.fromkeys(word.lstrip("*") for word in tags)),
    )


def _longest(entry: _Entry) -> str:
    """The abstract: repeated tags are its paragraphs, two tags two versions of it."""
    return max(("\n\n".join(entry.values.get(tag, ())) for tag in _ABSTRACTS), key=len)


def _people(entry: _Entry) -> tuple[str, ...]:
    names = (display_name(_INITIALS_LAST.sub(r"\1, \2", value)) for value in entry.all(_PEOPLE))
    return tuple(dict.fromkeys(name for name in names if name))


def _published(entry: _Entry, complain: Complain) -> date | None:
    """The most exact of the dates; of those that are years, the first."""
    written = [value for value in entry.all(_DAYS) if value.strip(" /")]
    found = next((days.day(value) for value in written if days.is_exact(value)), None)
    if found is None:
        months = [value for value in written if days.day(value) and not value.strip(" /").isdigit()]
        found = next((day for value in [*months, *written] if (day := days.day(value))), None)
    if found is None and written:
        complain(f"{beginning(written[0], 40)} is no date")
    return found


def _address(value: str) -> str:
    return next((web for part in value.split() if (web := web_address(part.rstrip(";,")))), "")


def _ids(entry: _Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in entry.all(("DO",)):
        add_id(found, "doi", value)
    for value in entry.all(_MAY_HOLD_IDS):
        if "arxiv" in value.casefold():
            for word in value.split()[:50]:
                add_id(found, "arxiv", word)
    for value in entry.all(_ADDRESSES):
        for word in value.split()[:10]:
            add_any(found, word)
    return found
