"""Rules of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from .feed_contents import html_flaws
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
    rfc3339_fault,
)

_VERSIONS: Final = ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1")
_FEED: Final[dict[str, type]] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
    "language": str, "expired": bool, "hubs": list, "items": list, "author": dict,
}  # fmt: skip
_ITEM: Final[dict[str, type]] = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str, "date_published": str,
    "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list,
    "author": dict,
}  # fmt: skip
_ADDRESSES: Final = (
    "home_page_url", "feed_url", "next_url", "icon", "favicon", "url", "external_url", "image",
    "banner_image",
)  # fmt: skip
_WORDS: Final[dict[type, str]] = {
    list: "a list",
    str: "a text",
    dict: "an object",
    bool: "true or false",
}


def faults(data: bytes, path: str, base_url: str) -> Iterator[Fault]:
    """The rules that a JSON Feed at a path breaks."""
    try:
        text = data.decode()
        feed = json.loads(text)
    except UnicodeDecodeError as error:
        yield Fault(data.count(b"\n", 0, error.start) + 1, "this is no UTF-8 text")
        return
    except (ValueError, RecursionError) as error:
        yield Fault(getattr(error, "lineno", 1), f"this is no JSON: {error}")
        return
    if not isinstance(feed, dict):
        yield Fault(1, "this is no JSON object")
        return
    yield from _head(feed, Place(1), path, base_url)
    items = _dicts(feed, "items")
    places = [
        Place(line, entry_name(number, str(item.get("title", ""))))
        for number, (item, line) in enumerate(zip(items, _lines(text, items), strict=True), 1)
    ]
    for item, place in zip(items, places, strict=True):
        yield from _members(item, place, _ITEM)
        yield from _item(item, place)
        yield from _parts(item, place)
    ids = [(str(item["id"]), at) for item, at in zip(items, places, strict=True) if "id" in item]
    yield from repeated(ids, "id")


def _head(feed: dict[str, Any], top: Place, path: str, base_url: str) -> Iterator[Fault]:
    """The feed without its items."""
    if feed.get("version") not in _VERSIONS:
        yield top.fault(f"this is not JSON Feed 1.1 but {quoted(str(feed.get('version')))}")
    for name in ("title", "items"):
        if name not in feed:
            yield top.fault(f"there is no {name!r}")
    yield from _members(feed, top, _FEED)
    if base_url and "feed_url" not in feed:
        yield top.fault("there is no feed_url, the address of the feed itself", severity="warning")
    elif wrong := own_address_fault(str(feed.get("feed_url", "")), path, base_url):
        yield top.fault(wrong)
    for hub in _dicts(feed, "hubs"):
        if not hub.get("type") or address_fault(str(hub.get("url", ""))):
            yield top.fault("a hub has no type, or no absolute url")


def _members(holder: dict[str, Any], place: Place, known: dict[str, type]) -> Iterator[Fault]:
    """What feeds and items have in common: types, addresses, authors, languages."""
    for name, value in holder.items():
        if name not in known:
            if not name.startswith("_"):
                hint = "extensions begin with a low line"
                yield place.fault(f"there is no {name!r} here", hint, "warning")
        elif not isinstance(value, known[name]):
            yield place.fault(f"{name} is not {_WORDS[known[name]]}")
        elif name in _ADDRESSES and (wrong := address_fault(str(value))):
            yield place.fault(f"{name}: {wrong}")
    for author in _dicts(holder, "authors"):
        if not any(author.get(name) for name in ("name", "url", "avatar")):
            yield place.fault("an author has neither a name nor an address")
    language = holder.get("language")
    if isinstance(language, str) and (wrong := language_fault(language)):
        yield place.fault(wrong)


def _item(item: dict[str, Any], place: Place) -> Iterator[Fault]:
    if not item.get("id"):
        yield place.fault("it has no id")
    content = item.get("content_html")
    if not content and not item.get("content_text"):
        yield place.fault("it has no content")
    for name in ("date_published", "date_modified"):
        value = item.get(name)
        if isinstance(value, str) and (wrong := rfc3339_fault(value)):
            yield place.fault(f"{name}: {wrong}")
    if isinstance(content, str):
        for flaw in html_flaws(content, absolute=True):
            yield place.fault(f"content_html: {flaw.message}", severity=flaw.severity)


def _parts(item: dict[str, Any], place: Place) -> Iterator[Fault]:
    """The tags and attachments of an item."""
    for tag in item["tags"] if isinstance(item.get("tags"), list) else ():
        if not isinstance(tag, str) or not tag:
            yield place.fault(f"a tag is no text: {quoted(str(tag))}")
    for attachment in _dicts(item, "attachments"):
        wrong = address_fault(str(attachment.get("url", ""))) or media_type_fault(
            str(attachment.get("mime_type", ""))
        )
        if wrong:
            yield place.fault(f"an attachment: {wrong}")


def _dicts(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _lines(text: str, items: list[dict[str, Any]]) -> Iterator[int]:
    """The line of each item: where its id stands for the next time."""
    at, line = max(text.find('"items"'), 0), 1
    line += text.count("\n", 0, at)
    for item in items:
        spelled = {json.dumps(item.get("id"), ensure_ascii=escaped) for escaped in (True, False)}
        wanted = re.compile(rf'"id"\s*:\s*(?:{"|".join(map(re.escape, sorted(spelled)))})')
        if found := wanted.search(text, at):
            line += text.count("\n", at, found.start())
            at = found.start() + 1
        yield line
