"""Records to papers: what the fold joined, with the best value of each field; and days.

Comes in: settled records in any order. Goes out: the library of papers and days. Pure; the order
of files does not matter.

The best value of a field is that of the best record that has one. Records are ranked by their
source (the archive that keeps the paper, then lists that name its identifier, then others), then
by how complete they are, then the newer first. Other abstracts are kept as versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from .corrections import Corrections
from .errors import Problem
from .fold import Draft, Fold, Tie, end
from .identity import fold_title
from .model import Day, Entry, Library, Listing, Paper, Record, Version

_LAST: Final = date.max
# The values of a paper that the best record having one gives.
_BEST: Final = (
    "authors", "abstract", "published", "pdf", "code", "project", "venue", "categories", "tags",
)  # fmt: skip

# Those of them that no page or feed entry shows as a reason to look again.
_QUIET: Final = ("published", "categories", "tags")

# Archives that speak for the papers they keep.
_ARCHIVES: Final = ("arXiv", "ACL Anthology")

Sizes = Mapping[tuple[str, bytes], int]


class Merged(NamedTuple):
    """The library, why records were joined or kept apart, and corrections that matched nothing."""

    library: Library
    ties: tuple[Tie, ...]
    problems: tuple[Problem, ...]


def fold_order(record: Record) -> tuple[bool, date, str, bytes, int]:
    """Where a record stands in the fold. Files of one name are told apart by their content."""
    day = record.listed
    return (day is None, day or _LAST, record.file, record.dump, record.place)


def merge(records: Iterable[Record]) -> Library:
    """The library of all records that have a title."""
    return merged(records, Corrections()).library


def merged(records: Iterable[Record], corrections: Corrections) -> Merged:
    """The library of all records that have a title, as an editor's corrections have it."""
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
    listings = list(_listings(records_in_order, sizes))
    found: dict[int, list[int]] = {}
    for place, home in enumerate(homes):
        found.setdefault(home, []).append(place)
    papers = {
        number: _paper(
            fold.drafts[number],
            [records_in_order[place] for place in found[number]],
            tuple(listings[place] for place in found[number]),
        )
        for number in sorted(found)
    }
    library = Library(
        papers=tuple(papers.values()),
        days=_days(papers, homes, listings),
        listings=len(records_in_order),
    )
    return Merged(library, tuple(fold.ties), problems)


def _rank(record: Record) -> tuple[int, int, int]:
    """How good a record's values are: its source, how complete it is, how new."""
    source = 2 if record.source.startswith(_ARCHIVES) else 1
    values = (record.authors, record.abstract, record.published, record.categories, record.url)
    day = record.listed
    return (source if record.ids else 0, sum(map(bool, values)), day.toordinal() if day else 0)


def _versions(best: Sequence[Record], shown: str) -> tuple[Version, ...]:
    """Abstracts that say something else than the one shown, each once."""
    seen = {fold_title(shown)}
    found = []
    for record in best:
        folded = fold_title(record.abstract) if record.abstract else ""
        if folded and folded not in seen:
            seen.add(folded)
            found.append(Version(file=record.file, source=record.source, abstract=record.abstract))
    return tuple(found)


def _paper(draft: Draft, fold: Sequence[Record], listings: tuple[Listing, ...]) -> Paper:
    best = _best(fold)
    ids, values = _values(best)
    digest = blake2b(digest_size=12)
    for record, listing in zip(fold, listings, strict=True):
        day = record.listed.toordinal() if record.listed else 0
        digest.update(record.digest + day.to_bytes(4, "big") + listing.of.to_bytes(4, "big"))
    upvotes = [record.upvotes for record in fold if record.upvotes is not None]
    return Paper(
        key=draft.key,
        path=draft.path,
        redirects=tuple(sorted(draft.redirects)),
        digest=digest.digest(),
        title=best[0].title,
        ids=ids,
        listings=listings,
        upvotes=max(upvotes, default=None),
        versions=_versions(best, values["abstract"]) if len(best) > 1 else (),
        changed=_changed(fold) if fold[0].listed != fold[-1].listed else None,
        **values,
    )


def _best(fold: Sequence[Record]) -> Sequence[Record]:
    """A paper's records, the best first."""
    return sorted(fold, key=_rank, reverse=True) if len(fold) > 1 else fold


def _values(best: Sequence[Record]) -> tuple[dict[str, str], dict[str, Any]]:
    """A paper's identifiers, and the best value of each field."""
    values: dict[str, Any] = {field: getattr(best[0], field) for field in _BEST}
    ids = dict(best[0].ids)
    for record in best[1:]:
        for field, value in values.items():
            if not value:
                values[field] = getattr(record, field)
        ids = record.ids | ids
    return ids, values


def _changed(fold: Sequence[Record]) -> date | None:
    """The newest day with a record that changed the paper's values; None for the day of birth.

    What has no day counts as known from the beginning.
    """
    days = sorted({record.listed for record in fold if record.listed is not None})
    changed = shown = None
    for day in days:
        best = _best([record for record in fold if record.listed is None or record.listed <= day])
        ids, values = _values(best)
        loud = [value for field, value in values.items() if field not in _QUIET]
        before, shown = shown, (best[0].title, ids, loud)
        if before is not None and shown != before:
            changed = day
    return changed


def _listings(fold: Sequence[Record], sizes: Sizes) -> Iterator[Listing]:
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
