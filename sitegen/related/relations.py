"""What was found: for each paper its related ones, and those that followed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from ..digests import digest_of
from ..model import Paper


class Relation(NamedTuple):
    """A related paper, and the hashes of the terms by which it is."""

    paper: Paper
    terms: tuple[int, ...]


class Relations:
    """The related papers of all papers.

    `papers` are numbered in the order given. `earlier` has for each the numbers of its related
    papers, the nearest first, -1 for none; `reasons` the terms of each, 0 for none; `ends` the
    number of papers that are not later. `most_later` is how many later papers are wanted.
    """

    def __init__(
        self,
        papers: Sequence[Paper],
        earlier: NDArray[np.int32],
        reasons: NDArray[np.uint32],
        ends: NDArray[np.int64],
        most_later: int = 0,
    ) -> None:
        self._papers = papers
        self._earlier = earlier
        self._reasons = reasons
        self._number = {paper.key: number for number, paper in enumerate(papers)}
        self._later = _later(earlier, ends, most_later)
        shown = [xxh3_64_intdigest(f"{paper.path}\0{paper.title}".encode()) for paper in papers]
        self._shown = np.array([*shown, 0], np.uint64)  # the last one for none

    def earlier(self, paper: Paper) -> list[Relation]:
        """The papers of the same day and earlier ones that are nearest to a paper."""
        number = self._number[paper.key]
        pairs = zip(self._earlier[number].tolist(), self._reasons[number].tolist(), strict=True)
        return [
            Relation(self._papers[other], tuple(filter(None, terms)))
            for other, terms in pairs
            if other >= 0
        ]

    def later(self, paper: Paper) -> list[Paper]:
        """Later papers to which this one is related: those whose lists have it highest."""
        others = self._later[self._number[paper.key]].tolist() if self._later.size else ()
        return [self._papers[other] for other in others if other >= 0]

    def facts(self, papers: Iterable[Paper]) -> bytes:
        """A digest of all that is told of some papers here."""
        numbers = np.array([self._number[paper.key] for paper in papers], np.int64)
        told = self._shown[self._earlier[numbers]].tobytes() + self._reasons[numbers].tobytes()
        if self._later.size:
            told += self._shown[self._later[numbers]].tobytes()
        return digest_of(told)


def _later(earlier: NDArray[np.int32], ends: NDArray[np.int64], most: int) -> NDArray[np.int32]:
    """For each paper the later ones in whose lists it stands, by its place there, then by date."""
    if not most or not earlier.size:
        return np.zeros((len(earlier), 0), np.int32)
    by, place = np.nonzero(earlier >= 0)
    of = earlier[by, place].astype(np.int64)
    later = by >= ends[of]
    by, place, of = by[later], place[later], of[later]
    order = np.lexsort((by, place, of))
    by, of = by[order], of[order]
    sizes = np.bincount(of, minlength=len(earlier))
    rank = np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    found = np.full((len(earlier), most), -1, np.int32)
    found[of[rank < most], rank[rank < most]] = by[rank < most]
    return found
