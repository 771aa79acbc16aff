"""The papers of the measured site: made ones, or real ones from a file.

Made papers have natural lengths and word frequencies (Zipf-Mandelbrot), subjects with words of
their own, and no meaning. Each is a function of its number alone: the same bytes on each run, and
the first thousand of a hundred thousand are the thousand.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, chain, islice
from pathlib import Path
from random import Random
from typing import Any

from .topics import TOPICS

A_DAY = 40  # papers
FIRST_DAY = date(2019, 1, 1)  # 100,000 papers end in November 2025: no day lies ahead

# The commonest words of abstracts; the made ones follow in rank.
_COMMON = """
the of and to a in we for that is on with our by as this from are which can an it be these show
using not at data method results based two more have existing their such or new both while
different than approach propose task across performance between each further however into only
also been its when has one but through over without most under three first where
"""
COMMON = _COMMON.split()
# Syllables of made words: one of these and one of those.
_STARTS = "b c d f g h l m n p r s t v st tr pl gr cr sh"
_ENDS = "a e i o u al en or is an um ic ar ent ive ion ed ing"
OPENINGS = ("We introduce", "We propose", "We present", "This paper presents", "Here we study")
VOCABULARY = 24_000
SUBJECT_WORDS = 80  # that a topic's papers favour
SUBJECT_SHARE = 0.2  # of an abstract's words
TOPICS_A_PAPER = ((0, 1, 2, 3), (8, 52, 30, 10))  # numbers, weights in percent
URL_SHARE = 0.25  # of abstracts
MENTIONS = 3  # of each topic in the abstract
TOKENS = 500  # drawn for an abstract, more than it needs


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper on one day; `place` counts from 1."""

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    published: date
    listed: date
    place: int


def made(count: int) -> Iterator[Paper]:
    """The first `count` made papers."""
    return (_made(number) for number in range(count))


def real(path: Path, count: int) -> Iterator[Paper]:
    """`count` papers of a JSON Lines file (gzip or not), those with an abstract first.

    They need `title`, `authors` (names) and `abstract`; ids and days are made, so that the site
    has the same shape. Raises ValueError when the file holds fewer.
    """
    found = 0
    for found, entry in enumerate(islice(_entries(path), count), 1):
        id_, published, listed, place = _numbered(found - 1)
        yield Paper(
            id_,
            entry["title"],
            tuple(entry["authors"]),
            entry["abstract"] or "",
            published,
            listed,
            place,
        )
    if found < count:
        raise ValueError(f"{path} holds {found} papers, {count} are wanted")


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    def read(*, abstract: bool) -> Iterator[dict[str, Any]]:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            yield from (e for e in map(json.loads, lines) if bool(e["abstract"]) == abstract)

    return chain(read(abstract=True), read(abstract=False))


def _numbered(number: int) -> tuple[str, date, date, int]:
    """Id, day of publication, day of listing and place of the paper with this number."""
    day, place = divmod(number, A_DAY)
    listed = FIRST_DAY + timedelta(days=day)
    published = listed - timedelta(days=1)
    serial = (published.day - 1) * 600 + place * 15 + number % 13 + 1
    return f"{published:%y%m}.{serial:05d}", published, listed, place + 1


@cache
def _words() -> tuple[list[str], list[float], dict[str, list[str]]]:
    """All words by rank, their cumulated weights, and the favoured words of each topic."""
    random = Random("vocabulary")
    starts, ends = _STARTS.split(), _ENDS.split()
    taken = {word for phrases in TOPICS.values() for p in phrases for word in p.split()}
    made_words = dict.fromkeys(COMMON)
    while len(made_words) < VOCABULARY:
        parts = range(random.choices((1, 2, 3, 4), (1, 8, 8, 3))[0])
        word = "".join(random.choice(starts) + random.choice(ends) for _ in parts)
        if word not in taken:
            made_words[word] = None
    # the commoner, the shorter, by and large (Zipf's law of abbreviation)
    rare = sorted(list(made_words)[len(COMMON) :], key=lambda w: len(w) + 12 * random.random())
    words = [*COMMON, *rare]
    weights = [1 / (rank + 2.7) ** 1.07 for rank in range(len(words))]
    rest = words[len(COMMON) + 100 :]
    return words, list(accumulate(weights)), {t: random.sample(rest, SUBJECT_WORDS) for t in TOPICS}


@cache
def _names() -> tuple[list[str], list[str]]:
    """Given names and family names."""
    words = [word for word in _words()[0][len(COMMON) :] if 3 <= len(word) <= 9]
    return [w.capitalize() for w in words[:400]], [w.capitalize() for w in words[400:3400]]


def _made(number: int) -> Paper:
    random = Random(f"paper {number}")
    id_, published, listed, place = _numbered(number)
    subjects = _subjects(random)
    given, family = _names()
    authors = [
        f"{random.choice(given)} {random.choice(family)}" for _ in range(random.randint(3, 8))
    ]
    abstract = _abstract(random, subjects)
    title = _title(random, list(subjects.values()))
    return Paper(id_, title, tuple(authors), abstract, published, listed, place)


def _subjects(random: Random) -> dict[str, str]:
    """Topics and, for each, the one of its phrases that this paper uses."""
    how_many = random.choices(*TOPICS_A_PAPER)[0]
    weights = [1 / (rank + 4) for rank in range(len(TOPICS))]
    slugs = dict.fromkeys(random.choices(list(TOPICS), weights, k=how_many))
    return {slug: random.choices(TOPICS[slug], (4, 3, 2, 1))[0] for slug in slugs}


def _title(random: Random, phrases: list[str]) -> str:
    """50 to 100 characters, with the phrase of the first topic in it."""
    words, weights, _ = _words()
    target = random.randint(50, 85)
    parts = random.choices(words, cum_weights=weights, k=60)
    parts.insert(random.randint(0, 3), phrases[0] if phrases else words[len(COMMON)])
    lengths = accumulate(len(part) + 1 for part in parts)
    kept = parts[: next(n for n, length in enumerate(lengths, 1) if length > target)]
    return " ".join(word if word in COMMON[:12] else word.title() for word in kept)[:100].rstrip()


def _abstract(random: Random, subjects: dict[str, str]) -> str:
    """1,300 to 1,900 characters in sentences, each topic's phrase named `MENTIONS` times."""
    words, weights, favoured = _words()
    target = random.randint(1370, 1760)
    text = random.choices(words, cum_weights=weights, k=TOKENS)
    for slug in subjects:
        for word in random.choices(favoured[slug], k=int(TOKENS * SUBJECT_SHARE / len(subjects))):
            text[random.randrange(TOKENS)] = word
    lengths = list(accumulate(len(word) + 1 for word in text))
    text = text[: next(n for n, length in enumerate(lengths, 1) if length > target - 100)]
    for phrase in subjects.values():
        for _ in range(MENTIONS):
            text.insert(random.randrange(len(text)), phrase)
    sentences: list[str] = []
    start = 0
    while start < len(text):
        end = min(start + random.randint(14, 30), len(text))
        sentences.append(_sentence(random, text[start:end], opened=len(sentences) in {0, 2}))
        start = end
    if random.random() < URL_SHARE:
        project = "-".join(random.choices(words[len(COMMON) :], k=2))
        sentences.append(f"Code is available at https://github.com/{project}.")
    return " ".join(sentences)


def _sentence(random: Random, words: list[str], *, opened: bool) -> str:
    if opened and random.random() < 0.6:
        words = [random.choice(OPENINGS), *words]
    elif random.random() < 0.15:
        words = [*words[:-1], f"by {random.randint(11, 899) / 10}%", words[-1]]
    if len(words) > 20:
        words[9] += ","
    sentence = " ".join(words)
    return sentence[0].upper() + sentence[1:] + "."
