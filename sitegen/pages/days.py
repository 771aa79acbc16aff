"""What pages of days and of longer times show: home, days, the archive, periods, trends."""

from __future__ import annotations

from datetime import date

from ..model import Value
from .parts import Bar, CountedLink, DayLink, Link, PaperGroup, RankedPaper, Ranking, StripDay


class DayPage(Value, frozen=True, kw_only=True):
    """days/YYYY-MM-DD.html, days/undated.html, and index.html (the newest day)."""

    date: date | None
    papers: int
    new: int
    topic_count: int
    sources: tuple[str, ...]
    curators: tuple[str, ...]
    note_html: str = ""
    groups: tuple[PaperGroup, ...]  # the largest topic first, "Other topics" last
    whole: bool = True  # with abstracts, which the home page lacks where they are many
    strip: tuple[StripDay, ...] = ()
    previous: DayLink | None = None
    next: DayLink | None = None
    month: Link | None = None  # the month in the archive
    page: int = 1  # of the undated papers, counted from 1
    page_count: int = 1
    newer: Link | None = None  # among the undated pages
    older: Link | None = None
    ways: tuple[Link, ...] = ()  # to the other indexes, from the home page
    exports: tuple[Link, ...] = ()  # files with the same papers: "BibTeX"


class ArchiveMonth(Value, frozen=True, kw_only=True):
    """A month with its papers a day; `days` holds listed days alone, ascending."""

    first: date
    papers: int
    days: tuple[DayLink, ...]
    path: str = ""  # of the month's page


class ArchiveYear(Value, frozen=True, kw_only=True):
    """A year, its months ascending."""

    year: int
    papers: int
    days: int
    months: tuple[ArchiveMonth, ...]  # none where the year's own page alone has them
    path: str = ""  # of the year's page


class ArchivePage(Value, frozen=True, kw_only=True):
    """archive.html: years descending."""

    papers: int
    days: int
    first: date | None
    last: date | None
    years: tuple[ArchiveYear, ...]
    undated: Link | None = None  # label: number of papers without a date
    undated_papers: int = 0
    ways: tuple[Link, ...] = ()  # to the other indexes


class DayTitles(Value, frozen=True, kw_only=True):
    """A day with nothing but the titles of its papers."""

    day: date
    path: str
    papers: tuple[Link, ...]


class PeriodPage(Value, frozen=True, kw_only=True):
    """weeks/YYYY-Www.html, months/YYYY-MM.html, years/YYYY.html."""

    label: str  # "Week 34, 2026"
    unit: str  # "week", "month", "year"
    first: date
    last: date
    papers: int
    days: int
    years: tuple[ArchiveYear, ...]  # as calendars; none for a week
    parts: tuple[CountedLink, ...]  # months of a year, weeks of a month
    titles: tuple[DayTitles, ...]  # of a week
    topics: tuple[CountedLink, ...]  # the most common first
    top: tuple[RankedPaper, ...]  # papers with most votes and listings
    above: tuple[Link, ...]
    previous: Link | None
    next: Link | None


class TopicChange(Value, frozen=True, kw_only=True):
    """A topic whose share of papers has changed; shares from 0 to 1 in thousandths."""

    name: str
    path: str
    now: float
    before: float
    papers: int  # now


class MonthTop(Value, frozen=True, kw_only=True):
    """A month, and its papers with most votes and most listings, `papers` being the number."""

    month: date
    path: str
    papers: int  # first listed in it
    upvoted: CountedLink | None
    listed: CountedLink | None


class TrendsPage(Value, frozen=True, kw_only=True):
    """trends.html."""

    weeks: tuple[Bar, ...]
    rising: tuple[TopicChange, ...]
    falling: tuple[TopicChange, ...]
    recent: str  # the days that are compared: "23 July to 21 August 2026"
    earlier: str  # with these
    months: tuple[MonthTop, ...]  # the newest first


class TrendingPage(Value, frozen=True, kw_only=True):
    """trending.html: the shortest period first."""

    rankings: tuple[Ranking, ...]
