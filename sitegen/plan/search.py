"""search.html and the files of the index, a bundle for each of its segments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from ..pages import FilePage, Head, Page, SearchPage
from ..search import Index, Segment
from .bundle import Bundle, facts_of
from .scene import Scene

PATH = "search.html"
_FILES_PER_PAPER = 0.1  # about


def bundles(scene: Scene, index: Index) -> Iterator[Bundle]:
    """The segments, which take longest, and the page."""
    for segment in index.segments:
        yield Bundle(
            name=f"search/{segment.name}",
            facts=segment.digest,
            kinds=frozenset({"file"}),
            size=1 + int(segment.papers * _FILES_PER_PAPER),
            make=partial(_files, segment),
        )
    papers = scene.library.papers
    data = SearchPage(
        papers=len(papers),
        has_topics=bool(scene.on_topic),
        example=_example(scene),
        index=_about(scene, index),
    )
    head = Head(
        title=scene.words("search.title"),
        description=scene.words("search.about", n=len(papers)),
        section=PATH,
    )
    page = Page(path=PATH, kind="search", data=data, head=head)
    yield Bundle(
        name="search",
        facts=facts_of([data]),
        kinds=frozenset({"search"}),
        size=1,
        make=lambda: iter((page,)),
    )


def _files(segment: Segment) -> Iterator[Page]:
    for name, data in segment.files():
        yield Page(path=f"search/{segment.name}/{name}", kind="file", data=FilePage(data=data))


def _about(scene: Scene, index: Index) -> str:
    """What the script has to know of the index before it reads a file of it, as JSON."""
    sources = {
        " ".join(listing.source.split())
        for paper in scene.library.papers
        for listing in paper.listings
        if listing.source
    }
    about = {
        "segments": [(segment.name, segment.papers) for segment in index.segments],
        "dated": sum(papers for _, papers in index.days),
        "first": index.days[0][0] if index.days else None,
        "steps": _steps(index),
        "topics": [(slug, scene.topics[slug].name) for slug in scene.on_topic],
        "sources": sorted(sources),
    }
    return msgspec.json.encode(about).decode()


def _steps(index: Index) -> list[int]:
    """For each day how many days it is after the one before, and its papers, one after the other.

    Many days are a paper's worth of bytes so, and not a page's.
    """
    steps: list[int] = []
    before = index.days[0][0] if index.days else None
    for day, papers in index.days:
        assert before is not None  # noqa: S101
        steps += (day - before).days, papers
        before = day
    return steps


def _example(scene: Scene) -> str:
    """Something to type: the largest topic's name."""
    if not scene.on_topic:
        return scene.words("search.example")
    slug = max(scene.on_topic, key=lambda one: (len(scene.on_topic[one]), one))
    return scene.topics[slug].name.lower()
