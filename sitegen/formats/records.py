"""From entries to records: the loop that readers share, and what is said along the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from .. import clean
from ..errors import Problem, Severity
from ..model import Record

# The longest titles of papers have some 400 characters; what is longer is an abstract, or a page.
LONGEST_TITLE = 1_000

_LINES_SHOWN = 3

Complain = Callable[[str], None]


class _Entry(Protocol):
    """What a document is taken apart into: it has a line."""

    @property
    def line(self) -> int: ...


_E = TypeVar("_E", bound=_Entry)


class Nothing(NamedTuple):
    """What is said of a dump without any record."""

    message: str
    hint: str
    severity: Severity | None = None  # without one an error where something broke
    may_be_empty: bool = False  # nothing is said where nothing broke


class Remark(NamedTuple):
    """What is to be said of a document, which is not broken for it."""

    line: int
    message: str
    hint: str


def records(
    entries: Iterable[_E | Problem | Remark],
    record: Callable[[_E, int, Complain], Record | None],
    name: str,
    nothing: Nothing | None = None,
) -> Iterator[Record | Problem]:
    """A record for each entry, problems where they arise, and behind them what the records lack.

    `record` makes it of an entry, its place and a function to complain to, or gives None for an
    entry that is no paper. A dump without records is a problem, an error where something broke.
    """
    place = 0
    broken = False
    said: list[str] = []
    lacking = _Lacking(name)
    for entry in entries:
        if isinstance(entry, Problem):
            broken = True
            yield entry
            continue
        if isinstance(entry, Remark):
            yield put_out(name, *entry)
            continue
        made = record(entry, place, said.append)
        if said:
            for message in said:
                yield put_out(name, entry.line, message)
            said.clear()
        if made is None:
            continue
        place += 1
        yield lacking.noted(made)
        if lacking.said:
            yield from lacking.said
            lacking.said.clear()
    yield from lacking.summary(place)
    if place == 0 and nothing is not None:
        yield from _said(nothing, name, broken=broken)


def _said(nothing: Nothing, name: str, *, broken: bool) -> Iterator[Problem]:
    if broken or not nothing.may_be_empty:
        severity = nothing.severity or ("error" if broken else "warning")
        said = put_out(name, 0, nothing.message, nothing.hint)
        yield msgspec.structs.replace(said, severity=severity)


def checked(items: Iterable[Record | Problem], name: str) -> Iterator[Record | Problem]:
    """Records that are made already, and behind them what they lack; see `records`."""
    lacking = _Lacking(name)
    total = 0
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        total += 1
        yield lacking.noted(item)
        if lacking.said:
            yield from lacking.said
            lacking.said.clear()
    yield from lacking.summary(total)


class _Lacking:
    """What the records of a dump lack.

    A record without a title is a warning of its own; so is one whose title is no title, and is
    taken from it. Records without an abstract are one warning for the dump, at the line of the
    first: there are formats in which most have none.
    """

    def __init__(self, name: str) -> None:
        self.said: list[Problem] = []
        self._name = name
        self._number = 0
        self._first: list[Record] = []

    def noted(self, record: Record) -> Record:
        """The record, without what is no title; what is wrong with its title is in `said` then."""
        if 0 < len(record.title) <= LONGEST_TITLE:
            if not record.abstract and record.listing:
                self._number += 1
                if len(self._first) < _LINES_SHOWN:
                    self._first.append(record)
            return record
        message, hint = "an entry without a title becomes no paper", "add the title"
        if record.title:
            length, shown = len(record.title), beginning(record.title)
            message = f"a title of {length:,} characters is none, and becomes no paper: {shown}"
            hint = "correct the title"
        self.said.append(put_out(self._name, record.line, message, f"{hint}, or remove the entry"))
        return msgspec.structs.replace(record, title="")

    def summary(self, total: int) -> Iterator[Problem]:
        """How many of so many records have no abstract."""
        if self._first:
            yield _without_abstract(self._first, self._number, total, self._name)


def _without_abstract(first: list[Record], number: int, total: int, name: str) -> Problem:
    if number == 1:
        message = f"no abstract: {beginning(first[0].title)}"
    else:
        lines = ", ".join(str(record.line) for record in first)
        more = "" if number == len(first) else ", …"
        message = f"{number} of {total} records have no abstract (lines {lines}{more})"
    hint = "their papers are shown with title and authors; another dump may have the abstract"
    return put_out(name, first[0].line, message, hint)


def beginning(text: str, length: int = 60) -> str:
    """The beginning of a text in quotation marks, fit for a message."""
    short = clean.title(text[: 4 * length])
    return f"“{short[:length].rstrip()}…”" if len(short) > length else f"“{short}”"


def put_out(name: str, line: int, message: str, hint: str = "") -> Problem:
    """A warning about one entry."""
    return Problem(
        file=name, line=line, message=message, hint=hint or "correct the entry, or capture it again"
    )
