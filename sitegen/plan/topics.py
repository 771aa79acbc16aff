"""topics/index.html and topics/SLUG.html with its older pages.

Pages are cut from the oldest paper on, so that a new paper changes one page: full blocks of
`per_page` papers are closed for ever and numbered from 2 (the oldest), and SLUG.html shows the
newest papers that fill no block yet, together with the last full block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import takewhile
from operator import itemgetter
from typing import Any

from ..model import Paper, Topic
from ..pages import CountedLink, Head, Link, Page, PaperGroup, TopicPage, TopicRow, TopicsPage
from . import feed_paths, trend, ways
from .bundle import Bundle, facts, facts_of
from .scene import Scene, day_path, topic_path

BLOCKS_PER_BUNDLE = 2

Blocks = list[Sequence[Paper]]


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for the index, one for each topic's first page, one for two closed ones."""
    yield _index(scene)
    closed: list[tuple[date, str, int, int, Blocks]] = []
    for slug, papers in scene.on_topic.items():
        topic = scene.topics[slug]
        blocks = cut(papers, scene.settings.topics.per_page)
        yield _bundle(scene, topic, blocks, len(blocks) - 1, len(blocks))
        last = len(blocks) - 1
        for start in range(0, last, BLOCKS_PER_BUNDLE):
            end = min(start + BLOCKS_PER_BUNDLE, last)
            closed.append((blocks[start][0].born or date.min, slug, start, end, blocks))
    # Neighbours in time show papers of the same dumps, whose texts are then at hand.
    for _, slug, start, end, blocks in sorted(closed, key=itemgetter(0, 1, 2)):
        yield _bundle(scene, scene.topics[slug], blocks, start, end)


def cut(papers: Sequence[Paper], per_page: int) -> Blocks:
    """Papers, oldest first, as closed blocks and at last those of the first page."""
    closed = max(0, len(papers) // per_page - 1)
    blocks: Blocks = [papers[i * per_page : (i + 1) * per_page] for i in range(closed)]
    return [*blocks, papers[closed * per_page :]]


def page_paths(scene: Scene, slug: str) -> list[str]:
    """All pages of a topic, the newest first."""
    count = len(cut(scene.on_topic[slug], scene.settings.topics.per_page))
    return [page_path(slug, block, count) for block in reversed(range(count))]


def page_path(slug: str, block: int, count: int) -> str:
    """The page that shows a block."""
    return topic_path(slug) if block == count - 1 else topic_path(slug, block + 2)


def _bundle(scene: Scene, topic: Topic, blocks: Blocks, start: int, end: int) -> Bundle:
    newest = end == len(blocks)
    shown = [paper for block in blocks[start:end] for paper in block]
    around = [_label(scene, blocks[i]) for i in (start - 1, end) if 0 <= i < len(blocks)]
    total = sum(map(len, blocks)) if newest else 0
    return Bundle(
        name=f"topics/{topic.slug}" + ("" if newest else f"-{start + 2}"),
        facts=facts(
            b"".join([scene.prints[paper.key] for paper in shown]),
            facts_of([topic, around, total, len(scene.library.papers) if newest else 0]),
            facts_of(_feeds(scene, topic) if newest else ()),
            facts_of(_around(scene, topic).values() if newest else ()),
            *(scene.undated_path(paper.key) for paper in takewhile(_is_undated, shown)),
        ),
        kinds=frozenset({"topic"}),
        size=end - start,
        make=partial(_pages, scene, topic, blocks, start, end),
    )


def _is_undated(paper: Paper) -> bool:
    return paper.born is None


def _pages(scene: Scene, topic: Topic, blocks: Blocks, start: int, end: int) -> Iterator[Page]:
    count = len(blocks)
    words = scene.words
    for block in range(start, end):
        first = block == count - 1
        path = page_path(topic.slug, block, count)
        dates = _label(scene, blocks[block])
        beside = ways.topic_links(scene, path)
        data = TopicPage(
            name=topic.name,
            path=topic_path(topic.slug),
            description=topic.description,
            rule=topic.rule,
            papers=sum(map(len, blocks)) if first else 0,
            share=round(sum(map(len, blocks)) / len(scene.library.papers), 3) if first else 0,
            dates="" if first else dates,
            groups=_groups(scene, topic, blocks[block], abstracts=first),
            newer=_turn(scene, topic, blocks, block + 1),
            older=_turn(scene, topic, blocks, block - 1),
            first=first,
            **(_around(scene, topic) if first else {}),
            exports=beside,
        )
        yield Page(
            path=path,
            kind="topic",
            data=data,
            head=Head(
                title=topic.name
                if first
                else words("topic.title_older", topic=topic.name, dates=dates, page=block + 2),
                description=topic.description or words("topic.about", topic=topic.name),
                section="topics/index.html",
                alternates=ways.alternates(beside),
                feeds=_feeds(scene, topic) if first and scene.has_feed(topic.slug) else (),
            ),
        )


def _around(scene: Scene, topic: Topic) -> dict[str, Any]:
    """What a topic's first page says of its course and of the topics around it."""
    parent = scene.topics.get(topic.parent)
    on_topic = scene.on_topic
    return {
        "parent": Link(label=parent.name, path=topic_path(parent.slug)) if parent else None,
        "children": tuple(
            _counted(one, len(on_topic[one.slug])) for one in _below(scene, topic.slug)
        ),
        "trend": trend.bars(on_topic[topic.slug], scene.months),
        "neighbours": tuple(
            _counted(scene.topics[slug], papers)
            for slug, papers in scene.near_topics.get(topic.slug, ())
        ),
    }


def _below(scene: Scene, slug: str) -> list[Topic]:
    """The topics that are parts of one and have papers; those of no other for ""."""
    return [t for t in scene.topics.values() if t.parent == slug and t.slug in scene.on_topic]


def _counted(topic: Topic, papers: int) -> CountedLink:
    return CountedLink(label=topic.name, path=topic_path(topic.slug), papers=papers)


def _feeds(scene: Scene, topic: Topic) -> tuple[Link, ...]:
    return feed_paths.links(scene.settings, f"topics/{topic.slug}", topic.name, scene.words)


def _groups(
    scene: Scene, topic: Topic, papers: Sequence[Paper], *, abstracts: bool
) -> tuple[PaperGroup, ...]:
    number = 0
    groups = []
    for day, listed in by_day(papers):
        cards = []
        for paper in listed:
            number += 1
            sources = dict.fromkeys(listing.source for listing in paper.listings)
            cards.append(
                scene.card(
                    paper, number=number, new=True, sources=sources, apart=topic.slug,
                    abstract=abstracts, cite=True,
                )
            )  # fmt: skip
        groups.append(
            PaperGroup(
                slug=f"d{day}" if day else "undated",
                path=day_path(day) if day else scene.undated_path(listed[0].key),
                day=day,
                papers=tuple(cards),
            )
        )
    return tuple(groups)


def by_day(papers: Sequence[Paper]) -> list[tuple[date | None, list[Paper]]]:
    """Papers, oldest first, by their day of birth, the newest day first."""
    days: dict[date | None, list[Paper]] = {}
    for paper in reversed(papers):
        days.setdefault(paper.born, []).append(paper)
    return [(day, listed[::-1]) for day, listed in days.items()]


def _label(scene: Scene, block: Sequence[Paper]) -> str:
    return scene.words.span(block[0].born, block[-1].born)


def _turn(scene: Scene, topic: Topic, blocks: Blocks, block: int) -> Link | None:
    if not 0 <= block < len(blocks):
        return None
    return Link(label=_label(scene, blocks[block]), path=page_path(topic.slug, block, len(blocks)))


def _index(scene: Scene) -> Bundle:
    rows = _rows(scene, "")
    papers = scene.library.papers
    words = scene.words
    data = TopicsPage(
        topics=rows,
        papers=len(papers),
        unassigned=sum(not paper.topics for paper in papers),
        total=len(scene.on_topic),
        ways=scene.ways,
    )
    head = Head(
        title=words("topics.title"),
        description=words(
            "topics.about",
            papers=words("count.papers", n=len(papers)),
            topics=words("count.on_topics", n=len(scene.on_topic)),
        ),
        section="topics/index.html",
    )
    page = Page(path="topics/index.html", kind="topics", data=data, head=head)
    return Bundle(
        name="topics",
        facts=facts_of([data]),
        kinds=frozenset({"topics"}),
        size=1,
        make=lambda: iter((page,)),
    )


def _rows(scene: Scene, above: str) -> tuple[TopicRow, ...]:
    """The topics that are parts of one, in the order of the topic file, each with its parts."""
    return tuple(
        TopicRow(
            name=topic.name,
            path=topic_path(topic.slug),
            papers=len(scene.on_topic[topic.slug]),
            description=topic.description,
            newest=scene.on_topic[topic.slug][-1].born,
            children=_rows(scene, topic.slug),
        )
        for topic in _below(scene, above)
    )
