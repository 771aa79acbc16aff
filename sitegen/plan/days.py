"""days/YYYY-MM-DD.html, days/undated.html and index.html: the digests."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

import msgspec

from ..model import Entry
from ..pages import DayLink, DayPage, EmptyPage, Head, Link, Page, StripDay
from . import cards, ways
from .bundle import Bundle, facts, facts_of
from .feed_paths import links
from .periods import path_of
from .scene import UNDATED_PER_PAGE, Scene, day_path, spots, undated_path

STRIP_BEFORE = 6  # days shown in front of the current one
STRIP_LENGTH = 10
HOME_ABSTRACTS = 60_000  # characters; with more, the home page is slow where networks are
_RELATIVE = re.compile(r'((?:href|src)=")(?![A-Za-z][A-Za-z0-9+.-]*:|[/#?])([^"]+)')

# Editors' notes by day: the digest of each, and a way to its HTML.
Note = tuple[bytes, Callable[[], str]]
Notes = Mapping[date, Note]


def bundles(scene: Scene, notes: Notes) -> Iterator[Bundle]:
    """A bundle per day, one for the undated listings, one for the home page."""
    for index, day in enumerate(scene.dated):
        yield Bundle(
            name=f"days/{day.date}",
            facts=facts(*_facts(scene, notes, index)),
            kinds=frozenset({"day"}),
            size=1,
            make=partial(_pages, scene, notes, index),
        )
    if scene.undated:
        yield Bundle(
            name="days/undated",
            facts=facts(scene.shown_on(scene.undated)),
            kinds=frozenset({"day"}),
            size=scene.undated_pages,
            make=lambda: _undated_pages(scene),
        )
    yield _home(scene, notes)


def _facts(scene: Scene, notes: Notes, index: int) -> Iterator[bytes]:
    day = scene.dated[index]
    assert day.date is not None  # noqa: S101
    yield scene.shown_on(day)
    yield facts_of([_strip(scene, day.date), *_neighbours(scene, index)])
    yield notes[day.date][0] if day.date in notes else b""


def _neighbours(scene: Scene, index: int) -> tuple[DayLink | None, DayLink | None]:
    days = scene.dated
    links = scene.day_links
    before = days[index - 1].date if index else None
    after = days[index + 1].date if index + 1 < len(days) else None
    return (links[before] if before else None, links[after] if after else None)


def _strip(scene: Scene, day: date) -> tuple[StripDay, ...]:
    """Ten calendar days around one; the last of them is never later than the newest day."""
    links = scene.day_links
    newest = scene.dated[-1].date or day
    end = min(day + timedelta(days=STRIP_LENGTH - 1 - STRIP_BEFORE), newest)
    start = end - timedelta(days=STRIP_LENGTH - 1)
    around = (start + timedelta(days=n) for n in range(STRIP_LENGTH))
    return tuple(
        StripDay(
            date=at,
            papers=links[at].papers if at in links else 0,
            path=links[at].path if at in links else "",
            current=at == day,
        )
        for at in around
    )


def _common(entries: tuple[Entry, ...]) -> dict[str, object]:
    topics = {entry.paper.topics[0].slug for entry in entries if entry.paper.topics}
    listings = [listing for entry in entries for listing in entry.listings]
    return {
        "papers": len(entries),
        "new": sum(entry.new for entry in entries),
        "topic_count": len(topics),
        "sources": tuple(dict.fromkeys(listing.source for listing in listings)),
        "curators": tuple(dict.fromkeys(lst.curator for lst in listings if lst.curator)),
    }


def _is_light(entries: tuple[Entry, ...]) -> bool:
    """Whether the home page can hold these papers' abstracts."""
    return sum(len(entry.paper.abstract) for entry in entries) <= HOME_ABSTRACTS


def _digest(scene: Scene, notes: Notes, index: int, *, home: bool = False) -> DayPage:
    day = scene.dated[index]
    assert day.date is not None  # noqa: S101
    previous, following = _neighbours(scene, index)
    whole = not home or _is_light(day.entries)
    return DayPage(
        date=day.date,
        **_common(day.entries),  # type: ignore[arg-type]
        note_html=_note(day.date, notes, home=home),
        whole=whole,
        groups=scene.groups(scene.layout(day.date), abstracts=whole, cite=not home),
        strip=_strip(scene, day.date),
        previous=previous,
        next=following,
        month=Link(label=scene.words.month_year(day.date), path=path_of("month", day.date)),
        exports=ways.day_links(scene, day_path(day.date)),
    )


def _note(day: date | None, notes: Notes, *, home: bool) -> str:
    """The editor's note on a day. Its links are written for the day's page: for `home`, anew."""
    html = notes[day][1]() if day is not None and day in notes else ""
    if not home:
        return html
    return _RELATIVE.sub(lambda link: f"{link[1]}{posixpath.normpath(f'days/{link[2]}')}", html)


def _pages(scene: Scene, notes: Notes, index: int) -> Iterator[Page]:
    data = _digest(scene, notes, index)
    assert data.date is not None  # noqa: S101
    words = scene.words
    day = words.day_full(data.date)
    yield Page(
        path=day_path(data.date),
        kind="day",
        data=data,
        head=Head(
            title=day,
            description=words("day.about", papers=words("count.papers", n=data.papers), day=day),
            section="archive.html",
            image=cards.path(scene, data.date),
            alternates=ways.alternates(data.exports),
        ),
    )


def _undated_pages(scene: Scene, *, home: bool = False) -> Iterator[Page]:
    assert scene.undated is not None  # noqa: S101
    entries = scene.undated.entries
    count = scene.undated_pages
    for number in range(1, count + 1):
        start = (number - 1) * UNDATED_PER_PAGE
        shown = entries[start : start + UNDATED_PER_PAGE]
        whole = not home or _is_light(shown)
        data = DayPage(
            date=None,
            whole=whole,
            **(_common(shown) | {"papers": len(entries)}),  # type: ignore[arg-type]
            groups=scene.groups(spots(shown, start), abstracts=whole, cite=not home),
            page=number,
            page_count=count,
            newer=_undated_link(number + 1) if number < count else None,
            older=_undated_link(number - 1) if number > 1 else None,
            exports=ways.day_links(scene, undated_path(number)),
        )
        words = scene.words
        title = words("day.undated_page", page=number) if number > 1 else words("day.undated")
        yield Page(
            path=undated_path(number),
            kind="day",
            data=data,
            head=Head(
                title=title,
                description=words(
                    "day.about_undated", papers=words("count.papers", n=len(entries))
                ),
                section="archive.html",
                alternates=ways.alternates(data.exports),
            ),
        )


def _undated_link(number: int) -> Link:
    return Link(label=str(number), path=undated_path(number))


def _home(scene: Scene, notes: Notes) -> Bundle:
    feeds = links(scene.settings, "", scene.site.title, scene.words) if scene.site.feeds else ()
    head = Head(
        title="",
        description=scene.site.description,
        section="index.html",
        feeds=tuple(link for link in feeds if link not in scene.site.feeds),
        image=cards.path(scene, scene.dated[-1].date) if scene.dated else "",
    )

    def make() -> Iterator[Page]:
        if scene.dated:
            data: object = msgspec.structs.replace(
                _digest(scene, notes, len(scene.dated) - 1, home=True), ways=scene.ways
            )
        elif scene.undated:
            data = next(_undated_pages(scene, home=True)).data
        else:
            yield Page(path="index.html", kind="empty", data=EmptyPage(), head=head)
            return
        yield Page(path="index.html", kind="home", data=data, head=head)

    if scene.dated:
        shown = facts(*_facts(scene, notes, len(scene.dated) - 1))
    else:
        shown = facts(scene.shown_on(scene.undated))
    shown = facts(shown, facts_of([head.feeds, head.image, scene.ways]))
    kinds = frozenset({"home"} if scene.library.papers else {"empty"})
    return Bundle(name="home", facts=shown, kinds=kinds, size=1, make=make)
