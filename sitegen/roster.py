"""Who wrote which papers, and in which categories they are: what authors' pages need of all papers.

Texts of papers are fetched once, in blocks of papers in the order of their birth; what is taken
from them is kept in the cache. Here a person is a name, folded: case, accents and punctuation do
not count, initials do. Where dumps give one name several identifiers (ORCID, ACL Anthology), each
is a person of its own, and so are papers of that name without any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from .cache import Cache
from .digests import digest_of_values
from .executors import Executor
from .model import Library, Paper
from .search.words import fold

_BLOCK: Final = 512
_KIND: Final = "roster"
_MOST: Final = 60  # characters of a slug
_SEPARATE = re.compile(r"[\s\-\u2010\u2011.,'’]+")

Ints = NDArray[np.int64]


class Person(NamedTuple):
    """Somebody with papers: `papers` are numbers of papers, ascending."""

    key: str  # the folded name, and behind a blank the identifier where that is needed
    name: str  # as most papers write it
    names: tuple[str, ...]  # the other ways to write it
    ids: tuple[str, ...]  # "orcid:0000-0002-1825-0097", "acl:yang-liu"
    papers: Ints

    @property
    def path(self) -> str:
        """Of the person's page."""
        return path_of(self.key)


class Roster(NamedTuple):
    """All papers, dated ones first in the order of birth, with their people and categories.

    `people` holds all authors of all papers, one paper after the other, as numbers of persons;
    paper p's stand between `begins[p]` and `begins[p + 1]`.
    """

    papers: Sequence[Paper]
    begins: Ints
    people: Ints
    keys: Sequence[str]  # of the persons
    names: Sequence[dict[str, int]]  # how often each is written how
    ids: Sequence[set[str]]
    categories: dict[str, list[int]]  # papers by category

    def persons(self, least: int) -> list[Person]:
        """Those who have so many papers at least, in the order of their keys."""
        row = np.repeat(np.arange(len(self.papers)), np.diff(self.begins))
        pairs = np.unique(self.people << 32 | row)  # a name that stands twice in a byline is one
        people, papers = pairs >> 32, pairs & 0xFFFFFFFF
        counts = np.bincount(people, minlength=len(self.keys))
        ends = np.cumsum(counts)
        found = []
        for number in np.flatnonzero(counts >= least).tolist():
            written = self.names[number]
            order = sorted(written, key=lambda name: (-written[name], name))
            own = papers[ends[number] - counts[number] : ends[number]]
            ids = tuple(sorted(self.ids[number]))
            found.append(Person(self.keys[number], order[0], tuple(order[1:]), ids, own))
        return sorted(found, key=lambda person: person.key)


class _Block(NamedTuple):
    """Some papers: `people` are their authors as numbers of `known`, one paper after the other."""

    known: list[tuple[str, str, str, int]]  # key, name, identifier, and how often it stands there
    people: bytes
    sizes: bytes  # how many authors each paper has
    categories: dict[str, list[int]]  # papers by category


_DECODER = msgspec.msgpack.Decoder(_Block)


def roster(library: Library, tasks: Executor, cache: Cache) -> Roster:
    """The roster of all papers; blocks that are not in the cache are made, the full ones kept."""
    dated = sorted((p for p in library.papers if p.born), key=lambda p: p.born or date.min)
    papers = (*dated, *(paper for paper in library.papers if not paper.born))
    stretches = [papers[at : at + _BLOCK] for at in range(0, len(papers), _BLOCK)]
    names = [digest_of_values([paper.digest for paper in some]).hex() for some in stretches]
    packed = [cache.load(_KIND, name) for name in names]
    todo = [at for at, data in enumerate(packed) if data is None]

    def make(at: int) -> bytes:
        return msgspec.msgpack.encode(_made(stretches[at]))

    for at, data in zip(todo, tasks.map(make, todo), strict=True):
        packed[at] = data
        if len(stretches[at]) == _BLOCK:
            cache.save(_KIND, names[at], data)
    return _joined(papers, [_DECODER.decode(data) for data in packed if data is not None])


def _made(papers: Sequence[Paper]) -> _Block:
    numbers: dict[tuple[str, str, str], int] = {}
    people: list[int] = []
    sizes: list[int] = []
    categories: dict[str, list[int]] = {}
    for at, paper in enumerate(papers):
        details = paper.details
        ids = details.author_ids or ("",) * len(details.authors)
        before = len(people)
        for name, known in zip(details.authors, ids, strict=True):
            key = key_of(name)
            if key:
                people.append(numbers.setdefault((key, name, known), len(numbers)))
        sizes.append(len(people) - before)
        for category in dict.fromkeys(details.categories):
            categories.setdefault(category, []).append(at)
    times = Counter(people)
    return _Block(
        [(*person, times[number]) for person, number in numbers.items()],
        np.array(people, "<u4").tobytes(),
        np.array(sizes, "<u4").tobytes(),
        categories,
    )


def _joined(papers: Sequence[Paper], blocks: Sequence[_Block]) -> Roster:
    of_key: dict[str, set[str]] = {}
    for block in blocks:
        for key, _, known, _ in block.known:
            if known:
                of_key.setdefault(key, set()).add(known)
    several = {key for key, ids in of_key.items() if len(ids) > 1}
    numbers: dict[str, int] = {}
    names: list[dict[str, int]] = []
    ids: list[set[str]] = []
    people: list[Ints] = [np.zeros(0, np.int64)]
    sizes: list[Ints] = [np.zeros(1, np.int64)]
    categories: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        own = []
        for key, name, known, times in block.known:
            full = f"{key} {known}" if known and key in several else key
            person = numbers.get(full)
            if person is None:
                person = numbers[full] = len(names)
                names.append({})
                ids.append(set())
            own.append(person)
            written = names[person]
            written[name] = written.get(name, 0) + times
            if known:
                ids[person].add(known)
        people.append(np.array(own, np.int64)[np.frombuffer(block.people, "<u4")])
        sizes.append(np.frombuffer(block.sizes, "<u4").astype(np.int64))
        for category, some in block.categories.items():
            found = categories.setdefault(category, [])
            found += (number * _BLOCK + at for at in some)
    begins = np.cumsum(np.concatenate(sizes))
    return Roster(papers, begins, np.concatenate(people), list(numbers), names, ids, categories)


def key_of(name: str) -> str:
    """A name folded: "José A. Núñez-Soto" is "jose-a-nunez-soto"; "" where nothing is left."""
    return "-".join(filter(None, (fold(part) for part in _SEPARATE.split(name))))


def path_of(key: str) -> str:
    """The page of a person: the folded name, with letters of a hash where that is no good name."""
    name = key.partition(" ")[0]
    slug = "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-")).strip("-")[:_MOST]
    # A single word may be what Windows keeps for a device.
    if slug != key or "-" not in slug:
        mark = blake2b(key.encode(errors="replace"), digest_size=4).hexdigest()
        slug = f"{slug}-{mark}".lstrip("-")
    return f"authors/{slug[0]}/{slug}.html"
