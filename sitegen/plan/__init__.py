"""The library to bundles of pages: names, digests of what goes in, pages on demand.

Pure: comes in what the site is to show, goes out what there is to make. Two pages on one path are
found out when they are made, by whoever collects them.
"""

from __future__ import annotations

from ..config import Settings
from ..model import Artifact, Library
from ..pages import Link, SiteView
from . import addresses, archive, days, feeds, papers, texts, topics
from .bundle import Bundle, facts
from .days import Notes
from .scene import Scene
from .texts import StaticFile, Text

__all__ = ["Bundle", "Notes", "StaticFile", "Text", "facts", "plan", "site_view"]


def site_view(library: Library, settings: Settings, editorial: tuple[Text, ...]) -> SiteView:
    """What all pages know of the site; it changes seldom, since it renders all pages again."""
    has_topics = any(paper.topics for paper in library.papers)
    has_feed = any(paper.born for paper in library.papers)
    ways = [
        Link(label="Latest", path="index.html"),
        Link(label="Archive", path="archive.html"),
        *([Link(label="Topics", path="topics/index.html")] if has_topics else ()),
        *(Link(label=text.menu, path=text.path) for text in editorial if text.menu),
    ]
    site_feeds = (
        Link(label=f"{settings.title}, RSS", path="rss.xml"),
        Link(label=f"{settings.title}, Atom", path="atom.xml"),
    )
    return SiteView(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        base_url=settings.base_url,
        curator=settings.curator,
        navigation=tuple(ways),
        footer=tuple(Link(label=t.title, path=t.path) for t in editorial if t.footer),
        feeds=site_feeds if has_feed else (),
    )


def plan(
    library: Library,
    settings: Settings,
    site: SiteView,
    *,
    notes: Notes,
    editorial: tuple[Text, ...],
    static: tuple[StaticFile, ...],
    assets: tuple[Artifact, ...],
) -> list[Bundle]:
    """All bundles of the site, the papers of a month next to its days: they show the same."""
    scene = Scene(library, settings, site)
    by_month = [*papers.bundles(scene), *days.bundles(scene, notes)]
    by_month.sort(key=lambda bundle: bundle.name.partition("/")[2])
    return [
        *by_month,
        *(topics.bundles(scene) if scene.on_topic else ()),
        *feeds.bundles(scene),
        *archive.bundles(scene),
        *texts.text_bundles(editorial),
        *texts.fixed_bundles(assets, static),
        *addresses.bundles(
            scene, tuple(t.path for t in editorial), tuple(file.path for file in static)
        ),
    ]
