"""What the page of a paper shows, and what stands where one was."""

from __future__ import annotations

from datetime import date

from ..model import Value
from .parts import DayLink, Link, WebLink


class TopicReason(Value, frozen=True, kw_only=True):
    """A topic of a paper and the words that put it there."""

    name: str
    path: str
    words: tuple[str, ...]


class RelatedLink(Link, frozen=True, kw_only=True):
    """A way to a related paper, and the words that both have."""

    words: tuple[str, ...]


class OtherAbstract(Value, frozen=True, kw_only=True):
    """An abstract that differs from the one that is shown."""

    source: str
    file: str
    html: str


class ListingRow(Value, frozen=True, kw_only=True):
    """Where and when a paper was listed."""

    day: date | None
    path: str  # the day's page
    source: str
    curator: str
    url: str
    file: str
    place: int  # counted from 1
    of: int
    here: bool = False  # on the day that heads the paper's page already


class PaperPage(Value, frozen=True, kw_only=True):
    """papers/SHARD/KEY.html."""

    key: str
    title: str  # formulas read out in plain text
    title_html: str = ""  # where formulas or code make more of it than the plain reading
    authors: tuple[str, ...]
    byline: tuple[Link, ...] = ()  # the authors, where one has a page; path "" for those without
    abstract_html: str
    day: DayLink | None  # the day it was first listed; None: undated
    undated_path: str = ""  # where it stands when it has no day
    position: int  # on that day's page, counted from 1
    published: date | None
    ids: tuple[WebLink, ...]
    pdf: str
    code: WebLink | None  # label "ant-research/4DAnyone"
    project: WebLink | None  # label "4danyone.github.io"
    venue: str
    topics: tuple[TopicReason, ...]
    listings: tuple[ListingRow, ...]
    versions: tuple[OtherAbstract, ...] = ()
    previous: Link | None  # in its day, label is the title
    next: Link | None
    bibtex: str
    related: tuple[RelatedLink, ...] = ()  # earlier and of the same day, the nearest first
    followed_by: tuple[Link, ...] = ()  # later papers to which this one is related
    names: tuple[tuple[str, str], ...] = ()  # `citation_…` names, and their contents
    json_ld: str = ""  # JSON that can stand in a script element; "" for none
    elsewhere: tuple[WebLink, ...] = ()  # other sites that show the paper


class RedirectPage(Value, frozen=True, kw_only=True):
    """The page of a name that a paper is no longer known by; leads to its page."""

    title: str
    path: str


class WithdrawnPage(Value, frozen=True, kw_only=True):
    """The page of a paper that an editor hid."""

    reason: str
