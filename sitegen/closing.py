"""Which papers stand in the closed archive documents of the site's Atom feed, and as what.

RFC 5005 wants archive documents that do not change. They are cut from the oldest listing on, in
the order of the fold: each covers `SIZE` listings and holds the papers that were born among them;
it closes when `SIZE` further listings have come, so that what readers poll overlaps with it. A
closed document shows its papers as the dumps up to that point had them, whatever newer dumps say:
where those changed a paper, or proved two to be one, the older records are merged once more,
alone. What has no day counts as known from the beginning.

Comes in: the records, the library as merged, and as it is shown. Goes out: papers by document.
Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Final

import msgspec

from . import corrections as fixes
from .corrections import Corrections
from .merge import merged
from .model import Library, Listing, Paper, Record
from .plan import Closed

SIZE: Final = 100  # listings in one document

Look = Callable[[Library], Library]  # gives papers their topics, and leaves out what is filtered
_Key = tuple[str, int, date | None]


def closed(
    records: Sequence[Record],
    whole: Library,
    shown: Library,
    corrections: Corrections,
    look: Look,
) -> Closed:
    """The papers of each closed document, the oldest document first, its newest paper first.

    `whole` is the library before papers were hidden or filtered, `shown` afterwards. `look` is
    asked for the topics of papers that newer dumps changed.
    """
    calendar = _Calendar(whole)
    count = max(0, calendar.total // SIZE - 1)
    if not count:
        return Closed()
    documents: list[list[Paper]] = [[] for _ in range(count)]
    again: dict[int, list[Paper]] = {}
    live = 0
    for paper in shown.papers:
        if paper.born is None:
            continue
        touched = calendar.reopened(paper, count)
        for number in touched:
            again.setdefault(number, []).append(paper)
        born = calendar.document(paper.listings[0])
        live += born >= count
        if born < count and born not in touched:
            documents[born].append(paper)
    if again:
        index = _Index(records)
        for number, papers in again.items():
            documents[number] += _as_closed(number, papers, index, calendar, corrections, look)
    return Closed(
        [
            tuple(sorted(papers, key=lambda p: calendar.place(p.listings[0]), reverse=True))
            for papers in documents
        ],
        live,
    )


class _Calendar:
    """How many listings came before each day; from this, the place of a listing among all."""

    def __init__(self, whole: Library) -> None:
        days = [day for day in whole.days if day.date is not None]
        counts = [sum(len(entry.listings) for entry in day.entries) for day in days]
        self._days = {day.date: day for day in days}
        self._before = dict(zip(self._days, accumulate(counts, initial=0), strict=False))
        self.total = sum(counts)

    def place(self, listing: Listing) -> int:
        """The place of a dated listing among all of them, from 0."""
        return self._before[listing.day] + listing.nth

    def document(self, listing: Listing) -> int:
        """The number of the document, closed or not, that covers a dated listing."""
        return self.place(listing) // SIZE

    def reopened(self, paper: Paper, count: int) -> frozenset[int]:
        """The closed documents that would show another paper if they were made today."""
        if len(paper.listings) == 1 or (paper.changed is None and not paper.redirects):
            return frozenset()
        places = [self.place(listing) for listing in paper.listings if listing.day]
        return frozenset(
            place // SIZE
            for place in places
            if place // SIZE < count and places[-1] >= (place // SIZE + 2) * SIZE
        )

    def until(self, number: int) -> tuple[date, Mapping[_Key, int], int]:
        """The day on which a document closed, the places of that day's listings, and the last."""
        end = (number + 2) * SIZE
        day = max(
            (day for day, before in self._before.items() if day and before < end), default=None
        )
        assert day is not None  # noqa: S101 - there are listings
        entries = self._days[day].entries
        places = {_key(lst): lst.nth for entry in entries for lst in entry.listings}
        return day, places, end - self._before[day]


def _key(item: Listing | Record) -> _Key:
    return (item.file, item.place, item.listed if isinstance(item, Record) else item.day)


class _Index:
    """Records by title and identifier, to find all that could have met in the fold."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._by_name: dict[object, list[int]] = {}
        self._by_place: dict[_Key, list[int]] = {}
        for number, record in enumerate(records):
            self._by_place.setdefault(_key(record), []).append(number)
            for name in _names(record):
                self._by_name.setdefault(name, []).append(number)

    def around(self, papers: Iterable[Paper]) -> Iterator[Record]:
        """The records of papers, and all that have a title or identifier in common with them."""
        ahead = [n for p in papers for lst in p.listings for n in self._by_place.get(_key(lst), ())]
        found: set[int] = set()
        names: set[object] = set()
        while ahead:
            number = ahead.pop()
            if number in found:
                continue
            found.add(number)
            for name in _names(self._records[number]):
                if name not in names:
                    names.add(name)
                    ahead += self._by_name[name]
        return (self._records[number] for number in sorted(found))


def _names(record: Record) -> Iterator[object]:
    yield record.fingerprint or record.title
    yield from record.ids.items()


def _as_closed(
    number: int,
    papers: Sequence[Paper],
    index: _Index,
    calendar: _Calendar,
    corrections: Corrections,
    look: Look,
) -> Iterator[Paper]:
    """What a document had of papers that newer dumps changed."""
    day, places, end = calendar.until(number)

    def was_there(record: Record) -> bool:
        if record.listed is None or record.listed < day:
            return True
        return record.listed == day and places.get(_key(record), end) < end

    then = merged(list(filter(was_there, index.around(papers))), corrections).library
    listings = {_key(listing): listing for paper in papers for listing in paper.listings}
    addresses = {path for p in papers for path in (p.path, *(way for _, way in p.redirects))}
    born = tuple(
        msgspec.structs.replace(paper, listings=tuple(listings[_key(o)] for o in paper.listings))
        for paper in then.papers
        if paper.path in addresses and all(_key(o) in listings for o in paper.listings)
    )
    library, _ = fixes.applied(Library(papers=born, days=()), corrections)
    for paper in look(library).papers:
        if paper.born is not None and calendar.document(paper.listings[0]) == number:
            yield paper
