"""How many papers there were in each of some months, and which topics are neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from ..model import Paper
from ..pages import Bar

MONTHS: Final = 36  # that a small chart shows at most
NEIGHBOURS: Final = 5
_SHARED: Final = 2  # papers, at least, that make topics neighbours


def months(first: date, last: date) -> list[date]:
    """The first days of the months from one day to another, at most `MONTHS` of them."""
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    found = []
    for back in range(min(count, MONTHS)):
        number = 12 * last.year + last.month - 1 - back
        found.append(date(number // 12, number % 12 + 1, 1))
    return found[::-1]


def by_month(papers: Sequence[Paper], shown: Sequence[date]) -> list[int]:
    """How many papers were first listed in each of some months that follow one another.

    The papers ascend by the day of birth, undated ones first.
    """
    begins = [*shown, _after(shown[-1])] if shown else []
    places = [bisect_left(papers, begin, key=lambda p: p.born or date.min) for begin in begins]
    return [end - start for start, end in pairwise(places)]


def _after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def bars(papers: Sequence[Paper], shown: Sequence[date]) -> tuple[Bar, ...]:
    """A bar for each of the months; none where fewer than two months have papers.

    See `by_month` for what is given.
    """
    values = by_month(papers, shown)
    if sum(map(bool, values)) < 2:
        return ()
    top = max(values)
    return tuple(
        Bar(start=month, papers=value, height=-(-100 * value // top))
        for month, value in zip(shown, values, strict=True)
    )


def neighbours(papers: Iterable[Paper]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """For each topic those that share most of their papers with it, with the number of these.

    Topics are put in order by the share of common papers among those of either (Jaccard).
    """
    sets = Counter(tuple(sorted(match.slug for match in paper.topics)) for paper in papers)
    sizes: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for slugs, times in sets.items():
        for slug in slugs:
            sizes[slug] += times
        for pair in combinations(slugs, 2):
            shared[pair] += times
    found: dict[str, list[tuple[float, str, int]]] = {}
    for (one, other), times in shared.items():
        if times >= _SHARED:
            apart = -round(times / (sizes[one] + sizes[other] - times), 6)
            found.setdefault(one, []).append((apart, other, times))
            found.setdefault(other, []).append((apart, one, times))
    return {
        slug: tuple((other, times) for _, other, times in sorted(near)[:NEIGHBOURS])
        for slug, near in found.items()
    }
