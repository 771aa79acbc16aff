"""RSS 2.0 and Atom (RFC 4287) through feedgen.

Comes in: a page whose data is a `FeedPage`. Goes out: the file's bytes, the same for the same
data whatever the clock, the locale or the machine. Nothing raises for what a dump held:
characters that XML cannot hold are left out.

What feedgen 1.0.0 lacks is added in one place, the two extension classes below: the relations
of an Atom entry's links, authors in RSS (`dc:creator`), dates that do not depend on the locale.
feedgen still sets the process's locale for a moment, once an RSS feed: render in processes, not
in threads.

Without a base URL nobody knows where the feed will stand, and each format does what its
specification allows. Atom resolves references against its own address (RFC 4287, section 2),
so its links are relative and work wherever the folder is put. RSS knows absolute addresses
only: an item then links to the first of the paper's own pages elsewhere (arXiv …), or to nothing
(an item's link is optional), the channel's obligatory link is the feed's `tag:` URI, and there
is no link to the feed itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Any, Final
from urllib.parse import quote

from feedgen.feed import FeedGenerator
from lxml import etree

from ..pages import FeedEntry, FeedPage, Page, SiteView, WebLink
from .addresses import absolute, relative

_GENERATOR: Final = "sitegen"  # without a version: an upgrade alone must change no feed
_DC: Final = "http://purl.org/dc/elements/1.1/"
_MEDIA_TYPE: Final = {"atom": "application/atom+xml", "rss": "application/rss+xml"}

# XML 1.0, production 2 (Char), and the controls and noncharacters it discourages.
_ASCII_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# Most readers take an RSS title for HTML, some for plain text (the specification is silent).
# Both agree unless it holds what HTML reads as a tag or a character reference.
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")

_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)
_NOT_IN_URL = re.compile(r"[^A-Za-z0-9!#$%&'()*+,./:;=?@_~-]")


def render(page: Page, site: SiteView) -> bytes:
    """The file of a page whose data is a `FeedPage` with at least one entry.

    Raises ValueError for a time that is not RFC 3339 with an offset: planning makes them.
    """
    feed: FeedPage = page.data
    rss = feed.format == "rss"
    address = _addresses(page, site)
    generator = _feed(feed, site, page.path, address)
    for entry in feed.entries:
        (_add_item if rss else _add_entry)(generator, entry, address(entry.path))
    data: bytes = generator.rss_str(pretty=True) if rss else generator.atom_str(pretty=True)
    return data


def _addresses(page: Page, site: SiteView) -> Callable[[str], str]:
    """How files of the site are addressed from this feed; "" for what has no address."""
    if site.base_url:
        return lambda path: absolute(site.base_url, path)
    if page.data.format == "rss":
        return lambda _path: ""
    return lambda path: relative(path, page.path)


def _feed(
    feed: FeedPage, site: SiteView, path: str, address: Callable[[str], str]
) -> FeedGenerator:
    """The feed without its entries."""
    generator = FeedGenerator()
    generator.register_extension("sitegen", _FeedExtension, _EntryExtension)
    generator.id(feed.id)
    generator.title(_filled(feed.title, feed.id))
    # Every Atom entry without authors takes the feed's (RFC 4287, section 4.1.1).
    generator.author(name=_filled(site.curator, _filled(site.title, _GENERATOR)))
    generator.generator(_GENERATOR)
    generator.updated(datetime.fromisoformat(feed.updated))
    generator.sitegen.built = _rfc822(feed.updated)
    generator.sitegen.namespaces = {"dc": _DC} if feed.format == "rss" else {}
    if site.language:
        generator.language(xml_text(site.language))
    description = xml_text(feed.description).strip()
    if feed.format == "atom" and description:
        generator.subtitle(description)
    elif feed.format == "rss":
        generator.description(description or _filled(feed.title, feed.id))
    here = address(path)
    if here:
        generator.link(href=here, rel="self", type=_MEDIA_TYPE[feed.format])
    # feedgen takes the link added last for the channel's.
    generator.link(href=address(feed.html_path) or feed.id, rel="alternate", type="text/html")
    return generator


def _add_entry(generator: FeedGenerator, entry: FeedEntry, address: str) -> None:
    """Add an Atom entry (RFC 4287, section 4.1.2)."""
    links = _web_links(entry.links)
    item = generator.add_entry(order="append")
    item.id(entry.id)
    item.title(_filled(entry.title, entry.id))
    item.updated(datetime.fromisoformat(entry.updated))
    item.published(datetime.fromisoformat(entry.published))
    summary = xml_text(entry.summary)
    if summary:
        item.summary(summary)
    item.content(_content(entry, links), type="html")
    item.author([{"name": name} for name in _texts(entry.authors)])
    item.category([{"term": term} for term in _texts(entry.categories)])
    item.sitegen.links = [
        {"href": address, "rel": "alternate", "type": "text/html"},
        *(_related(link) for link in links),
    ]


def _add_item(generator: FeedGenerator, entry: FeedEntry, address: str) -> None:
    """Add an RSS item; https://www.rssboard.org/rss-specification#hrelementsOfLtitemgt."""
    links = _web_links(entry.links)
    item = generator.add_entry(order="append")
    item.guid(entry.id, permalink=False)
    title = _filled(entry.title, entry.id)
    item.title(escape(title, quote=False) if _MARKUP.search(title) else title)
    link = address or (links[0].url if links else "")
    if link:
        item.link(href=link)
    if entry.summary:
        item.description(escape(xml_text(entry.summary), quote=False))
    item.content(_content(entry, links))
    item.category([{"term": term} for term in _texts(entry.categories)])
    item.sitegen.published = _rfc822(entry.published)
    item.sitegen.creators = _texts(entry.authors)


def _content(entry: FeedEntry, links: tuple[WebLink, ...]) -> str:
    """The abstract and the ways to the paper, as HTML: few readers show related links."""
    content = xml_text(entry.content_html)
    if not links:
        return content
    ways = " · ".join(f'<a href="{escape(link.url)}">{escape(link.label)}</a>' for link in links)
    return f"{content}<p>{ways}</p>"


def _related(link: WebLink) -> dict[str, str]:
    related = {"href": link.url, "rel": "related", "title": link.label}
    if "/pdf/" in link.url or link.url.endswith(".pdf"):
        related["type"] = "application/pdf"
    return related


def _web_links(links: tuple[WebLink, ...]) -> tuple[WebLink, ...]:
    """Links to the web alone, with addresses that are valid URIs (RFC 3986)."""
    return tuple(
        WebLink(label=_filled(link.label, link.url), url=_uri(link.url))
        for link in links
        if _WEB.match(link.url)
    )


def _uri(url: str) -> str:
    if _NOT_IN_URL.search(url):
        return _NOT_IN_URL.sub(lambda odd: quote(odd[0], safe="", errors="surrogatepass"), url)
    return url


@lru_cache(maxsize=4096)  # a paper's time comes again in each of its feeds
def _rfc822(stamp: str) -> str:
    """An RFC 3339 time as RSS wants it, with the English weekday in any locale."""
    return format_datetime(datetime.fromisoformat(stamp))


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [clean for text in texts if (clean := xml_text(text).strip())]


def _filled(text: str, otherwise: str) -> str:
    """Text for an element that must not be empty."""
    return xml_text(text).strip() or xml_text(otherwise)


def xml_text(text: str) -> str:
    """Text without the characters that an XML document cannot hold or should not."""
    if text.isascii():  # four times as fast as the expression
        raw = text.encode()
        if len(raw.translate(None, _ASCII_CONTROLS)) == len(raw):
            return text
    return _NOT_XML.sub("", text)


class _FeedExtension:
    """What feedgen calls when it has written a feed's own elements."""

    built: str  # RSS: RFC 822
    namespaces: dict[str, str]

    def extend_ns(self) -> dict[str, str]:
        """Namespaces to declare on the root element."""
        return self.namespaces

    def extend_atom(self, feed: Any) -> Any:
        """Leave an Atom feed as it is."""
        return feed

    def extend_rss(self, feed: Any) -> Any:
        """Put our own date in place of the one that went through the locale."""
        feed.find("channel/lastBuildDate").text = self.built
        return feed


class _EntryExtension:
    """What feedgen calls when it has written an entry's own elements."""

    links: list[dict[str, str]]  # Atom: attributes of each link
    published: str  # RSS: RFC 822
    creators: list[str]  # RSS: authors' names

    def extend_atom(self, entry: Any) -> Any:
        """Add the links with all their attributes, of which feedgen keeps `href` alone."""
        for attributes in self.links:
            etree.SubElement(entry, "link", attributes)
        return entry

    def extend_rss(self, item: Any) -> Any:
        """Add the date, and the authors, for whom RSS itself has only an e-mail address."""
        etree.SubElement(item, "pubDate").text = self.published
        for name in self.creators:
            etree.SubElement(item, f"{{{_DC}}}creator").text = name
        return item
