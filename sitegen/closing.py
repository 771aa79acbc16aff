"""Which papers stand in the closed archive documents of the site's Atom feed, and as what.

RFC 5005 wants archive documents that do not change. They are cut from the oldest listing on, in
the order of the fold: each covers `SIZE` listings and holds the papers that were born among them;
it closes when `SIZE` further listings have come, so that what readers poll overlaps with it. A
closed document shows its papers as the dumps up to that point had them, whatever newer dumps say:
of papers that were listed again later, the older records are merged once more, alone. What has no
day, and facts that are no listing, count as known from the beginning.

Comes in: the library as merged, and as it is shown. Goes out: papers by document; what has to be
merged again is merged when the document is made, and the digest of its records stands for it until
then. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import accumulate
from typing import Final

import msgspec

from . import corrections as fixes
from . import enrich
from .config import Settings
from .corrections import Corrections
from .digests import digest_of_values
from .enrich.topics import Rules
from .heads import AnyRecord
from .merge import Fetch, merged
from .model import Library, Listing, Paper
from .plan import Closed, Document

SIZE: Final = 100  # listings in one document

_Key = tuple[str, int, date | None]


def closed(whole: Library, shown: Library, then: Then) -> Closed:
    """The closed documents, the oldest first.

    `whole` is the library before papers were hidden or filtered, `shown` afterwards.
    """
    calendar = _Calendar(whole)
    count = max(0, calendar.total // SIZE - 1)
    if not count:
        return Closed()
    same: list[list[Paper]] = [[] for _ in range(count)]
    again: dict[int, list[Paper]] = {}
    live = 0
    for paper in shown.papers:
        if paper.born is None:
            continue
        touched = calendar.reopened(paper) if len(paper.listings) > 1 else ()
        for number in touched:
            again.setdefault(number, []).append(paper)
        born = calendar.place(paper.listings[0]) // SIZE
        live += born >= count
        if born < count and born not in touched:
            same[born].append(paper)
    documents = [Document(size=len(papers), same=tuple(papers)) for papers in same]
    if again:
        fetches = {paper.key: paper.fetch for paper in whole.papers}
        then.keep(fetches[paper.key] for papers in again.values() for paper in papers)
    for number, papers in again.items():
        documents[number] = Document(
            size=len(same[number]) + len(papers),
            same=tuple(same[number]),
            facts=then.facts(calendar, number, papers, fetches),
            more=partial(then.papers, calendar, number, papers),
        )
    return Closed(documents, live)


class _Calendar:
    """How many listings came before each day; from this, the place of a listing among all."""

    def __init__(self, whole: Library) -> None:
        self._days = {day.date: day for day in whole.days if day.date is not None}
        counts = [sum([len(e.listings) for e in day.entries]) for day in self._days.values()]
        self._before = dict(zip(self._days, accumulate(counts, initial=0), strict=False))
        self.total = sum(counts)

    def place(self, listing: Listing) -> int:
        """The place of a dated listing among all of them, from 0."""
        assert listing.day is not None  # noqa: S101
        return self._before[listing.day] + listing.nth

    def reopened(self, paper: Paper) -> frozenset[int]:
        """The closed documents that could show another paper if they were made today."""
        places = [self.place(listing) for listing in paper.listings if listing.day]
        return frozenset(place // SIZE for place in places if places[-1] >= _end(place // SIZE))

    def until(self, number: int) -> tuple[date, Mapping[_Key, int], int]:
        """The day on which a document closed, the places of its listings on it, and the end."""
        end = _end(number)
        day = max(day for day, before in self._before.items() if before < end)
        entries = self._days[day].entries
        places = {_key(lst): lst.nth for entry in entries for lst in entry.listings}
        return day, places, end - self._before[day]


def _end(number: int) -> int:
    """How many listings there were when a document closed."""
    return (number + 2) * SIZE


def _key(item: Listing | AnyRecord) -> _Key:
    return (item.file, item.place, item.day if isinstance(item, Listing) else item.listed)


class Then:
    """What is needed to say what papers were like at some time."""

    def __init__(
        self,
        records: Sequence[AnyRecord],
        corrections: Corrections,
        rules: Rules,
        settings: Settings,
    ) -> None:
        self._records = records
        self._corrections = corrections
        self._rules = rules
        self._settings = settings
        self._timeless: _Index | None = None  # of what is known from the beginning

    def keep(self, fetches: Iterable[object]) -> None:
        """Let go of all records but those that can bear on the papers of these."""
        names = {name for fetch in fetches for one in _records(fetch) for name in _names(one)}
        kept: dict[int, AnyRecord] = {}
        known = 0
        while known < len(names):  # what is kept may bring further names
            known = len(names)
            for number, record in enumerate(self._records):
                if number not in kept and not names.isdisjoint(_names(record)):
                    kept[number] = record
                    names.update(_names(record))
        self._records = [kept[number] for number in sorted(kept)]
        timeless = [one for one in self._records if not one.listing or one.listed is None]
        self._timeless = _Index(timeless) if timeless else None

    @cached_property
    def _index(self) -> _Index:
        return _Index(self._records)

    def facts(
        self,
        calendar: _Calendar,
        number: int,
        papers: Sequence[Paper],
        fetches: Mapping[str, object],
    ) -> bytes:
        """A digest of all that `papers` gives for the same arguments."""
        end = _end(number)
        before = []
        names: set[object] = set()
        for paper in papers:
            places = {
                _key(lst): -1 if lst.day is None else calendar.place(lst) for lst in paper.listings
            }
            records = _records(fetches[paper.key])
            known = sorted((places.get(_key(one), -1), one.digest) for one in records)
            before.append((paper.path, paper.redirects, [one for one in known if one[0] < end]))
            if self._timeless is not None:
                names.update(name for one in records for name in _names(one))
        # What is another paper's today may have been these papers' then.
        beside = [one.digest for one in self._timeless.named(names)] if self._timeless else []
        choice = (self._settings.include, self._settings.exclude)
        return digest_of_values([before, beside, choice, self._rules.digest, self._corrections])

    def papers(
        self, calendar: _Calendar, number: int, papers: Sequence[Paper]
    ) -> tuple[Paper, ...]:
        """What a document had of papers that were listed again after it closed."""
        day, places, end = calendar.until(number)

        def was_there(record: AnyRecord) -> bool:
            if not record.listing or record.listed is None or record.listed < day:
                return True
            return record.listed == day and places.get(_key(record), end) < end

        known = list(filter(was_there, self._index.around(papers)))
        library = merged(known, self._corrections).library
        listings = {_key(listing): listing for paper in papers for listing in paper.listings}
        # An undated listing may be another paper's today: it comes last, and has no place.
        born = tuple(
            msgspec.structs.replace(
                p, listings=tuple(listings.get(_key(lst), lst) for lst in p.listings)
            )
            for p in library.papers
            if _key(p.listings[0]) in listings
        )
        library, _ = fixes.applied(Library(papers=born, days=()), self._corrections)
        library, _ = enrich.filtered(enrich.looked_up(library, self._rules), self._settings)
        return tuple(
            paper
            for paper in library.papers
            if paper.born is not None and calendar.place(paper.listings[0]) // SIZE == number
        )


class _Index:
    """Records by title and identifier, to find all that could have met in the fold."""

    def __init__(self, records: Sequence[AnyRecord]) -> None:
        self._records = records
        self._by_name: dict[object, list[int]] = {}
        self._by_place: dict[_Key, list[int]] = {}
        for number, record in enumerate(records):
            self._by_place.setdefault(_key(record), []).append(number)
            for name in _names(record):
                self._by_name.setdefault(name, []).append(number)

    def around(self, papers: Iterable[Paper]) -> Iterator[AnyRecord]:
        """The records of papers, and all that have a title or identifier in common with them."""
        listings = (_key(listing) for paper in papers for listing in paper.listings)
        numbers = (number for key in listings for number in self._by_place[key])
        return self.named(name for number in numbers for name in _names(self._records[number]))

    def named(self, names: Iterable[object]) -> Iterator[AnyRecord]:
        """The records that have one of these names, or one in common with such a record."""
        found: set[int] = set()
        seen: set[object] = set()
        ahead = list(names)
        while ahead:
            name = ahead.pop()
            if name in seen:
                continue
            seen.add(name)
            for number in self._by_name.get(name, ()):
                if number not in found:
                    found.add(number)
                    ahead += _names(self._records[number])
        return (self._records[number] for number in sorted(found))


def _records(fetch: object) -> Sequence[AnyRecord]:
    """The records of a paper that has several."""
    return fetch.records if isinstance(fetch, Fetch) else ()


def _names(record: AnyRecord) -> tuple[object, ...]:
    """What makes two records meet in the fold."""
    return (record.fingerprint or record.title, *record.ids.items())
