"""Trending: the papers of the newest day, the last week and the last month, ranked.

A page has all three, `trending.html`; each has feeds. Only the days of one month are looked at,
however many the library has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from ..pages import Head, Page, RankedPaper, Ranking, TrendingPage
from .bundle import Bundle, facts, facts_of
from .feed_paths import paper_links
from .ranking import MONTH, TODAY, WEEK, Ranked, ranked, reasons
from .scene import Scene

PATH: Final = "trending.html"


class Period(NamedTuple):
    """Some days that are ranked together."""

    slug: str
    feed: str  # the name of its feeds' files
    days: int
    most: int  # papers


PERIODS: Final = (
    Period("today", "trending-today", *TODAY),
    Period("week", "trending", *WEEK),
    Period("month", "trending-month", *MONTH),
)

Order = tuple[Ranked, ...]


def orders(scene: Scene) -> Iterator[tuple[Period, Order]]:
    """The papers of each period that stand first."""
    last = scene.dated[-1].date if scene.dated else None
    if last is not None:
        for period in PERIODS:
            yield period, ranked(scene.dated, last, period.days, period.most)


def bundles(scene: Scene) -> Iterator[Bundle]:
    """One bundle of one page, where there is a day."""
    last = scene.dated[-1].date if scene.dated else None
    if last is None:
        return
    found = list(orders(scene))
    facts_shown = [[one[1:] for one in order] for _, order in found]
    prints = scene.prints
    papers = b"".join([prints[one.paper.key] for _, order in found for one in order])
    yield Bundle(
        name="trending",
        facts=facts(facts_of([last, facts_shown, scene.settings.feed.formats]), papers),
        kinds=frozenset({"trending"}),
        size=1,
        make=lambda: iter((_page(scene, last, found),)),
    )


def _page(scene: Scene, last: date, found: Sequence[tuple[Period, Order]]) -> Page:
    words = scene.words
    rankings = tuple(
        Ranking(
            slug=period.slug,
            name=words(f"trending.{period.slug}"),
            dates=words.span(last - timedelta(days=period.days - 1), last),
            papers=tuple(_shown(scene, one) for one in order),
            feeds=paper_links(scene.settings, period.feed, words(f"feed.trending_{period.slug}")),
        )
        for period, order in found
    )
    head = Head(
        title=words("trending.title"),
        description=words("trending.about", day=words.day_full(last)),
        section=PATH,
        feeds=tuple(link for ranking in rankings for link in ranking.feeds),
    )
    return Page(path=PATH, kind="trending", data=TrendingPage(rankings=rankings), head=head)


def _shown(scene: Scene, one: Ranked) -> RankedPaper:
    sources = dict.fromkeys(listing.source for listing in one.paper.listings)
    card = scene.card(one.paper, number=0, new=True, sources=sources, apart="", abstract=False)
    return RankedPaper(card=card, reasons=tuple(reasons(one, scene.words)))
