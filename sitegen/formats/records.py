"""From entries to records: the loop that readers share, and what is said along the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from .. import clean
from ..config.limits import Limits, lift
from ..errors import Problem, Severity
from ..model import Record

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


def within(record: Record, limits: Limits) -> tuple[Record, tuple[Problem, ...]]:
    """A record as the limits allow it, and what was taken from it.

    A title that is too long is none: it is an abstract, or a page. Of an abstract and of authors
    the first ones stay.
    """
    title, abstract, authors = record.title, record.abstract, record.authors
    if (
        len(title) <= limits.title
        and len(abstract) <= limits.abstract
        and len(authors) <= limits.authors
    ):
        return record, ()
    said: list[Problem] = []

    def say(what: str, name: str) -> None:
        hint = f"correct the entry, or {lift(name)}"
        said.append(put_out(record.file, record.line, f"{what}: {beginning(title)}", hint))

    if len(title) > limits.title:
        say(f"a title of {len(title):,} characters is none, and becomes no paper", "title")
        record = msgspec.structs.replace(record, title="")
    if len(abstract) > limits.abstract:
        say(f"an abstract of {len(abstract):,} characters was cut", "abstract")
        kept = abstract[: limits.abstract].rpartition(" ")[0] or abstract[: limits.abstract]
        record = msgspec.structs.replace(record, abstract=f"{kept} …")
    if len(authors) > limits.authors:
        say(f"of {len(authors):,} authors the first {limits.authors:,} were read", "authors")
        record = msgspec.structs.replace(record, authors=authors[: limits.authors])
    return record, tuple(said)


class _Lacking:
    """What the records of a dump lack.

    A record without a title is a warning of its own. Records without an abstract are one warning
    for the dump, at the line of the first: there are formats in which most have none.
    """

    def __init__(self, name: str) -> None:
        self.said: list[Problem] = []
        self._name = name
        self._number = 0
        self._first: list[Record] = []

    def noted(self, record: Record) -> Record:
        """The record; where it has no title, `said` tells of it then."""
        if record.title:
            if not record.abstract and record.listing:
                self._number += 1
                if len(self._first) < _LINES_SHOWN:
                    self._first.append(record)
            return record
        message = "an entry without a title becomes no paper"
        self.said.append(
            put_out(self._name, record.line, message, "add the title, or remove the entry")
        )
        return record

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
