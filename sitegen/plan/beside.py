"""What stands beside the pages of days and topics: references to take away, Markdown twins.

A bundle of its own for each page, so that what changes a page alone (a neighbour, the strip of
days) makes none of it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..model import Day, Paper
from ..pages import Page
from . import references, topics, twins
from .bundle import Bundle, facts, facts_of
from .scene import UNDATED_PER_PAGE, Scene, day_path, topic_path, undated_path


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for each page of a day, and for each of a topic."""
    offers = scene.offers
    texts = twins.Texts(scene)
    if offers.days or offers.markdown:
        for day in (*scene.dated, *([scene.undated] if scene.undated else ())):
            yield Bundle(
                name=f"beside/{day.date or 'undated'}",
                facts=facts(scene.shown_on(day)),
                kinds=frozenset({"plain"}),
                size=2,
                make=partial(_of_day, scene, texts, day),
            )
    if offers.topics or offers.markdown:
        for slug in scene.on_topic:
            yield from _topic_bundles(scene, texts, slug)


def _of_day(scene: Scene, texts: twins.Texts, day: Day) -> Iterator[Page]:
    layout = scene.layout(day.date)
    words = scene.words
    length = len(layout) if day.date else UNDATED_PER_PAGE
    for start in range(0, len(layout), length):
        shown = layout[start : start + length]
        number = start // length + 1
        path = day_path(day.date) if day.date else undated_path(number)
        stem = path.removesuffix(".html")
        papers = [spot.entry.paper for spot in shown]
        if scene.offers.days:
            yield from references.pages(stem, scene.offers.formats, papers)
        if scene.offers.markdown:
            title = words.day_full(day.date) if day.date else words("day.undated")
            groups = twins.groups_of_day(scene, [(s.topic, s.entry.paper) for s in shown])
            yield texts.page(stem, title, f"{words('count.papers', n=len(papers))}.", groups)


def _topic_bundles(scene: Scene, texts: twins.Texts, slug: str) -> Iterator[Bundle]:
    papers = scene.on_topic[slug]
    blocks = topics.cut(papers, scene.settings.topics.per_page)
    topic = scene.topics[slug]
    for number, block in enumerate(blocks):
        path = topics.page_path(slug, number, len(blocks))
        yield Bundle(
            name=f"beside/{path}",
            facts=facts(
                b"".join([scene.prints[paper.key] for paper in block]),
                facts_of([topic.name, topic.description]),
            ),
            kinds=frozenset({"plain"}),
            size=2,
            make=partial(_of_topic, scene, texts, slug, path, block),
        )


def _of_topic(
    scene: Scene, texts: twins.Texts, slug: str, path: str, block: Sequence[Paper]
) -> Iterator[Page]:
    stem = path.removesuffix(".html")
    topic = scene.topics[slug]
    newest_first = topics.by_day(block)
    papers = [paper for _, some in newest_first for paper in some]
    if scene.offers.topics:
        yield from references.pages(stem, scene.offers.formats, papers)
    if scene.offers.markdown:
        groups = [
            (scene.words.day_full(day) if day else scene.words("data.undated"), some)
            for day, some in newest_first
        ]
        # As on the pages themselves, the abstracts of older papers stand on their days alone.
        newest = path == topic_path(slug)
        yield texts.page(stem, topic.name, topic.description, groups, whole=newest)
