"""How papers are numbered for searching, and which of them stand in one segment.

Papers are numbered in the order of their birth. A site has a segment for every full 32,768 papers,
one for what is left in full 4,096, one for what is left of that in full 512, and one for the rest.
A new day therefore changes the last segment, once in 512 papers the one before as well, and so on;
what lies further back is never touched. A query asks each segment.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

BLOCK: Final = 512  # papers that are indexed together
STEPS: Final = (32_768, 4_096, BLOCK)


def cuts(papers: int) -> list[tuple[int, int]]:
    """The segments of so many papers: the first of each, and the one behind its last."""
    edges = list(range(0, papers + 1, STEPS[0]))
    for step in (*STEPS[1:], 1):
        edge = papers // step * step
        if edge > edges[-1]:
            edges.append(edge)
    return list(pairwise(edges))
