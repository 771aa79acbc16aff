"""Counted terms to vectors: TF-IDF with a pivoted norm, in whole numbers.

A term's weight is (1 + log2 of its mentions) times log2 of how rare it is (Salton and Buckley,
1988). A short text would get great weights from being divided by its small norm, so that what all
is divided by lies between the text's own norm and a usual one (Singhal, Buckley and Mitra, 1996).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from .terms import MOST_MENTIONS, Counts, Frequencies, Ints, usual

MOST_TERMS: Final = 28  # of a vector: its heaviest
ONE: Final = 255  # the length of a vector, about
_PRIOR: Final = 2000  # papers that the table of usual terms stands for
_LEAST_SHARE: Final = 5000  # a term that is nowhere stands in one of so many papers
_UNIT: Final = 64  # of a logarithm
_USUAL_NORM: Final = 110 * _UNIT * _UNIT  # of an abstract of usual length
_OWN_PART: Final = (3, 4)  # how much of the divisor is the text's own norm

_TIMES: Final = np.array(
    [0] + [round(_UNIT * (1 + math.log2(times))) for times in range(1, MOST_MENTIONS + 1)]
)


class Vectors(NamedTuple):
    """Vectors of some papers, one after the other; terms ascend in each. `ends` as in Counts."""

    ends: Ints
    hashes: Ints
    weights: Ints

    def packed(self) -> bytes:
        """As bytes; `terms.unpacked` reads them."""
        return Counts(*self).packed()


def weighed(counts: Counts, before: Frequencies) -> Vectors:
    """The vectors of papers; `before` is what papers of completed years have."""
    weights = _TIMES[counts.times] * _rarity(counts.hashes, before)
    sizes = np.diff(counts.ends, prepend=0)
    row = np.repeat(np.arange(len(sizes)), sizes)
    squares = np.zeros(len(sizes) + 1, np.int64)
    np.add.at(squares, row, weights * weights)
    own = np.sqrt(squares[:-1]).astype(np.int64)
    part, whole = _OWN_PART
    norms = np.maximum((part * own + (whole - part) * _USUAL_NORM) // whole, 1)
    # The heaviest of each paper; of equal ones those with the smaller hash.
    order = np.lexsort((counts.hashes, -weights, row))
    rank = np.arange(len(row)) - np.repeat(counts.ends - sizes, sizes)
    scaled = ONE * weights // norms[row]
    kept = np.zeros(len(row), bool)
    kept[order[rank < MOST_TERMS]] = True
    kept &= scaled > 0
    return Vectors(
        ends=np.cumsum(np.bincount(row[kept], minlength=len(sizes))),
        hashes=counts.hashes[kept],
        weights=np.minimum(scaled[kept], 255),
    )


def _rarity(hashes: Ints, before: Frequencies) -> Ints:
    """How much a term tells: the binary logarithm of how many papers there are to one with it."""
    terms, at = np.unique(hashes, return_inverse=True)
    table = usual()
    prior = np.maximum(table.of(terms) * _PRIOR // table.papers, _PRIOR / _LEAST_SHARE)
    share = (_PRIOR + before.papers) / (prior + before.of(terms))
    found = np.rint(_UNIT * np.log2(share)).astype(np.int64)
    return np.asarray(np.maximum(found, 0)[at.reshape(-1)])
