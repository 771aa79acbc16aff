"""What templates can do with dates, numbers and calendars.

Values in, words out: nothing here knows of a page or of markup, so that what these functions
return is escaped like any other text. Dates and numbers are written by `words`.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import unquote

from ..i18n.words import Words
from ..pages import ArchiveMonth, ArchivePage, DayLink, Link, StripDay

FEED_TYPES: Final = {
    "rss.xml": ("RSS", "application/rss+xml"),
    "atom.xml": ("Atom", "application/atom+xml"),
    ".json": ("JSON Feed", "application/feed+json"),
}

CITATION_NAMES: Final = {
    "https://arxiv.org/abs/": "citation_arxiv_id",
    "https://doi.org/": "citation_doi",
}

# Tops of a scale that read well as half and as a quarter.
ROUND_NUMBERS: Final = (4, 8, 12, 20, 40, 60, 80, 120, 200, 400, 600, 800, 1200, 2000, 4000)


def citation_date(day: date) -> str:
    """2026/08/18, the way indexers of scholarly pages read it."""
    return f"{day:%Y/%m/%d}"


def beside(path: str) -> str:
    """The way from a paper's page to another paper's: "../2405/2405.15738.html"."""
    return f"..{path[6:]}"


def commas(values: Iterable[str]) -> str:
    """The values with commas between."""
    return ", ".join(values)


def feed_label(feed: Link) -> str:
    """What a link to the feed says: "RSS", "Atom"."""
    return _feed(feed)[0]


def feed_type(feed: Link) -> str:
    """The feed's media type, by the end of its path."""
    return _feed(feed)[1]


def _feed(feed: Link) -> tuple[str, str]:
    return next(
        (kind for ending, kind in FEED_TYPES.items() if feed.path.endswith(ending)),
        ("Feed", "application/xml"),
    )


def citation_id(url: str) -> tuple[str, str] | None:
    """Name and content of the meta element that gives the identifier behind `url`, if any."""
    for prefix, name in CITATION_NAMES.items():
        if url.startswith(prefix):
            return name, unquote(url[len(prefix) :])
    return None


def bars(strip: Sequence[StripDay]) -> list[tuple[StripDay, int]]:
    """Each day with the height of its bar in percent of the highest one."""
    top = max((day.papers for day in strip), default=0) or 1
    return [(day, round(100 * day.papers / top)) for day in strip]


def scale_top(archive: ArchivePage) -> int:
    """The number of papers that a full bar of the archive's calendar stands for.

    The round number at or above what nineteen days of twenty stay within: one crowded day
    does not flatten all others.
    """
    counts = sorted(day.papers for year in archive.years for m in year.months for day in m.days)
    usual = counts[len(counts) * 19 // 20] if counts else 0
    return next((top for top in ROUND_NUMBERS if top >= usual), usual)


def weeks(month: ArchiveMonth) -> list[list[tuple[int, DayLink | None]]]:
    """The month's weeks, Monday first: day of the month (0 outside of it) and link, if listed."""
    links = {day.date.day: day for day in month.days}
    rows = calendar.Calendar().monthdayscalendar(month.first.year, month.first.month)
    return [[(day, links.get(day)) for day in row] for row in rows]


def is_web(url: str) -> bool:
    """True for an address that a page may link to: http, https or mailto."""
    return url.startswith(("https://", "http://", "mailto:"))


_OF_WORDS: Final = (
    "day_long", "day_full", "day_short", "day_month", "month_name", "month_year",
    "weekday_letter", "span", "number", "percent", "listed",
)  # fmt: skip
_PLAIN: Final = (
    beside, citation_date, citation_id, commas, feed_label, feed_type, bars, scale_top, weeks,
)  # fmt: skip


def filters(words: Words) -> Mapping[str, Callable[..., Any]]:
    """The filters of templates, which write dates and numbers as a language does."""
    said = {name: getattr(words, name) for name in _OF_WORDS}
    return said | {function.__name__: function for function in _PLAIN}


TESTS: Final[Mapping[str, Callable[..., bool]]] = {"web": is_web}
