"""weeks/YYYY-Www.html, months/YYYY-MM.html, years/YYYY.html: what was listed in a time.

Weeks are those of ISO 8601: they begin on Monday and belong to the year of their Thursday.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Final, Literal, NamedTuple

from ..i18n.words import Words
from ..model import Day, Paper
from ..pages import (
    ArchiveMonth,
    ArchiveYear,
    CountedLink,
    DayTitles,
    Head,
    Link,
    Page,
    PaperCard,
    PeriodPage,
    RankedPaper,
)
from .bundle import Bundle, facts, facts_of
from .scene import Scene, day_path, topic_path

Unit = Literal["week", "month", "year"]

_TOPICS: Final = 12  # that are named
_TOP: Final = 10  # papers that are shown for their votes and lists


class Period(NamedTuple):
    """A week, a month or a year with its listed days, ascending."""

    unit: Unit
    first: date
    days: tuple[Day, ...]

    @property
    def path(self) -> str:
        """Of its page."""
        return path_of(self.unit, self.first)

    @property
    def last(self) -> date:
        """The last day of the period, listed or not."""
        if self.unit == "week":
            return self.first + timedelta(days=6)
        months = self.first.month if self.unit == "month" else 12
        return date(self.first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)

    def label(self, words: Words) -> str:
        """What it is called: "Week 34, 2026", "August 2026", "2026"."""
        if self.unit == "week":
            year, week, _ = self.first.isocalendar()
            return words("period.week", week=week, year=year)
        return words.month_year(self.first) if self.unit == "month" else str(self.first.year)


_BEGINS: Final[dict[Unit, Callable[[date], date]]] = {
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


def path_of(unit: Unit, day: date) -> str:
    """The page of the period that a day is in."""
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"weeks/{year}-W{week:02}.html"
    return f"months/{day:%Y-%m}.html" if unit == "month" else f"years/{day.year}.html"


def periods(scene: Scene, unit: Unit) -> list[Period]:
    """All periods with a listed day, ascending."""
    begins = _BEGINS[unit]
    days = [(day.date, day) for day in scene.dated if day.date]
    return [
        Period(unit, first, tuple(day for _, day in some))
        for first, some in groupby(days, key=lambda pair: begins(pair[0]))
    ]


def every(scene: Scene) -> Iterator[Period]:
    """All weeks, then all months and years."""
    for unit in _BEGINS:
        yield from periods(scene, unit)


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for each period."""
    for unit in _BEGINS:
        found = periods(scene, unit)
        for number, period in enumerate(found):
            before = found[number - 1] if number else None
            after = found[number + 1] if number + 1 < len(found) else None
            around = (_link(scene, before), _link(scene, after))
            yield Bundle(
                name=f"periods/{period.path}",
                facts=facts(*(scene.shown_on(day) for day in period.days), facts_of(around)),
                kinds=frozenset({"period"}),
                size=1,
                make=partial(_pages, scene, period, around),
            )


def _link(scene: Scene, period: Period | None) -> Link | None:
    return Link(label=period.label(scene.words), path=period.path) if period else None


def _pages(scene: Scene, period: Period, around: tuple[Link | None, Link | None]) -> Iterator[Page]:
    papers = list({e.paper.key: e.paper for day in period.days for e in day.entries}.values())
    days = [day.date for day in period.days if day.date]
    data = PeriodPage(
        label=period.label(scene.words),
        unit=period.unit,
        first=period.first,
        last=period.last,
        papers=len(papers),
        days=len(days),
        years=() if period.unit == "week" else years(scene, days),
        parts=_parts(scene, period),
        titles=_titles(scene, period) if period.unit == "week" else (),
        topics=_topics(scene, papers),
        top=_top(scene, papers),
        above=_above(scene, period),
        previous=around[0],
        next=around[1],
    )
    words = scene.words
    head = Head(
        title=data.label,
        description=words(
            "archive.about",
            papers=words("count.papers", n=len(papers)),
            days=words("count.on_days", n=len(days)),
            dates=words.span(period.first, period.last),
        ),
        section="archive.html",
    )
    yield Page(path=period.path, kind="period", data=data, head=head)


def years(scene: Scene, days: Sequence[date]) -> tuple[ArchiveYear, ...]:
    """Days as calendars; ascending."""
    found = []
    for year, in_year in groupby(days, key=lambda day: day.year):
        months = []
        for first, in_month in groupby(in_year, key=_BEGINS["month"]):
            links = tuple(scene.day_links[day] for day in in_month)
            total = sum(link.papers for link in links)
            path = path_of("month", first)
            months.append(ArchiveMonth(first=first, papers=total, days=links, path=path))
        found.append(
            ArchiveYear(
                year=year,
                papers=sum(month.papers for month in months),
                days=sum(len(month.days) for month in months),
                months=tuple(months),
                path=path_of("year", date(year, 1, 1)),
            )
        )
    return tuple(found)


def _parts(scene: Scene, period: Period) -> tuple[CountedLink, ...]:
    """The months of a year and the weeks of a month, with the papers of their days in it."""
    if period.unit == "week":
        return ()
    unit: Unit = "month" if period.unit == "year" else "week"
    counts: dict[date, int] = {}
    for day in period.days:
        assert day.date is not None  # noqa: S101
        first = _BEGINS[unit](day.date)
        counts[first] = counts.get(first, 0) + len(day.entries)
    return tuple(
        CountedLink(
            label=Period(unit, first, ()).label(scene.words),
            path=path_of(unit, first),
            papers=papers,
        )
        for first, papers in counts.items()
    )


def _above(scene: Scene, period: Period) -> tuple[Link, ...]:
    """The ways to the period that this one is in."""
    if period.unit == "year":
        return ()
    middle = period.first + timedelta(days=3)  # of a week's year, by ISO 8601
    listed = [day.date for day in period.days if day.date]
    day = next((one for one in listed if one.month == middle.month), listed[0])
    units: tuple[Unit, ...] = ("year",) if period.unit == "month" else ("year", "month")
    return tuple(
        Link(
            label=Period(unit, _BEGINS[unit](day), ()).label(scene.words),
            path=path_of(unit, day),
        )
        for unit in units
    )


def _titles(scene: Scene, period: Period) -> tuple[DayTitles, ...]:
    """The papers of each day, in the order of its page."""
    return tuple(
        DayTitles(
            day=day.date,
            path=day_path(day.date),
            papers=tuple(
                Link(label=spot.entry.paper.title, path=spot.entry.paper.path)
                for spot in scene.layout(day.date)
            ),
        )
        for day in period.days
        if day.date
    )


def _topics(scene: Scene, papers: Sequence[Paper]) -> tuple[CountedLink, ...]:
    counts = Counter(match.slug for paper in papers for match in paper.topics)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        CountedLink(label=scene.topics[slug].name, path=topic_path(slug), papers=count)
        for slug, count in order[:_TOPICS]
    )


def _top(scene: Scene, papers: Sequence[Paper]) -> tuple[RankedPaper, ...]:
    """The papers with most votes, then those that most lists had; none where nothing tells."""
    known = [paper for paper in papers if paper.upvotes or len(paper.listings) > 1]
    known.sort(key=lambda p: (-(p.upvotes or 0), -len(p.listings), p.born or date.min, p.key))
    return tuple(
        RankedPaper(card=plain_card(scene, paper), reasons=tuple(reasons(paper, scene.words)))
        for paper in known[:_TOP]
    )


def plain_card(scene: Scene, paper: Paper) -> PaperCard:
    """A paper in a list that no topic heads, without its abstract."""
    sources = dict.fromkeys(listing.source for listing in paper.listings)
    return scene.card(paper, number=0, new=True, sources=sources, apart="", abstract=False)


def reasons(paper: Paper, words: Words) -> Iterator[str]:
    """What speaks for a paper, in words: "57 votes", "listed 3 times"."""
    if paper.upvotes:
        yield words("trending.votes", n=paper.upvotes)
    if len(paper.listings) > 1:
        yield words("period.times", n=len(paper.listings))
