"""`sitegen fetch titles`: the arXiv entries of papers of which a dump has the title alone.

Comes in: dumps. Goes out: a dump of records that add facts (authors, ids, dates) and are no
listing, so that the dumps and the days stay as they are; and what arXiv's answers leave in doubt.
Sure is what has the same folded title, alone, and was there when the paper was listed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import msgspec

from .. import dating, dumps
from ..cache import Cache, checked, sealed
from ..config import Project
from ..errors import FetchError
from ..heads import AnyRecord
from ..identity import fingerprint, fold_title
from ..importing import Imported
from ..inspecting import as_object
from ..model import Record, Value
from ..readers import Content, arxiv_atom
from ..reading import heads_of
from . import arxiv
from .answers import write_whole
from .client import Client
from .documents import Document
from .dumping import kept

SOURCE: Final = "arXiv titles"
_AT_ONCE: Final = 8  # titles in a question
_PER_PAGE: Final = 100
_MOST_WORDS: Final = 8  # of a title that are asked for
_ASKED_AGAIN: Final = timedelta(days=7)  # whether arXiv has what it did not have
_SHORTEST: Final = 3  # words of a title that says enough by itself
_NEAR: Final = 3  # candidates that are told
_A_DAY: Final = timedelta(days=1)  # time zones

_TOKEN: Final = re.compile(r"[\w'’.-]+")
_PLAIN: Final = re.compile(r"[a-z]{3,}")
_PART: Final = re.compile(r"(?<!\w)[a-z0-9]+(?!\w)")  # of a word with hyphens
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
# Words that Lucene's English analyzer leaves out, so that a search for them finds nothing.
_UNSEARCHED: Final = frozenset(
    """
    a an and are as at be but by for if in into is it no not of on or such that the their then
    there these they this to was will with
    """.split()  # noqa: SIM905 - a table of words is to be read
)


class Lookup(Value, frozen=True, kw_only=True):
    """What became of one title: `found` where it is sure, else `doubt` says why it isn't."""

    record: AnyRecord
    found: Record | None = None
    doubt: str = ""
    near: tuple[str, ...] = ()  # candidates: "2405.15738 The title there"


class _Kept(Value, frozen=True, kw_only=True):
    """What arXiv has under a title, and when it was asked."""

    asked: date
    entries: tuple[Record, ...]


def bare(project: Project, places: Sequence[Path], today: date) -> list[AnyRecord]:
    """The records of dumps that have a title alone, each title once; not those of known papers.

    A paper is known when another dump of the project names its authors or identifiers.
    """
    assert project.root is not None  # noqa: S101 - the command line sees to it
    cache = Cache(project.root / ".sitegen" / "cache")
    folder = project.root / "content" / "dumps"
    rule = dating.DayRule(
        today=today, year=project.settings.dumps.year, day=project.settings.dumps.day
    )
    found: dict[str, AnyRecord] = {}
    limits = project.settings.limits
    for dump in dumps.find(places or [folder], limits):
        records, _ = dating.settle(heads_of(dump, cache), dump.name, rule)
        for record in records:
            if record.title and record.listing and not record.ids and not record.names:
                found.setdefault(record.fingerprint, record)
    for dump in dumps.find([folder], limits) if found and folder.is_dir() else ():
        for record in heads_of(dump, cache):
            if record.ids or record.names:
                found.pop(record.fingerprint, None)
    return list(found.values())


def folder(project: Project) -> Path:
    """Where answers about titles are kept."""
    assert project.root is not None  # noqa: S101 - the command line sees to it
    return project.root / ".sitegen" / "fetch" / "titles"


def look_up(
    client: Client, answers: Path, records: Sequence[AnyRecord], today: date
) -> Iterator[Lookup]:
    """What arXiv has under each title, in their order. Raises FetchError where it cannot be asked.

    Answers are kept in a folder: what was found for good, what was not for some days.
    """
    for start in range(0, len(records), _AT_ONCE):
        batch = records[start : start + _AT_ONCE]
        asked = {record.fingerprint: _kept(answers, record, today) for record in batch}
        missing = [record for record in batch if asked[record.fingerprint] is None]
        for record, entries in zip(missing, _search(client, missing), strict=True):
            fresh = _Kept(asked=today, entries=entries)
            with suppress(OSError):  # what isn't kept is asked again
                data = sealed(msgspec.msgpack.encode(fresh))
                write_whole(answers / record.fingerprint, data)
            asked[record.fingerprint] = fresh
        for record in batch:
            answer = asked[record.fingerprint]
            yield _judged(record, answer.entries if answer else ())


def facts(project: Project, lookups: Sequence[Lookup], today: date) -> tuple[Imported, ...]:
    """A dump of facts for each dump with titles that were found. Raises FetchError."""
    of: dict[str, list[Record]] = {}
    for one in lookups:
        if one.found is not None:
            of.setdefault(one.record.file, []).append(one.found)
    done = []
    for file, records in of.items():
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(file).name.partition(".")[0]).strip("-")
        name = f"facts-for-{stem or 'dump'}.jsonl"
        lines = (_line(record, place) for place, record in enumerate(records))
        done.append(kept(project, name, b"".join(lines), SOURCE, today))
    return tuple(done)


def _line(record: Record, place: int) -> bytes:
    """A record of facts as a line of sitegen's own JSON; without words that authors wrote."""
    bare = msgspec.structs.replace(
        record, file="arXiv", line=place + 1, place=place, listing=False, abstract="", listed=None
    )
    values = as_object(bare)
    needed = {"listing", "ids", "key", "line", "place", "source"}
    told = {key: value for key, value in values.items() if value or key in needed}
    return msgspec.json.encode(told) + b"\n"


def _search(client: Client, records: Sequence[AnyRecord]) -> list[tuple[Record, ...]]:
    """The entries that may be those of the titles: all in one question, or each in its own."""
    asked = [f"({one})" for record in records if (one := _query(record.title))]
    if not asked:
        return [() for _ in records]
    document = arxiv.ask(client, " OR ".join(asked), 0, _PER_PAGE, "relevance")
    entries = _records(document)
    if arxiv.total(document) > _PER_PAGE and len(records) > 1:
        # Common words crowd others out.
        return [found for record in records for found in _search(client, [record])]
    return [_candidates(record, entries) for record in records]


def _query(title: str) -> str:
    """The words of a title as arXiv's API asks for them: the longest, without signs in them.

    Empty for a title in which there is nothing to ask for.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", title))
    words = [one.strip("'’.-").lower() for one in _TOKEN.findall(plain)]
    sure = [one for one in words if _PLAIN.fullmatch(one) and one not in _UNSEARCHED]
    if len(sure) < _SHORTEST:
        parts = [part for one in words for part in _PART.findall(one)]
        sure = [*sure, *(one for one in parts if one not in _UNSEARCHED)]
    longest = sorted(dict.fromkeys(sure), key=len, reverse=True)[:_MOST_WORDS]
    return " AND ".join(f"ti:{one}" for one in longest)


def _records(document: Document) -> tuple[Record, ...]:
    content = Content.of(document.holding(document.entries), "arXiv")
    found = arxiv_atom.read(content, "arXiv")
    return tuple(
        msgspec.structs.replace(one, fingerprint=fingerprint(one.title))
        for one in found
        if isinstance(one, Record) and one.title and "arxiv" in one.ids
    )


def _candidates(record: AnyRecord, entries: Sequence[Record]) -> tuple[Record, ...]:
    """The entries with the title; where there are none, those with most of its words."""
    folded = fold_title(record.title)
    same = [one for one in entries if fold_title(one.title) == folded]
    if same:
        return tuple({one.ids["arxiv"]: one for one in same}.values())
    words = _words(record.title)
    near = [one for one in entries if 2 * len(words & _words(one.title)) > len(words)]
    return tuple(near[:_NEAR])


def _words(title: str) -> frozenset[str]:
    return frozenset(map(str.casefold, _TOKEN.findall(title)))


def _judged(record: AnyRecord, entries: Sequence[Record]) -> Lookup:
    folded = fold_title(record.title)
    same = [one for one in entries if fold_title(one.title) == folded]
    near = tuple(f"{one.ids['arxiv']} {one.title}" for one in entries[:_NEAR])
    if not same:
        why = "arXiv has no entry under this title"
    elif len(same) > 1:
        why = f"arXiv has {len(same)} entries under this title"
    elif len(record.title.split()) < _SHORTEST:
        why = "the title is too short to be sure"
    elif record.listed and same[0].published and same[0].published > record.listed + _A_DAY:
        why = f"arXiv's entry is of {same[0].published}, after the list"
    else:
        return Lookup(record=record, found=same[0])
    return Lookup(record=record, doubt=why, near=near)


def _kept(folder: Path, record: AnyRecord, today: date) -> _Kept | None:
    try:
        data = checked((folder / record.fingerprint).read_bytes())
        found = msgspec.msgpack.decode(data, type=_Kept) if data is not None else None
    except (OSError, msgspec.MsgspecError):
        return None
    if found is None:
        return None
    known = any(one.fingerprint == record.fingerprint for one in found.entries)
    return found if known or today - found.asked < _ASKED_AGAIN else None


def partial(lookups: Sequence[Lookup], error: FetchError) -> FetchError:
    """The error that ended a search, with what was done before it."""
    return FetchError(
        f"{error.message}, after {len(lookups)} titles",
        file=error.file,
        hint=f"{error.hint}; run it again to go on",
    )
