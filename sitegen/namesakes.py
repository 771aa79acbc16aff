"""Whether two papers of one title are one: what the fold knows of each, and what speaks against it.

Papers whose folded titles agree are one paper, unless one of these contradicts:

1. *Different arXiv ids*: the archive counts a paper once.
2. *Unknown authors and different identifiers* of any one scheme: "Erratum" is in four issues of
   a journal.
3. *Other people*: neither first author's family name is in the other's name ("Carrol" may be
   "Carroll": one may begin with the other; and "Magerrnan" is how a machine reads "Magerman",
   where another author agrees). Where all authors of one paper, two at least, are among the
   other's, they only stand in another order.
4. *The same venue in another year*, under another identifier of the same scheme: what a conference
   or journal prints again in a later year (a preface, a tutorial, a project's report) is new. A
   conference paper and the journal's version of it have different venues, and are one paper,
   unless more than four years lie between: a tutorial is given again.

Rule 4 rests on the ACL Anthology: of 118 pairs there by one first author, under one title and in
one venue, but not of one year, not one is a paper printed twice; of 498 in two venues two are more
than four years apart, and are tutorials both. Two pairs of one title and a common author have first
authors that differ by letters which machines confuse, and are papers printed twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final, NamedTuple

from .heads import AnyRecord
from .identity import fold_title

# What is remembered of one paper and read of one name; bounds what a dump made to be slow can cost.
_REMEMBERED: Final = 8
_AUTHORS: Final = 100
_NAME_LENGTH: Final = 200
_SHORTEST_STEM: Final = 5  # of a family name that may go on in another spelling of it
_YEARS_TO_THE_JOURNAL: Final = 4
# What machines that read print take for each other, and the letter that is meant mostly.
_LOOK_ALIKE: Final = (("rn", "m"), ("cl", "d"), ("li", "u"), ("ii", "u"), ("vv", "w"))

_NAME_PART = re.compile(r"[^\W\d_]+")


class Facts:
    """What the records of one paper say that tells namesakes apart."""

    __slots__ = ("authors", "ids", "printed")

    def __init__(self) -> None:
        self.ids: set[tuple[str, str]] = set()
        self.authors: list[tuple[str, ...]] = []  # the byline as each record has it
        self.printed: set[tuple[str, int]] = set()  # venue and year

    def take(self, record: AnyRecord) -> None:
        """Add what a record says."""
        self.ids.update(record.ids.items())
        room = len(self.authors) < _REMEMBERED
        if record.authors and room and record.authors not in self.authors:
            self.authors.append(record.authors)
        if record.venue and record.published and len(self.printed) < _REMEMBERED:
            self.printed.add((record.venue, record.published.year))

    def add(self, other: Facts) -> None:
        """Add what the records of another paper said, which proved to be this one."""
        self.ids |= other.ids
        self.authors = [*self.authors, *other.authors][:_REMEMBERED]
        for one in sorted(other.printed)[: _REMEMBERED - len(self.printed)]:
            self.printed.add(one)


def contradiction(one: Facts, other: Facts) -> str:
    """What speaks against one paper behind two equal titles; "" for nothing.

    An identifier in common would have joined them before: of a scheme in common, both have others.
    """
    common = {scheme for scheme, _ in one.ids} & {scheme for scheme, _ in other.ids}
    if not one.authors or not other.authors:
        return f"different identifiers: {', '.join(sorted(common))}" if common else ""
    if "arxiv" in common:
        return "different arXiv ids"
    if not any(_same_people(these, those) for these in one.authors for those in other.authors):
        return f"first authors differ: {one.authors[0][0]}, {other.authors[0][0]}"
    return _printed_again(one.printed, other.printed) if common else ""


def _printed_again(one: Collection[tuple[str, int]], other: Collection[tuple[str, int]]) -> str:
    for venue, year in sorted(one):
        for again, then in sorted(other):
            if year != then and fold_title(venue) == fold_title(again):
                return f"{venue} has one in {year} and one in {then}"
    gaps = [(abs(year - then), year, then) for _, year in one for _, then in other]
    years, year, then = min(gaps, default=(0, 0, 0))
    return f"one is of {year}, one of {then}" if years > _YEARS_TO_THE_JOURNAL else ""


class Name(NamedTuple):
    """A name folded: its parts of two letters and more, the last of them, and the first letter."""

    parts: frozenset[str]
    family: str
    initial: str


class _Byline(NamedTuple):
    first: Name
    people: frozenset[tuple[str, str]]  # initial and family name


@lru_cache(maxsize=1 << 14)
def name(author: str) -> Name:
    """The parts of a name that spellings agree on; initials say too little to count."""
    found = _NAME_PART.findall(author[:_NAME_LENGTH])
    parts = [folded for part in found if len(part) > 1 and (folded := fold_title(part))]
    initial = fold_title(found[0])[:1] if found else ""
    return Name(frozenset(parts), parts[-1] if parts else "", initial)


@lru_cache(maxsize=1 << 12)
def _byline(authors: tuple[str, ...]) -> _Byline:
    names = [name(author) for author in authors[:_AUTHORS]]
    return _Byline(names[0], frozenset((one.initial, one.family) for one in names if one.family))


def _same_people(these: tuple[str, ...], those: tuple[str, ...]) -> bool:
    """Whether two bylines may be of one paper: by their first authors, or as the same people."""
    one, other = _byline(these), _byline(those)
    if _same_person(one.first, other.first):
        return True
    if one.people & other.people and _may_be_misread(one.first, other.first):
        return True
    fewer, more = sorted((one.people, other.people), key=len)
    return len(fewer) > 1 and fewer <= more


def _may_be_misread(one: Name, other: Name) -> bool:
    """Whether two names are the same to a machine that reads print."""
    return one.initial == other.initial and _as_read(one.family) == _as_read(other.family)


def _as_read(family: str) -> str:
    for read, meant in _LOOK_ALIKE:
        family = family.replace(read, meant)
    return family


def _same_person(one: Name, other: Name) -> bool:
    """Whether two spellings may be one name: "J. Smith", "John Smith" and "Smith John" may."""
    if not one.family or not other.family:
        return True
    if one.family in other.parts or other.family in one.parts:
        return True
    short, long = sorted((one.family, other.family), key=len)
    return one.initial == other.initial and len(short) >= _SHORTEST_STEM and long.startswith(short)
