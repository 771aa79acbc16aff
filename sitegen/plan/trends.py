"""trends.html: topics that rise and fall, papers a week, and the first papers of each month.

What draws interest now is trending.html's; here is how subjects go over time. Only the days of the
last years are looked at.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from ..model import Paper
from ..pages import Bar, CountedLink, Head, MonthTop, Page, TopicChange, TrendsPage
from .bundle import Bundle, facts_of
from .periods import path_of, periods
from .scene import Scene, topic_path

PATH: Final = "trends.html"
_WEEKS: Final = 52
_MONTHS: Final = 12
_CHANGES: Final = 8  # topics that rise, and that fall, at most
# Days that are compared with the days before them: the first where there are papers enough.
_WINDOWS: Final = ((30, 180), (91, 365), (365, 1095))
_ENOUGH: Final = (50, 100)
_SURE: Final = 1.96  # standard deviations that a change must be apart from none


def has(scene: Scene) -> bool:
    """Whether there is anything to tell: two weeks with papers."""
    return len(periods(scene, "week")) > 1


def bundles(scene: Scene) -> Iterator[Bundle]:
    """One bundle of one page."""
    last = scene.dated[-1].date if scene.dated else None
    if last is None or not has(scene):
        return
    recent, before = _window(scene, last)
    changes = _changes(scene, last, recent, before)
    data = TrendsPage(
        weeks=_weeks(scene, last),
        rising=tuple(one for one in changes if one.now > one.before)[:_CHANGES],
        falling=tuple(one for one in changes[::-1] if one.now < one.before)[:_CHANGES],
        recent=scene.words.span(last - timedelta(days=recent - 1), last),
        earlier=scene.words.span(
            last - timedelta(days=recent + before - 1), last - timedelta(days=recent)
        ),
        months=_months(scene),
    )
    head = Head(
        title=scene.words("trends.title"),
        description=scene.words("trends.about"),
        section=PATH,
    )
    page = Page(path=PATH, kind="trends", data=data, head=head)
    yield Bundle(
        name="trends",
        facts=facts_of([data]),
        kinds=frozenset({"trends"}),
        size=1,
        make=lambda: iter((page,)),
    )


def _weeks(scene: Scene, last: date) -> tuple[Bar, ...]:
    """The papers of the last weeks, those without any between them, too."""
    counts: dict[date, int] = {}
    for day, link in scene.day_links.items():
        monday = day - timedelta(days=day.weekday())
        counts[monday] = counts.get(monday, 0) + link.papers
    newest = last - timedelta(days=last.weekday())
    count = min(_WEEKS, (newest - min(counts)).days // 7 + 1)
    mondays = [newest - timedelta(weeks=back) for back in reversed(range(count))]
    top = max(counts.get(monday, 0) for monday in mondays)
    return tuple(
        Bar(
            start=monday,
            papers=counts.get(monday, 0),
            height=-(-100 * counts.get(monday, 0) // top),
        )
        for monday in mondays
    )


def _born(scene: Scene, after: date, until: date) -> Iterator[Paper]:
    """The papers first listed after a day, up to another."""
    for day in reversed(scene.dated):
        if day.date is None or day.date > until:
            continue
        if day.date <= after:
            return
        yield from (entry.paper for entry in day.entries if entry.paper.born == day.date)


def _window(scene: Scene, last: date) -> tuple[int, int]:
    """How many days are compared with how many before them."""
    for recent, before in _WINDOWS:
        between = last - timedelta(days=recent)
        now = sum(1 for _ in _born(scene, between, last))
        then = sum(1 for _ in _born(scene, between - timedelta(days=before), between))
        if now >= _ENOUGH[0] and then >= _ENOUGH[1]:
            return recent, before
    return _WINDOWS[-1]


def _changes(scene: Scene, last: date, recent: int, before: int) -> list[TopicChange]:
    """The topics whose share of papers has changed for sure, the one that rose most first.

    By the test of two proportions with a common variance.
    """
    between = last - timedelta(days=recent)
    now = list(_born(scene, between, last))
    then = list(_born(scene, between - timedelta(days=before), between))
    if not now or not then:
        return []
    on_now = Counter(match.slug for paper in now for match in paper.topics)
    on_then = Counter(match.slug for paper in then for match in paper.topics)
    found = []
    for slug in on_now.keys() | on_then.keys():
        share, was = on_now[slug] / len(now), on_then[slug] / len(then)
        common = (on_now[slug] + on_then[slug]) / (len(now) + len(then))
        deviation = math.sqrt(common * (1 - common) * (1 / len(now) + 1 / len(then)))
        if deviation and abs(share - was) >= _SURE * deviation:
            place = round((was - share) / deviation, 6)
            change = TopicChange(
                name=scene.topics[slug].name,
                path=topic_path(slug),
                now=round(share, 3),
                before=round(was, 3),
                papers=on_now[slug],
            )
            found.append((place, slug, change))
    return [change for _, _, change in sorted(found, key=lambda one: one[:2])]


def _months(scene: Scene) -> tuple[MonthTop, ...]:
    """The newest months, each with the paper that had most votes and the one most often listed."""
    found = []
    for period in reversed(periods(scene, "month")[-_MONTHS:]):
        papers = [e.paper for day in period.days for e in day.entries if e.paper.born == day.date]
        found.append(
            MonthTop(
                month=period.first,
                path=path_of("month", period.first),
                papers=len(papers),
                upvoted=_first(papers, [paper.upvotes or 0 for paper in papers], least=1),
                listed=_first(papers, [len(paper.listings) for paper in papers], least=2),
            )
        )
    return tuple(found)


def _first(papers: Sequence[Paper], values: Sequence[int], *, least: int) -> CountedLink | None:
    """The paper of the highest value; of several, the one that was there first."""
    top = max(values, default=0)
    if top < least:
        return None
    paper = papers[values.index(top)]
    return CountedLink(label=paper.title, path=paper.path, papers=top)
