"""Rules of RSS 2.0 with `content:encoded` and `atom:link`. Pure.

https://www.rssboard.org/rss-specification and https://validator.w3.org/feed/docs/rss2.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from lxml import etree

from .feed_contents import html_flaws
from .feed_elements import ATOM, CONTENT, attribute, line_of, own, structure, text_of, values
from .feed_faults import (
    Fault,
    Place,
    address_fault,
    entry_name,
    language_fault,
    media_type_fault,
    own_address_fault,
    quoted,
    repeated,
    rfc822_fault,
)

_CHANNEL: Final = {
    **dict.fromkeys((
        "title", "link", "description", "language", "copyright", "managingEditor", "webMaster",
        "pubDate", "lastBuildDate", "generator", "docs", "cloud", "ttl", "image", "rating",
        "textInput", "skipHours", "skipDays"), 1),
    "category": 0,
    "item": 0,
}  # fmt: skip
_ITEM: Final = {
    **dict.fromkeys((
        "title", "link", "description", "author", "comments", "enclosure", "guid", "pubDate",
        "source"), 1),
    "category": 0,
}  # fmt: skip
_IMAGE: Final = dict.fromkeys(("url", "title", "link", "width", "height", "description"), 1)
_SELF: Final = "there is no link to the feed itself (atom:link rel=self)"
_PERSON = re.compile(r"[^@\s<>]+@[^@\s<>]+(?: \([^()]*\))?")


def faults(root: etree._Element, path: str, base_url: str) -> Iterator[Fault]:
    """The rules that an RSS feed at a path breaks."""
    top = Place(line_of(root))
    if attribute(root, "version") != "2.0":
        yield top.fault(f"this is not RSS 2.0 but {quoted(attribute(root, 'version'))}")
    channel = root.find("channel")
    if channel is None or len(root.findall("channel")) > 1:
        yield top.fault("there must be one <channel>")
        return
    top = Place(line_of(channel))
    yield from structure(channel, top, _CHANNEL, ("title", "link", "description"))
    yield from _values(channel, top)
    yield from values(channel, "language", top, language_fault)
    for image in channel.iterchildren("image"):
        at = Place(line_of(image))
        yield from structure(image, at, _IMAGE, ("url", "title", "link"))
        for tag in ("url", "link"):
            yield from values(image, tag, at, address_fault)
    yield from _itself(channel, top, path, base_url)
    guids: list[tuple[str, Place]] = []
    for number, item in enumerate(channel.iterchildren("item"), 1):
        place = Place(line_of(item), entry_name(number, text_of(item, "title")))
        yield from structure(item, place, _ITEM, ())
        yield from _values(item, place)
        yield from _item(item, place)
        guids += own(item, "guid", place)
    yield from repeated(guids, "guid")


def _values(holder: etree._Element, place: Place) -> Iterator[Fault]:
    """What channels and items have in common. RSS knows absolute addresses only."""
    for tag in ("link", "comments", "docs"):
        yield from values(holder, tag, place, address_fault)
    for tag in ("pubDate", "lastBuildDate"):
        yield from values(holder, tag, place, rfc822_fault)
    for tag in ("author", "managingEditor", "webMaster"):
        yield from values(holder, tag, place, _person_fault)
    for link in holder.iterchildren(f"{ATOM}link"):
        wrong = address_fault(attribute(link, "href"))
        if wrong:
            yield place._replace(line=line_of(link)).fault(f"<atom:link>: {wrong}")
    for tag in ("description", CONTENT):
        for element in holder.iterchildren(tag):
            at, name = place._replace(line=line_of(element)), tag.rpartition("}")[2]
            if len(element):
                hint = "escape it, or put it into CDATA"
                yield at.fault(f"<{name}> holds markup that is not escaped", hint)
            for flaw in html_flaws(str(element.text or ""), absolute=True):
                yield at.fault(f"<{name}>: {flaw.message}", severity=flaw.severity)


def _itself(channel: etree._Element, top: Place, path: str, base_url: str) -> Iterator[Fault]:
    links = [one for one in channel.iterchildren(f"{ATOM}link") if one.get("rel") == "self"]
    if not links and base_url:
        yield top.fault(_SELF, severity="warning")
    for link in links:
        if wrong := own_address_fault(attribute(link, "href"), path, base_url):
            yield Place(line_of(link)).fault(wrong)


def _item(item: etree._Element, place: Place) -> Iterator[Fault]:
    order = [child.tag for child in item]
    if "title" not in order and "description" not in order:
        yield place.fault("it has neither a title nor a description")
    if "guid" not in order:
        yield place.fault("it has no guid, so that readers show it again", severity="warning")
    if {CONTENT, "description"} <= set(order) and order.index(CONTENT) < order.index("description"):
        yield place.fault("the description stands behind the content", severity="warning")
    yield from values(item, "guid", place, partial(_guid_fault, item))
    for enclosure in item.iterchildren("enclosure"):
        at = place._replace(line=line_of(enclosure))
        wrong = address_fault(attribute(enclosure, "url")) or media_type_fault(
            attribute(enclosure, "type")
        )
        if wrong or not attribute(enclosure, "length").isdigit():
            yield at.fault(f"<enclosure>: {wrong or 'its length is no number of bytes'}")


def _guid_fault(item: etree._Element, text: str) -> str:
    guid = item.find("guid")
    if not text:
        return "it is empty"
    if guid is not None and guid.get("isPermaLink") == "false":
        return ""
    wrong = address_fault(text)
    return f"it is taken for an address (isPermaLink): {wrong}" if wrong else ""


def _person_fault(text: str) -> str:
    return "" if _PERSON.fullmatch(text) else f"no e-mail address: {quoted(text)}"
