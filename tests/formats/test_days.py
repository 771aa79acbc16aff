from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-08", "2024-05-08"),
        ("2024-05-08T23:59:59Z", "2024-05-08"),
        ("2024-05-08 10:00:00+00:00", "2024-05-08"),
        ("2024/5/8", "2024-05-08"),
        ("2024.05.08", "2024-05-08"),
        ("20240508", "2024-05-08"),
        ("2024-05", "2024-05-01"),
        ("2019/10//undefined", "2019-10-01"),
        ("2019///", "2019-01-01"),
        ("2006//", "2006-01-01"),
        ("2024", "2024-01-01"),
        ("(2024)", "2024-01-01"),
        ("2013a", "2013-01-01"),
        (2024, "2024-01-01"),
        (2024.0, "2024-01-01"),
        ("8 May 2024", "2024-05-08"),
        ("May 8, 2024", "2024-05-08"),
        ("May 8th, 2024", "2024-05-08"),
        ("Wed, 08 May 2024 10:11:12 GMT", "2024-05-08"),
        ("2024 May 8", "2024-05-08"),
        ("Sept. 2024", "2024-09-01"),
        ("Spring 2020", "2020-03-01"),
        ("28/05/2024", "2024-05-28"),
        ("05/28/2024", "2024-05-28"),
        ("05/05/2024", "2024-05-05"),
        ("03/04/2024", "2024-01-01"),
        (1705000000000, "2024-01-11"),
        (1705000000, "2024-01-11"),
        ("1705000000", "2024-01-11"),
        ("10 15", None),
        ("in press", None),
        ("", None),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("12345", None),
        (7, None),
        (-1, None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        (True, None),
        (None, None),
        ([2024], None),
        ("9" * 5_000, None),
    ],
)
def test_day(written: Any, expected: str | None) -> None:
    assert days.day(written) == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("aug", (8, None)),
        ("August", (8, None)),
        ("MAR", (3, None)),
        ("08--10 Nov", (11, 8)),
        ("October 31-November 4", (10, 31)),
        ("12 jan", (1, 12)),
        ("7", (7, None)),
        (3, (3, None)),
        ("0", (None, None)),
        ("13", (None, None)),
        ("marvellous", (None, None)),
        ("", (None, None)),
    ],
)
def test_months(month: Any, expected: tuple[int | None, int | None]) -> None:
    assert days.month_and_day(month) == expected


def test_a_month_helps_a_year_alone() -> None:
    assert days.day("2010", "08--10 Nov") == date(2010, 11, 8)
    assert days.day("2010-03", "Nov") == date(2010, 3, 1)
    assert days.day("2010", "31 feb") is None


def test_exact() -> None:
    assert days.is_exact("2024-05-08")
    assert not days.is_exact("2019/10//undefined")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.binary()), st.text())
def test_anything_at_all(written: Any, month: str) -> None:
    assert days.day(written, month) is None or 1500 <= days.day(written, month).year <= 2100


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_iso_dates_are_themselves(day: date) -> None:
    assert days.day(day.isoformat()) == days.day(f"{day:%Y%m%d}") == day
    assert days.day(f"{day.day} {day:%B} {day.year}") == day


STAMPS = {
    "Mon, 2 Apr 2007 19:18:42 GMT": date(2007, 4, 2),
    "2025-08-20T00:00:00-04:00": date(2025, 8, 20),
    "2025-8-2": date(2025, 8, 2),
    "Tue, 99 Foo 2007": None,
    "2025-13-01": None,
    "soon": None,
    "2025-08": None,
    "2025": None,
    "": None,
}


@pytest.mark.parametrize(("written", "found"), STAMPS.items())
def test_exact_days(written: str, found: date | None) -> None:
    assert days.exact(written) == found
