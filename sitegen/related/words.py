"""The terms by which papers are related, as the paper itself writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from ..search.words import Words, split
from .terms import hashed

_MOST: Final = 1 << 16  # tokens in one process


class _Tokens:
    """Tokens by the terms that they give; each is taken apart once.

    A paper has hundreds of tokens and asks for a few terms, so that it is the terms that are
    looked up.
    """

    def __init__(self) -> None:
        self._words = Words()
        self._terms: dict[str, int] = {}  # how many terms a token gives
        self._of: dict[int, set[str]] = {}  # the tokens that give a term

    @property
    def full(self) -> bool:
        """Whether it is time to begin anew."""
        return len(self._terms) > _MOST

    def take(self, tokens: set[str]) -> None:
        """Take tokens apart that were not met before."""
        for token in tokens.difference(self._terms):
            terms = {hashed(term) for _, term in self._words(token).terms}
            self._terms[token] = len(terms)
            for term in terms:
                self._of.setdefault(term, set()).add(token)

    def giving(self, term: int) -> set[str]:
        """The tokens met so far that give a term."""
        return self._of.get(term, _NONE)

    def rank(self, token: str) -> int:
        """How good a token is as a word for one of its terms: the least is the best."""
        return 2 * (self._terms[token] > 1) + (not token.islower())


_NONE: Final[set[str]] = set()


@cache
def _held() -> _Tokens:
    return _Tokens()


def in_words(hashes: Iterable[int], title: str, abstract: str) -> dict[int, str]:
    """How a text writes terms, by their hashes.

    As a word of its own rather than joined to others by hyphens, in small letters rather than
    with a capital, and then where it comes first.
    """
    wanted = set(hashes)
    if not wanted:
        return {}
    if _held.cache_info().currsize and _held().full:
        _held.cache_clear()
    held = _held()
    tokens = split(f"{abstract}\n{title}")
    different = set(tokens)
    held.take(different)
    found = {}
    for term in wanted:
        here = held.giving(term) & different
        if len(here) > 1:
            found[term] = min(here, key=lambda token: (held.rank(token), tokens.index(token)))
        elif here:
            found[term] = here.pop()
    return found
