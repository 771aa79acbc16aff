"""Feeds as pages: papers and days, in every format; and the archive of the site's Atom feed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from .. import feed_ids
from ..config.feeds import Format
from ..model import Paper
from ..pages import Page
from ..pages.feeds import FeedEntry, FeedPage
from .bundle import Bundle, facts, facts_of
from .days import Note, Notes
from .feed_catalogue import Feed, Look
from .feed_entries import Entries, Group
from .feed_paths import archive_path, feed_path
from .scene import Scene, topic_path

MOST_IN_DAYS: Final = 1000  # papers in a feed of days, which then holds fewer days
_BUNDLED: Final = 2  # archive documents
_LONG_AGO: Final = "1970-01-01T00:00:00Z"  # of an archive document of which nothing is left

_NO_NOTE: Final[Note] = (b"", str)

Days = list[tuple[date, list[Group]]]


class Document(NamedTuple):
    """The papers of one archive document: those as they are, and what others were like."""

    size: int  # about how many papers
    same: tuple[Paper, ...]  # ascending by birth
    facts: bytes = b""  # a digest of `more`
    more: Callable[[], tuple[Paper, ...]] = tuple

    def papers(self) -> list[Paper]:
        """All of them, the newest first."""
        return sorted((*self.same, *self.more()), key=feed_ids.published, reverse=True)


class Closed(NamedTuple):
    """The archive of the site's Atom feed, its oldest document first."""

    documents: Sequence[Document] = ()
    live: int = 0  # papers that are in none of them


class Press:
    """Makes the pages of all feeds of a site."""

    def __init__(self, scene: Scene, how: Look, closed: Closed, notes: Notes) -> None:
        self._scene = scene
        self._settings = scene.settings.feed
        self._how = how
        self._notes = notes
        self._closed = closed if self._settings.archive != "none" else Closed()
        self._entries = Entries(scene)
        names = [(topic.slug, topic.name) for topic in scene.library.topics]
        self._shared = facts_of([scene.feed_id, how, self._settings, names])

    def bundles(self, feeds: Sequence[Feed]) -> Iterator[Bundle]:
        """A bundle for the feeds of each subject, and one for ten archive documents."""
        for feed in feeds:
            yield self._bundle(feed)
        for feed in feeds[:1] if self._closed.documents else ():
            filled = [n for n, one in enumerate(self._closed.documents, 1) if one.size]
            for start in range(0, len(filled), _BUNDLED):
                before = filled[start - 1] if start else 0
                yield self._archive(feed, before, filled[start : start + _BUNDLED])

    def _bundle(self, feed: Feed) -> Bundle:
        papers = newest(feed.papers, self._settings.entries)
        longer, older = papers, 0
        if feed.kind == "site":
            # What is in no archive document yet, readers of the Atom feed must find there.
            if self._closed.live > len(papers):
                longer = newest(feed.papers, self._closed.live)
            documents = enumerate(self._closed.documents, 1)
            older = max((number for number, one in documents if one.size), default=0)
        days = _days(self._scene, feed, self._settings.days) if feed.by_day else []
        of_days = [
            (
                day,
                self._note(feed, day)[0],
                [(h, way, self._facts(papers)) for h, way, papers in groups],
            )
            for day, groups in days
        ]
        return Bundle(
            name=f"feeds/{feed.name or 'site'}",
            facts=facts(
                self._shared,
                facts_of([feed.title, feed.about, feed.html_path, older, of_days]),
                self._facts(longer),
            ),
            kinds=frozenset({"feed"}),
            size=len(self._settings.formats),
            make=partial(self._pages, feed, papers, longer, days, older),
        )

    def _archive(self, feed: Feed, before: int, numbers: Sequence[int]) -> Bundle:
        documents = [self._closed.documents[number - 1] for number in numbers]
        shown = [facts(self._facts(document.same), document.facts) for document in documents]
        return Bundle(
            name=f"feeds/archive-{numbers[0]}",
            facts=facts(self._shared, facts_of([feed.title, feed.about, before, *numbers]), *shown),
            kinds=frozenset({"feed"}),
            size=len(numbers),
            make=partial(self._documents, feed, before, numbers),
        )

    def _note(self, feed: Feed, day: date) -> Note:
        """The editor's note on a day. It is about all papers: the site's own feed has it."""
        return self._notes.get(day, _NO_NOTE) if feed.kind == "site" else _NO_NOTE

    def _facts(self, papers: Sequence[Paper]) -> bytes:
        """The digest of what entries show of papers."""
        prints = self._scene.prints
        places = array("I", [listing.nth for paper in papers for listing in paper.listings])
        return facts(b"".join([prints[paper.key] for paper in papers]), places.tobytes())

    def _pages(
        self,
        feed: Feed,
        papers: Sequence[Paper],
        longer: Sequence[Paper],
        days: Days,
        older: int,
    ) -> Iterator[Page]:
        entry = self._entries.paper
        every = {"rss": papers, "json": papers, "atom": longer}
        for form in self._settings.formats:
            page = self._page(feed, form, tuple(map(entry, every[form])))
            linked = form == "atom" and older
            yield _with(page, older=archive_path(older)) if linked else page
        if days:
            title = "" if feed.kind == "site" else feed.short
            shown = tuple(
                self._entries.day(feed.name, title, day, groups, self._note(feed, day)[1]())
                for day, groups in days
            )
            for form in self._settings.formats:
                yield self._page(feed, form, shown, by_day=True)

    def _documents(self, feed: Feed, before: int, numbers: Sequence[int]) -> Iterator[Page]:
        short = self._settings.archive == "short"
        for number in numbers:
            papers = self._closed.documents[number - 1].papers()
            entries = tuple(self._entries.once(paper, short=short) for paper in papers)
            live = self._page(feed, "atom", entries)
            yield _with(
                Page(path=archive_path(number), kind="feed", data=live.data),
                shared=False,
                current=live.path,
                older=archive_path(before) if before else "",
            )
            before = number

    def _page(
        self, feed: Feed, form: Format, entries: tuple[FeedEntry, ...], *, by_day: bool = False
    ) -> Page:
        path = feed_path(feed.name, form, by_day=by_day)
        data = FeedPage(
            format=form,
            id=feed_ids.feed_page_id(self._scene.feed_id, path),
            title=self._scene.words("feed.by_day", title=feed.title) if by_day else feed.title,
            description=feed.about,
            html_path=feed.html_path,
            updated=max((entry.updated for entry in entries), default=_LONG_AGO),
            entries=entries,
            shared=not by_day,
            hub=self._how.hub,
            image=self._how.image,
            style=self._how.style,
        )
        return Page(path=path, kind="feed", data=data)


def _with(page: Page, **fields: str | bool) -> Page:
    return Page(path=page.path, kind="feed", data=msgspec.structs.replace(page.data, **fields))


def newest(papers: Sequence[Paper], count: int) -> list[Paper]:
    """So many of the papers (ascending by birth), the newest first."""
    start = max(0, len(papers) - count)
    while start and papers[start - 1].born == papers[start].born:
        start -= 1  # a day's first papers are shown before its last
    return sorted(papers[start:], key=feed_ids.published, reverse=True)[:count]


def _days(scene: Scene, feed: Feed, most: int) -> Days:
    """The newest days of a feed, the newest first, each with its papers in groups."""
    days: Days = []
    total = 0
    for day, groups in _every_day(scene, feed) if most else ():
        total += sum(len(papers) for _, _, papers in groups)
        if len(days) == most or (days and total > MOST_IN_DAYS):
            break
        days.append((day, groups))
    return days


def _every_day(scene: Scene, feed: Feed) -> Iterator[tuple[date, list[Group]]]:
    if feed.kind == "site":
        for listed in reversed(scene.dated):
            assert listed.date is not None  # noqa: S101
            yield listed.date, _grouped(scene, listed.date)
        return
    for day, papers in groupby(reversed(feed.papers), key=lambda paper: paper.born):
        assert day is not None  # noqa: S101
        yield day, [("", "", sorted(papers, key=lambda paper: paper.listings[0].nth))]


def _grouped(scene: Scene, day: date) -> list[Group]:
    """The papers of a day as its page shows them."""
    groups: dict[str, list[Paper]] = {}
    for spot in scene.layout(day):
        groups.setdefault(spot.topic, []).append(spot.entry.paper)
    return [
        (scene.topics[slug].name, topic_path(slug), papers)
        if slug in scene.topics
        else (scene.words("day.other_topics"), "", papers)
        for slug, papers in groups.items()
    ]
