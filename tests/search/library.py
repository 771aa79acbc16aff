"""Libraries for tests of searching, made without dumps."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from sitegen.model import Details, Library, Listing, Paper, TopicMatch

STARTS, ENDS = "ba de fi go lu mer nox pi rul sat", "nd lo rin te va"
WORDS = [start + end for start in STARTS.split() for end in ENDS.split()]
FIRST = date(2026, 1, 1)


def paper(number: int, *, day: date | None = FIRST, **fields: Any) -> Paper:
    """A paper: fields of `Details` go there."""
    details = Details(
        **{name: fields.pop(name) for name in list(fields) if name in Details.__struct_fields__}
    )
    topics = tuple(TopicMatch(slug=slug, words=(), score=1.0) for slug in fields.pop("topics", ()))
    source = fields.pop("source", "A list")
    listing = Listing(day=day, file="a.txt", line=1, place=number, of=1, source=source)
    values = {
        "key": f"p{number}",
        "path": f"papers/p/p{number}.html",
        "digest": msgspec.msgpack.encode((number, details, fields.get("title"))),
        "title": f"Paper {number}",
        "listings": (listing,),
        "topics": topics,
        "fetch": lambda: details,
        **fields,
    }
    return Paper(**values)


def random_papers(count: int, *, seed: int = 1, a_day: int = 40) -> list[Paper]:
    """Papers with random words, authors and topics."""
    source = random.Random(seed)

    def words(number: int) -> str:
        return " ".join(source.choice(WORDS) for _ in range(number))

    return [
        paper(
            number,
            day=FIRST + timedelta(days=number // a_day),
            title=words(4).title(),
            abstract=words(20),
            authors=(words(2).title(), words(2).title()),
            topics=source.sample(("video", "audio", "text"), source.randrange(3)),
            code="https://example.org/code" if source.random() < 0.3 else "",
        )
        for number in range(count)
    ]


def library(papers: Sequence[Paper]) -> Library:
    """A library of these papers; days are not needed for searching."""
    return Library(papers=tuple(papers), days=())
