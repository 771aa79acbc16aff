"""What pages show that gather papers by something else than time: topics, authors, categories."""

from __future__ import annotations

from datetime import date

from ..model import Value
from .parts import Bar, CountedLink, DatedLink, Link, PaperGroup, WebLink


class TopicPage(Value, frozen=True, kw_only=True):
    """topics/SLUG.html (newest first) and its older pages, topics/SLUG-2.html the oldest."""

    name: str
    path: str  # of the topic's first page
    description: str
    rule: str
    papers: int  # on the topic in all; 0 on older pages, which newer papers must not change
    share: float  # of all papers, 0 to 1 in thousandths; 0 on older pages, as `papers` is
    dates: str  # the days that an older page covers, "3 to 8 May 2026"; "" on the first
    groups: tuple[PaperGroup, ...]  # by day, newest first
    newer: Link | None  # label: the days it covers, "3 May to 8 May 2026"
    older: Link | None
    first: bool  # the topic's first page
    parent: Link | None = None
    children: tuple[CountedLink, ...] = ()  # topics that are parts of this one
    trend: tuple[Bar, ...] = ()  # papers a month, on the first page
    neighbours: tuple[CountedLink, ...] = ()  # topics with the number of papers that both have
    exports: tuple[Link, ...] = ()  # files with the papers of this page: "BibTeX"


class TopicRow(Value, frozen=True, kw_only=True):
    """A topic in the index of topics."""

    name: str
    path: str
    papers: int
    description: str
    newest: date | None
    children: tuple[TopicRow, ...] = ()


class TopicsPage(Value, frozen=True, kw_only=True):
    """topics/index.html: in the order of the topic file."""

    topics: tuple[TopicRow, ...]
    papers: int
    unassigned: int  # papers on no topic
    total: int = 0  # topics, those below others too
    ways: tuple[Link, ...] = ()  # to the other indexes


class AuthorPage(Value, frozen=True, kw_only=True):
    """authors/LETTER/NAME.html."""

    name: str
    names: tuple[str, ...]  # other ways to write it
    ids: tuple[WebLink, ...]  # ORCID, ACL Anthology
    papers: tuple[DatedLink, ...]  # the newest first
    coauthors: tuple[CountedLink, ...]  # with common papers; path "" for one without a page
    more: int  # further co-authors
    topics: tuple[CountedLink, ...]
    feeds: tuple[Link, ...]  # of saved queries for this name
    exports: tuple[Link, ...] = ()  # files with the same papers: "BibTeX"


class AuthorLetter(Value, frozen=True, kw_only=True):
    """Authors under one letter or script: "Berg, Jan van der" with the number of papers."""

    label: str
    slug: str
    count: int
    path: str = ""  # of the letter's page, where it has one
    authors: tuple[CountedLink, ...] = ()


class AuthorsPage(Value, frozen=True, kw_only=True):
    """authors/index.html, and the page of a letter where there are many."""

    authors: int  # with a page
    least: int  # papers that an author with a page has
    letters: tuple[AuthorLetter, ...]
    most: tuple[CountedLink, ...] = ()  # those with most papers
    current: str = ""  # the slug of the letter whose page this is


class CategoryPage(Value, frozen=True, kw_only=True):
    """categories/CATEGORY.html: the newest papers of a category of arXiv."""

    code: str  # "cs.CL"
    name: str
    papers: int
    trend: tuple[Bar, ...]
    neighbours: tuple[CountedLink, ...]  # categories that most of its papers have as well
    newest: tuple[DatedLink, ...]


class CategoryGroup(Value, frozen=True, kw_only=True):
    """The categories of one archive of arXiv."""

    name: str
    categories: tuple[CountedLink, ...]


class CategoriesPage(Value, frozen=True, kw_only=True):
    """categories/index.html."""

    papers: int  # that have categories
    groups: tuple[CategoryGroup, ...]
    topics: str = ""  # the path of the index of topics, where there are any
