"""Records to papers: what the fold joined, with the best value of each field; and days.

Comes in: settled records in any order. Goes out: the library of papers and days. Pure; the order
of files does not matter.

The best value of a field is that of the best record that has one. Records are ranked by their
source (the archive that keeps the paper, then lists that name its identifier, then others), then
by how complete they are, then the newer first. Other abstracts are kept as versions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from struct import Struct
from typing import Any, ClassVar, Final, NamedTuple

from .corrections import Corrections
from .digests import digest_of
from .errors import Problem
from .fold import Draft, Fold, Tie, end
from .heads import AnyRecord, Body
from .identity import fold_title
from .model import Day, Details, Entry, Library, Listing, Paper, Said, Version

_LAST: Final = date.max
# The values of a paper that the best record having one gives.
_BEST: Final = (
    "authors", "abstract", "pdf", "code", "project", "venue", "categories", "tags",
)  # fmt: skip
# Those of them that a page or an entry of a feed shows as something new.
_LOUD: Final = ("authors", "abstract", "pdf", "code", "project", "venue")

# Archives that speak for the papers they keep.
_ARCHIVES: Final = ("arXiv", "ACL Anthology")

_PLACE: Final = Struct(">II")  # a day, and how many records its dump has
NOTHING_SAID: Final[Mapping[bytes, Said]] = {}

Source = AnyRecord | Body
Sizes = Mapping[tuple[str, bytes], int]


class Merged(NamedTuple):
    """The library, why records were joined or kept apart, and corrections that matched nothing."""

    library: Library
    ties: tuple[Tie, ...]
    problems: tuple[Problem, ...]


def fold_order(record: AnyRecord) -> tuple[bool, bool, date, str, bytes, int]:
    """Where a record stands in the fold. Files of one name are told apart by their content.

    What is no listing comes last, so that it begins no paper and gives none its name.
    """
    day = record.listed
    place = (record.file, record.dump, record.place)
    return (not record.listing, day is None, day or _LAST, *place)


def merge(records: Iterable[AnyRecord]) -> Library:
    """The library of all records that have a title."""
    return merged(records, Corrections()).library


def merged(
    records: Iterable[AnyRecord],
    corrections: Corrections,
    said: Mapping[bytes, Said] = NOTHING_SAID,
) -> Merged:
    """The library of all records that have a title, as an editor's corrections have it.

    `said` has the topics and leads of records by their digests; a paper that shows title and
    abstract of one of them has that one's.
    """
    every = list(records)
    sizes: dict[tuple[str, bytes], int] = {}
    for record in every:
        dump = (record.file, record.dump)
        sizes[dump] = max(sizes.get(dump, 0), record.place + 1)
    records_in_order = sorted((record for record in every if record.title), key=fold_order)
    fold = Fold(corrections)
    taken = [fold.take(record) for record in records_in_order]
    problems = tuple(fold.finish())
    homes = [end(draft).number for draft in taken]
    listings = list(_listings([r for r in records_in_order if r.listing], sizes))
    count = len(listings)  # they stand first
    listed = frozenset(homes[:count])
    found: dict[int, list[int]] = {}
    for place, home in enumerate(homes):
        found.setdefault(home, []).append(place)
    papers = {
        number: _paper(
            fold.drafts[number],
            [records_in_order[place] for place in found[number]],
            tuple([listings[place] for place in found[number] if place < count]),
            said,
        )
        for number in sorted(listed)
    }
    idle = Counter(records_in_order[n].file for home in found.keys() - listed for n in found[home])
    library = Library(
        papers=tuple(papers.values()),
        days=_days(papers, homes[:count], listings),
        listings=count,
    )
    return Merged(library, tuple(fold.ties), (*problems, *map(_idle, sorted(idle.items()))))


def _idle(file: tuple[str, int]) -> Problem:
    """The warning for facts about papers that no dump lists."""
    name, number = file
    message = f"facts about {number} paper{'' if number == 1 else 's'} that no dump lists"
    return Problem(file=name, line=0, message=message, hint="bring the list back, or remove them")


def _rank(record: AnyRecord) -> tuple[int, int, int]:
    """How good a record's values are: its source, how complete it is, how new."""
    source = 2 if record.source.startswith(_ARCHIVES) else 1
    day = record.listed
    return (source if record.ids else 0, record.complete, day.toordinal() if day else 0)


def _paper(
    draft: Draft,
    fold: Sequence[AnyRecord],
    listings: tuple[Listing, ...],
    said: Mapping[bytes, Said],
) -> Paper:
    best = sorted(fold, key=_rank, reverse=True) if len(fold) > 1 else fold
    first = best[0]
    ids = first.ids
    published, names, upvotes = first.published, first.names, first.upvotes
    # The abstract is that of the first record that has one.
    own = said.get(first.digest)
    if len(best) > 1:
        for record in best[1:]:
            ids = record.ids | ids
            published = published or record.published
            names = names or record.names
            if record.upvotes is not None:
                upvotes = max(upvotes or 0, record.upvotes)
        if not first.has_abstract and any(record.has_abstract for record in best):
            own = None
    parts = []
    for number, record in enumerate(fold):
        day = record.listed.toordinal() if record.listed else 0
        size = listings[number].of if number < len(listings) else 0  # facts come last
        parts.append(record.digest + _PLACE.pack(day, size))
    return Paper(
        key=draft.key,
        path=draft.path,
        redirects=tuple(sorted(draft.redirects)) if draft.redirects else (),
        digest=digest_of(b"".join(parts)),
        title=first.title,
        ids=ids,
        published=published,
        listings=listings,
        upvotes=upvotes,
        names=names,
        topics=own.topics if own else (),
        lead=own.lead if own else None,
        heard=own is not None,
        fetch=Fetch(tuple(best) if len(best) > 1 else (first.body,)),
    )


class Fetch:
    """Fetches what is shown of a paper from its records, the best first.

    Who asks for one detail asks for others, so that the last paper's are kept.
    """

    __slots__ = ("_best",)
    _last: ClassVar[tuple[Fetch | None, Details]] = (None, Details())

    def __init__(self, best: tuple[Source, ...]) -> None:
        self._best = best

    @property
    def records(self) -> tuple[AnyRecord, ...]:
        """The records where there are several; of one alone, its texts are all that stays."""
        return tuple([record for record in self._best if not isinstance(record, Body)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fetch) and self() == other()

    __hash__ = None  # type: ignore[assignment]

    def __call__(self) -> Details:
        """See above."""
        asked, found = Fetch._last
        if asked is not self:
            found = _details(self.records) if len(self._best) > 1 else self._best[0].details
            Fetch._last = (self, found)
        return found


def _details(best: Sequence[AnyRecord]) -> Details:
    """What the best of some records that has it says, value by value."""
    first = best[0].details
    every = [first, *(record.details for record in best[1:])]
    values: dict[str, Any] = {}
    for field in _BEST:
        known = (found for one in every if (found := getattr(one, field)))
        values[field] = next(known, getattr(first, field))
    by = values["authors"]
    ids = (one.author_ids for one in every if one.author_ids and one.authors == by)
    return Details(
        **values,
        author_ids=next(ids, ()),
        versions=_versions(best, every, values["abstract"]),
        changed=_changed(best, every),
    )


def _changed(best: Sequence[AnyRecord], details: Sequence[Details]) -> date | None:
    """The newest day with a record that changed what is shown; None for the day of birth.

    What has no day counts as known from the beginning.
    """
    days = sorted({record.listed for record in best if record.listed is not None})
    changed = shown = None
    for day in days if len(days) > 1 else ():
        then = [
            (record, one)
            for record, one in zip(best, details, strict=True)
            if record.listed is None or record.listed <= day
        ]
        ids: dict[str, str] = {}
        for record, _ in then:
            ids = record.ids | ids
        values = [next((v for _, one in then if (v := getattr(one, f))), None) for f in _LOUD]
        before, shown = shown, (then[0][0].title, ids, values)
        if before is not None and shown != before:
            changed = day
    return changed


def _versions(
    best: Sequence[AnyRecord], details: Sequence[Details], shown: str
) -> tuple[Version, ...]:
    """Abstracts that say something else than the one shown, each once."""
    seen = {fold_title(shown)}
    found = []
    for record, one in zip(best, details, strict=True):
        folded = fold_title(one.abstract) if one.abstract else ""
        if folded and folded not in seen:
            seen.add(folded)
            found.append(Version(file=record.file, source=record.source, abstract=one.abstract))
    return tuple(found)


def _listings(fold: Sequence[AnyRecord], sizes: Sizes) -> Iterator[Listing]:
    """The listing of each record, numbered by day."""
    for day, records in groupby(fold, key=attrgetter("listed")):
        for nth, record in enumerate(records):
            yield Listing(
                day=day,
                file=record.file,
                line=record.line,
                place=record.place,
                of=sizes[record.file, record.dump],
                nth=nth,
                source=record.source,
                curator=record.curator,
                url=record.url,
            )


def _days(
    papers: Mapping[int, Paper], homes: Sequence[int], listings: Sequence[Listing]
) -> tuple[Day, ...]:
    on: dict[date | None, dict[int, list[Listing]]] = {}
    for home, listing in zip(homes, listings, strict=True):
        on.setdefault(listing.day, {}).setdefault(home, []).append(listing)
    return tuple(
        Day(
            date=day,
            entries=tuple(
                Entry(
                    paper=papers[number],
                    listings=tuple(here),
                    new=papers[number].listings[0].day == day,
                )
                for number, here in entries.items()
            ),
        )
        for day, entries in on.items()
    )
