"""What is found out about papers once they are merged: each `Library -> Library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..model import Day, Entry, Library, Paper, TopicMatch
from .filters import filtered

if TYPE_CHECKING:
    from ..cache import Cache
    from ..executors import Executor
    from .topics import Rules

__all__ = ["filtered", "with_topics"]

_CHUNK = 500


def with_topics(library: Library, rules: Rules, tasks: Executor, cache: Cache) -> Library:
    """Every paper with its topics, the best first."""
    papers = library.papers
    known = _load(cache, rules.digest)
    new = [paper for paper in papers if paper.digest not in known]
    chunks = [new[start : start + _CHUNK] for start in range(0, len(new), _CHUNK)]

    def match(chunk: list[Paper]) -> list[tuple[TopicMatch, ...]]:
        return [rules.match(paper.title, paper.abstract) for paper in chunk]

    for chunk, found in zip(chunks, tasks.map(match, chunks), strict=True):
        known.update(zip((paper.digest for paper in chunk), found, strict=True))
    if new:
        kept = {paper.digest: known[paper.digest] for paper in papers}
        cache.save("topics", rules.digest, msgspec.msgpack.encode(kept))
    return _assigned(library, {paper.key: known[paper.digest] for paper in papers}, rules)


def _load(cache: Cache, digest: str) -> dict[bytes, tuple[TopicMatch, ...]]:
    packed = cache.load("topics", digest)
    if packed is None:
        return {}
    try:
        return msgspec.msgpack.decode(packed, type=dict[bytes, tuple[TopicMatch, ...]])
    except msgspec.MsgspecError:
        return {}


def _assigned(library: Library, topics: dict[str, tuple[TopicMatch, ...]], rules: Rules) -> Library:
    papers = {
        paper.key: msgspec.structs.replace(paper, topics=topics[paper.key])
        for paper in library.papers
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
