"""RSS 2.0 and Atom (RFC 4287) as feedgen writes them, and the one place that closes its gaps.

What feedgen 1.0.0 lacks is added by the two extensions below: attributes of an entry's links,
links of RSS channels but the one to themselves, authors in RSS, identifiers (Dublin Core, PRISM),
dates that do not depend on the locale, archive documents (RFC 5005).

feedgen takes some forty microseconds an entry, and entries of a site are alike but for their
texts. So it writes each *form* once: an entry with so many authors, links and so on, with marks
where texts belong. `entry_form` gives what stands between, and filling the texts in costs a
tenth. Whoever fills them in escapes what he puts there (`text`, `attribute`).

feedgen sets the process's locale for a moment, once an RSS feed: render in processes, not threads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any, Final, NamedTuple

from feedgen.entry import FeedEntry as Entry
from feedgen.feed import FeedGenerator
from lxml import etree

from ..model import Value

ATOM: Final = "http://www.w3.org/2005/Atom"
DC: Final = "http://purl.org/dc/elements/1.1/"
PRISM: Final = "http://prismstandard.org/namespaces/basic/2.0/"
HISTORY: Final = "http://purl.org/syndication/history/1.0"
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"

_NAMESPACES: Final = {"dc": DC, "prism": PRISM}
_SOME_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)  # stands where an extension puts the real one
# Private-use characters: no form has them but as marks.
_MARK: Final = "\ue000{}\ue001"
_MARKS: Final = re.compile("\ue000([^\ue000\ue001]*)\ue001")
_ROOT: Final = re.compile(r"<(?:entry|item)[^>]*>")


class Shape(NamedTuple):
    """What an entry has, its texts aside."""

    rss: bool
    authors: int
    categories: int
    identifiers: int
    prism: tuple[str, ...]  # the names of further elements
    links: tuple[tuple[str, str, bool], ...]  # relation, media type, whether there is a title
    summary: bool
    content: bool = True


ONES: Final = ("id", "title", "published", "updated", "summary", "content")


class Form(NamedTuple):
    """An entry as a format string, and what takes the texts that belong into it from all."""

    text: str
    take: Callable[[Sequence[str]], tuple[str, ...]]

    def filled(self, texts: Sequence[str]) -> str:
        """The entry with its texts, which are escaped already.

        First come those that every entry has once (`ONES`; "" for what it has not), then authors,
        categories, identifiers, further elements, the addresses of links and at last the titles of
        links.
        """
        return self.text % self.take(texts)


@lru_cache(maxsize=512)
def entry_form(shape: Shape) -> Form:
    """The form of entries of a shape, made by feedgen."""
    marks = _Marks(shape)
    entry = Entry()
    entry.register_extension("sitegen", _EntryExtension)
    entry.sitegen.shape = shape
    entry.sitegen.marks = marks
    entry.guid(marks.one("id"), permalink=False)
    entry.title(marks.one("title"))
    entry.updated(_SOME_DAY)
    entry.content(marks.one("content"), type=None if shape.rss else "html")
    if shape.summary:
        (entry.description if shape.rss else entry.summary)(marks.one("summary"))
    entry.category([{"term": mark} for mark in marks.categories])
    if shape.rss:
        if shape.links:
            entry.link(href=marks.addresses[0])
        element = entry.rss_entry()
    else:
        entry.author([{"name": mark} for mark in marks.authors])
        entry.published(_SOME_DAY)
        element = entry.atom_entry()
    holder = etree.Element("holder", nsmap={**_NAMESPACES, "content": CONTENT})
    holder.append(element)
    written = etree.tostring(element, encoding="unicode")
    root = _ROOT.match(written)
    assert root is not None  # noqa: S101
    bare = f"<{'item' if shape.rss else 'entry'}>{written[root.end() :]}"
    texts = _MARKS.split(bare.replace("%", "%%"))
    return Form("%s".join(texts[::2]), itemgetter(*map(int, texts[1::2])))


class _Marks:
    """Marks for the texts of an entry, numbered in the order in which these are given."""

    def __init__(self, shape: Shape) -> None:
        numbers = count(len(ONES))
        self.authors, self.categories, self.identifiers, self.prism, self.addresses, self.titles = (
            [_MARK.format(next(numbers)) for _ in range(many)]
            for many in (
                shape.authors,
                shape.categories,
                shape.identifiers,
                len(shape.prism),
                len(shape.links),
                len(shape.links),
            )
        )

    def one(self, name: str) -> str:
        """The mark of a text that every entry has."""
        return _MARK.format(ONES.index(name))


class Head(Value, frozen=True, kw_only=True):
    """A feed without its entries. Texts as XML can hold them; "" for what it has not."""

    id: str
    title: str
    description: str
    language: str
    author: str
    generator: str
    updated: str  # RFC 3339
    built: str  # RFC 822
    self: str
    html: str
    media_type: str
    image: str
    links: tuple[tuple[str, str], ...]  # relation and address
    archive: bool
    style: str


def feed(head: Head, entries: Sequence[bytes], *, rss: bool) -> bytes:
    """A feed, of which feedgen writes all but the entries."""
    generator = FeedGenerator()
    generator.register_extension("sitegen", _FeedExtension, _EntryExtension)
    generator.sitegen.head = head
    generator.id(head.id)
    generator.title(head.title)
    # Every Atom entry without authors takes the feed's (RFC 4287, section 4.1.1).
    generator.author(name=head.author)
    generator.generator(head.generator)
    generator.updated(_SOME_DAY)
    if head.language:
        generator.language(head.language)
    if rss:
        generator.description(head.description or head.title)
    elif head.description:
        generator.subtitle(head.description)
    if head.self:
        generator.link(href=head.self, rel="self", type=head.media_type)
    # feedgen takes the link added last for the channel's.
    generator.link(href=head.html, rel="alternate", type="text/html")
    if head.image and rss:
        generator.image(head.image)
    elif head.image:
        generator.icon(head.image)
        generator.logo(head.image)
    written: bytes = generator.rss_str() if rss else generator.atom_str()
    declaration, _, root = written.partition(b"\n")
    end = b"</channel></rss>" if rss else b"</feed>"
    style = (
        f'<?xml-stylesheet type="text/css" href="{attribute(head.style)}"?>\n'.encode()
        if head.style
        else b""
    )
    opening = root.removesuffix(end)
    return b"".join(
        (declaration, b"\n", style, opening, b"\n", b"\n".join(entries), b"\n", end, b"\n")
    )


_SPECIAL: Final = re.compile("[&<>\r]")
_SPECIAL_IN_QUOTES: Final = re.compile('[&<>\r"\n\t]')


def text(value: str) -> str:
    """Text as it stands between tags, written as lxml writes it."""
    if not _SPECIAL.search(value):
        return value
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace("\r", "&#13;")


def attribute(value: str) -> str:
    """Text as it stands between quotes."""
    if not _SPECIAL_IN_QUOTES.search(value):
        return value
    return text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


class _FeedExtension:
    """What feedgen calls when it has written a feed's own elements."""

    head: Head

    def extend_ns(self) -> dict[str, str]:
        """Namespaces to declare on the root element: those that entries use, too."""
        return {**_NAMESPACES, "fh": HISTORY} if self.head.archive else _NAMESPACES

    def extend_atom(self, feed: Any) -> Any:
        """Add further links and the mark of archive documents; put the date as it was."""
        feed.find("updated").text = self.head.updated
        for relation, address in self.head.links:
            etree.SubElement(feed, "link", href=address, rel=relation)
        if self.head.archive:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed

    def extend_rss(self, feed: Any) -> Any:
        """Add further links; put our own date in place of the one that went through the locale."""
        channel = feed.find("channel")
        channel.find("lastBuildDate").text = self.head.built
        for relation, address in self.head.links:
            etree.SubElement(channel, f"{{{ATOM}}}link", href=address, rel=relation)
        return feed


class _EntryExtension:
    """What feedgen calls when it has written an entry's own elements."""

    shape: Shape
    marks: _Marks

    def extend_atom(self, entry: Any) -> Any:
        """Put marks for the dates; add links with all attributes, of which feedgen keeps one."""
        entry.find("updated").text = self.marks.one("updated")
        entry.find("published").text = self.marks.one("published")
        if not self.shape.content:  # feedgen writes no entry without
            entry.remove(entry.find("content"))
        for number, (relation, kind, titled) in enumerate(self.shape.links):
            given = {"href": self.marks.addresses[number], "rel": relation, "type": kind}
            if titled:
                given["title"] = self.marks.titles[number]
            named = {name: value for name, value in given.items() if value}
            etree.SubElement(entry, "link", named)
        return self._identified(entry)

    def extend_rss(self, item: Any) -> Any:
        """Add the date, and the authors, for whom RSS itself has only an e-mail address."""
        etree.SubElement(item, "pubDate").text = self.marks.one("published")
        for mark in self.marks.authors:
            etree.SubElement(item, f"{{{DC}}}creator").text = mark
        return self._identified(item)

    def _identified(self, entry: Any) -> Any:
        """Add what reference managers look for."""
        for mark in self.marks.identifiers:
            etree.SubElement(entry, f"{{{DC}}}identifier").text = mark
        for name, mark in zip(self.shape.prism, self.marks.prism, strict=True):
            etree.SubElement(entry, f"{{{PRISM}}}{name}").text = mark
        return entry
