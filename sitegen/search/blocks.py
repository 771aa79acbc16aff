"""Up to 512 papers in a row as an inverted index of their own, a part of a segment.

A block depends on what can be searched of its papers and on nothing else, so that its digest tells
whether a segment has to be made again. Terms of words are plain; the others begin or end with a
mark that no word has, and sort together:

    !code  has code        #SLUG  topic        $NAME  source        =ID  identifier
    NAME@  a word of an author's name, beside the same word as a plain term

For each term there is a posting list. A posting is the paper's number less the one before it, and
the level of the term in the paper (`weights`); beside it stand the term's places in the paper.

The inversion sorts a hundred thousand numbers, which is why NumPy is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from heapq import merge
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..model import Details, Paper
from .varints import varints
from .weights import FIELDS, LEVEL_BITS, thresholds
from .words import Token, Words, split

GAP: Final = 8  # places between fields, and between authors: no phrase reaches over it

HAS, TOPIC, SOURCE, IDENTIFIER, AUTHOR = "!", "#", "$", "=", "@"
_SHORTEST_SPELLING: Final = 4
_BYLINE: Final = len(FIELDS) - 1

Ints = NDArray[np.int64]


class Block(NamedTuple):
    """The index of some papers: parallel lists in the order of the terms, papers counted from 0.

    A term's postings after the first end in `rests` at its `rest_ends`, where the next one's
    begin; so do its places in `places`.
    """

    terms: list[str]
    firsts: Ints  # the first posting, counted from paper 0
    lasts: Ints  # the last paper
    counts: Ints  # how many papers
    rests: bytes
    rest_ends: Ints
    places: bytes
    place_ends: Ints
    spellings: dict[str, int]  # words, and how often they occur
    papers: list[tuple[str, str]]  # path and title

    def packed(self) -> bytes:
        """The block as bytes, the same for the same block."""
        columns = [getattr(self, name).astype(kind).tobytes() for name, kind in _COLUMNS.items()]
        lists = ("\n".join(self.terms), self.rests, self.places, self.spellings, self.papers)
        return msgspec.msgpack.encode([*columns, *lists])


_COLUMNS: Final = {
    "firsts": "<u2", "lasts": "<u2", "counts": "<u2", "rest_ends": "<u4", "place_ends": "<u4"
}  # fmt: skip
_Packed = tuple[
    bytes, bytes, bytes, bytes, bytes, str, bytes, bytes, dict[str, int], list[tuple[str, str]]
]
_DECODER = msgspec.msgpack.Decoder(_Packed)


def unpacked(data: bytes) -> Block:
    """What `packed` was given."""
    *columns, terms, rests, places, spellings, papers = _DECODER.decode(data)
    found = {
        name: np.frombuffer(column, kind).astype(np.int64)
        for (name, kind), column in zip(_COLUMNS.items(), columns, strict=True)
    }
    return Block(
        terms=terms.split("\n") if terms else [],
        **found,
        rests=rests,
        places=places,
        spellings=spellings,
        papers=papers,
    )


class _Numbers(dict[str, int]):
    """Strings numbered in the order in which they are asked for."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class _Texts:
    """The texts of some papers as tokens: one list for all, cut into stretches."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.papers: list[int] = []  # of each stretch
        self.fields: list[int] = []
        self.ends: list[int] = []

    def add(self, paper: int, field: int, text: str) -> None:
        """Take one text."""
        self.tokens += split(text)
        self.papers.append(paper)
        self.fields.append(field)
        self.ends.append(len(self.tokens))


def build(papers: Sequence[Paper]) -> Block:
    """The index of these papers; at most `BLOCK` of them."""
    texts = _Texts()
    terms = _Numbers()
    facets: list[tuple[int, int]] = []
    for number, paper in enumerate(papers):
        details = paper.details
        for field, text in enumerate((paper.title, details.abstract, *details.authors)):
            texts.add(number, min(field, _BYLINE), text)
        facets += ((terms[term], number) for term in _facets(paper, details))
    numbers = _Numbers()
    tokens = np.fromiter(map(numbers.__getitem__, texts.tokens), np.int64, len(texts.tokens))
    known = [_words()(token) for token in numbers]
    occurrences = _Occurrences(texts, tokens, known, terms)
    names = occurrences.names(known, terms)
    marks = np.array(facets, np.int64).reshape(-1, 2)
    order = in_order(terms)
    ranks = np.empty(len(terms), np.int64)
    ranks[[terms[term] for term in order]] = np.arange(len(order))
    return Block(
        terms=order,
        **_inverted(occurrences, np.concatenate([marks, names]), ranks),
        spellings=_spellings(known, np.bincount(tokens, minlength=len(known)).tolist()),
        papers=[(paper.path, paper.title) for paper in papers],
    )


@cache
def _words() -> Words:
    """One for all blocks of a process."""
    return Words()


def in_order(terms: Iterable[str]) -> list[str]:
    """Terms in the order in which the script compares texts: by their UTF-16."""
    plain: list[str] = []
    other: list[str] = []
    for term in terms:
        (plain if term.isascii() else other).append(term)
    plain.sort()
    if not other:
        return plain
    other.sort(key=_utf_16)
    return list(merge(plain, other, key=_utf_16))


def _utf_16(term: str) -> bytes:
    return term.encode("utf-16-be")


def _facets(paper: Paper, details: Details) -> Iterable[str]:
    """The terms of a paper that are no words."""
    if details.code:
        yield f"{HAS}code"
    for match in paper.topics:
        yield TOPIC + match.slug
    for source in {listing.source for listing in paper.listings if listing.source}:
        yield SOURCE + " ".join(source.split())
    for known in set(paper.ids.values()):
        yield IDENTIFIER + " ".join(known.lower().split())


class _Occurrences:
    """Every term at every place: parallel arrays, in the order of the texts.

    In a paper, title, abstract and authors follow each other with `GAP` places between.
    """

    def __init__(
        self, texts: _Texts, tokens: Ints, known: Sequence[Token], terms: _Numbers
    ) -> None:
        ends = np.array(texts.ends, np.int64)
        stretch = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        papers, fields = np.array(texts.papers, np.int64), np.array(texts.fields, np.int64)
        widths = np.array([token.width for token in known], np.int64)[tokens]
        before = np.concatenate([[0], np.cumsum(widths)])
        begins = np.concatenate([[0], ends[:-1]])
        # Where each stretch begins: what the paper has before it, and the gaps.
        first = np.searchsorted(papers, papers)  # the paper's first stretch
        start = before[begins] - before[begins[first]] + GAP * (np.arange(len(ends)) - first)
        places = before[:-1] - before[begins[stretch]] + start[stretch]
        self.lengths = np.zeros((papers[-1] + 1, len(FIELDS)), np.int64)
        np.add.at(self.lengths, (papers, fields), before[ends] - before[begins])
        self._tokens = tokens
        self._token_papers, self._token_fields = papers[stretch], fields[stretch]

        found = [term for token in known for term in token.terms]
        row, self.terms, offset = _spread(
            tokens,
            [len(token.terms) for token in known],
            [terms[term] for _, term in found],
            [at for at, _ in found],
        )
        self.papers, self.fields = self._token_papers[row], self._token_fields[row]
        self.places = places[row] + offset

    def names(self, known: Sequence[Token], terms: _Numbers) -> Ints:
        """Pairs of a term for a word of an author's name, and the paper; each once."""
        byline = self._token_fields == _BYLINE
        found = [f"{word}{AUTHOR}" for token in known for word in token.spellings]
        used = np.zeros(len(known), bool)
        used[self._tokens[byline]] = True
        counts = [len(token.spellings) for token in known]
        taken = np.repeat(used, counts).tolist()
        numbers = [terms[name] if use else 0 for name, use in zip(found, taken, strict=True)]
        row, term, _ = _spread(self._tokens[byline], counts, numbers, numbers)
        pairs = np.stack([term, self._token_papers[byline][row]], axis=1)
        return np.unique(pairs, axis=0)


def _spread(tokens: Ints, counts: Sequence[int], *values: Sequence[int]) -> tuple[Ints, Ints, Ints]:
    """For tokens that have `counts` values each: the row of each value's token, and the values."""
    sizes = np.array(counts, np.int64)
    begins = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    sizes = sizes[tokens]
    row = np.repeat(np.arange(len(tokens)), sizes)
    within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = begins[tokens][row] + within
    first, second = (np.array(some, np.int64)[at] for some in values)
    return row, first, second


def _inverted(found: _Occurrences, marks: Ints, ranks: Ints) -> dict[str, Any]:
    """The lists of a block: occurrences sorted by term; `marks` have no places."""
    terms = ranks[np.concatenate([found.terms, marks[:, 0]])]
    papers = np.concatenate([found.papers, marks[:, 1]])
    order = np.argsort(terms, kind="stable")  # papers and places ascend in each term
    terms, papers = terms[order], papers[order]
    placed = order < len(found.terms)
    new_term = np.diff(terms, prepend=-1) != 0
    new_posting = new_term | (np.diff(papers, prepend=-1) != 0)

    lengths = np.minimum(found.lengths, _LONGEST - 1)
    each = _worths()[found.fields, lengths[found.papers, found.fields]]
    each = np.concatenate([each, np.zeros(len(marks), np.int64)])[order]
    begins = np.flatnonzero(new_posting)
    levels = np.searchsorted(thresholds(), np.add.reduceat(each, begins), side="right")

    heads = np.flatnonzero(new_term[begins])  # the first posting of each term
    papers = papers[begins]
    gaps = np.diff(papers, prepend=0)
    codes = gaps << LEVEL_BITS | levels
    firsts = papers[heads] << LEVEL_BITS | levels[heads]
    rest = np.ones(len(begins), bool)
    rest[heads] = False
    tails = np.concatenate([heads[1:], [len(begins)]])[: len(heads)]
    rests, starts = varints(codes[rest])

    places = np.concatenate([found.places, np.zeros(len(marks), np.int64)])[order]
    steps = np.where(new_posting, places, np.diff(places, prepend=0))
    ends = np.concatenate([new_posting[1:], [True]])
    spots, spot_starts = varints((steps << 1 | ends)[placed])
    until = np.concatenate([[0], np.cumsum(placed)])
    behind = until[np.concatenate([begins[heads[1:]], [len(terms)]])[: len(heads)]]
    return {
        "firsts": firsts,
        "lasts": papers[tails - 1],
        "counts": tails - heads,
        "rests": rests,
        "rest_ends": starts[tails - np.arange(1, len(tails) + 1)],
        "places": spots,
        "place_ends": spot_starts[behind],
    }


_LONGEST: Final = 4096  # words of a field; longer ones count as this


@cache
def _worths() -> Ints:
    """What a mention counts, by field and its length."""
    return np.array([[field.worth(n) for n in range(_LONGEST)] for field in FIELDS], np.int64)


def _spellings(known: Sequence[Token], times: Sequence[int]) -> dict[str, int]:
    """How often each word occurs, of those that are long enough to be mistyped."""
    found: dict[str, int] = {}
    for token, number in zip(known, times, strict=True):
        for word in token.spellings:
            if len(word) >= _SHORTEST_SPELLING and word.isalpha():
                found[word] = found.get(word, 0) + number
    return found
