"""What is found out about papers once they are merged: each `Library -> Library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .. import lead
from ..digests import digest_of
from ..model import Day, Entry, Library, Paper, Said
from .filters import filtered

if TYPE_CHECKING:
    from ..cache import Cache
    from ..executors import Executor
    from .topics import Rules

__all__ = ["filtered", "looked_up", "said_by", "with_topics"]

_CHUNK = 500


def said_by(rules: Rules, title: str, abstract: str) -> Said:
    """The topics and the lead of a title with its abstract."""
    return Said(rules.match(title, abstract), lead.find(abstract))


def with_topics(library: Library, rules: Rules, tasks: Executor, cache: Cache) -> Library:
    """Every paper with its topics, the best first, and its lead.

    Most papers are heard: they show title and abstract of one record, which has both. What is
    found of the others is cached under their texts.
    """
    unheard = {_texts(paper): paper for paper in library.papers if not paper.heard}
    known = _load(cache, rules.digest) if unheard else {}
    new = [paper for texts, paper in unheard.items() if texts not in known]
    chunks = [new[start : start + _CHUNK] for start in range(0, len(new), _CHUNK)]
    if new:
        rules.prepare()

    def look(chunk: list[Paper]) -> list[Said]:
        return [said_by(rules, paper.title, paper.abstract) for paper in chunk]

    for chunk, found in zip(chunks, tasks.map(look, chunks), strict=True):
        known.update(zip(map(_texts, chunk), found, strict=True))
    if new:
        kept = {texts: known[texts] for texts in unheard}
        cache.save("topics", rules.digest, msgspec.msgpack.encode(kept))
    if unheard:
        library = _told(library, known)
    return msgspec.structs.replace(library, topics=rules.topics)


def looked_up(library: Library, rules: Rules) -> Library:
    """The same for a few papers that have no page of their own, and that no cache keeps."""
    papers = []
    for paper in library.papers:
        said = said_by(rules, paper.title, paper.abstract)
        papers.append(msgspec.structs.replace(paper, topics=said.topics, lead=said.lead))
    return msgspec.structs.replace(library, papers=tuple(papers), topics=rules.topics)


def _texts(paper: Paper) -> bytes:
    return digest_of(f"{paper.title}\0{paper.abstract}".encode())


def _load(cache: Cache, digest: str) -> dict[bytes, Said]:
    packed = cache.load("topics", digest)
    if packed is None:
        return {}
    try:
        return msgspec.msgpack.decode(packed, type=dict[bytes, Said])
    except msgspec.MsgspecError:
        return {}


def _told(library: Library, known: dict[bytes, Said]) -> Library:
    """The library in which the papers that were not heard have what is now known of them."""
    papers = {paper.key: _heard(paper, known) for paper in library.papers}
    days = tuple(
        Day(
            date=day.date,
            entries=tuple(
                entry
                if entry.paper.heard
                else Entry(paper=papers[entry.paper.key], listings=entry.listings, new=entry.new)
                for entry in day.entries
            ),
        )
        for day in library.days
    )
    return msgspec.structs.replace(library, papers=tuple(papers.values()), days=days)


def _heard(paper: Paper, known: dict[bytes, Said]) -> Paper:
    if paper.heard:
        return paper
    said = known[_texts(paper)]
    return msgspec.structs.replace(paper, topics=said.topics, lead=said.lead, heard=True)
