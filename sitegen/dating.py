"""The day of a listing: which of several dates is taken, and what is said about it.

Pure: the clock comes in as `today`. The order of precedence: a date given on the command line or
pinned in the name; the day that the record carries; an ISO date in the file's name; the date in
the dump's header, its year from the name, from `year`, or the most recent one in which the date
is not in the future; none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, TypeVar

import msgspec

from .errors import Problem
from .heads import AnyRecord, Head
from .model import Record, Value

R = TypeVar("R", Record, Head)

# How a message says that the clock was used.
GUESSED = "the header's date has no year"

_ISO = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_PINNED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_pinned_")
_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)[0-9]{2})(?![0-9A-Za-z])")
_ARCHIVE = re.compile(r"(?:^|/)([^/]*\.zip)/", re.IGNORECASE)  # as `dumps` names members
_HEADER = re.compile(r"(?:([0-9]{4})|-)-([0-9]{2})-([0-9]{2})")


class DayRule(Value, frozen=True, kw_only=True):
    """How days are found: the options and settings that bear on it, and the clock."""

    today: date  # serves to guess a year, nothing else
    given: date | None = None  # --date
    year: int | None = None  # --year or [dumps] year
    day: Literal["listed", "published"] = "listed"


def iso_date(text: str) -> date | None:
    """The first ISO date in a text that is a day of the calendar."""
    for found in _ISO.finditer(text):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        if day is not None:
            return day
    return None


def pinned_date(name: str) -> date | None:
    """The date that `import --date` wrote into a file's name; it outranks all others."""
    for part in (_base(name), _archive(name)):
        found = _PINNED.match(part)
        if found:
            return iso_date(found[1])
    return None


class Settling:
    """The days of one dump's records, one after the other; what must be said comes at the end."""

    def __init__(self, name: str, rule: DayRule) -> None:
        self._name = name
        self._base = _base(name)
        self._rule = rule
        self._fixed = rule.given or pinned_date(name)
        self._named = _named_date(name)
        self._headers: dict[str, date | None] = {}
        self._problems: list[Problem] = []
        self._total = self._undated = 0
        self._first_undated = 0  # its line
        self._published = False  # whether an undated one has its day of publication
        if not self._named and not self._fixed and _ISO.search(self._base):
            self._problems.append(
                Problem(
                    file=name,
                    line=0,
                    message="the date in the file's name is no day of the calendar",
                    hint="rename the file, or give --date YYYY-MM-DD",
                )
            )

    def settled(self, record: R) -> R:
        """The record with its final `listed`; one that is no listing has none."""
        if not record.listing:
            return msgspec.structs.replace(record, listed=None, header_day="")
        self._total += 1
        day = self._day_of(record)
        if day is None:
            self._first_undated = self._first_undated if self._undated else record.line
            self._undated += 1
            self._published = self._published or record.published is not None
        if day is not record.listed or record.header_day:
            record = msgspec.structs.replace(record, listed=day, header_day="")
        return record

    def _day_of(self, record: AnyRecord) -> date | None:
        if self._fixed is not None:
            return self._fixed
        if self._rule.day == "published":
            return record.published
        day = record.listed or self._named
        header = record.header_day
        if day is None and header:
            if header not in self._headers:
                self._headers[header] = _header_day(
                    record, self._base, self._name, self._rule, self._problems
                )
            day = self._headers[header]
        return day

    def problems(self) -> tuple[Problem, ...]:
        """What must be said about the days of the records so far."""
        if not self._undated:
            return tuple(self._problems)
        undated = Problem(
            file=self._name,
            line=self._first_undated,
            message=_undated_message(self._undated, self._total, self._rule),
            hint=_undated_hint(self._rule, published=self._published),
        )
        return (*self._problems, undated)


def settle(
    records: Iterable[R], name: str, rule: DayRule
) -> tuple[tuple[R, ...], tuple[Problem, ...]]:
    """The records of one dump with their final `listed`, and what must be said about it."""
    days = Settling(name, rule)
    settled = tuple(map(days.settled, records))
    return settled, days.problems()


def _undated_message(undated: int, total: int, rule: DayRule) -> str:
    what = "no publication date" if rule.day == "published" else "no date"
    if undated == total:
        listings = "listing goes" if total == 1 else f"{total} listings go"
        return f"{what}: its {listings} to the undated page"
    return f"{what} for {undated} of its {total} listings: to the undated page with them"


def _undated_hint(rule: DayRule, *, published: bool) -> str:
    """An export that is no daily list is better shown by the days of publication."""
    hint = "import the file with --date YYYY-MM-DD"
    if rule.day == "listed" and published:
        hint += ', or set day = "published" under [dumps] in site.toml'
    return hint


def _header_day(
    record: AnyRecord, base: str, name: str, rule: DayRule, problems: list[Problem]
) -> date | None:
    """The day of the header above a record, which is the first to have it."""

    def warn(message: str, hint: str) -> None:
        problems.append(Problem(file=name, line=record.line, message=message, hint=hint))

    parts = _HEADER.fullmatch(record.header_day)
    month, day = (int(parts[2]), int(parts[3])) if parts else (0, 0)
    in_name = _YEAR.search(base) or _YEAR.search(_archive(name))
    year = int(parts[1]) if parts and parts[1] else int(in_name[1]) if in_name else rule.year
    if year is not None:
        found = _day(year, month, day)
        if found is None:
            warn(
                f"the header's date is no day of {year}: {record.header_day}",
                "give --date YYYY-MM-DD",
            )
        return found
    # Eight years back holds a 29 February, even across 1900 or 2100.
    guesses = (_day(rule.today.year - back, month, day) for back in range(9))
    found = next((guess for guess in guesses if guess and guess <= rule.today), None)
    if found is None:
        warn(f"the header's date is no day: {record.header_day}", "give --date YYYY-MM-DD")
    else:
        warn(
            f"{GUESSED}; {found.isoformat()} was taken",
            "pin it: sitegen import, --year, or [dumps] year in site.toml",
        )
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named_date(name: str) -> date | None:
    """The date in a file's name; for an archive's member, else that in the archive's name."""
    return iso_date(_base(name)) or iso_date(_archive(name))


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _archive(name: str) -> str:
    """The name of the archive that a member is in; "" where there is none."""
    found = _ARCHIVE.search(name)
    return found[1] if found else ""
