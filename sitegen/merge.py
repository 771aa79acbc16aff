"""Records to papers: a left fold in the order (day, file name, place), undated last.

Comes in: settled records in any order. Goes out: the library of papers and days. Pure; the order
of files does not matter, and records that come later in the fold's order change no birth key.

Two records are one paper when an identifier agrees, or when their folded titles agree and nothing
contradicts: different arXiv ids, or first authors without a name in common. When a record shows
two papers to be one, the earlier name survives and the other becomes a redirect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b

from .identity import fold_title, key_of, paper_path
from .model import Day, Entry, Library, Listing, Paper, Record

_LAST = date.max  # undated records stand behind all others
_NAME_PART = re.compile(r"[^\W\d_]{2,}")


class _Draft:
    """A paper while the fold goes on."""

    __slots__ = ("aliases", "arxiv", "authors", "into", "key", "number", "path", "records")

    def __init__(self, number: int, key: str, path: str) -> None:
        self.number = number
        self.key = key
        self.path = path
        self.records: list[Record] = []
        self.aliases: dict[str, str] = {}
        self.arxiv: set[str] = set()
        self.authors: frozenset[str] = frozenset()
        self.into: _Draft | None = None


def fold_order(record: Record) -> tuple[date, str, bytes, int]:
    """Where a record stands in the fold. Files of one name are told apart by their content."""
    return (record.listed or _LAST, record.file, record.dump, record.place)


def merge(records: Iterable[Record]) -> Library:
    """The library of all records that have a title."""
    fold = sorted((record for record in records if record.title), key=fold_order)
    drafts = _Fold()
    for record in fold:
        drafts.take(record)
    sizes: dict[tuple[str, bytes], int] = {}
    for record in fold:
        dump = (record.file, record.dump)
        sizes[dump] = max(sizes.get(dump, 0), record.place + 1)
    papers = tuple(_paper(draft, sizes) for draft in drafts.all if draft.into is None)
    return Library(papers=papers, days=_days(papers, fold, drafts), listings=len(fold))


class _Fold:
    """The state of the fold: drafts by identifier, by folded title and by claimed key."""

    def __init__(self) -> None:
        self.all: list[_Draft] = []
        self.place_of: dict[int, _Draft] = {}  # id(record) -> its draft
        self._by_id: dict[tuple[str, str], _Draft] = {}
        self._by_title: dict[str, list[_Draft]] = {}
        self._claimed: dict[str, _Draft] = {}

    def take(self, record: Record) -> None:
        """Put one record to the paper it is about, or begin one."""
        names = _first_author(record)
        arxiv = record.ids.get("arxiv")
        home: _Draft | None = None
        for scheme_id in record.ids.items():
            found = self._by_id.get(scheme_id)
            if found is not None:
                home = self._join(home, _end(found))
        for candidate in self._by_title.get(record.fingerprint, ()):
            found = _end(candidate)
            if found is home:
                continue
            if home is None:
                if _agree(found, {arxiv} if arxiv else set(), names):
                    home = found
            elif _agree(found, home.arxiv | ({arxiv} if arxiv else set()), home.authors | names):
                home = self._join(home, found)
        key = key_of(record.ids, record.title)
        if home is None:
            home = self._begin(record, key, names)
        elif key not in self._claimed:
            self._claimed[key] = home
            home.aliases[key] = paper_path(key, record.title)
        home.records.append(record)
        home.authors |= names
        if arxiv:
            home.arxiv.add(arxiv)
            self._alias(home, arxiv, record.title)
        for scheme_id in record.ids.items():
            self._by_id[scheme_id] = home
        same_title = self._by_title.setdefault(record.fingerprint, [])
        if not any(_end(other) is home for other in same_title):
            same_title.append(home)
        self.place_of[id(record)] = home

    def _begin(self, record: Record, key: str, names: frozenset[str]) -> _Draft:
        # Papers that share a title and have no identifier: the later one adds its first author.
        unique, number = key, 1
        while unique in self._claimed:
            number += 1
            suffix = "-".join(sorted(names)) if number == 2 and names else str(number)
            unique = f"{key}~{suffix}"
        draft = _Draft(len(self.all), unique, paper_path(unique, record.title))
        self.all.append(draft)
        self._claimed[unique] = draft
        return draft

    def _alias(self, draft: _Draft, key: str, title: str) -> None:
        if key not in self._claimed:
            self._claimed[key] = draft
            draft.aliases[key] = paper_path(key, title)

    def _join(self, one: _Draft | None, other: _Draft) -> _Draft:
        if one is None or one is other:
            return other
        elder, younger = (one, other) if one.number < other.number else (other, one)
        younger.into = elder
        elder.records += younger.records
        elder.arxiv |= younger.arxiv
        elder.authors |= younger.authors
        elder.aliases |= younger.aliases
        elder.aliases[younger.key] = younger.path
        return elder


def _end(draft: _Draft) -> _Draft:
    while draft.into is not None:
        draft = draft.into
    return draft


def _agree(draft: _Draft, arxiv: set[str], names: frozenset[str]) -> bool:
    """Whether nothing speaks against one paper behind two equal titles."""
    if draft.arxiv and arxiv and not draft.arxiv & arxiv:
        return False
    return not (draft.authors and names and not draft.authors & names)


def _first_author(record: Record) -> frozenset[str]:
    """The parts of the first author's name, folded; initials say too little to count."""
    if not record.authors:
        return frozenset()
    parts = (fold_title(part) for part in _NAME_PART.findall(record.authors[0]))
    return frozenset(part for part in parts if part)


def _rank(record: Record) -> tuple[int, int, int]:
    """How good a record's values are: with identifiers first, then the more complete, the newer."""
    filled = sum(
        map(bool, (record.authors, record.abstract, record.published, record.categories, record.url))
    )
    return (bool(record.ids), filled, record.listed.toordinal() if record.listed else 0)


def _paper(draft: _Draft, sizes: dict[tuple[str, bytes], int]) -> Paper:
    fold = draft.records
    if len(fold) > 1:
        fold = sorted(fold, key=fold_order)
        best = sorted(fold, key=_rank, reverse=True)
    else:
        best = fold
    first = best[0]
    ids: dict[str, str] = {}
    for record in best:
        for scheme, value in record.ids.items():
            ids.setdefault(scheme, value)
    upvotes = [record.upvotes for record in fold if record.upvotes is not None]
    digest = blake2b(digest_size=12)
    for record in fold:
        digest.update(record.digest)
        size = sizes[record.file, record.dump]
        digest.update((record.listed or _LAST).toordinal().to_bytes(4) + size.to_bytes(4))
    return Paper(
        key=draft.key,
        path=draft.path,
        redirects=tuple(sorted(draft.aliases.items())),
        digest=digest.digest(),
        title=first.title,
        ids=ids,
        authors=_best(best, "authors", ()),
        abstract=_best(best, "abstract", ""),
        published=_best(best, "published", None),
        listings=tuple(_listing(record, sizes) for record in fold),
        pdf=_best(best, "pdf", ""),
        code=_best(best, "code", ""),
        project=_best(best, "project", ""),
        venue=_best(best, "venue", ""),
        categories=_best(best, "categories", ()),
        tags=_best(best, "tags", ()),
        upvotes=max(upvotes, default=None),
    )


def _best(records: Sequence[Record], field: str, nothing: object) -> object:
    for record in records:
        value = getattr(record, field)
        if value:
            return value
    return nothing


def _listing(record: Record, sizes: dict[tuple[str, bytes], int]) -> Listing:
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


def _days(papers: tuple[Paper, ...], fold: list[Record], drafts: _Fold) -> tuple[Day, ...]:
    by_key = {paper.key: paper for paper in papers}
    on: dict[date | None, dict[str, None]] = {}
    for record in fold:
        paper = by_key[_end(drafts.place_of[id(record)]).key]
        on.setdefault(record.listed, {})[paper.key] = None
    return tuple(
        Day(date=day, entries=tuple(_entry(by_key[key], day) for key in keys))
        for day, keys in on.items()
    )


def _entry(paper: Paper, day: date | None) -> Entry:
    here = tuple(listing for listing in paper.listings if listing.day == day)
    return Entry(paper=paper, listings=here, new=paper.listings[0].day == day)
