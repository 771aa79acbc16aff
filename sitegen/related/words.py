"""The terms by which papers are related, as the paper itself writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..search.words import Words, split
from .terms import hashed

_words = Words()


@lru_cache(maxsize=1 << 16)
def _terms(token: str) -> tuple[int, ...]:
    return tuple(hashed(term) for _, term in _words(token).terms)


def in_words(hashes: Iterable[int], title: str, abstract: str) -> dict[int, str]:
    """How a text writes terms, by their hashes.

    As a word of its own rather than joined to others by hyphens, in small letters rather than
    with a capital, and then where it comes first.
    """
    wanted = set(hashes)
    found: dict[int, tuple[int, str]] = {}
    for token in split(f"{abstract}\n{title}") if wanted else ():
        terms = _terms(token)
        if wanted.isdisjoint(terms):
            continue
        rank = 2 * (len(terms) > 1) + (not token.islower())
        for term in wanted.intersection(terms):
            if term not in found or rank < found[term][0]:
                found[term] = rank, token
    return {term: word for term, (_, word) in found.items()}
