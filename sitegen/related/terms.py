"""Texts of papers to counted terms. A term is known by 32 bits of its hash, the same everywhere."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from ..digests import digest_of
from ..model import Paper
from ..search.lexicon import Lexicon
from ..search.words import split

Ints = NDArray[np.int64]

IN_TITLE: Final = 3  # mentions in the abstract that one in the title is worth
MOST_MENTIONS: Final = 15  # that count
_SHORTEST: Final = 2  # characters of a term


class Counts(NamedTuple):
    """The terms of some papers, one paper after the other, ascending in each.

    `ends` says where each paper's terms end.
    """

    ends: Ints
    hashes: Ints
    times: Ints

    @property
    def digest(self) -> bytes:
        """That of all of it."""
        return digest_of(self.packed())

    def packed(self) -> bytes:
        """As bytes."""
        return b"".join(
            (
                len(self.ends).to_bytes(4),
                self.ends.astype("<u4").tobytes(),
                self.hashes.astype("<u4").tobytes(),
                self.times.astype("u1").tobytes(),
            )
        )


def unpacked(data: bytes) -> Counts:
    """What `Counts.packed` gave."""
    papers = int.from_bytes(data[:4])
    ends = np.frombuffer(data, "<u4", papers, 4).astype(np.int64)
    terms = int(ends[-1]) if papers else 0
    start = 4 + 4 * papers
    hashes = np.frombuffer(data, "<u4", terms, start).astype(np.int64)
    times = np.frombuffer(data, "u1", terms, start + 4 * terms).astype(np.int64)
    return Counts(ends, hashes, times)


def hashed(term: str) -> int:
    """The number by which a term is known; 0 for one that tells nothing: a number, one letter."""
    if len(term) < _SHORTEST or not any(map(str.isalpha, term)):
        return 0
    return (xxh3_64_intdigest(term.encode(errors="replace")) & 0xFFFFFFFF) or 1


class _Terms:
    """Takes texts apart; what was met before is known by its number."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._hashes = array("q")

    def hashes(self, terms: Ints) -> Ints:
        """The hashes of terms that the lexicon has numbered."""
        known = self.lexicon.terms.strings
        for term in known[len(self._hashes) :]:
            self._hashes.append(hashed(term))
        return np.array(np.frombuffer(self._hashes, np.int64)[terms])


@cache
def _held() -> _Terms:
    return _Terms()


def counted(papers: Sequence[Paper]) -> Counts:
    """The terms of these papers."""
    if _held.cache_info().currsize and _held().lexicon.full:
        _held.cache_clear()
    held = _held()
    tokens: list[str] = []
    sizes: list[int] = []
    for paper in papers:
        for text in (paper.title, paper.abstract):
            found = split(text)
            tokens += found
            sizes.append(len(found))
    if not tokens:
        nothing = np.zeros(0, np.int64)
        return Counts(np.zeros(len(papers), np.int64), nothing, nothing)
    stretch = np.repeat(np.arange(len(sizes)), sizes)
    row, terms, _ = held.lexicon.terms_of(held.lexicon.numbers(tokens))
    hashes = held.hashes(terms)
    telling = hashes != 0
    stretch, hashes = stretch[row][telling], hashes[telling]
    keys, at = np.unique(stretch // 2 << 32 | hashes, return_inverse=True)
    worth = np.where(stretch % 2 == 0, IN_TITLE, 1)
    times = np.bincount(at.reshape(-1), worth, len(keys)).astype(np.int64)
    ends = np.searchsorted(keys, np.arange(1, len(papers) + 1) << 32)
    return Counts(ends, keys & 0xFFFFFFFF, np.minimum(times, MOST_MENTIONS))


class Frequencies(NamedTuple):
    """In how many papers of a number of papers terms stand; `hashes` ascend."""

    papers: int
    hashes: Ints
    counts: Ints

    def of(self, hashes: Ints) -> Ints:
        """Those of these terms."""
        if not len(self.hashes):
            return np.zeros(len(hashes), np.int64)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.asarray(np.where(self.hashes[at] == hashes, self.counts[at], 0))

    def plus(self, counts: Counts) -> Frequencies:
        """These and those of some more papers."""
        hashes, at = np.unique(np.concatenate([self.hashes, counts.hashes]), return_inverse=True)
        sums = np.bincount(at.reshape(-1)[len(self.hashes) :], minlength=len(hashes))
        sums[at.reshape(-1)[: len(self.hashes)]] += self.counts
        return Frequencies(self.papers + len(counts.ends), hashes, sums.astype(np.int64))


NONE: Final = Frequencies(0, np.zeros(0, np.int64), np.zeros(0, np.int64))


@cache
def usual() -> Frequencies:
    """Those of the table that ships with sitegen, in a thousand papers."""
    text = (files("sitegen") / "data" / "usual-terms.txt").read_text(encoding="utf-8")
    found: dict[int, int] = {}
    for line in text.splitlines():
        share, *terms = line.split()
        if share != "#":
            found.update((hashed(term), int(share)) for term in terms)
    hashes = sorted(found)
    return Frequencies(1000, np.array(hashes), np.array([found[one] for one in hashes]))
