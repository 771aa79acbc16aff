"""The fold of records into papers: which records are about one paper, and its permanent name.

Comes in: records in the order of the fold. Goes out: a draft for each paper, with its birth key,
its path and its redirects, and the ties that say why. Records that come later in the order change
no birth key.

Two records are one paper when an identifier agrees, or when their folded titles agree and nothing
contradicts: `namesakes` says what does. When a record shows two papers to be one, the earlier name
survives and the other becomes a redirect. An editor's corrections go before all of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from .corrections import Alias, Corrections, unmatched
from .errors import Problem
from .heads import AnyRecord
from .identity import fingerprint, key_of, namesake_key, paper_path
from .namesakes import Facts, contradiction, name

# Papers of one title ("Preface") that are compared; bounds what a dump made to be slow can cost.
_NAMESAKES: Final = 64


class Tie(NamedTuple):
    """Why a record came to a paper, or stayed apart from one of the same title."""

    record: AnyRecord
    how: Literal["identifier", "title", "correction", "apart"]
    key: str  # of the paper, as it was then
    why: str  # "arxiv 2405.15738", "the titles agree", "first authors differ: A, B"


class Draft:
    """A paper while the fold goes on."""

    __slots__ = ("_facts", "_told", "into", "key", "number", "path", "redirects", "title")

    def __init__(self, number: int, key: str, path: str, title: str) -> None:
        self.number = number
        self.key = key
        self.path = path
        self.title = title
        self.redirects: list[tuple[str, str]] = []
        self.into: Draft | None = None
        self._told: list[AnyRecord] = []  # records that are not in the facts yet
        self._facts: Facts | None = None

    def take(self, record: AnyRecord) -> None:
        """Add what a record says."""
        self._told.append(record)

    @property
    def facts(self) -> Facts:
        """What the records say that tells namesakes apart; few papers are ever asked for it."""
        if self._facts is None:
            self._facts = Facts()
        for record in self._told:
            self._facts.take(record)
        self._told.clear()
        return self._facts


class Fold:
    """The state of the fold: drafts by identifier, by folded title and by key."""

    def __init__(self, corrections: Corrections) -> None:
        self.drafts: list[Draft] = []
        self.ties: list[Tie] = []
        self._by_id: dict[tuple[str, str], Draft] = {}
        self._by_title: dict[str, list[Draft]] = {}
        self._by_key: dict[str, Draft] = {}  # every key that leads to a paper
        self._paths: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last number given out to namesakes, by key
        self._corrections = corrections
        self._joined = {key: at for at, join in enumerate(corrections.join) for key in join.keys}
        self._by_join: dict[int, Draft] = {}
        self._met: set[str] = set()  # keys of joins and places of splits that were found
        self._split = {place for split in corrections.split for place in split.listings}

    def take(self, record: AnyRecord) -> Draft:
        """Put one record to the paper it is about, or begin one."""
        title = record.fingerprint or fingerprint(record.title)
        key = key_of(record.ids, record.title) if record.ids else title
        if self._split and f"{record.file}:{record.line}" in self._split:
            return self._apart(record, key)
        namesakes = self._by_title.setdefault(title, [])
        home = self._known(record)
        if self._joined:
            home = self._corrected(record, key, title, home)
        if namesakes:
            home = self._of_title(namesakes, record, home)
        home = home or self._begin(record, key)
        self._redirect(home, key, record)
        home.take(record)
        for identifier in record.ids.items():
            self._by_id[identifier] = home
        if len(namesakes) < _NAMESAKES and all(end(other) is not home for other in namesakes):
            namesakes.append(home)
        return home

    def finish(self) -> Iterator[Problem]:
        """Give aliased papers their names back; what of the corrections matched nothing."""
        for alias in self._corrections.alias:
            if alias.name and not self._rename(alias):
                yield unmatched(f"alias {alias.name}")
        for join in self._corrections.join:
            for key in join.keys:
                if key not in self._met:
                    yield unmatched(f"join {key}")
        for place in sorted(self._split - self._met):
            yield unmatched(f"split {place}")

    def _apart(self, record: AnyRecord, key: str) -> Draft:
        """A record that an editor said is about a paper of its own."""
        place = f"{record.file}:{record.line}"
        self._met.add(place)
        other = self._by_key.get(key)
        if other is not None:
            self.ties.append(Tie(record, "apart", end(other).key, "a correction splits it off"))
        return self._begin(record, key)

    def _corrected(
        self, record: AnyRecord, key: str, title: str, home: Draft | None
    ) -> Draft | None:
        """The papers that an editor joined to the record's, as one."""
        for known in dict.fromkeys((key, title, *record.ids.values())):
            at = self._joined.get(known)
            if at is None:
                continue
            self._met.add(known)
            other = self._by_join.get(at)
            if other is None:
                home = home or self._begin(record, key)
            elif home is None or end(other) is not end(home):
                self.ties.append(Tie(record, "correction", end(other).key, f"joined by {known}"))
                home = _join(home, end(other))
            self._by_join[at] = home
        return home

    def _known(self, record: AnyRecord) -> Draft | None:
        """The paper that has an identifier of the record's; several become one."""
        home = None
        for identifier in record.ids.items():
            found = self._by_id.get(identifier)
            if found is not None and end(found) is not home:
                self.ties.append(Tie(record, "identifier", end(found).key, " ".join(identifier)))
                home = _join(home, end(found))
        return home

    def _of_title(
        self, namesakes: Iterable[Draft], record: AnyRecord, home: Draft | None
    ) -> Draft | None:
        """The papers of that title that nothing contradicts, in their order, joined to `home`.

        What a record adds to a paper can take the contradiction between two away.
        """
        facts = Facts()
        facts.take(record)
        if home is not None:
            facts.add(home.facts)
        for candidate in namesakes:
            found = end(candidate)
            if found is home:
                continue
            against = contradiction(found.facts, facts)
            if against:
                self.ties.append(Tie(record, "apart", found.key, against))
                continue
            self.ties.append(Tie(record, "title", found.key, "the titles agree"))
            home = _join(home, found)
            facts.add(found.facts)
        return home

    def _begin(self, record: AnyRecord, key: str) -> Draft:
        unique, path = key, paper_path(key, record.title)
        if key in self._by_key and record.authors:
            unique = namesake_key(key, name(record.authors[0]).parts)
            path = paper_path(unique, record.title)
        while unique in self._by_key or path in self._paths:
            number = self._numbers[key] = self._numbers.get(key, 1) + 1
            unique = f"{key}~{number}"
            path = paper_path(unique, record.title)
        draft = Draft(len(self.drafts), unique, path, record.title)
        self.drafts.append(draft)
        self._by_key[unique] = draft
        self._paths.add(path)
        return draft

    def _redirect(self, home: Draft, key: str, record: AnyRecord) -> None:
        """Let a key lead to a paper, where it does not yet.

        An undated record may have had a page of its own before a dated one came; its address had
        this title's words in it.
        """
        if key in self._by_key and (record.listed or (key, record.title) == (home.key, home.title)):
            return
        path = paper_path(key, record.title)
        self._by_key.setdefault(key, home)
        if path not in self._paths:
            self._paths.add(path)
            home.redirects.append((key, path))

    def _rename(self, alias: Alias) -> bool:
        """Whether the paper known by the alias's key could take its name and path."""
        # What has an arXiv id has that for a key.
        of_id = (self._by_id.get((scheme, alias.key)) for scheme in ("doi", "acl"))
        found = self._by_key.get(alias.key) or next(filter(None, of_id), None)
        if found is None:
            return False
        draft = end(found)
        holder = self._by_key.get(alias.name)
        if holder is not None and end(holder) is not draft:
            return False  # it is another paper's name
        draft.redirects = [way for way in draft.redirects if way[1] != alias.path]
        if draft.path != alias.path:
            draft.redirects.append((draft.key, draft.path))
        draft.key, draft.path = alias.name, alias.path
        return True


def _join(one: Draft | None, other: Draft) -> Draft:
    """The elder of two papers, with what the younger had."""
    if one is None or one is other:
        return other
    elder, younger = (one, other) if one.number < other.number else (other, one)
    younger.into = elder
    elder.facts.add(younger.facts)
    elder.redirects += [(younger.key, younger.path), *younger.redirects]
    return elder


def end(draft: Draft) -> Draft:
    """The paper that a draft has become part of."""
    while draft.into is not None:
        if draft.into.into is not None:
            draft.into = draft.into.into
        draft = draft.into
    return draft
