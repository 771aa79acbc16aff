"""The library to bundles of pages: names, digests of what goes in, pages on demand.

Pure: comes in what the site is to show, goes out what there is to make. Two pages on one path are
found out when they are made, by whoever collects them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from ..config import Settings
from ..config.data import offers
from ..i18n.words import Words
from ..model import Artifact, Library, Value
from ..pages import Link, SiteView
from ..search import Index
from . import (
    addresses,
    archive,
    beside,
    cards,
    categories,
    data_page,
    days,
    feed_catalogue,
    papers,
    periods,
    references,
    search,
    site_api,
    subscribe,
    texts,
    topics,
    trending,
    trends,
)
from .bundle import Bundle, facts, facts_of
from .days import Notes
from .feed_catalogue import Queries
from .feed_paths import paper_links
from .feeds import Closed, Document, Press
from .letter import Choice, Letter, letter, shortened
from .policy import policy
from .scene import Scene
from .texts import StaticFile, Text

if TYPE_CHECKING:
    from ..related import Relations  # which loads NumPy, where it is wanted alone
    from ..roster import Roster
    from .authors import Authors

__all__ = [
    "Bundle",
    "Choice",
    "Closed",
    "Contents",
    "Document",
    "Letter",
    "Notes",
    "Queries",
    "StaticFile",
    "Text",
    "facts",
    "letter",
    "plan",
    "shortened",
    "site_view",
]

ANNOUNCED = 2  # feeds on every page; the home page and subscribe.html have all


def site_view(
    library: Library,
    settings: Settings,
    editorial: tuple[Text, ...],
    words: Words,
    *,
    kinds: Collection[str] = (),
    card_font: str = "",
) -> SiteView:
    """What all pages know of the site; it changes seldom, since it renders all pages again.

    `kinds`: of pages that the theme has templates for. `card_font`: of days' cards, a file or
    "default"; without one there are none.
    """
    has_topics = any(paper.topics for paper in library.papers)
    has_feed = any(paper.born for paper in library.papers)
    subscribed = has_feed or settings.mail.form_action
    ways = [
        Link(label=words("site.latest"), path="index.html"),
        Link(label=words("site.archive"), path="archive.html"),
        *([Link(label=words("site.topics"), path="topics/index.html")] if has_topics else ()),
        *([Link(label=words("site.subscribe"), path=subscribe.PATH)] if subscribed else ()),
        *(Link(label=text.menu, path=text.path) for text in editorial if text.menu),
    ]
    return SiteView(
        settings=facts_of(
            [
                settings.links,
                settings.metadata,
                settings.api,
                offers(settings.exports, settings.api),
            ]
        ),
        title=settings.title,
        description=settings.description,
        language=settings.language,
        paper_language=settings.paper_language,
        base_url=settings.base_url,
        curator=settings.curator,
        navigation=tuple(ways),
        search=search.PATH if has_search(library, settings) else "",
        reading=texts.READING if "reading" in kinds else "",
        cards=card_font,
        footer=tuple(Link(label=t.title, path=t.path) for t in editorial if t.footer),
        data=data_page.PATH if has_data(settings) else "",
        feeds=paper_links(settings, "", settings.title)[:ANNOUNCED] if has_feed else (),
        policy=policy(settings.mail.form_action),
        words=words,
    )


def has_search(library: Library, settings: Settings) -> bool:
    """Whether the site has a search page."""
    return settings.search.enabled and bool(library.papers)


def has_data(settings: Settings) -> bool:
    """Whether the site has anything for programs to tell of."""
    found = offers(settings.exports, settings.api)
    return any((found.days, found.topics, found.site, found.markdown, found.api))


class Contents(Value, frozen=True, kw_only=True):
    """What a site shows beside its library."""

    notes: Notes
    kinds: frozenset[str] = frozenset()  # of pages that the theme has templates for
    editorial: tuple[Text, ...] = ()
    static: tuple[StaticFile, ...] = ()
    assets: tuple[Artifact, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()  # former addresses, and where they lead now
    index: Index | None = None  # for searching
    related: Relations | None = None  # papers to papers
    roster: Roster | None = None  # people and categories
    queries: Queries = msgspec.field(default_factory=dict)  # the papers of each saved query
    closed: Closed = Closed()


def plan(library: Library, settings: Settings, site: SiteView, contents: Contents) -> list[Bundle]:
    """All bundles of the site, the papers of a month next to its days: they show the same."""
    scene = Scene(library, settings, site)
    finders = _Finders(scene, contents.roster)
    scene.ways = tuple(finders.ways)
    by_month = [
        *papers.bundles(scene, contents.related, finders.authors),
        *days.bundles(scene, contents.notes),
        *references.bundles(scene),
        *site_api.bundles(scene),
        *beside.bundles(scene),
    ]
    by_month.sort(key=lambda bundle: bundle.name.partition("/")[2])
    feeds = feed_catalogue.catalogue(scene, contents.queries)
    static = tuple(file.path for file in contents.static)
    look = feed_catalogue.look(scene, contents.assets, static)
    press = Press(scene, look, contents.closed, contents.notes)
    made = [
        *(search.bundles(scene, contents.index) if contents.index else ()),
        *by_month,
        *(topics.bundles(scene) if scene.on_topic else ()),
        *press.bundles(feeds),
        *subscribe.bundles(scene, feeds, archived=bool(contents.closed.documents)),
        *archive.bundles(scene),
        *periods.bundles(scene),
        *finders.bundles,
        *trends.bundles(scene),
        *cards.bundles(scene),
        *data_page.bundles(scene, static),
        *trending.bundles(scene),
        *papers.former_bundles(scene, contents.ways),
        *texts.text_bundles(contents.editorial),
        *texts.fixed_bundles(contents.assets, contents.static, site),
    ]
    shown = [bundle for bundle in made if not bundle.optional or bundle.kinds <= contents.kinds]
    listed = [*finders.paths, *(path for bundle in shown for path in bundle.listed)]
    editorial = tuple(text.path for text in contents.editorial)
    return [*shown, *addresses.bundles(scene, editorial, static, listed)]


class _Finders:
    """The indexes that need a roster: what they are made of, where they stand, ways to them."""

    def __init__(self, scene: Scene, roster: Roster | None) -> None:
        self.bundles: list[Bundle] = []
        self.paths: list[str] = []
        self.ways: list[Link] = []
        self.authors: Authors | None = None
        settings = scene.settings
        if roster is not None and settings.categories.enabled:
            self.bundles += categories.bundles(scene, roster)
            self._add(
                scene.words("categories.way"), categories.PATH, list(categories.paths(roster))
            )
        if roster is not None and settings.authors.enabled:
            from . import author_index, authors

            found = self.authors = authors.Authors(scene, roster)
            self.bundles += (*authors.bundles(found), *author_index.bundles(found))
            every = [*author_index.paths(found), *authors.paths(found)]
            self._add(scene.words("authors.title"), authors.INDEX, every)
        if trends.has(scene):
            self.ways.append(Link(label=scene.words("trends.title"), path=trends.PATH))
        if scene.dated:
            self.ways.append(Link(label=scene.words("trending.title"), path=trending.PATH))

    def _add(self, label: str, path: str, paths: list[str]) -> None:
        if paths:
            self.paths += paths
            self.ways.append(Link(label=label, path=path))
