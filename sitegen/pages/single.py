"""What pages show of which a site has one or few, and files that are made of plain data."""

from __future__ import annotations

from datetime import date

from ..model import Value


class TextPage(Value, frozen=True, kw_only=True):
    """An editorial page."""

    title: str
    html: str


class SearchPage(Value, frozen=True, kw_only=True):
    """search.html: a form, and what its script has to know of the index."""

    papers: int
    has_topics: bool
    example: str  # something to search for
    index: str  # JSON


class EmptyPage(Value, frozen=True, kw_only=True):
    """A page whose whole text is the theme's: 404.html, the reading list, a home without papers."""


class CardPage(Value, frozen=True, kw_only=True):
    """cards/YYYY-MM-DD.png: what stands on the picture of a day."""

    site: str
    heading: str
    summary: str
    titles: tuple[str, ...]
    font: str  # a file, or "default"


class SitemapPage(Value, frozen=True, kw_only=True):
    """sitemap.xml: paths with the day they last changed, where known."""

    urls: tuple[tuple[str, date | None], ...]
    index: bool = False  # the paths are those of further sitemaps


class PlainPage(Value, frozen=True, kw_only=True):
    """A text file: robots.txt, .nojekyll."""

    text: str


class FilePage(Value, frozen=True, kw_only=True):
    """A file that is copied as it is."""

    data: bytes
