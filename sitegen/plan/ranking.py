"""Trending: papers ranked by what the dumps know of the interest in them. Pure.

A paper's *interest* is

    1 + log2(1 + votes) + 2 (sources - 1) + (days - 1)

where `votes` are its upvotes (none where no dump tells any), `sources` how many sources listed it
and `days` on how many days it was listed, up to the last day that is ranked. Votes count by their
logarithm, so that a hundred are worth seven times as much as one, not a hundred times, and papers
of lists without votes are not shut out by those of lists that have them.

Its *score* is the interest, halved for every week since it was first listed; where longer periods
are ranked, for every such period, so that the oldest papers of a month have half their interest
left. Papers of the same score stand in the order of their birth, the newest first, then as in the
dumps. Nothing here asks a clock: the newest listed day is today.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from ..i18n.words import Words
from ..model import Day, Paper

# The periods that the site has, in days, with the number of papers that each shows.
TODAY: Final = (1, 10)
WEEK: Final = (7, 20)
MONTH: Final = (30, 30)
_EXACT: Final = 6  # digits behind the point, so that no machine's arithmetic makes another order


class Ranked(NamedTuple):
    """A paper among others: its score, and what went into it."""

    paper: Paper
    score: float
    votes: int | None
    days: int
    sources: int


def ranked(days: Sequence[Day], last: date, length: int, most: int = 0) -> tuple[Ranked, ...]:
    """The papers that were listed on the `length` days up to the last, the first in rank first.

    `days` ascend and may hold more; `most` is how many papers are wanted, 0 for all. Only the days
    of the period are looked at.
    """
    found: dict[str, Paper] = {}
    for day in reversed(days):
        if day.date is None or day.date > last:
            continue
        if day.date <= last - timedelta(days=length):
            break
        found.update((entry.paper.key, entry.paper) for entry in day.entries)
    order = sorted((_ranked(paper, last, length) for paper in found.values()), key=_place)
    return tuple(order[:most] if most else order)


def _ranked(paper: Paper, last: date, length: int) -> Ranked:
    listings = [lst for lst in paper.listings if lst.day is not None and lst.day <= last]
    days = len({listing.day for listing in listings})
    sources = len({listing.source for listing in listings})
    interest = 1 + math.log2(1 + max(paper.upvotes or 0, 0)) + 2 * (sources - 1) + (days - 1)
    age = (last - _born(paper)).days
    score = round(interest / 2 ** (age / max(length, WEEK[0])), _EXACT)
    return Ranked(paper, score, paper.upvotes, days, sources)


def _place(one: Ranked) -> tuple[float, int, int, str]:
    first = one.paper.listings[0]
    return -one.score, -_born(one.paper).toordinal(), first.nth, one.paper.key


def _born(paper: Paper) -> date:
    assert paper.born is not None  # noqa: S101 - it stands on a dated day
    return paper.born


def reasons(one: Ranked, words: Words) -> Iterable[str]:
    """Why a paper stands where it does, in words: "57 votes", "listed on 3 days"."""
    if one.votes:
        yield words("trending.votes", n=one.votes)
    if one.days > 1:
        yield words("trending.on_days", n=one.days)
    if one.sources > 1:
        yield words("trending.in_lists", n=one.sources)
