"""What is found out about papers once they are merged: each `Library -> Library`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from .. import lead
from ..model import Day, Entry, Library, Paper, TopicMatch
from .filters import filtered

if TYPE_CHECKING:
    from ..cache import Cache
    from ..executors import Executor
    from .topics import Rules

__all__ = ["filtered", "looked_up", "with_topics"]

_CHUNK = 500


class _Found(NamedTuple):
    """What title and abstract of a paper say: its topics, the best first, and its lead's span."""

    topics: tuple[TopicMatch, ...]
    lead: tuple[int, int] | None


def with_topics(library: Library, rules: Rules, tasks: Executor, cache: Cache) -> Library:
    """Every paper with its topics, the best first, and its lead."""
    papers = library.papers
    known = _load(cache, rules.digest)
    new = [paper for paper in papers if paper.digest not in known]
    chunks = [new[start : start + _CHUNK] for start in range(0, len(new), _CHUNK)]

    if new:
        rules.prepare()

    def look(chunk: list[Paper]) -> list[_Found]:
        return [_Found(rules.match(p.title, p.abstract), lead.find(p.abstract)) for p in chunk]

    for chunk, found in zip(chunks, tasks.map(look, chunks), strict=True):
        known.update(zip((paper.digest for paper in chunk), found, strict=True))
    if new:
        kept = {paper.digest: known[paper.digest] for paper in papers}
        cache.save("topics", rules.digest, msgspec.msgpack.encode(kept))
    return _told(library, {paper.key: known[paper.digest] for paper in papers}, rules)


def looked_up(library: Library, rules: Rules) -> Library:
    """The same for a few papers on no page of their own, which no cache keeps."""
    papers = tuple(
        msgspec.structs.replace(
            paper, topics=rules.match(paper.title, paper.abstract), lead=lead.find(paper.abstract)
        )
        for paper in library.papers
    )
    return msgspec.structs.replace(library, papers=papers, topics=rules.topics)


def _load(cache: Cache, digest: str) -> dict[bytes, _Found]:
    packed = cache.load("topics", digest)
    if packed is None:
        return {}
    try:
        return msgspec.msgpack.decode(packed, type=dict[bytes, _Found])
    except msgspec.MsgspecError:
        return {}


def _told(library: Library, found: dict[str, _Found], rules: Rules) -> Library:
    papers = {
        paper.key: msgspec.structs.replace(paper, topics=topics, lead=span)
        for paper in library.papers
        for topics, span in (found[paper.key],)
    }
    days = tuple(
        Day(
            date=day.date,
            entries=tuple(
                Entry(paper=papers[e.paper.key], listings=e.listings, new=e.new)
                for e in day.entries
            ),
        )
        for day in library.days
    )
    return msgspec.structs.replace(
        library, papers=tuple(papers.values()), days=days, topics=rules.topics
    )
