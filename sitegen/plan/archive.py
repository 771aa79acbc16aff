"""archive.html: all days by month and year, with counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..pages import ArchiveMonth, ArchivePage, ArchiveYear, Head, Link, Page
from .bundle import Bundle, facts_of
from .scene import Scene, undated_path


def bundles(scene: Scene) -> Iterator[Bundle]:
    """One bundle of one page."""
    links = list(scene.day_links.values())
    years = []
    for year, in_year in groupby(links, key=lambda link: link.date.year):
        months = []
        for _, in_month in groupby(in_year, key=lambda link: link.date.month):
            days = tuple(in_month)
            months.append(
                ArchiveMonth(
                    first=days[0].date.replace(day=1),
                    papers=sum(day.papers for day in days),
                    days=days,
                )
            )
        years.append(
            ArchiveYear(
                year=year,
                papers=sum(month.papers for month in months),
                days=sum(len(month.days) for month in months),
                months=tuple(months),
            )
        )
    undated = len(scene.undated.entries) if scene.undated else 0
    first = links[0].date if links else None
    last = links[-1].date if links else None
    data = ArchivePage(
        papers=len(scene.library.papers),
        days=len(links),
        first=first,
        last=last,
        years=tuple(reversed(years)),
        undated=Link(label=str(undated), path=undated_path(1)) if undated else None,
        undated_papers=undated,
    )
    words = scene.words
    head = Head(
        title=words("archive.title"),
        description=words(
            "archive.about" if links else "archive.about_undated",
            papers=words("count.papers", n=data.papers),
            days=words("count.on_days", n=data.days),
            dates=words.span(first, last),
        ),
        section="archive.html",
    )
    page = Page(path="archive.html", kind="archive", data=data, head=head)
    yield Bundle(
        name="archive",
        facts=facts_of([data]),
        kinds=frozenset({"archive"}),
        size=1,
        make=lambda: iter((page,)),
    )
