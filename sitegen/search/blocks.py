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

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import merge
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from ..clean import reading
from ..model import Details, Paper
from .lexicon import Ints, Lexicon
from .varints import varints
from .weights import FIELDS, LEVEL_BITS, thresholds
from .words import split

GAP: Final = 8  # places between fields, and between authors: no phrase reaches over it

HAS, TOPIC, SOURCE, IDENTIFIER, AUTHOR = "!", "#", "$", "=", "@"
_SHORTEST_SPELLING: Final = 4
_BYLINE: Final = len(FIELDS) - 1
_NOTHING: Final[Mapping[str, str]] = {}


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


def build(papers: Sequence[Paper], above: Mapping[str, str] = _NOTHING) -> Block:
    """The index of these papers; at most `BLOCK` of them.

    Who is on a topic is on the one `above` it, too.
    """
    lexicon = _lexicon()
    texts = _Texts()
    facets: list[tuple[int, int]] = []
    for number, paper in enumerate(papers):
        details = paper.details
        for field, text in enumerate((paper.title, details.abstract, *details.authors)):
            texts.add(number, min(field, _BYLINE), reading(text))
        facets += ((lexicon.terms[term], number) for term in _facets(paper, details, above))
    found = _Occurrences(texts, lexicon)
    marks = np.concatenate([np.array(facets, np.int64).reshape(-1, 2), found.names(lexicon)])
    used = np.unique(np.concatenate([found.terms, marks[:, 0]])).tolist()
    order = in_order([lexicon.terms.strings[term] for term in used])
    ranks = np.zeros(len(lexicon.terms), np.int64)
    ranks[[lexicon.terms[term] for term in order]] = np.arange(len(order))
    return Block(
        terms=order,
        **_inverted(found, marks, ranks),
        spellings=found.spellings(lexicon),
        papers=[(paper.path, reading(paper.title)) for paper in papers],
    )


def _lexicon() -> Lexicon:
    """One for all blocks of a process, until it has grown large."""
    if _held.cache_info().currsize and _held().full:
        _held.cache_clear()
    return _held()


@cache
def _held() -> Lexicon:
    return Lexicon()


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


def _facets(paper: Paper, details: Details, above: Mapping[str, str]) -> Iterable[str]:
    """The terms of a paper that are no words."""
    if details.code:
        yield f"{HAS}code"
    slugs = [match.slug for match in paper.topics]
    for slug in dict.fromkeys([*slugs, *(above[one] for one in slugs if one in above)]):
        yield TOPIC + slug
    for source in {listing.source for listing in paper.listings if listing.source}:
        yield SOURCE + " ".join(source.split())
    for known in set(paper.ids.values()):
        yield IDENTIFIER + " ".join(known.lower().split())


class _Occurrences:
    """Every term at every place: parallel arrays, in the order of the texts.

    In a paper, title, abstract and authors follow each other with `GAP` places between.
    """

    def __init__(self, texts: _Texts, lexicon: Lexicon) -> None:
        tokens = lexicon.numbers(texts.tokens)
        ends = np.array(texts.ends, np.int64)
        stretch = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        papers, fields = np.array(texts.papers, np.int64), np.array(texts.fields, np.int64)
        before = np.concatenate([[0], np.cumsum(lexicon.widths(tokens))])
        begins = np.concatenate([[0], ends[:-1]])
        # Where each stretch begins: what the paper has before it, and the gaps.
        first = np.searchsorted(papers, papers)  # the paper's first stretch
        start = before[begins] - before[begins[first]] + GAP * (np.arange(len(ends)) - first)
        places = before[:-1] - before[begins[stretch]] + start[stretch]
        self.lengths = np.zeros((papers[-1] + 1, len(FIELDS)), np.int64)
        np.add.at(self.lengths, (papers, fields), before[ends] - before[begins])
        row, self.terms, offset = lexicon.terms_of(tokens)
        self.papers, self.fields = papers[stretch][row], fields[stretch][row]
        self.places = places[row] + offset
        self._tokens = tokens
        byline = fields[stretch] == _BYLINE
        self._names = tokens[byline], papers[stretch][byline]

    def names(self, lexicon: Lexicon) -> Ints:
        """Pairs of a term for a word of an author's name, and the paper; each once."""
        tokens, papers = self._names
        row, words, _ = lexicon.spellings_of(tokens)
        pairs = np.unique(np.stack([words, papers[row]], axis=1), axis=0)
        words, which = np.unique(pairs[:, 0], return_inverse=True)
        strings = lexicon.spellings.strings
        terms = [lexicon.terms[strings[word] + AUTHOR] for word in words.tolist()]
        pairs[:, 0] = np.array(terms, np.int64)[which.reshape(-1)]
        return pairs

    def spellings(self, lexicon: Lexicon) -> dict[str, int]:
        """How often each word occurs, of those that are long enough to be mistyped."""
        words, times = np.unique(lexicon.spellings_of(self._tokens).first, return_counts=True)
        strings = lexicon.spellings.strings
        found = zip([strings[word] for word in words.tolist()], times.tolist(), strict=True)
        return {
            word: number
            for word, number in sorted(found)
            if len(word) >= _SHORTEST_SPELLING and word.isalpha()
        }


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
