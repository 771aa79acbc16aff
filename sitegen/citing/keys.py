"""Citation keys: what a paper is called in every file of references.

A key is made from the paper alone and never from its neighbours, so it stays what it is when others
arrive; letters of a hash of the birth key keep equal ones apart.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Final

from ..model import Paper
from ..person_names import split
from .facts import year_of

_STOP_WORDS: Final = frozenset({
    "a", "about", "all", "an", "and", "are", "as", "at", "be", "beyond", "by", "can", "could",
    "do", "does", "for", "from", "how", "if", "in", "into", "is", "it", "its", "let", "new",
    "no", "not", "of", "on", "or", "our", "over", "should", "that", "the", "their", "this",
    "through", "to", "toward", "towards", "under", "using", "via", "we", "what", "when",
    "where", "which", "who", "why", "will", "with", "without", "you", "your"
})  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_KEY = re.compile("[^a-z0-9]+")
_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"  # no vowels, so no words
_PAIRS: Final = [first + second for first in _CONSONANTS for second in _CONSONANTS]


def citation_key(paper: Paper) -> str:
    """The key of the paper in every file of references."""
    names = [name for name in paper.details.authors if name.strip()]
    return key_of(paper, names, year_of(paper))


def key_of(paper: Paper, names: list[str], year: str) -> str:
    """The citation key: first author's family name, year, a telling word of the title, a hash.

    In a hundred thousand papers one in twenty shares the first three with another paper.
    """
    family = _NOT_IN_KEY.sub("", _ascii(split(names[0]).family))[:24] if names else ""
    return f"{family}{year}{_telling_word(paper.title)[:24]}-{_hash_letters(paper.key)}"


def _telling_word(title: str) -> str:
    for found in _WORD.finditer(_ascii(title)):
        word = found[0]
        if word in _STOP_WORDS or word[:2].isdecimal():
            continue
        word = word.replace("-", "")
        # A digit would run into the year.
        return _DIGITS[int(word[0])] + word[1:] if word[0].isdecimal() else word
    return "paper"


def _ascii(text: str) -> str:
    folded = text.lower()
    if folded.isascii():
        return folded
    return (
        unicodedata.normalize("NFKD", folded.translate(_LETTERS)).encode("ascii", "ignore").decode()
    )


def _hash_letters(key: str) -> str:
    """Four letters: 160,000 possibilities among papers that share all the rest."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    first, second = divmod(int.from_bytes(digest) % len(_PAIRS) ** 2, len(_PAIRS))
    return _PAIRS[first] + _PAIRS[second]
