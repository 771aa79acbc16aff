"""Which feeds there are: of the site, of each topic, of each saved query.

Feeds hold papers that were listed on a day. A subject without such papers has no feed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from ..model import Artifact, Paper, Value
from . import trending
from .scene import Scene, topic_path

Queries = Mapping[str, Sequence[Paper]]


class Feed(Value, frozen=True, kw_only=True):
    """A subject that has feeds: what they are about, and all papers on it, oldest first."""

    name: str  # of its files; "" for the site as a whole
    kind: Literal["site", "trending", "topic", "query"]
    title: str
    short: str  # the title without the site's
    about: str
    html_path: str
    papers: tuple[Paper, ...]

    @property
    def by_day(self) -> bool:
        """Whether it has feeds with an entry a day beside those with an entry a paper."""
        return self.kind != "trending"


class Look(NamedTuple):
    """What all feeds have from the settings and the theme."""

    hub: str
    image: str
    style: str


def catalogue(scene: Scene, queries: Queries) -> tuple[Feed, ...]:
    """Every subject that has a feed: the site, what is trending, topics, saved queries."""
    feeds = (*_site(scene), *_trending(scene), *_topics(scene), *_queries(scene, queries))
    return tuple(feed for feed in feeds if feed.papers)


def look(scene: Scene, assets: Sequence[Artifact], static: Sequence[str]) -> Look:
    """The hub, image and style sheet of feeds; what the theme doesn't have is left out."""
    of_theme = {_plain(asset.path): asset.path for asset in assets}
    settings = scene.settings.feed
    own = settings.image if settings.image in static or "://" in settings.image else ""
    return Look(settings.hub, own or of_theme.get("icon.png", ""), of_theme.get("feed.css", ""))


def _plain(path: str) -> str:
    """An asset's name without its folder and fingerprint."""
    name, _, rest = path.rpartition("/")[2].partition(".")
    return f"{name}.{rest.rpartition('.')[2]}"


def _dated(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers with a day of those that ascend by birth, undated ones first."""
    return tuple(papers[bisect_right(papers, date.min, key=lambda one: one.born or date.min) :])


def _site(scene: Scene) -> Iterator[Feed]:
    papers = sorted(scene.library.papers, key=lambda paper: paper.born or date.min)
    yield Feed(
        name="",
        kind="site",
        title=scene.site.title,
        short=scene.site.title,
        about=scene.site.description,
        html_path="index.html",
        papers=_dated(papers),
    )


def _trending(scene: Scene) -> Iterator[Feed]:
    """The first papers of each period, as papers alone: a ranking of days would say nothing."""
    words = scene.words
    for period, order in trending.orders(scene):
        papers = [one.paper for one in order]
        yield Feed(
            name=period.feed,
            kind="trending",
            title=words(f"feed.trending_title_{period.slug}", site=scene.site.title),
            short=words(f"feed.trending_{period.slug}"),
            about=words(f"feed.trending_about_{period.slug}"),
            html_path=trending.PATH,
            papers=tuple(sorted(papers, key=lambda paper: (paper.born or date.min, paper.key))),
        )


def _topics(scene: Scene) -> Iterator[Feed]:
    for slug, papers in scene.on_topic.items():
        topic = scene.topics[slug]
        yield Feed(
            name=f"topics/{slug}",
            kind="topic",
            title=f"{scene.site.title}: {topic.name}",
            short=topic.name,
            about=topic.description or scene.words("feed.topic_about", topic=topic.name),
            html_path=topic_path(slug),
            papers=_dated(papers),
        )


def _queries(scene: Scene, queries: Queries) -> Iterator[Feed]:
    for query in scene.settings.feeds:
        yield Feed(
            name=f"feeds/{query.name}",
            kind="query",
            title=f"{scene.site.title}: {query.title}",
            short=query.title,
            about=query.description or scene.words("feed.query_about", query=query.title),
            html_path="subscribe.html",
            papers=_dated(queries.get(query.name, ())),
        )
