"""Dates of publication as people and programs write them, to days.

Where only a month or a year is known, its first day stands for it: a `Record` has no coarser date.
Which of day and month comes first in `03/04/2024` cannot be known: its year alone is taken.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_YEAR_FIRST = re.compile(
    r"(1[5-9]\d\d|20\d\d|2100)(?:\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?)?(?![\d])"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](1[5-9]\d\d|20\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d.])(1[5-9]\d\d|20\d\d|2100)(?![\d.]\d|\d)")
_WORD = re.compile(r"[A-Za-z]{3,10}")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d|:)")
_LONGEST = 200

# Time stamps: seconds since 1970 from 1990 on, or milliseconds.
_SECONDS = range(631_152_000, 4_102_444_800)


def day(written: Any, month: Any = "") -> date | None:
    """The day that a text or number says; None when it says none. `month` helps a bare year.

    Known are ISO 8601 dates and time stamps, RIS dates (`2019/10//`), names of months in English
    with day and year in any order, bare years, and numbers of (milli)seconds since 1970.
    """
    if isinstance(written, str) and len(written) == 10 and written[4] == "-" == written[7]:
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    found = _parts(written)
    if found is None:
        return None
    year, in_year, in_month = found
    if in_year is None and month:
        in_year, in_month = month_and_day(month)
    try:
        return date(year, in_year or 1, in_month or 1)
    except ValueError:
        return None


def exact(written: str | None) -> date | None:
    """The day of a time stamp, in its own time zone; None where it is not written to the day.

    RFC 3339 ("2025-08-20T00:00:00-04:00"), RFC 5322 ("Mon, 2 Apr 2007 19:18:42 GMT"), and whatever
    else `day` knows.
    """
    found = _parts(written) if written else None
    try:
        return date(found[0], found[1] or 0, found[2] or 0) if found else None
    except ValueError:
        return None


def is_exact(written: Any) -> bool:
    """Whether a date is written to the day."""
    found = _parts(written)
    return found is not None and found[2] is not None


def month_and_day(written: Any) -> tuple[int | None, int | None]:
    """Month and first day of a BibTeX month field: `mar`, `October`, `08--10 Nov`, `12~jan`, 3."""
    text = str(written)[:_LONGEST].strip()
    if text.isdigit():
        return (int(text), None) if 1 <= int(text) <= 12 else (None, None)
    for word in _WORD.finditer(text):
        month = _month(word[0])
        if month:
            # The first number before the name, or the first one behind it.
            numbers = [int(found[1]) for found in _DAY.finditer(text)]
            return month, next((n for n in numbers if 1 <= n <= 31), None)
    return None, None


_Parts = tuple[int, int | None, int | None]  # year, month, day as far as they are said


def _parts(written: Any) -> _Parts | None:
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        return None
    if not isinstance(written, str):
        return _stamp(written)
    text = written[:_LONGEST].strip().lstrip("([{").strip()
    if text.isdigit() and len(text) > 8:
        return _stamp(int(text))
    numbers = _COMPACT.match(text) or _YEAR_FIRST.match(text)
    if numbers is None or (numbers[2] is None and _WORD.search(text)):
        return _year_last(text) or _year_within(text)  # "8 May 2024", "2024 May 8"
    year, month, in_month = (int(part) if part else None for part in numbers.groups())
    return (year, month, in_month or None) if year and 1 <= (month or 1) <= 12 else None


def _year_last(text: str) -> _Parts | None:
    """`28/05/2024` and `05/28/2024`; where both may be the month, there is none."""
    found = _YEAR_LAST.match(text)
    if found is None:
        return None
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    if one == two or (two > 12 >= one):
        return year, one, two
    return (year, two, one) if one > 12 >= two else (year, None, None)


def _year_within(text: str) -> _Parts | None:
    """`8 May 2024`, `May 2024`, `2024 May`, `Published 2024`."""
    found = _YEAR.search(text)
    if found is None:
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    return int(found[1]), *month_and_day(rest)


def _stamp(number: float) -> _Parts | None:
    if number in range(1500, 2101):
        return int(number), None, None
    if not -1e15 < number < 1e15:  # no number at all among them
        return None
    seconds = int(number) if int(number) in _SECONDS else int(number) // 1000
    if seconds not in _SECONDS:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.year, moment.month, moment.day


def _month(word: str) -> int | None:
    folded = word.casefold()
    if folded[:3] in _MONTHS and (len(folded) <= 4 or folded in _NAMES):
        return _MONTHS.index(folded[:3]) + 1
    return _SEASONS.get(folded)


_NAMES = frozenset(
    (
        "january", "february", "march", "april", "june", "july", "august", "september",
        "october", "november", "december",
    )
)  # fmt: skip
