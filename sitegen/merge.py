"""Records to papers: what the fold joined, with the best value of each field; and days.

Comes in: settled records in any order. Goes out: the library of papers and days. Pure; the order
of files does not matter.

The best value of a field is that of the best record that has one. Records are ranked by their
source (the archive that keeps the paper, then lists that name its identifier, then others), then
by how complete they are, then the newer first. Other abstracts are kept as versions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
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

# Archives that speak for the papers they keep.
_ARCHIVES: Final = ("arXiv", "ACL Anthology")

Sizes = Mapping[tuple[str, bytes], int]


class Merged(NamedTuple):
    """The library, why records were joined or kept apart, and corrections that matched nothing."""

    library: Library
    ties: tuple[Tie, ...]
    problems: tuple[Problem, ...]


def fold_order(record: Record) -> tuple[bool, bool, date, str, bytes, int]:
    """Where a record stands in the fold. Files of one name are told apart by their content.

    What is no listing comes last, so that it begins no paper and gives none its name.
    """
    day = record.listed
    place = (record.file, record.dump, record.place)
    return (not record.listing, day is None, day or _LAST, *place)


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
    listings = sum(record.listing for record in records_in_order)  # they stand first
    listed = frozenset(homes[:listings])
    found: dict[int, list[Record]] = {}
    for home, record in zip(homes, records_in_order, strict=True):
        found.setdefault(home, []).append(record)
    papers = {n: _paper(fold.drafts[n], found[n], sizes) for n in sorted(listed)}
    idle = Counter(record.file for n in found.keys() - listed for record in found[n])
    library = Library(
        papers=tuple(papers.values()),
        days=_days(papers, homes[:listings], records_in_order[:listings]),
        listings=listings,
    )
    return Merged(library, tuple(fold.ties), (*problems, *map(_idle, sorted(idle.items()))))


def _idle(file: tuple[str, int]) -> Problem:
    """The warning for facts about papers that no dump lists."""
    name, number = file
    message = f"facts about {number} paper{'' if number == 1 else 's'} that no dump lists"
    return Problem(file=name, line=0, message=message, hint="bring the list back, or remove them")


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


def _paper(draft: Draft, fold: Sequence[Record], sizes: Sizes) -> Paper:
    best = sorted(fold, key=_rank, reverse=True) if len(fold) > 1 else fold
    values: dict[str, Any] = {field: getattr(best[0], field) for field in _BEST}
    ids = dict(best[0].ids)
    for record in best[1:]:
        for field, value in values.items():
            if not value:
                values[field] = getattr(record, field)
        ids = record.ids | ids
    digest = blake2b(digest_size=12)
    for record in fold:
        day = record.listed.toordinal() if record.listed else 0
        size = sizes[record.file, record.dump]
        digest.update(record.digest + day.to_bytes(4, "big") + size.to_bytes(4, "big"))
    upvotes = [record.upvotes for record in fold if record.upvotes is not None]
    return Paper(
        key=draft.key,
        path=draft.path,
        redirects=tuple(sorted(draft.redirects)),
        digest=digest.digest(),
        title=best[0].title,
        ids=ids,
        listings=tuple(_listing(record, sizes) for record in fold if record.listing),
        upvotes=max(upvotes, default=None),
        versions=_versions(best, values["abstract"]) if len(best) > 1 else (),
        **values,
    )


def _listing(record: Record, sizes: Sizes) -> Listing:
    return Listing(
        day=record.listed,
        file=record.file,
        line=record.line,
        place=record.place,
        of=sizes[record.file, record.dump],
        source=record.source,
        curator=record.curator,
        url=record.url,
    )


def _days(
    papers: Mapping[int, Paper], homes: Sequence[int], fold: Sequence[Record]
) -> tuple[Day, ...]:
    on: dict[date | None, dict[int, list[Listing]]] = {}
    listings = {number: iter(paper.listings) for number, paper in papers.items()}
    for home, record in zip(homes, fold, strict=True):
        on.setdefault(record.listed, {}).setdefault(home, []).append(next(listings[home]))
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
