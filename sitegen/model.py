"""The nouns: frozen values that the stages hand on to each other.

Dates are `datetime.date`; text is clean Unicode (no markup, white space collapsed) unless said
otherwise; paths are POSIX paths relative to the built folder.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import msgspec
from xxhash import xxh3_64_digest


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all nouns: immutable, compared by content, fields by keyword.

    What never changes has no cycles, so the collector needn't look at it.
    """


class Record(Value, frozen=True, kw_only=True):
    """One listing as a reader read it, with the place where it stands; or facts without one.

    `listed` is the day of listing that the record itself carries; `header_day` the one in its
    dump's header, as ISO 8601 (`2025-05-08`) or without a year as XML Schema's gMonthDay
    (`--05-08`). `dating.settle` turns both into `listed`, which is then final.
    """

    file: str  # the dump's name
    line: int  # where the record begins, counted from 1
    place: int  # position in the dump, counted from 0
    source: str  # what the listing's source is called on pages: "Hugging Face Daily Papers"
    title: str  # clean; "" for an entry without a title (it becomes no paper)
    ids: dict[str, str] = {}  # scheme -> id: "arxiv" (no version), "doi" (lower case), "acl"
    authors: tuple[str, ...] = ()  # display order "Given Family"
    author_ids: tuple[str, ...] = ()  # of each author: "orcid:…", "acl:…", ""; () if none is known
    # Clean text; formulas are TeX between dollar signs, emphasis and code have Markdown's marks,
    # paragraphs are separated by "\n\n".
    abstract: str = ""
    published: date | None = None  # when its authors published it
    listed: date | None = None
    header_day: str = ""
    curator: str = ""  # who curates the list: "AK and the research community"
    url: str = ""  # the record's own page, when the dump has it
    pdf: str = ""
    code: str = ""  # URL of a code repository
    project: str = ""  # URL of a project page
    venue: str = ""
    categories: tuple[str, ...] = ()  # arXiv categories, primary first
    tags: tuple[str, ...] = ()  # keywords of the source
    upvotes: int | None = None
    submitter: str = ""  # who put it on the list
    comment: str = ""
    listing: bool = True  # False: it adds facts to a paper that others list, and is on no day
    fingerprint: str = ""  # of the title; set by `dumps` for every reader
    dump: bytes = b""  # digest of the dump's content; set by `dumps`
    digest: bytes = b""  # of all of the above; set by `dumps`

    @property
    def details(self) -> Details:
        """What the record says of the paper beside its title, its identifiers and its days."""
        return Details(
            authors=self.authors,
            abstract=self.abstract,
            pdf=self.pdf,
            code=self.code,
            project=self.project,
            venue=self.venue,
            categories=self.categories,
            tags=self.tags,
            author_ids=self.author_ids,
        )

    @property
    def body(self) -> Record:
        """What stays of it when it is merged: all."""
        return self

    @property
    def complete(self) -> int:
        """How many of the values there are that a good record has."""
        values = (self.authors, self.abstract, self.published, self.categories, self.url)
        return sum(map(bool, values))

    @property
    def names(self) -> bytes:
        """Eight bytes for each author's name, by which authors are counted."""
        return names_of(self.authors)

    @property
    def has_abstract(self) -> bool:
        """Whether there is an abstract."""
        return bool(self.abstract)


def names_of(authors: tuple[str, ...]) -> bytes:
    """Eight bytes for each name, the same for the same name."""
    return b"".join([xxh3_64_digest(name.encode()) for name in authors])


class Listing(Value, frozen=True, kw_only=True):
    """The appearance of one paper in one dump."""

    day: date | None  # None: an undated dump
    file: str
    line: int
    place: int  # position in the dump, counted from 0
    of: int  # number of records of that dump
    nth: int = 0  # among the listings of its day, in the order of the fold, counted from 0
    source: str
    curator: str = ""
    url: str = ""


class Version(Value, frozen=True, kw_only=True):
    """Another abstract of a paper than the one that is shown, and the dump that has it."""

    file: str
    source: str
    abstract: str


class TopicMatch(Value, frozen=True, kw_only=True):
    """Why a paper is on a topic: the words that were found, and the score they gave."""

    slug: str
    words: tuple[str, ...]
    score: float


class Said(NamedTuple):
    """What title and abstract say: the topics, the best first, and the span of the lead."""

    topics: tuple[TopicMatch, ...] = ()
    lead: tuple[int, int] | None = None  # in the abstract; None where there is none


class Details(Value, frozen=True, kw_only=True, array_like=True):
    """What is shown of a paper on its own page: the best value for each field."""

    authors: tuple[str, ...] = ()
    abstract: str = ""
    pdf: str = ""
    code: str = ""
    project: str = ""
    venue: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()  # abstracts that differ from the one above
    changed: date | None = None  # the newest day on which a dump changed a value, if not at birth
    author_ids: tuple[str, ...] = ()  # of each author, as in `Record`


def no_details() -> Details:
    """Those of a paper of which nothing but the title is known."""
    return Details()


class Paper(Value, frozen=True, kw_only=True):
    """What one or more records are about.

    What all pages need at once is at hand; `details` are fetched whenever they are asked for, so
    that who needs several of them takes them once. The properties below are single details.
    """

    key: str  # the birth key: permanent
    path: str  # of its page, made from the birth key
    redirects: tuple[tuple[str, str], ...] = ()  # (key, path) of the other keys it is known under
    digest: bytes  # of the records it was made from
    title: str
    ids: dict[str, str] = {}
    published: date | None = None
    listings: tuple[Listing, ...] = ()  # in the order of the fold; undated last
    upvotes: int | None = None
    names: bytes = b""  # of the authors shown, see `names_of`
    topics: tuple[TopicMatch, ...] = ()  # best first
    lead: tuple[int, int] | None = None  # the span of the abstract's lead
    heard: bool = False  # topics and lead are those of this title and abstract
    fetch: Callable[[], Details] = no_details

    @property
    def born(self) -> date | None:
        """The day it was first listed; None when only undated dumps have it."""
        return self.listings[0].day if self.listings else None

    @property
    def details(self) -> Details:
        """What is shown of it on its page, fetched."""
        return self.fetch()

    @property
    def authors(self) -> tuple[str, ...]:
        """In the order of the paper."""
        return self.details.authors

    @property
    def abstract(self) -> str:
        """Clean text; "" where there is none."""
        return self.details.abstract

    @property
    def pdf(self) -> str:
        """An address; "" where none is known."""
        return self.details.pdf

    @property
    def code(self) -> str:
        """The address of a repository, or ""."""
        return self.details.code

    @property
    def project(self) -> str:
        """The address of the project's page, or ""."""
        return self.details.project

    @property
    def venue(self) -> str:
        """Where it was published, or ""."""
        return self.details.venue

    @property
    def categories(self) -> tuple[str, ...]:
        """Those of arXiv, the primary one first."""
        return self.details.categories

    @property
    def tags(self) -> tuple[str, ...]:
        """Keywords of the source."""
        return self.details.tags

    @property
    def versions(self) -> tuple[Version, ...]:
        """Abstracts that differ from the one shown."""
        return self.details.versions

    @property
    def updated(self) -> date | None:
        """The day of the newest dump that changed what is shown of it."""
        return self.details.changed or self.born


class Topic(Value, frozen=True, kw_only=True):
    """A named subject with its rule in words that anyone can read."""

    slug: str
    name: str
    description: str = ""
    rule: str = ""  # one sentence: when is a paper here
    parent: str = ""  # the slug of the topic that it is a part of


class Entry(Value, frozen=True, kw_only=True):
    """A paper on one day: with the listings that put it there."""

    paper: Paper
    listings: tuple[Listing, ...]
    new: bool  # never listed on an earlier day


class Day(Value, frozen=True, kw_only=True):
    """A date (None: no date) with its papers in the order of the dumps."""

    date: date | None
    entries: tuple[Entry, ...]


class Withdrawn(Value, frozen=True, kw_only=True):
    """A paper that an editor hid: the paths that say so, and why."""

    paths: tuple[str, ...]
    reason: str = ""


class Library(Value, frozen=True, kw_only=True):
    """All papers, days and topics together.

    `papers` stand in the order of birth; `days` ascend, the undated one last; `topics` as in the
    topic file.
    """

    papers: tuple[Paper, ...]
    days: tuple[Day, ...]
    topics: tuple[Topic, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    listings: int = 0


class Dropped(Value, frozen=True, kw_only=True):
    """What one rule of the settings dropped: "exclude.keywords" and the titles."""

    rule: str
    titles: tuple[str, ...]


class Artifact(Value, frozen=True, kw_only=True):
    """One output file, rendered."""

    path: str
    data: bytes
