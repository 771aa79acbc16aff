"""archive.html: the newest years day by day as calendars, the others by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ..pages import ArchivePage, Head, Link, Page
from . import periods
from .bundle import Bundle, facts_of
from .scene import Scene, undated_path

CALENDARS: Final = 3  # years, the newest; the others have theirs on their own pages


def bundles(scene: Scene) -> Iterator[Bundle]:
    """One bundle of one page."""
    links = list(scene.day_links.values())
    found = periods.years(scene, [link.date for link in links])[::-1]
    years = [
        *found[:CALENDARS],
        *(msgspec.structs.replace(year, months=()) for year in found[CALENDARS:]),
    ]
    undated = len(scene.undated.entries) if scene.undated else 0
    first = links[0].date if links else None
    last = links[-1].date if links else None
    data = ArchivePage(
        papers=len(scene.library.papers),
        days=len(links),
        first=first,
        last=last,
        years=tuple(years),
        undated=Link(label=str(undated), path=undated_path(1)) if undated else None,
        undated_papers=undated,
        ways=scene.ways,
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
