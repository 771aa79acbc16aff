"""What each kind of page shows: the contract between planning and the theme.

Everything a page shows stands in its data, so that the hash of data and template is its whole
dependency list. Text fields hold plain text, which templates escape; fields that end in `_html`
hold markup made by `clean` or from editorial Markdown. Paths are relative to the built folder;
templates put `root` in front. Dates are dates: the theme's filters write them out.
"""

from __future__ import annotations

from .days import (
    ArchiveMonth,
    ArchivePage,
    ArchiveYear,
    DayPage,
    DayTitles,
    MonthTop,
    PeriodPage,
    TopicChange,
    TrendingPage,
    TrendsPage,
)
from .indexes import (
    AuthorLetter,
    AuthorPage,
    AuthorsPage,
    CategoriesPage,
    CategoryGroup,
    CategoryPage,
    TopicPage,
    TopicRow,
    TopicsPage,
)
from .papers import (
    ListingRow,
    OtherAbstract,
    PaperPage,
    RedirectPage,
    RelatedLink,
    TopicReason,
    WithdrawnPage,
)
from .parts import (
    Alternate,
    Bar,
    CountedLink,
    DatedLink,
    DayLink,
    Link,
    PaperCard,
    PaperGroup,
    RankedPaper,
    Ranking,
    StripDay,
    WebLink,
)
from .single import CardPage, EmptyPage, FilePage, PlainPage, SearchPage, SitemapPage, TextPage
from .site import Head, Page, SiteView

__all__ = [
    "Alternate",
    "ArchiveMonth",
    "ArchivePage",
    "ArchiveYear",
    "AuthorLetter",
    "AuthorPage",
    "AuthorsPage",
    "Bar",
    "CardPage",
    "CategoriesPage",
    "CategoryGroup",
    "CategoryPage",
    "CountedLink",
    "DatedLink",
    "DayLink",
    "DayPage",
    "DayTitles",
    "EmptyPage",
    "FilePage",
    "Head",
    "Link",
    "ListingRow",
    "MonthTop",
    "OtherAbstract",
    "Page",
    "PaperCard",
    "PaperGroup",
    "PaperPage",
    "PeriodPage",
    "PlainPage",
    "RankedPaper",
    "Ranking",
    "RedirectPage",
    "RelatedLink",
    "SearchPage",
    "SiteView",
    "SitemapPage",
    "StripDay",
    "TextPage",
    "TopicChange",
    "TopicPage",
    "TopicReason",
    "TopicRow",
    "TopicsPage",
    "TrendingPage",
    "TrendsPage",
    "WebLink",
    "WithdrawnPage",
]
