"""Feeds to bytes: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

Comes in: a page whose data is a `FeedPage`. Goes out: the file's bytes, the same for the same
data whatever the clock, the locale or the machine. Nothing raises for what a dump held:
characters that XML cannot hold are left out, of JSON as well.

Without a base URL nobody knows where the feed will stand, and each format does what its
specification allows. Atom resolves references against its own address (RFC 4287, section 2),
so its links are relative and work wherever the folder is put. RSS and JSON Feed know absolute
addresses only: an item then links to the first of the paper's own pages elsewhere (arXiv …), or
to nothing (an item's link is optional), links to the site inside of contents become plain text,
and there is no link to the feed itself. A channel must have a link: it leads to the domain in
`feed_id`, which its maintainer holds, or without one to a reserved name that leads nowhere.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Final

from ..pages import Page, SiteView
from ..pages.feeds import FeedEntry, FeedPage
from . import feed_forms, feed_json
from .addresses import relative
from .feed_forms import Shape, attribute, entry_form, text
from .feed_texts import Once, Place, Texts, prepared, uri
from .xml_text import filled, xml_text

_GENERATOR: Final = "sitegen"  # without a version: an upgrade alone must change no feed
_MEDIA_TYPE: Final = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif")  # what an RSS image may be
_AUTHORITY = re.compile(r"tag:(?:[^,@]*@)?([^,@]+),")

# Most readers take an RSS title for HTML, some for plain text (the specification is silent).
# Both agree unless it holds what HTML reads as a tag or a character reference.
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")


def render(page: Page, site: SiteView) -> bytes:
    """The file of a page whose data is a `FeedPage` with at least one entry.

    Raises ValueError for a time that is not RFC 3339 with an offset: planning makes them.
    """
    feed: FeedPage = page.data
    place = Place(
        site.base_url or ("../" * page.path.count("/") if feed.format == "atom" else None)
    )
    made = _ENTRIES[feed.format]
    entries = [made(entry, place, keep=feed.shared) for entry in feed.entries]
    head = _head(page, site, place)
    if feed.format == "json":
        return feed_json.feed(head, entries)
    return feed_forms.feed(head, entries, rss=feed.format == "rss")


def _head(page: Page, site: SiteView, place: Place) -> feed_forms.Head:
    """The feed without its entries."""
    feed: FeedPage = page.data
    links = {
        "hub": feed.hub,
        "current": place.address(feed.current) if feed.current else "",
        "prev-archive": place.address(feed.older) if feed.older else "",
    }
    image = feed.image if "://" in feed.image or not feed.image else place.address(feed.image)
    if feed.format == "rss" and not image.lower().endswith(_PICTURES):
        image = ""
    return feed_forms.Head(
        id=feed.id,
        title=filled(feed.title, feed.id),
        description=xml_text(feed.description).strip(),
        language=xml_text(site.language),
        author=filled(site.curator, filled(site.title, _GENERATOR)),
        generator=_GENERATOR,
        updated=feed.updated,
        built=_rfc822(feed.updated),
        self=place.address(page.path) if site.base_url or feed.format == "atom" else "",
        html=place.address(feed.html_path) or ("" if feed.format == "json" else _home(feed.id)),
        media_type=_MEDIA_TYPE[feed.format],
        image=uri(image),
        links=tuple((relation, uri(address)) for relation, address in links.items() if address),
        archive=bool(feed.current),
        style=relative(feed.style, page.path) if feed.style else "",
    )


def _home(feed_id: str) -> str:
    """The address of whoever holds the domain in a feed's id."""
    found = _AUTHORITY.match(feed_id)
    return f"https://{found[1]}/" if found else "https://sitegen.invalid/"


def _atom(entry: FeedEntry, place: Place) -> bytes:
    """An Atom entry (RFC 4287, section 4.1.2)."""
    said = _texts(entry, place)
    links = [("alternate", "text/html", "", said.address)]
    links += [("related", "", label, address) for label, address in said.links]
    if said.pdf:
        links.append(("related", "application/pdf", "PDF", said.pdf))
    if said.bibtex:
        links.append(("related", "text/html", "BibTeX", said.bibtex))
    prism = _prism(said)
    shape = Shape(
        rss=False,
        authors=len(said.authors),
        categories=len(said.categories),
        identifiers=len(said.identifiers),
        prism=tuple(prism),
        links=tuple([(rel, kind, bool(title)) for rel, kind, title, _ in links]),
        summary=bool(said.summary),
        content=bool(entry.content),
    )
    texts = [
        text(entry.id),
        text(said.title),
        entry.published,
        entry.updated,
        text(said.summary),
        said.escaped,
        *map(text, said.authors),
        *map(attribute, said.categories),
        *[text(f"{scheme}:{name}") for scheme, name in said.identifiers],
        *map(text, prism.values()),
        *[attribute(address) for _, _, _, address in links],
        *[attribute(title) for _, _, title, _ in links],
    ]
    return entry_form(shape).filled(texts).encode()


def _rss(entry: FeedEntry, place: Place) -> bytes:
    """An RSS item; https://www.rssboard.org/rss-specification#hrelementsOfLtitemgt."""
    said = _texts(entry, place)
    address = said.address or (said.links[0][1] if said.links else "")
    prism = _prism(said)
    shape = Shape(
        rss=True,
        authors=len(said.authors),
        categories=len(said.categories),
        identifiers=len(said.identifiers),
        prism=tuple(prism),
        links=(("", "", False),) if address else (),
        summary=bool(said.summary),
    )
    title = escape(said.title, quote=False) if _MARKUP.search(said.title) else said.title
    texts = [
        text(entry.id),
        text(title),
        _rfc822(entry.published),
        "",
        text(text(said.summary)),
        said.escaped,
        *map(text, said.authors),
        *map(text, said.categories),
        *[text(f"{scheme}:{name}") for scheme, name in said.identifiers],
        *map(text, prism.values()),
        text(address),
        "",
    ]
    return entry_form(shape).filled(texts).encode()


def _prism(said: Texts) -> dict[str, str]:
    """What reference managers look for beside Dublin Core, by the names of PRISM."""
    doi = next((name for scheme, name in said.identifiers if scheme == "doi"), "")
    known = {"doi": doi, "publicationName": said.venue, "publicationDate": said.dated}
    return {name: value for name, value in known.items() if value}


def _rfc822(stamp: str) -> str:
    """An RFC 3339 time as RSS wants it, with the English weekday in any locale."""
    if stamp.endswith("Z") and len(stamp) == 20:
        return f"{_rfc822_day(stamp[:10])} {stamp[11:19]} +0000"
    return format_datetime(datetime.fromisoformat(stamp))


@lru_cache(maxsize=1024)
def _rfc822_day(day: str) -> str:
    """A day, without the midnight that it begins with."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return format_datetime(midnight).removesuffix(" 00:00:00 +0000")


_texts = Once(prepared, 512)  # for as long as the formats of one feed are made
_ENTRIES: Final = {
    "atom": Once(_atom, 2048),
    "rss": Once(_rss, 2048),
    "json": Once(lambda entry, place: feed_json.item(entry, _texts(entry, place)), 2048),
}
