"""The day of a listing: each source of a date, in order of precedence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dating import GUESSED, DayRule, iso_date, pinned_date, settle
from sitegen.model import Record

TODAY = date(2026, 8, 18)
CLOCK = DayRule(today=TODAY)


def record(**fields):
    return Record(**({"file": "f", "line": 9, "place": 0, "source": "s", "title": "T"} | fields))


def day_of(name, rule=CLOCK, **fields):
    """The day of one record in a dump of that name, and what was said."""
    (settled,), problems = settle([record(**fields)], name, rule)
    assert settled.header_day == ""
    return settled.listed, [problem.message for problem in problems]


ALL = {
    "name": "2026-02-02_pinned_2026-03-03.txt",
    "listed": date(2026, 4, 4),
    "header_day": "--05-05",
}


def test_the_order_of_precedence():
    given_ = DayRule(today=TODAY, given=date(2026, 1, 1), year=2020)
    rule = DayRule(today=TODAY, year=2020)
    assert day_of(ALL["name"], given_, listed=ALL["listed"], header_day="--05-05") == (
        date(2026, 1, 1),
        [],
    )
    assert day_of(ALL["name"], rule, listed=ALL["listed"], header_day="--05-05") == (
        date(2026, 2, 2),
        [],
    )
    assert day_of("2026-03-03.txt", rule, listed=ALL["listed"], header_day="--05-05") == (
        date(2026, 4, 4),
        [],
    )
    assert day_of("2026-03-03.txt", rule, header_day="--05-05") == (date(2026, 3, 3), [])
    assert day_of("list-2019.txt", rule, header_day="--05-05") == (date(2019, 5, 5), [])
    assert day_of("list.txt", rule, header_day="--05-05") == (date(2020, 5, 5), [])
    assert day_of("list.txt", CLOCK, header_day="--05-05")[0] == date(2026, 5, 5)
    assert day_of("list.txt", rule)[0] is None


def test_a_header_with_a_year_needs_no_other():
    assert day_of("list-2019.txt", DayRule(today=TODAY, year=2020), header_day="2018-05-05") == (
        date(2018, 5, 5),
        [],
    )


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2025.txt", 2025),
        ("papers_2025.txt", 2025),
        ("may-2025-list.txt", 2025),
        ("list.2025.json", 2025),
        ("2025-05.txt", 2025),
        ("a 1999 b.txt", 1999),
        ("000_0524351512fe0eec.txt", None),
        ("001_26978149535db385.txt", None),
        ("v2025.txt", None),
        ("20250508.txt", None),
        ("2025th.txt", None),
        ("1899.txt", None),
        ("2125.txt", None),
        ("2025/list.txt", None),
    ],
)
def test_a_year_stands_alone_in_the_name_of_the_file(name, year):
    found, said = day_of(name, header_day="--05-08")
    assert found == date(year or 2026, 5, 8)
    assert bool(said) == (year is None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-05-08", date(2025, 5, 8)),
        ("x_2025-05-08.txt", date(2025, 5, 8)),
        ("2025-13-01 or 2025-05-08", date(2025, 5, 8)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-02-29", None),
        ("0000-01-01", None),
        ("12025-05-08", None),
        ("2025-05-081", None),
        ("2025-5-8", None),
        ("٢٠٢٥-٠٥-٠٨", None),
        ("", None),
    ],
)
def test_iso_dates(text, found):
    assert iso_date(text) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2025-05-08_pinned_x.txt", date(2025, 5, 8)),
        ("sub/2025-05-08_pinned_2024-01-01.txt", date(2025, 5, 8)),
        ("2025-05-08_pinned_/x.txt", None),
        ("2025-05-08-pinned.txt", None),
        ("x_2025-05-08_pinned_x.txt", None),
        ("2025-02-30_pinned_x.txt", None),
    ],
)
def test_pinned_names(name, found):
    assert pinned_date(name) == found


@pytest.mark.parametrize(
    ("header", "today", "found"),
    [
        ("--08-18", TODAY, date(2026, 8, 18)),
        ("--08-19", TODAY, date(2025, 8, 19)),
        ("--12-31", date(2026, 1, 1), date(2025, 12, 31)),
        ("--02-29", TODAY, date(2024, 2, 29)),
        ("--02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("--02-29", date(2024, 2, 28), date(2020, 2, 29)),
        ("--02-29", date(2103, 6, 1), date(2096, 2, 29)),
    ],
)
def test_the_guess_is_the_latest_day_that_has_been(header, today, found):
    rule = DayRule(today=today)
    (settled,), (problem,) = settle([record(header_day=header)], "list.txt", rule)
    assert settled.listed == found
    assert problem.severity == "warning"
    assert GUESSED in problem.message
    assert found.isoformat() in problem.message
    assert "--year" in problem.hint
    assert "sitegen import" in problem.hint


@pytest.mark.parametrize(
    ("header", "rule", "says"),
    [
        ("--02-30", CLOCK, "no day: --02-30"),
        ("--02-29", DayRule(today=TODAY, year=2025), "no day of 2025"),
        ("2025-02-30", CLOCK, "no day of 2025"),
        ("0000-05-08", CLOCK, "no day of 0"),
        ("May 8", CLOCK, "no day: May 8"),
    ],
)
def test_an_impossible_header_is_a_warning_and_no_date(header, rule, says):
    found, said = day_of("list.txt", rule, header_day=header)
    assert found is None
    assert len(said) == 2
    assert says in said[0]
    assert "undated page" in said[1]


def test_an_impossible_date_in_the_name_is_a_warning_and_no_date():
    found, said = day_of("2025-02-30.txt")
    assert found is None
    assert "no day of the calendar" in said[0]
    assert "undated page" in said[1]
    # Where another date is given, nobody needs it.
    rule = DayRule(today=TODAY, given=TODAY)
    assert day_of("2025-02-30.txt", rule) == (TODAY, [])


def test_every_warning_says_where_and_what_to_do():
    records = [
        record(line=3, listed=TODAY),
        record(line=5),
        record(line=7),
        record(line=9, header_day="--01-01"),
    ]
    settled, problems = settle(records, "sub/list.txt", CLOCK)
    assert [r.listed for r in settled] == [TODAY, None, None, date(2026, 1, 1)]
    assert [(p.file, p.line) for p in problems] == [("sub/list.txt", 9), ("sub/list.txt", 5)]
    assert "2 of its 4" in problems[1].message
    assert all(p.hint for p in problems)


def test_a_header_is_told_once():
    _, problems = settle([record(header_day="--05-05")] * 80, "list.txt", CLOCK)
    assert len(problems) == 1


def test_an_empty_dump_has_nothing_to_say():
    assert settle([], "list.txt", CLOCK) == ((), ())


def test_days_of_publication():
    rule = DayRule(today=TODAY, day="published")
    published = date(2024, 1, 2)
    both = {"published": published, "listed": date(2025, 1, 1), "header_day": "--05-05"}
    assert day_of("2026-03-03.txt", rule, **both) == (published, [])
    found, said = day_of("2026-03-03.txt", rule, listed=date(2025, 1, 1))
    assert found is None
    assert "no publication date" in said[0]
    # What is pinned outranks it.
    assert day_of("2026-03-03_pinned_x.txt", rule, **both) == (date(2026, 3, 3), [])


days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
names = st.text(alphabet="ab-_.0129/ü", max_size=20)


@given(
    name=names,
    header=st.one_of(st.just(""), days.map(lambda d: f"--{d:%m-%d}"), st.text(max_size=8)),
    listed=st.none() | days,
    today=days,
)
def test_no_record_is_lost_and_no_guess_lies_ahead(name, header, listed, today):
    before = [record(header_day=header, listed=listed), record(place=1)]
    after, problems = settle(before, name, DayRule(today=today))
    assert [r.place for r in after] == [0, 1]
    assert all(r.header_day == "" for r in after)
    if any(GUESSED in problem.message for problem in problems):
        assert after[0].listed <= today
    if listed and not pinned_date(name):
        assert after[0].listed == listed
    undated = [r for r in after if r.listed is None]
    assert bool(undated) == any("undated page" in problem.message for problem in problems)


def test_what_is_no_listing_has_no_day_and_is_not_missed():
    facts = record(listing=False, listed=date(2026, 5, 8))
    for name in ("2026-05-08-facts.jsonl", "2026-05-08_pinned_facts.jsonl", "facts.jsonl"):
        settled, problems = settle([facts], name, DayRule(today=date(2026, 8, 18)))
        assert (settled[0].listed, problems) == (None, ())
