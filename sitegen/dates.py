"""Dates in words. English for now: whoever brings another language replaces this module."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

_kept = lru_cache(maxsize=4096)


@_kept
def day_long(day: date) -> str:
    """Tuesday 18 August 2026."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


@_kept
def day_full(day: date) -> str:
    """18 August 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@_kept
def day_short(day: date) -> str:
    """18 Aug 2026."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


@_kept
def day_month(day: date) -> str:
    """Tuesday 18 August."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def month_name(day: date) -> str:
    """August."""
    return MONTHS[day.month - 1]


def month_year(day: date) -> str:
    """August 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_letter(day: date) -> str:
    """The first letter of the day of the week: "T" on a Tuesday."""
    return WEEKDAYS[day.weekday()][0]


def span(first: date | None, last: date | None) -> str:
    """18 to 21 August 2026; the parts that agree are said once."""
    if first is None or last is None:
        return day_full(last) if last else "no date"
    if first == last:
        return day_full(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_full(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_full(last)}"
    return f"{day_full(first)} to {day_full(last)}"
