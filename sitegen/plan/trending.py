"""trending.html: the papers of the newest day, the last week and the last month, ranked.

Only the days of one month are looked at, however many the library has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ..dates import day_full, span
from ..pages import Head, Page, RankedPaper, Ranking, TrendingPage
from .bundle import Bundle, facts, facts_of
from .feed_paths import paper_links
from .ranking import MONTH, TODAY, WEEK, Ranked, ranked, reasons
from .scene import Scene

PATH: Final = "trending.html"
NAME: Final = "trending"  # of its feed
ABOUT: Final = "The papers of the last seven days that drew most interest."
_PERIODS: Final = (
    ("today", "Today", *TODAY),
    ("week", "This week", *WEEK),
    ("month", "This month", *MONTH),
)

# Its name in links and on the page, its dates, its papers.
Period = tuple[str, str, str, tuple[Ranked, ...]]


def of_week(scene: Scene) -> tuple[Ranked, ...]:
    """The papers of the last seven days that stand first."""
    last = scene.dated[-1].date if scene.dated else None
    return ranked(scene.dated, last, *WEEK) if last else ()


def bundles(scene: Scene) -> Iterator[Bundle]:
    """One bundle of one page, where there is a day."""
    last = scene.dated[-1].date if scene.dated else None
    if last is None:
        return
    found: list[Period] = [
        (
            slug,
            name,
            span(last - timedelta(days=length - 1), last),
            ranked(scene.dated, last, length, most),
        )
        for slug, name, length, most in _PERIODS
    ]
    facts_shown = [(slug, dates, [one[1:] for one in order]) for slug, _, dates, order in found]
    prints = scene.prints
    papers = b"".join([prints[one.paper.key] for *_, order in found for one in order])
    yield Bundle(
        name="trending",
        facts=facts(facts_of([facts_shown]), papers),
        kinds=frozenset({"trending"}),
        size=1,
        make=lambda: iter((_page(scene, last, found),)),
    )


def _page(scene: Scene, last: date, found: list[Period]) -> Page:
    rankings = tuple(
        Ranking(
            slug=slug,
            name=name,
            dates=dates,
            papers=tuple(_shown(scene, one) for one in order),
        )
        for slug, name, dates, order in found
    )
    head = Head(
        title="Trending",
        description=f"The papers that drew most interest up to {day_full(last)}.",
        section=PATH,
        feeds=paper_links(scene.settings, NAME, "Trending"),
    )
    return Page(path=PATH, kind="trending", data=TrendingPage(rankings=rankings), head=head)


def _shown(scene: Scene, one: Ranked) -> RankedPaper:
    sources = dict.fromkeys(listing.source for listing in one.paper.listings)
    card = scene.card(one.paper, number=0, new=True, sources=sources, apart="", abstract=False)
    return RankedPaper(card=card, reasons=tuple(reasons(one)))
