"""Records to papers: a left fold in the order (day, file name, place), undated last.

Comes in: settled records in any order. Goes out: the library of papers and days. Pure; the order
of files does not matter, and records that come later in the fold's order change no birth key.

Two records are one paper when an identifier agrees, or when their folded titles agree and nothing
contradicts: different arXiv ids; first authors of whom neither's family name is in the other's
name; where authors are not known, different identifiers of any one scheme ("Advertisements" is in
59 issues of a journal). When a record shows two papers to be one, the earlier name survives and the
other becomes a redirect.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from .identity import fingerprint, fold_title, key_of, namesake_key, paper_path
from .model import Day, Entry, Library, Listing, Paper, Record

_LAST: Final = date.max
# The values of a paper that the best record having one gives.
_BEST: Final = (
    "authors", "abstract", "published", "pdf", "code", "project", "venue", "categories", "tags",
)  # fmt: skip
# Papers of one title ("Preface") and authors of one paper that are compared; bounds what a dump
# made to be slow can cost.
_NAMESAKES: Final = 64
_AUTHORS: Final = 8

Sizes = Mapping[tuple[str, bytes], int]


class _Draft:
    """A paper while the fold goes on."""

    __slots__ = ("authors", "ids", "into", "key", "number", "path", "redirects", "title")

    def __init__(self, number: int, key: str, path: str, title: str) -> None:
        self.number = number
        self.key = key
        self.path = path
        self.title = title
        self.redirects: list[tuple[str, str]] = []
        self.ids: set[tuple[str, str]] = set()
        self.authors: list[str] = []  # the first author as each record has it
        self.into: _Draft | None = None


def fold_order(record: Record) -> tuple[bool, date, str, bytes, int]:
    """Where a record stands in the fold. Files of one name are told apart by their content."""
    day = record.listed
    return (day is None, day or _LAST, record.file, record.dump, record.place)


def merge(records: Iterable[Record]) -> Library:
    """The library of all records that have a title."""
    every = list(records)
    sizes: dict[tuple[str, bytes], int] = {}
    for record in every:
        dump = (record.file, record.dump)
        sizes[dump] = max(sizes.get(dump, 0), record.place + 1)
    fold = sorted((record for record in every if record.title), key=fold_order)
    state = _Fold()
    taken = [state.take(record) for record in fold]
    homes = [_end(draft).number for draft in taken]
    found: dict[int, list[Record]] = {}
    for home, record in zip(homes, fold, strict=True):
        found.setdefault(home, []).append(record)
    papers = {
        number: _paper(state.drafts[number], found[number], sizes) for number in sorted(found)
    }
    days = _days(papers, homes, fold)
    return Library(papers=tuple(papers.values()), days=days, listings=len(fold))


class _Fold:
    """The state of the fold: drafts by identifier and by folded title; keys and paths in use."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self._by_id: dict[tuple[str, str], _Draft] = {}
        self._by_title: dict[str, list[_Draft]] = {}
        self._keys: set[str] = set()
        self._paths: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last number given out to namesakes, by key

    def take(self, record: Record) -> _Draft:
        """Put one record to the paper it is about, or begin one."""
        title = record.fingerprint or fingerprint(record.title)
        key = key_of(record.ids, record.title) if record.ids else title
        namesakes = self._by_title.setdefault(title, [])
        home = self._known(record)
        if namesakes:
            home = self._of_title(namesakes, record, home)
        home = home or self._begin(record, key)
        self._redirect(home, key, record)
        author = record.authors[0] if record.authors else ""
        if author and author not in home.authors and len(home.authors) < _AUTHORS:
            home.authors.append(author)
        for identifier in record.ids.items():
            self._by_id[identifier] = home
            home.ids.add(identifier)
        if len(namesakes) < _NAMESAKES and all(_end(other) is not home for other in namesakes):
            namesakes.append(home)
        return home

    def _known(self, record: Record) -> _Draft | None:
        """The paper that has an identifier of the record's; several become one."""
        home = None
        for identifier in record.ids.items():
            found = self._by_id.get(identifier)
            if found is not None:
                home = _join(home, _end(found))
        return home

    def _of_title(
        self, namesakes: Iterable[_Draft], record: Record, home: _Draft | None
    ) -> _Draft | None:
        """The papers of that title that nothing contradicts, in their order, joined to `home`.

        What a record adds to a paper can take the contradiction between two away.
        """
        ids = set(record.ids.items())
        authors = list(record.authors[:1])
        if home is not None:
            ids |= home.ids
            authors += home.authors
        for candidate in namesakes:
            found = _end(candidate)
            if found is home or not _agree(found, ids, authors):
                continue
            home = _join(home, found)
            ids |= found.ids
            authors += found.authors
        return home

    def _begin(self, record: Record, key: str) -> _Draft:
        unique, path = key, paper_path(key, record.title)
        if key in self._keys and record.authors:
            unique = namesake_key(key, _name(record.authors[0]).parts)
            path = paper_path(unique, record.title)
        while unique in self._keys or path in self._paths:
            number = self._numbers[key] = self._numbers.get(key, 1) + 1
            unique = f"{key}~{number}"
            path = paper_path(unique, record.title)
        draft = _Draft(len(self.drafts), unique, path, record.title)
        self.drafts.append(draft)
        self._keys.add(unique)
        self._paths.add(path)
        return draft

    def _redirect(self, home: _Draft, key: str, record: Record) -> None:
        """Let a key lead to a paper, where it does not yet.

        An undated record may have had a page of its own before a dated one came; its address had
        this title's words in it.
        """
        if key in self._keys and (record.listed or (key, record.title) == (home.key, home.title)):
            return
        path = paper_path(key, record.title)
        self._keys.add(key)
        if path not in self._paths:
            self._paths.add(path)
            home.redirects.append((key, path))


def _join(one: _Draft | None, other: _Draft) -> _Draft:
    """The elder of two papers, with what the younger had."""
    if one is None or one is other:
        return other
    elder, younger = (one, other) if one.number < other.number else (other, one)
    younger.into = elder
    elder.ids |= younger.ids
    elder.authors = [*elder.authors, *younger.authors][:_AUTHORS]
    elder.redirects += [(younger.key, younger.path), *younger.redirects]
    return elder


def _end(draft: _Draft) -> _Draft:
    """The paper that a draft has become part of."""
    while draft.into is not None:
        if draft.into.into is not None:
            draft.into = draft.into.into
        draft = draft.into
    return draft


def _agree(draft: _Draft, ids: Collection[tuple[str, str]], authors: Sequence[str]) -> bool:
    """Whether nothing speaks against one paper behind two equal titles.

    An identifier in common would have joined them before: of a scheme in common, both have others.
    """
    common = {scheme for scheme, _ in draft.ids} & {scheme for scheme, _ in ids}
    if not draft.authors or not authors:
        return not common
    same = any(_same_person(one, other) for one in draft.authors for other in authors)
    return same and "arxiv" not in common


class _Name(NamedTuple):
    parts: frozenset[str]
    family: str


_NAME_PART = re.compile(r"[^\W\d_]{2,}")  # initials say too little to count
_NAME_LENGTH = 200


@lru_cache(maxsize=1 << 14)
def _name(author: str) -> _Name:
    folded = (fold_title(part) for part in _NAME_PART.findall(author[:_NAME_LENGTH]))
    parts = [part for part in folded if part]
    return _Name(frozenset(parts), parts[-1] if parts else "")


def _same_person(author: str, other: str) -> bool:
    """Whether two spellings may be one name: "J. Smith", "John Smith" and "Smith John" may."""
    one, two = _name(author), _name(other)
    if not one.family or not two.family:
        return True
    return one.family in two.parts or two.family in one.parts


def _rank(record: Record) -> tuple[bool, int, int]:
    """How good a record's values are: with identifiers first, then the more complete, the newer."""
    values = (record.authors, record.abstract, record.published, record.categories, record.url)
    day = record.listed
    return (bool(record.ids), sum(map(bool, values)), day.toordinal() if day else 0)


def _paper(draft: _Draft, fold: Sequence[Record], sizes: Sizes) -> Paper:
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
        listings=tuple(_listing(record, sizes) for record in fold),
        upvotes=max(upvotes, default=None),
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
