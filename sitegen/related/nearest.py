"""The nearest vectors among earlier ones: a sparse product, a paper at a time.

The lists of papers by term are made once for all. What adds up the products is NumPy's bincount:
its floating-point numbers hold whole ones below 2**53, which they add without rounding.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .terms import Ints
from .vectors import ONE

REASONS: Final = 5  # shared terms that are kept: a word with a hyphen has up to three
# What two papers have to share at least: this much of a vector's square, by so many terms.
LEAST_PRODUCT: Final = ONE * ONE // 16
_LEAST_SHARED: Final = 2
_NOTHING: Final = -1


class Matrix(NamedTuple):
    """Vectors of all papers: paper p's terms lie between `begins[p]` and `begins[p + 1]`."""

    begins: Ints
    hashes: NDArray[np.uint32]
    weights: NDArray[np.uint8]

    def rows(self, papers: Ints) -> tuple[Ints, Ints]:
        """All entries of some papers: which of them, and where in the matrix."""
        sizes = self.begins[papers + 1] - self.begins[papers]
        row = np.repeat(np.arange(len(papers)), sizes)
        within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return row, self.begins[papers][row] + within


class Found(NamedTuple):
    """For each paper asked for: the nearest ones, the best first, and the terms they share.

    Papers by their numbers, -1 for none; terms by their hashes, the weightiest first, 0 for none.
    """

    papers: NDArray[np.int32]
    reasons: NDArray[np.uint32]


class Lists:
    """Which papers have a term, for the terms that the asked papers have. Papers ascend."""

    def __init__(self, matrix: Matrix, first: int, end: int) -> None:
        """Those for papers from `first` up to `end`, among all before `end`."""
        until = matrix.begins[end]
        hashes = matrix.hashes[:until]
        asked = np.unique(hashes[matrix.begins[first] :])
        at, paper = _those_with(hashes, asked, matrix.begins[: end + 1])
        terms = np.searchsorted(asked, hashes[at])
        order = np.argsort(terms, kind="stable")
        self._begins = np.searchsorted(terms[order], np.arange(len(asked) + 1))
        self._papers = paper[order]
        self._weights = matrix.weights[at][order].astype(np.float64)
        self._asked = asked

    def products(
        self, hashes: NDArray[np.uint32], weights: NDArray[np.uint8], *, before: int
    ) -> tuple[Ints, Ints]:
        """The papers that share a term with a vector, and the products; papers ascend."""
        terms = np.searchsorted(self._asked, hashes)
        begins, ends = self._begins[terms].tolist(), self._begins[terms + 1].tolist()
        spans = [slice(*span) for span in zip(begins, ends, strict=True)]
        if not spans:
            return _NO_INTS, _NO_INTS
        papers = np.concatenate([self._papers[span] for span in spans])
        sizes = [span.stop - span.start for span in spans]
        each = np.concatenate([self._weights[span] for span in spans]) * np.repeat(weights, sizes)
        sums = np.bincount(papers, each)[:before]
        met = np.flatnonzero(sums >= LEAST_PRODUCT)
        return met, sums[met].astype(np.int64)


_NO_INTS: Final = np.zeros(0, np.int64)


def _those_with(
    hashes: NDArray[np.uint32], asked: NDArray[np.uint32], begins: Ints
) -> tuple[Ints, Ints]:
    """Where terms that are asked for stand, and in which papers.

    A table of the hashes' first bits spares most a closer look.
    """
    shift = np.uint32(12)
    table = np.zeros(1 << 20, bool)
    table[asked >> shift] = True
    at = np.flatnonzero(table[hashes >> shift])
    near = np.minimum(np.searchsorted(asked, hashes[at]), len(asked) - 1)
    at = at[asked[near] == hashes[at]]
    return at, np.searchsorted(begins, at, side="right") - 1


def nearest(matrix: Matrix, lists: Lists, papers: range, ends: Ints, most: int) -> Found:
    """The nearest of each of some papers.

    `ends` has for each the number of papers that are not later than it.
    """
    found = np.full((len(papers), most), _NOTHING, np.int32)
    for row, (paper, end) in enumerate(zip(papers, ends.tolist(), strict=True)):
        span = slice(*matrix.begins[paper : paper + 2].tolist())
        hashes, weights = matrix.hashes[span], matrix.weights[span]
        met, products = lists.products(hashes, weights, before=end)
        others = met != paper
        met, products = met[others], products[others]
        if len(met) > 4 * most:  # no need to put all in order
            bound = np.partition(products, len(products) - most)[len(products) - most]
            met, products = met[products >= bound], products[products >= bound]
        best = np.lexsort((-met, -products))[:most]  # of equal ones, the newest
        found[row, : len(best)] = met[best]
    return Found(found, _reasons(matrix, papers, found))


def _reasons(matrix: Matrix, papers: range, found: NDArray[np.int32]) -> NDArray[np.uint32]:
    """The terms by which papers are near, and nothing where they are too few."""
    rows, columns = np.nonzero(found >= 0)
    reasons = np.zeros((*found.shape, REASONS), np.uint32)
    if not len(rows):
        return reasons
    asked = np.arange(papers.start, papers.stop)
    pair_a, at_a = matrix.rows(asked[rows])
    pair_b, at_b = matrix.rows(found[rows, columns].astype(np.int64))
    pairs = np.concatenate([pair_a, pair_b]) << 32 | matrix.hashes[np.concatenate([at_a, at_b])]
    order = np.argsort(pairs, kind="stable")
    same = np.flatnonzero(np.diff(pairs[order]) == 0)
    one, other = order[same], order[same + 1] - len(at_a)
    worth = matrix.weights[at_a[one]].astype(np.int64) * matrix.weights[at_b[other]]
    pair, hashes = pair_a[one], matrix.hashes[at_a[one]]
    order = np.lexsort((hashes, -worth, pair))
    pair, hashes = pair[order], hashes[order]
    sizes = np.bincount(pair, minlength=len(rows))
    rank = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    told = rank < REASONS
    reasons[rows[pair[told]], columns[pair[told]], rank[told]] = hashes[told]
    found[rows[sizes < _LEAST_SHARED], columns[sizes < _LEAST_SHARED]] = _NOTHING
    return reasons
