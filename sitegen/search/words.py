"""Texts to the terms by which they are found.

`themes/paper/search-words.js` does the same in the browser; a test holds that both agree. A word
is a run of letters and digits; hyphens join words into one token. A word gives its stem, in which
accents and case do not count. Beside it, at the same place, stand the parts of a name in mixed
case ("SentenceVAE": sentence, vae), and with the first of two hyphened words both as one
("pre-training": pretrain). Chinese, Japanese and Korean, which have no or other blanks, give pairs
of neighbouring characters. Stop words give nothing, but take a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

import Stemmer

# Words that tell no paper from another. The script has the same list.
_STOP_WORDS = """
a an and are as at be been by for from has have in into is it its of on or s such t than that the
their these this to was we were which while with
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
LONGEST: Final = 32  # characters of a term; the rest does not count
SHORTEST_PART: Final = 3  # of a name in mixed case

_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
# ASCII text is cut up without a regular expression, which takes four times as long.
_BLANKS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "-")}
_HYPHEN = re.compile("[-\u2010\u2011]")
_MIXED = re.compile(r"[a-z][A-Z]")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PLAIN = re.compile(r"[a-z]+")
_NO_WORD = re.compile(r"[\W_]+")
_CJK = re.compile(
    "([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f]+)"
)
# Letters that are no base letter with an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
     "ς": "σ"}
)  # fmt: skip


class Token(NamedTuple):
    """What a token gives: terms with their places in it, how many places it takes, its words."""

    terms: tuple[tuple[int, str], ...]
    width: int
    spellings: tuple[str, ...]  # its words as they are spelled; stop words aside


def split(text: str) -> list[str]:
    """The tokens of a text as they are written; of ASCII text with hyphens that join nothing."""
    if text.isascii():
        return text.translate(_BLANKS).split()
    text = unicodedata.normalize("NFC", text)
    return _TOKEN.findall("".join([c for c in text if not unicodedata.category(c).startswith("M")]))


def fold(word: str) -> str:
    """A word without accents and case."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).lower().translate(_LETTERS)
    bare = "".join([c for c in parts if not unicodedata.category(c).startswith("M")])
    return unicodedata.normalize("NFC", _NO_WORD.sub("", bare))


class Words:
    """Takes tokens apart."""

    def __init__(self) -> None:
        self._stem = Stemmer.Stemmer("english", 0)  # nothing is asked twice

    def stem(self, folded: str) -> str:
        """The stem of a folded word; words that aren't all a to z stay as they are."""
        if _PLAIN.fullmatch(folded):
            folded = self._stem.stemWord(folded)
        return folded[:LONGEST]

    def __call__(self, token: str) -> Token:
        """What a token gives."""
        terms: list[tuple[int, str]] = []
        spellings: list[str] = []
        place = 0
        for words in map(_HYPHEN.split, _TOKEN.findall(token)):
            begin = place
            for word in words:
                folded = fold(word)
                if not folded.isascii() and _CJK.search(folded):
                    place = self._pairs(folded, place, terms)
                    continue
                if folded and folded not in STOP_WORDS:
                    spellings.append(folded)
                    terms += ((place, part) for part in dict.fromkeys(self._forms(word, folded)))
                place += 1
            if len(words) == 2 and place == begin + 2:
                both = (begin, self.stem(fold("".join(words))))
                if both not in terms:
                    terms.append(both)
        return Token(tuple(terms), place, tuple(spellings))

    def _forms(self, word: str, folded: str) -> Iterator[str]:
        yield self.stem(folded)
        if _MIXED.search(word) and word.isascii():
            parts = _PART.findall(word)
            if all(len(part) >= SHORTEST_PART for part in parts):
                yield from (self.stem(part.lower()) for part in parts)

    def _pairs(self, folded: str, place: int, terms: list[tuple[int, str]]) -> int:
        """Pairs of characters, and what stands between runs of them as words."""
        for number, run in enumerate(_CJK.split(folded)):
            if not number % 2:
                pairs = [self.stem(run)] if run else []
            else:
                pairs = [run[at : at + 2] for at in range(max(1, len(run) - 1))]
            for pair in pairs:
                terms.append((place, pair))
                place += 1
        return place
