"""What pages of several kinds show: links, cards of papers, bars of charts."""

from __future__ import annotations

from datetime import date

from ..model import Value


class Link(Value, frozen=True, kw_only=True):
    """A way to a page of the site."""

    label: str
    path: str


class WebLink(Value, frozen=True, kw_only=True):
    """A way out of the site."""

    label: str
    url: str


class DayLink(Value, frozen=True, kw_only=True):
    """A way to a day: its date, page and number of papers."""

    date: date
    path: str
    papers: int


class CountedLink(Link, frozen=True, kw_only=True):
    """A way to a page with some number of papers."""

    papers: int


class DatedLink(Link, frozen=True, kw_only=True):
    """A way to a paper, and the day that first listed it; None: no day."""

    day: DayLink | None = None


class Alternate(Value, frozen=True, kw_only=True):
    """The same content in another form."""

    type: str  # its media type
    path: str


class Bar(Value, frozen=True, kw_only=True):
    """One bar of a chart: its month, week or day, and its height in percent of the highest."""

    start: date
    papers: int
    height: int


class PaperCard(Value, frozen=True, kw_only=True):
    """A paper in a list."""

    path: str
    title: str  # formulas read out in plain text
    title_html: str = ""  # where formulas or code make more of it than the plain reading
    byline: str = ""  # "Weiliang Chen, Haowen Sun, Jun Gao, Jiawei Chi and 39 more"
    lead: str = ""  # the sentence in which the authors say what the paper does
    lead_html: str = ""  # as `title_html`
    lead_skips: bool = False  # text was skipped before the lead
    abstract_html: str = ""  # with <span class="core"> around the lead; "" where it isn't shown
    topics: tuple[Link, ...] = ()  # without the topic of the group it stands under
    ids: tuple[WebLink, ...] = ()  # "arXiv 2405.15738"
    sources: tuple[str, ...] = ()
    code: str = ""
    coins: str = ""  # an OpenURL ContextObject for reference managers; "" for none
    new: bool = True  # never listed before the day it is shown on
    number: int = 0  # on the page, counted from 1


class PaperGroup(Value, frozen=True, kw_only=True):
    """Papers under one heading: a topic on a day page, a day on a topic page."""

    slug: str
    name: str = ""  # "" where `day` says it
    path: str = ""  # of the topic's or day's own page; "" for "Other topics"
    day: date | None = None
    papers: tuple[PaperCard, ...]


class StripDay(Value, frozen=True, kw_only=True):
    """One column of the strip of days: `papers` is 0 and `path` empty where there is no page."""

    date: date
    papers: int
    path: str = ""
    current: bool = False


class RankedPaper(Value, frozen=True, kw_only=True):
    """A paper in a ranking, and why it stands there: "57 votes"."""

    card: PaperCard
    reasons: tuple[str, ...]


class Ranking(Value, frozen=True, kw_only=True):
    """The papers of a period, the first in rank first."""

    slug: str
    name: str
    dates: str  # "2 to 8 May 2026"
    papers: tuple[RankedPaper, ...]
    feeds: tuple[Link, ...]  # of the same papers
