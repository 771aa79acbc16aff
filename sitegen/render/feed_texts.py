"""What the formats of feeds share of an entry: its texts and addresses, made ready once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import quote

from ..pages.feeds import FeedEntry
from ..portable import joined
from .addresses import absolute
from .feed_forms import text
from .xml_text import xml_text

T = TypeVar("T")

_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)
_NOT_IN_URL = re.compile(r"[^A-Za-z0-9!#$%&'()*+,./:;=?@_~-]")


class Place(NamedTuple):
    """How files of the site are addressed: what is put in front of their paths.

    None where they have no address.
    """

    root: str | None

    def address(self, path: str) -> str:
        """The address of a file of the site; "" where it has none."""
        return "" if self.root is None else absolute(self.root, path)


class Texts(NamedTuple):
    """An entry's texts without what XML cannot hold, its addresses as URIs (RFC 3986)."""

    title: str
    summary: str
    content: str  # HTML, never empty
    escaped: str  # the same inside of XML
    authors: list[str]
    categories: list[str]
    identifiers: list[tuple[str, str]]
    venue: str
    dated: str
    links: list[tuple[str, str]]  # labels and addresses, to the web alone
    pdf: str
    address: str
    bibtex: str


def prepared(entry: FeedEntry, place: Place) -> Texts:
    """The texts of an entry, for a feed at that place."""
    content = joined(entry.content, place.root)
    title, summary, venue = entry.title, entry.summary, entry.venue
    authors: Iterable[str] = entry.authors
    categories: Iterable[str] = entry.categories
    labels = [link.label for link in entry.links]
    if _is_odd(content) or _is_odd(
        "".join((title, summary, venue, *authors, *categories, *labels))
    ):
        title, summary, content, venue = map(xml_text, (title, summary, content, venue))
        authors, categories = map(xml_text, authors), map(xml_text, categories)
        labels = list(map(xml_text, labels))
    content = content or f"<p>{xml_text(entry.id)}</p>"
    file, _, fragment = entry.bibtex.partition("#")
    return Texts(
        title=title.strip() or entry.id,
        summary=summary.strip(),
        content=content,
        escaped=text(content),
        authors=[name for one in authors if (name := one.strip())],
        categories=[name for one in categories if (name := one.strip())],
        identifiers=[
            (scheme, name) for scheme, id_ in entry.identifiers if (name := xml_text(id_))
        ],
        venue=venue.strip(),
        dated=entry.dated,
        links=[
            (label.strip() or link.url, uri(link.url))
            for label, link in zip(labels, entry.links, strict=True)
            if _WEB.match(link.url)
        ],
        pdf=uri(entry.pdf) if _WEB.match(entry.pdf) else "",
        address=place.address(entry.path),
        bibtex=f"{way}#{fragment}" if file and (way := place.address(file)) else "",
    )


def _is_odd(text: str) -> bool:
    """Whether a text holds a character that XML does not take: to ask of all at once is cheap."""
    return xml_text(text) is not text


def uri(url: str) -> str:
    """An address with what no URI has percent-encoded."""
    if _NOT_IN_URL.search(url):
        return _NOT_IN_URL.sub(lambda odd: quote(odd[0], safe="", errors="surrogatepass"), url)
    return url


class Once(Generic[T]):
    """Makes something of an entry for a place once, however many feeds ask for it.

    Entries are kept with what was made of them, so that none can come to have the identity of
    another that is gone.
    """

    def __init__(self, make: Callable[[FeedEntry, Place], T], most: int) -> None:
        self._make = make
        self._most = most
        self._kept: dict[Hashable, tuple[FeedEntry, T]] = {}

    def __call__(self, entry: FeedEntry, place: Place, *, keep: bool = True) -> T:
        """What was made of the entry, or is made now; and kept, if others will ask."""
        name = (id(entry), place.root)
        found = self._kept.get(name)
        if found is None:
            found = (entry, self._make(entry, place))
            if keep:
                if len(self._kept) >= self._most:
                    del self._kept[next(iter(self._kept))]  # the oldest
                self._kept[name] = found
        return found[1]
