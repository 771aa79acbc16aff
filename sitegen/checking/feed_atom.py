"""Rules of Atom: RFC 4287, and RFC 5005 where a feed has archive documents. Pure.

What https://validator.w3.org/feed/docs/atom.html calls an error is one; what it recommends is a
warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from lxml import etree

from .feed_contents import doubled, html_flaws
from .feed_elements import ATOM, attribute, line_of, own, structure, text_of, values
from .feed_faults import (
    Fault,
    Place,
    address_fault,
    entry_name,
    language_fault,
    media_type_fault,
    own_address_fault,
    repeated,
    rfc3339_fault,
)

_ANY: Final = ("author", "contributor", "category", "link")
_FEED: Final = {
    **{f"{ATOM}{name}": 1 for name in (
        "id", "title", "updated", "subtitle", "generator", "icon", "logo", "rights")},
    **{f"{ATOM}{name}": 0 for name in (*_ANY, "entry")},
}  # fmt: skip
_ENTRY: Final = {
    **{f"{ATOM}{name}": 1 for name in (
        "id", "title", "updated", "published", "summary", "content", "rights", "source")},
    **{f"{ATOM}{name}": 0 for name in _ANY},
}  # fmt: skip
_REQUIRED: Final = (f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
_ARCHIVE: Final = "{http://purl.org/syndication/history/1.0}archive"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
# RFC 4287 and 5005, WebSub, and of IANA's list what feeds have in fact.
_RELATIONS: Final = frozenset(
    {"alternate", "related", "self", "enclosure", "via", "hub", "first", "last", "next", "previous",
     "current", "prev-archive", "next-archive", "license", "edit", "edit-media", "replies",
     "up", "search", "author", "describedby", "payment"}
)  # fmt: skip
_TEXTS: Final = frozenset({"", "text", "html", "xhtml"})
_uri = partial(address_fault, web=False)


def faults(feed: etree._Element, path: str, base_url: str) -> Iterator[Fault]:
    """The rules that an Atom feed at a path breaks."""
    top = Place(line_of(feed))
    entries = [
        (entry, Place(line_of(entry), entry_name(number, text_of(entry, f"{ATOM}title"))))
        for number, entry in enumerate(feed.iterchildren(f"{ATOM}entry"), 1)
    ]
    yield from structure(feed, top, _FEED, _REQUIRED)
    yield from _values(feed, top, base_url)
    yield from _itself(feed, top, path, base_url)
    authored = feed.find(f"{ATOM}author") is not None
    for entry, place in entries:
        yield from structure(entry, place, _ENTRY, _REQUIRED)
        yield from _values(entry, place, base_url)
        yield from _entry(entry, place, authored=authored)
    yield from _alike(entries)


def _values(holder: etree._Element, place: Place, base_url: str) -> Iterator[Fault]:
    """What feeds and entries have in common."""
    yield from values(holder, f"{ATOM}id", place, _uri)
    for tag in ("updated", "published"):
        yield from values(holder, f"{ATOM}{tag}", place, rfc3339_fault)
    address = partial(address_fault, absolute=bool(base_url))
    for tag in ("icon", "logo"):
        yield from values(holder, f"{ATOM}{tag}", place, address)
    yield from _named(holder, place)
    yield from _links(holder, place, base_url)
    for tag in ("title", "subtitle", "summary", "content", "rights"):
        for element in holder.iterchildren(f"{ATOM}{tag}"):
            yield from _construct(element, place._replace(line=line_of(element)), base_url)
    for name, fault in ((_LANGUAGE, language_fault), (_BASE, address_fault)):
        value = holder.get(name)
        if value and (wrong := fault(value)):
            yield place.fault(wrong)


def _named(holder: etree._Element, place: Place) -> Iterator[Fault]:
    """Authors and categories."""
    for author in holder.iterchildren(f"{ATOM}author", f"{ATOM}contributor"):
        if not text_of(author, f"{ATOM}name"):
            yield place._replace(line=line_of(author)).fault("an author has no <name>")
    for category in holder.iterchildren(f"{ATOM}category"):
        if not attribute(category, "term"):
            yield place._replace(line=line_of(category)).fault("a <category> has no term")


def _links(holder: etree._Element, place: Place, base_url: str) -> Iterator[Fault]:
    seen = set()
    for link in holder.iterchildren(f"{ATOM}link"):
        at = place._replace(line=line_of(link))
        href, relation = attribute(link, "href"), _relation(link)
        if not href:
            yield at.fault("a <link> has no href")
        elif wrong := address_fault(href, web=False, absolute=bool(base_url)):
            yield at.fault(f"<link rel={relation}>: {wrong}")
        if relation not in _RELATIONS and "://" not in relation:
            yield at.fault(f"no registered relation: {relation}", severity="warning")
        kind = attribute(link, "type")
        if kind and (wrong := media_type_fault(kind)):
            yield at.fault(f"<link>: {wrong}")
        if relation == "alternate":
            name = (kind, attribute(link, "hreflang"))
            if name in seen:
                yield at.fault("two alternate links have the same type and language")
            seen.add(name)


def _construct(element: etree._Element, place: Place, base_url: str) -> Iterator[Fault]:
    """A text construct or content (RFC 4287, sections 3.1 and 4.1.3)."""
    tag, kind = element.tag.rpartition("}")[2], attribute(element, "type")
    if kind not in _TEXTS:
        if tag != "content" or media_type_fault(kind):
            yield place.fault(f"<{tag}> has no valid type: {kind}")
        return
    text = str(element.text or "")
    if kind == "xhtml":
        if [child.tag for child in element] != ["{http://www.w3.org/1999/xhtml}div"]:
            yield place.fault(f"<{tag} type=xhtml> is not one <div> of XHTML")
    elif len(element):
        hint = "escape it, and say type=html"
        yield place.fault(f"<{tag}> holds markup that is not escaped", hint)
    elif kind == "html":
        for flaw in html_flaws(text, absolute=bool(base_url)):
            yield place.fault(f"<{tag}>: {flaw.message}", severity=flaw.severity)
    elif twice := doubled(text):
        yield place.fault(f"<{tag}>: {twice.message}", severity=twice.severity)


def _itself(feed: etree._Element, top: Place, path: str, base_url: str) -> Iterator[Fault]:
    """The links of the feed as a whole."""
    found = {_relation(link): attribute(link, "href") for link in feed.findall(f"{ATOM}link")}
    if "self" not in found:
        yield top.fault("there is no link to the feed itself (rel=self)", severity="warning")
    elif wrong := own_address_fault(found["self"], path, base_url):
        yield top.fault(wrong)
    if feed.find(_ARCHIVE) is not None and "current" not in found:
        yield top.fault("an archive document does not lead to its feed (rel=current)")


def _entry(entry: etree._Element, place: Place, *, authored: bool) -> Iterator[Fault]:
    if not authored and entry.find(f"{ATOM}author") is None:
        yield place.fault("neither the entry nor the feed has an author")
    alternate = any(_relation(link) == "alternate" for link in entry.findall(f"{ATOM}link"))
    content = entry.find(f"{ATOM}content")
    if content is None and not alternate:
        yield place.fault("it has neither content nor a link to what it is about")
    if content is not None and content.get("src") and entry.find(f"{ATOM}summary") is None:
        yield place.fault("its content lies elsewhere, so that it needs a summary")


def _alike(entries: Sequence[tuple[etree._Element, Place]]) -> Iterator[Fault]:
    ids = [pair for entry, place in entries for pair in own(entry, f"{ATOM}id", place)]
    yield from repeated(ids, "id")
    times = [pair for entry, place in entries for pair in own(entry, f"{ATOM}updated", place)]
    for fault in repeated(times, "<updated>"):
        yield fault._replace(severity="warning")


def _relation(link: etree._Element) -> str:
    return attribute(link, "rel") or "alternate"
