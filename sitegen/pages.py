"""What each kind of page shows: the contract between planning and the theme.

Everything a page shows stands in its data, so that the hash of data and template is its whole
dependency list. Text fields hold plain text, which templates escape; fields that end in `_html`
hold markup made by `clean` or from editorial Markdown. Paths are relative to the built folder;
templates put `root` in front. Dates are dates: the theme's filters write them out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from .messages import english
from .model import Value
from .words import Words


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


class Alternate(Value, frozen=True, kw_only=True):
    """The same content in another form."""

    type: str  # its media type
    path: str


class Head(Value, frozen=True, kw_only=True):
    """What every HTML page says about itself."""

    title: str  # without the site's name, which the theme adds; "" on the home page
    description: str
    section: str = ""  # which entry of the navigation is current: its path
    feeds: tuple[Link, ...] = ()  # further feeds to announce, the site's own aside
    alternates: tuple[Alternate, ...] = ()
    canonical: str = ""  # the path this page is canonically found at; "" for its own
    kind: str = "website"  # Open Graph type: "website" or "article"
    index: bool = True  # False: search engines are asked to leave it out
    image: str = ""  # path of the picture shown with links to it; "" for the theme's


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


class DayPage(Value, frozen=True, kw_only=True):
    """days/YYYY-MM-DD.html, days/undated.html, and index.html (the newest day)."""

    date: date | None
    papers: int
    new: int
    topic_count: int
    sources: tuple[str, ...]
    curators: tuple[str, ...]
    note_html: str = ""
    groups: tuple[PaperGroup, ...]  # the largest topic first, "Other topics" last
    whole: bool = True  # with abstracts, which the home page lacks where they are many
    strip: tuple[StripDay, ...] = ()
    previous: DayLink | None = None
    next: DayLink | None = None
    month: Link | None = None  # the month in the archive
    page: int = 1  # of the undated papers, counted from 1
    page_count: int = 1
    newer: Link | None = None  # among the undated pages
    older: Link | None = None
    ways: tuple[Link, ...] = ()  # to the other indexes, from the home page
    exports: tuple[Link, ...] = ()  # files with the same papers: "BibTeX"


class ArchiveMonth(Value, frozen=True, kw_only=True):
    """A month with its papers a day; `days` holds listed days alone, ascending."""

    first: date
    papers: int
    days: tuple[DayLink, ...]
    path: str = ""  # of the month's page


class ArchiveYear(Value, frozen=True, kw_only=True):
    """A year, its months ascending."""

    year: int
    papers: int
    days: int
    months: tuple[ArchiveMonth, ...]  # none where the year's own page alone has them
    path: str = ""  # of the year's page


class ArchivePage(Value, frozen=True, kw_only=True):
    """archive.html: years descending."""

    papers: int
    days: int
    first: date | None
    last: date | None
    years: tuple[ArchiveYear, ...]
    undated: Link | None = None  # label: number of papers without a date
    undated_papers: int = 0
    ways: tuple[Link, ...] = ()  # to the other indexes


class Bar(Value, frozen=True, kw_only=True):
    """One bar of a chart: its month, week or day, and its height in percent of the highest."""

    start: date
    papers: int
    height: int


class CountedLink(Link, frozen=True, kw_only=True):
    """A way to a page with some number of papers."""

    papers: int


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


class DayTitles(Value, frozen=True, kw_only=True):
    """A day with nothing but the titles of its papers."""

    day: date
    path: str
    papers: tuple[Link, ...]


class PeriodPage(Value, frozen=True, kw_only=True):
    """weeks/YYYY-Www.html, months/YYYY-MM.html, years/YYYY.html."""

    label: str  # "Week 34, 2026"
    unit: str  # "week", "month", "year"
    first: date
    last: date
    papers: int
    days: int
    years: tuple[ArchiveYear, ...]  # as calendars; none for a week
    parts: tuple[CountedLink, ...]  # months of a year, weeks of a month
    titles: tuple[DayTitles, ...]  # of a week
    topics: tuple[CountedLink, ...]  # the most common first
    top: tuple[RankedPaper, ...]  # papers with most votes and listings
    above: tuple[Link, ...]
    previous: Link | None
    next: Link | None


class DatedLink(Link, frozen=True, kw_only=True):
    """A way to a paper, and the day that first listed it; None: no day."""

    day: DayLink | None = None


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


class TopicChange(Value, frozen=True, kw_only=True):
    """A topic whose share of papers has changed; shares from 0 to 1 in thousandths."""

    name: str
    path: str
    now: float
    before: float
    papers: int  # now


class MonthTop(Value, frozen=True, kw_only=True):
    """A month, and its papers with most votes and most listings, `papers` being the number."""

    month: date
    path: str
    papers: int  # first listed in it
    upvoted: CountedLink | None
    listed: CountedLink | None


class TrendsPage(Value, frozen=True, kw_only=True):
    """trends.html."""

    weeks: tuple[Bar, ...]
    rising: tuple[TopicChange, ...]
    falling: tuple[TopicChange, ...]
    recent: str  # the days that are compared: "23 July to 21 August 2026"
    earlier: str  # with these
    months: tuple[MonthTop, ...]  # the newest first


class TrendingPage(Value, frozen=True, kw_only=True):
    """trending.html: the shortest period first."""

    rankings: tuple[Ranking, ...]


class TextPage(Value, frozen=True, kw_only=True):
    """An editorial page."""

    title: str
    html: str


class RedirectPage(Value, frozen=True, kw_only=True):
    """The page of a name that a paper is no longer known by; leads to its page."""

    title: str
    path: str


class WithdrawnPage(Value, frozen=True, kw_only=True):
    """The page of a paper that an editor hid."""

    reason: str


class FilePage(Value, frozen=True, kw_only=True):
    """A file that is copied as it is."""

    data: bytes


class SearchPage(Value, frozen=True, kw_only=True):
    """search.html: a form, and what its script has to know of the index."""

    papers: int
    has_topics: bool
    example: str  # something to search for
    index: str  # JSON


class CardPage(Value, frozen=True, kw_only=True):
    """cards/YYYY-MM-DD.png: what stands on the picture of a day."""

    site: str
    heading: str
    summary: str
    titles: tuple[str, ...]
    font: str  # a file, or "default"


class EmptyPage(Value, frozen=True, kw_only=True):
    """A page whose whole text is the theme's: 404.html, the reading list, a home without papers."""


class SitemapPage(Value, frozen=True, kw_only=True):
    """sitemap.xml: paths with the day they last changed, where known."""

    urls: tuple[tuple[str, date | None], ...]
    index: bool = False  # the paths are those of further sitemaps


class PlainPage(Value, frozen=True, kw_only=True):
    """A text file: robots.txt, .nojekyll."""

    text: str


class SiteView(Value, frozen=True, kw_only=True):
    """What all pages know of the site; a change here renders everything again."""

    title: str
    description: str
    language: str
    paper_language: str = "en"  # of titles and abstracts; "" where nobody knows
    base_url: str  # ends in "/", or is empty
    curator: str
    navigation: tuple[Link, ...]
    search: str = ""  # the path of the search page, where there is one
    cards: str = ""  # the font of days' cards: a file, or "default"; "" where there are none
    reading: str = ""  # the path of the reading list's page, where the theme has one
    footer: tuple[Link, ...]
    feeds: tuple[Link, ...]  # label: title; path: file. Those of the site as a whole
    policy: str = ""  # what browsers may do with a page, see `plan.policy`
    data: str = ""  # the path of the page about files for programs, where there is one
    settings: bytes = b""  # a digest of those that bear on every page
    words: Words = msgspec.field(default_factory=english)  # the texts of the interface


class Page(Value, frozen=True, kw_only=True):
    """One output file before it is rendered.

    `kind` names what renders it: an HTML page's template without its ending ("paper", "day",
    "home", "archive", "topic", "topics", "search", "text", "404", "empty", "redirect",
    "withdrawn", "subscribe", "trending", "reading", "period", "trends", "author", "authors",
    "category", "categories"), or "feed", "opml", "sitemap", "card", "plain", "file".
    """

    path: str
    kind: str
    data: Any  # one of the structures above
    head: Head | None = None  # HTML pages have one
