"""Saved queries: the papers that each of `[[feeds]]` finds.

Pure: comes in a library with topics, go out the papers of each query, in the order of birth. The
kinds of a query are conditions that all have to hold, the entries of one kind are alternatives;
whatever has one of the words in `not` is left out. Words fit as those of topic rules do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..config.feeds import SavedQuery
from ..digests import digest_of_values
from ..errors import Problem
from ..identity import fold_title
from ..model import Details, Library, Paper
from .filters import in_category
from .phrases import PhraseIndex, forms

if TYPE_CHECKING:
    from ..cache import Cache

FILE = "content/site.toml"
# What was found is cached by paper; raised whenever the same queries would find others.
METHOD = 1

_folded = lru_cache(maxsize=1 << 16)(fold_title)  # people write many papers


class _Phrase(NamedTuple):
    """What to do where a phrase is found."""

    query: int
    excludes: bool


def found(
    library: Library, queries: Sequence[SavedQuery], cache: Cache | None = None
) -> Mapping[str, tuple[Paper, ...]]:
    """The papers of each query by its name; ascending by birth, papers without a day first."""
    if not queries:
        return {}
    name = digest_of_values([METHOD, *queries]).hex()
    known = _load(cache, name) if cache else {}
    search = _Search(queries)
    answers: dict[bytes, list[int]] = {}
    papers: dict[str, list[Paper]] = {query.name: [] for query in queries}
    for paper in sorted(library.papers, key=lambda one: one.born or date.min):
        print_ = paper.digest + "\0".join([match.slug for match in paper.topics]).encode()
        numbers = known.get(print_)
        answers[print_] = numbers = list(search.of(paper)) if numbers is None else numbers
        for number in numbers:
            papers[queries[number].name].append(paper)
    if cache and answers.keys() != known.keys():
        cache.save("queries", name, msgspec.msgpack.encode(answers))
    return {name: tuple(some) for name, some in papers.items()}


def _load(cache: Cache, name: str) -> dict[bytes, list[int]]:
    packed = cache.load("queries", name)
    try:
        return msgspec.msgpack.decode(packed, type=dict[bytes, list[int]]) if packed else {}
    except msgspec.MsgspecError:
        return {}


def problems(
    library: Library, queries: Sequence[SavedQuery], of: Mapping[str, Sequence[Paper]]
) -> Iterator[Problem]:
    """Warnings for queries that name a topic that isn't there, or find nothing."""
    known = {topic.slug for topic in library.topics}
    for query in queries:
        strange = [slug for slug in query.topics if slug not in known]
        if strange:
            yield Problem(
                file=FILE,
                line=0,
                message=f"the feed {query.title!r} names a topic that there is not: {strange[0]!r}",
                hint="give the topic's slug, as in the address of its page",
            )
        elif not of[query.name] and library.papers:
            yield Problem(
                file=FILE,
                line=0,
                message=f"the feed {query.title!r} finds no paper, so it is not written",
                hint="every kind that is given has to fit: words and topics and authors …",
            )


class _Search:
    """All queries, asked of one paper at a time."""

    def __init__(self, queries: Sequence[SavedQuery]) -> None:
        self._queries = queries
        self._authors = [frozenset(map(fold_title, query.authors)) for query in queries]
        self._topics = [frozenset(query.topics) for query in queries]
        # A phrase can only be where the text has the beginning that all its forms share: a test
        # that costs next to nothing keeps most papers from being taken into words.
        self._roots = [[_root(phrase) for phrase in query.words] for query in queries]
        self._wordy = any(self._roots)
        self._index = PhraseIndex(
            (phrase, _Phrase(number, excludes))
            for number, query in enumerate(queries)
            for excludes, phrases in ((False, query.words), (True, query.excluded))
            for phrase in phrases
        )

    def of(self, paper: Paper) -> Iterator[int]:
        """The numbers of the queries that a paper answers."""
        details = paper.details
        text = f"{paper.title}\n{details.abstract}".casefold() if self._wordy else ""
        possible = [n for n in range(len(self._queries)) if self._may(n, paper, details, text)]
        if not any(self._queries[n].words or self._queries[n].excluded for n in possible):
            yield from possible
            return
        met: set[_Phrase] = set()
        for part in (paper.title, details.abstract):
            for _, _, phrases in self._index.find(part):
                met.update(phrases)
        for number in possible:
            wanted = not self._queries[number].words or _Phrase(number, False) in met
            if wanted and _Phrase(number, True) not in met:
                yield number

    def _may(self, number: int, paper: Paper, details: Details, text: str) -> bool:
        """Whether all but the words of a query fit, and these could."""
        query = self._queries[number]
        if query.words and not any(root in text for root in self._roots[number]):
            return False
        topics, authors = self._topics[number], self._authors[number]
        if topics and topics.isdisjoint(match.slug for match in paper.topics):
            return False
        if query.categories and not any(
            in_category(one, wanted) for one in details.categories for wanted in query.categories
        ):
            return False
        return not authors or not authors.isdisjoint(map(_folded, details.authors))


def _root(phrase: str) -> str:
    """The beginning that all first words of a phrase's forms have."""
    words = sorted(first for (first, *_), _ in forms(phrase))
    low, high = words[0], words[-1]
    same = 0
    while same < min(len(low), len(high)) and low[same] == high[same]:
        same += 1
    return low[:same]
