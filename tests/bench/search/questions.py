"""Questions whose answer is known: three words of one paper that few others have."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from ..corpus import Paper
from ..site import paper_path

WORDS = 3  # of a question
AMONG = 10  # the most telling words of a paper
SHORTEST = 5  # letters
LEAST = 30  # words of a paper that is asked for
_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and the path of the paper that is meant."""

    text: str
    path: str


def known_items(papers: Sequence[Paper], count: int, *, typos: bool) -> list[Question]:
    """So many questions; with `typos`, one of the words has one."""
    texts = [_words(f"{paper.title} {paper.abstract}") for paper in papers]
    having = Counter(word for words in texts for word in set(words))
    random = Random(f"questions {typos}")
    found: list[Question] = []
    while len(found) < count:
        at = random.randrange(len(papers))
        if len(texts[at]) < LEAST:
            continue
        telling = list(_telling(texts[at], having, len(papers)))
        if len(telling) < WORDS:
            continue
        words = random.sample(telling, WORDS)
        if typos:
            place = random.randrange(WORDS)
            words[place] = mistyped(words[place], random)
        found.append(Question(" ".join(words), paper_path(papers[at])))
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _telling(words: Sequence[str], having: Counter[str], papers: int) -> Iterator[str]:
    """The words of a paper that tell most, by TF-IDF; of those that begin alike, one."""
    times = Counter(words)
    seen: set[str] = set()
    ordered = sorted(times, key=lambda word: (-times[word] * math.log(papers / having[word]), word))
    for word in ordered[:AMONG]:
        if len(word) >= SHORTEST and word[:4] not in seen:
            seen.add(word[:4])
            yield word


def mistyped(word: str, random: Random) -> str:
    """The word with a letter left out, put in, replaced, or changed places with the next."""
    while True:
        at = random.randrange(len(word))
        letter = random.choice(_LETTERS)
        before, rest = word[:at], word[at:]
        changed = random.choice(
            (before + rest[1:], before + letter + rest, before + letter + rest[1:],
             before + rest[1:2] + rest[:1] + rest[2:])
        )  # fmt: skip
        if changed != word:
            return changed
