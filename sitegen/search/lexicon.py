"""Tokens, terms and spellings by number: each is taken apart once in a process.

What a block has to be told of a token (its terms and their places, its words) stands in flat
columns, from which NumPy takes it for a hundred thousand tokens at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .words import Words

Ints = NDArray[np.int64]

_MOST: Final = 200_000  # tokens in one process; a hundred thousand papers have twice as many


class Numbers(dict[str, int]):
    """Strings numbered in the order in which they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self.strings)
        self.strings.append(key)
        return number


class Spread(NamedTuple):
    """What tokens have, several each: the row of each one's token, and two values of it."""

    row: Ints
    first: Ints
    second: Ints


class _Column:
    """What every token has a number of: two values each."""

    def __init__(self) -> None:
        self._begins = array("q", [0])
        self._first = array("q")
        self._second = array("q")

    def add(self, pairs: Sequence[tuple[int, int]]) -> None:
        """The values of one more token."""
        for first, second in pairs:
            self._first.append(first)
            self._second.append(second)
        self._begins.append(len(self._first))

    def of(self, tokens: Ints) -> Spread:
        """The values of these tokens."""
        begins = np.frombuffer(self._begins, np.int64)
        sizes = begins[tokens + 1] - begins[tokens]
        row = np.repeat(np.arange(len(tokens)), sizes)
        within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        at = begins[tokens][row] + within
        return Spread(row, _taken(self._first, at), _taken(self._second, at))


def _taken(column: array[int], at: Ints) -> Ints:
    """A copy of some values: a view would keep the column from growing."""
    if not column:
        return np.zeros(0, np.int64)
    return np.asarray(np.frombuffer(column, np.int64)[at])


class Lexicon(dict[str, int]):
    """Numbers of tokens; one that was not met before is taken apart."""

    def __init__(self) -> None:
        super().__init__()
        self.terms = Numbers()
        self.spellings = Numbers()
        self._words = Words()
        self._widths = array("q")
        self._terms = _Column()
        self._spellings = _Column()

    @property
    def full(self) -> bool:
        """Whether it is time to begin another one."""
        return len(self) > _MOST

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self._widths)
        found = self._words(token)
        self._widths.append(found.width)
        self._terms.add([(self.terms[term], at) for at, term in found.terms])
        self._spellings.add([(self.spellings[word], 0) for word in found.spellings])
        return number

    def numbers(self, tokens: Sequence[str]) -> Ints:
        """The numbers of some tokens."""
        return np.fromiter(map(self.__getitem__, tokens), np.int64, len(tokens))

    def widths(self, tokens: Ints) -> Ints:
        """How many places each of some tokens takes."""
        return _taken(self._widths, tokens)

    def terms_of(self, tokens: Ints) -> Spread:
        """The terms of some tokens, and their places in them."""
        return self._terms.of(tokens)

    def spellings_of(self, tokens: Ints) -> Spread:
        """The words of some tokens."""
        return self._spellings.of(tokens)
