"""Blocks put together: the posting lists of all papers of a segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from .blocks import Block, in_order
from .varints import varint
from .weights import LEVEL_BITS


class Posted(NamedTuple):
    """A term of a segment: the number of its papers, their postings, and its places in each."""

    term: str
    papers: int
    postings: bytes
    places: bytes


class _Growing:
    """A posting list that is put together."""

    __slots__ = ("last", "papers", "places", "postings")

    def __init__(self) -> None:
        self.papers = self.last = 0
        self.postings: list[bytes] = []
        self.places: list[bytes] = []


_SMALL: Final = [varint(value) for value in range(1 << 14)]
_LEVEL: Final = (1 << LEVEL_BITS) - 1


def merged(blocks: Sequence[Block]) -> Iterator[Posted]:
    """The terms of all blocks in their order; a part at a time, to spare memory."""
    initials = in_order({term[0] for block in blocks for term in block.terms})
    begins = [0] * len(blocks)
    for initial in initials:
        found: dict[str, _Growing] = {}
        for number, block in enumerate(blocks):
            end = _end(block.terms, initial, begins[number])
            _take(found, block, begins[number], end, base=_papers_before(blocks, number))
            begins[number] = end
        for term in in_order(found):
            one = found[term]
            yield Posted(term, one.papers, b"".join(one.postings), b"".join(one.places))


def _papers_before(blocks: Sequence[Block], number: int) -> int:
    return sum(len(block.papers) for block in blocks[:number])


def _end(terms: Sequence[str], initial: str, begin: int) -> int:
    """Where the terms that begin with a character end; those in front of it lie before `begin`."""
    low, high = begin, len(terms)
    while low < high:
        middle = (low + high) // 2
        if terms[middle][0] == initial:
            low = middle + 1
        else:
            high = middle
    return low


def _take(found: dict[str, _Growing], block: Block, begin: int, end: int, base: int) -> None:
    """Put some terms of a block behind what was found; its first paper has the number `base`."""
    if begin == end:
        return
    rest = int(block.rest_ends[begin - 1]) if begin else 0
    place = int(block.place_ends[begin - 1]) if begin else 0
    for term, first, last, count, rest_end, place_end in zip(
        block.terms[begin:end],
        block.firsts[begin:end].tolist(),
        block.lasts[begin:end].tolist(),
        block.counts[begin:end].tolist(),
        block.rest_ends[begin:end].tolist(),
        block.place_ends[begin:end].tolist(),
        strict=True,
    ):
        one = found.get(term)
        if one is None:
            one = found[term] = _Growing()
        code = ((base + (first >> LEVEL_BITS) - one.last) << LEVEL_BITS) | (first & _LEVEL)
        one.postings.append(_SMALL[code] if code < len(_SMALL) else varint(code))
        if rest_end > rest:
            one.postings.append(block.rests[rest:rest_end])
        one.places.append(block.places[place:place_end])
        one.papers += count
        one.last = base + last
        rest, place = rest_end, place_end
