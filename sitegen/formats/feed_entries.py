"""The entries of a feed, whatever its dialect: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0.

Comes in: a dump's content. Goes out: entries with their fields by name, as texts nobody has
cleaned yet, and problems. Names are those of the dialect without namespace, and with a prefix for
the modules in `_PREFIXES` ("dc:creator", "prism:doi", "arxiv:comment").

Formats: RFC 4287 (Atom), https://www.rssboard.org/rss-specification, https://purl.org/rss/1.0/,
Dublin Core terms, PRISM.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..errors import Problem
from .content import Content
from .records import Nothing
from .xml.elements import elements, line_of, local, root, text_of

NOTHING = Nothing("no entry of this feed is whole", "save it again", may_be_empty=True)

ATOM = "http://www.w3.org/2005/Atom"

_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://arxiv.org/schemas/atom": "arxiv:",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism:",
    "http://prismstandard.org/namespaces/basic/2.1/": "prism:",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism:",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism:",
    "http://purl.org/rss/1.0/modules/prism/": "prism:",
    ATOM: "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "": "",
}
_LONGEST_OF_FEED = 1_000  # characters of a field; a title that never ends holds all entries
_ROOTS = {"rss", "feed", "RDF"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry: `rel` is "alternate" where nothing else is said."""

    href: str
    rel: str = "alternate"
    type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, by the same names as an entry's."""

    fields: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the feed is called."""
        return self.fields.get("title", "")

    def first(self, *names: str) -> str:
        """The first of these fields that is there, else ""."""
        return next((self.fields[name] for name in names if self.fields.get(name)), "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the first value of each field, and the lists of those that repeat."""

    line: int
    feed: Feed
    fields: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first of these fields that is there, else ""."""
        return next((self.fields[name] for name in names if self.fields.get(name)), "")

    def address(self) -> str:
        """Of the entry's own page."""
        links = [link.href for link in self.links if link.rel == "alternate"]
        return next(iter(links), "") or self.first("link", "dc:source")


def is_feed(head: str) -> bool:
    """Whether a document is a feed, by its outermost element."""
    space, name = root(head)
    return name in _ROOTS and (name != "feed" or _PREFIXES.get(space) == "")


def head_of_feed(head: str) -> str:
    """What stands before the first entry."""
    cuts = [cut for mark in ("<item", "<entry") if (cut := head.find(mark + ">")) >= 0]
    cuts += [cut for cut in (head.find("<item "), head.find("<entry ")) if cut >= 0]
    return head[: min(cuts)] if cuts else head


def entries(content: Content, name: str) -> Iterator[Entry | Problem]:
    """The entries in their order, problems where they arise."""
    feed = Feed()
    for element in elements(content, name, ("{*}item", "{*}entry")):
        if isinstance(element, Problem):
            yield element
            continue
        feed = feed if feed.fields else _feed(element)
        yield _entry(element, feed)


def _feed(element: Any) -> Feed:
    """The feed around an entry; in RSS 1.0 the channel stands beside it."""
    parent = element.getparent()
    if parent is None:
        return Feed()
    channel = next((child for child in parent if local(child) == "channel"), parent)
    told = (child for child in channel if local(child) not in {"item", "entry"})
    named = ((name, child) for child in told if (name := _name(child)) is not None)
    return Feed({name: text_of(child)[:_LONGEST_OF_FEED] for name, child in named})


def _entry(element: Any, feed: Feed) -> Entry:
    entry = Entry(line=line_of(element), feed=feed)
    for child in element:
        name = _name(child)
        if name is not None:
            _take(entry, name, child)
    return entry


def _name(element: Any) -> str | None:
    """The name with its module's prefix; None for modules that carry nothing of papers."""
    tag = element.tag
    if not isinstance(tag, str):
        return None
    space, _, plain = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
    prefix = _PREFIXES.get(space)
    return None if prefix is None else prefix + plain


def _take(entry: Entry, name: str, child: Any) -> None:
    if name in {"author", "dc:creator", "contributor"}:
        person = next((text_of(part) for part in child if local(part) == "name"), None)
        if name != "contributor":
            entry.authors.append(text_of(child) if person is None else person)
        return
    if name in {"category", "dc:subject"}:
        entry.categories.append(child.get("term") or text_of(child))
        return
    if name == "link" and child.get("href") is not None:
        values = (child.get("href"), child.get("rel", "alternate"))
        entry.links.append(Link(*values, child.get("type", ""), child.get("title", "")))
        return
    if name == "enclosure":
        entry.links.append(Link(child.get("url", ""), "enclosure", child.get("type", "")))
        return
    if name == "guid" and child.get("isPermaLink", "true").strip() == "true":
        entry.fields.setdefault("permalink", text_of(child))
    value = child.get("term") if name == "arxiv:primary_category" else text_of(child)
    if value and not entry.fields.get(name):
        entry.fields[name] = value
