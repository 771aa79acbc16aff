"""Dates in words."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen import dates

DAY = date(2026, 8, 8)


def test_forms():
    assert dates.day_long(DAY) == "Saturday 8 August 2026"
    assert dates.day_full(DAY) == "8 August 2026"
    assert dates.day_short(DAY) == "8 Aug 2026"
    assert dates.day_month(DAY) == "Saturday 8 August"
    assert dates.month_name(DAY) == "August"
    assert dates.month_year(DAY) == "August 2026"
    assert dates.weekday_letter(DAY) == "S"


def test_every_month_and_day_of_the_week():
    assert [dates.month_name(date(2026, month, 1)) for month in range(1, 13)] == [
        date(2026, month, 1).strftime("%B") for month in range(1, 13)
    ]
    days = [date(2026, 8, day) for day in range(1, 8)]
    assert [dates.day_long(day).split()[0] for day in days] == [f"{day:%A}" for day in days]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (DAY, DAY, "8 August 2026"),
        (DAY, date(2026, 8, 11), "8 to 11 August 2026"),
        (date(2026, 7, 30), DAY, "30 July to 8 August 2026"),
        (date(2025, 12, 30), DAY, "30 December 2025 to 8 August 2026"),
        (None, DAY, "8 August 2026"),
        (None, None, "no date"),
    ],
)
def test_spans_say_once_what_agrees(first, last, said):
    assert dates.span(first, last) == said
