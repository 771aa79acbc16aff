from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.i18n.messages import english
from sitegen.model import Day, Entry, Listing, Paper
from sitegen.plan.ranking import ranked, reasons

TODAY = date(2026, 5, 8)


def library(*papers):
    """Days of papers given as (key, votes, (days ago, source)…)."""
    made, days = [], {}
    for key, votes, *listed in papers:
        listings = tuple(
            Listing(day=TODAY - timedelta(ago), file="f", line=1, place=n, of=9, nth=n, source=name)
            for n, (ago, name) in enumerate(sorted(listed, reverse=True))
        )
        paper = Paper(
            key=key, path=key, digest=b"", title=key, upvotes=votes, listings=listings
        )  # fmt: skip
        made.append(paper)
        for listing in listings:
            days.setdefault(listing.day, {})[key] = Entry(paper=paper, listings=(), new=True)
    return tuple(Day(date=day, entries=tuple(days[day].values())) for day in sorted(days))


def names(days, length, most=0, last=TODAY):
    return [one.paper.key for one in ranked(days, last, length, most)]


def test_votes_lists_and_days_raise_a_paper_and_age_lowers_it():
    days = library(
        ("plain", None, (0, "a")),
        ("voted", 40, (0, "a")),
        ("twice", None, (0, "a"), (1, "a")),
        ("both", None, (0, "a"), (0, "b")),
        ("old", 40, (6, "a")),
    )
    assert names(days, 7) == ["voted", "old", "both", "twice", "plain"]
    assert names(days, 7, most=2) == ["voted", "old"]
    assert names(days, 1) == ["voted", "both", "twice", "plain"]
    assert names(days, 30)[:2] == ["voted", "old"]


def test_the_score_is_what_the_documentation_says():
    (one,) = ranked(library(("p", 7, (7, "a"), (2, "b"), (0, "a"))), TODAY, 7)
    assert (one.days, one.sources, one.votes) == (3, 2, 7)
    assert one.score == pytest.approx((1 + math.log2(8) + 2 + 2) / 2)
    assert list(reasons(one, english())) == ["7 votes", "listed on 3 days", "in 2 lists"]


def test_only_the_days_up_to_the_last_count():
    days = library(("p", None, (3, "a"), (0, "b")), ("q", None, (2, "a")), ("new", 90, (1, "a")))
    then = TODAY - timedelta(days=2)
    (first, second) = ranked(days, then, 7)
    assert (first.paper.key, second.paper.key) == ("q", "p")
    assert (second.days, second.sources) == (1, 1)


def test_equal_scores_stand_by_birth_then_place():
    days = library(("b", None, (0, "a")), ("a", None, (0, "a")), ("c", -5, (0, "a")))
    assert names(days, 7) == ["a", "b", "c"]


@given(st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 10**6)), max_size=20))
def test_a_shorter_period_holds_no_paper_that_a_longer_one_lacks(given_):
    days = library(*[(f"{n}", votes, (ago, "a")) for n, (ago, votes) in enumerate(given_)])
    assert set(names(days, 1)) <= set(names(days, 7)) <= set(names(days, 30))
    assert len(names(days, 30)) == sum(ago < 30 for ago, _ in given_)
