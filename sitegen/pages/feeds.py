"""What feeds and the page that lists them show; the package has the rules.

Text is plain and clean; an address of a page is its path, relative to the built folder.
"""

from __future__ import annotations

from ..model import Value
from .parts import Link, WebLink


class FeedEntry(Value, frozen=True, kw_only=True):
    """One entry of a feed: a paper, or all papers of a day."""

    id: str  # tag: URI
    path: str  # of the page that shows the same
    title: str
    summary: str
    content: tuple[str, ...]  # HTML in `portable.Pieces`; () in archives with summaries alone
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: str  # RFC 3339
    updated: str
    links: tuple[WebLink, ...] = ()  # the same paper elsewhere
    pdf: str = ""
    bibtex: str = ""  # path, with its fragment
    identifiers: tuple[tuple[str, str], ...] = ()  # ("arXiv", "2405.15738"), ("doi", "10.…")
    venue: str = ""
    dated: str = ""  # ISO 8601: the day on which its authors published it


class FeedPage(Value, frozen=True, kw_only=True):
    """A feed in one format, newest entry first; or an archive document of one (RFC 5005)."""

    format: str  # "rss", "atom" or "json"
    id: str
    title: str
    description: str
    html_path: str  # the page that shows the same
    updated: str  # RFC 3339
    entries: tuple[FeedEntry, ...]
    shared: bool = True  # other feeds show the same entries
    hub: str = ""  # address of a WebSub hub
    image: str = ""  # path, or address
    style: str = ""  # path of the style sheet for browsers
    current: str = ""  # in an archive document: path of the feed that it belongs to
    older: str = ""  # path of the archive document with what is older


class FeedOutline(Value, frozen=True, kw_only=True):
    """A feed in a list of feeds."""

    title: str
    about: str
    path: str
    html_path: str


class OpmlPage(Value, frozen=True, kw_only=True):
    """feeds.opml: feeds in folders."""

    title: str
    folders: tuple[tuple[str, tuple[FeedOutline, ...]], ...]


class FeedRow(Value, frozen=True, kw_only=True):
    """A subject that has feeds, on the page that lists them."""

    name: str
    about: str
    path: str  # of the page that shows the same
    count: int  # of papers
    papers: tuple[Link, ...]  # one entry a paper; label: "RSS"
    days: tuple[Link, ...]  # one entry a day


class MailForm(Value, frozen=True, kw_only=True):
    """A form that asks a mailing service for the digest."""

    action: str
    field: str
    hidden: tuple[tuple[str, str], ...] = ()


class SubscribePage(Value, frozen=True, kw_only=True):
    """subscribe.html: every feed with its addresses, and the e-mail form."""

    site: FeedRow | None
    groups: tuple[tuple[str, tuple[FeedRow, ...]], ...]  # heading, and the subjects under it
    opml: str  # path of the list of feeds; "" where there is none
    archived: bool  # whether the Atom feed has archive documents
    form: MailForm | None
