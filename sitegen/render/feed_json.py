"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ..pages.feeds import FeedEntry
from .feed_forms import Head
from .feed_texts import Texts

_VERSION = "https://jsonfeed.org/version/1.1"


def item(entry: FeedEntry, said: Texts) -> bytes:
    """An item, encoded. The paper elsewhere is what it is about: its external URL."""
    fields: dict[str, Any] = {
        "id": entry.id,
        "url": said.address,
        "external_url": said.links[0][1] if said.links else "",
        "title": said.title,
        "content_html": said.content,
        "summary": said.summary,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in said.authors],
        "tags": said.categories,
        "attachments": [{"url": said.pdf, "mime_type": "application/pdf"}] if said.pdf else [],
        "_paper": _without_empty({
            **dict(said.identifiers),
            "venue": said.venue,
            "published": said.dated,
            "bibtex": said.bibtex,
        }),
    }  # fmt: skip
    return msgspec.json.encode(_without_empty(fields))


def feed(head: Head, items: Sequence[bytes]) -> bytes:
    """A feed of encoded items."""
    hubs = [address for relation, address in head.links if relation == "hub"]
    fields: dict[str, Any] = {
        "version": _VERSION,
        "title": head.title,
        "home_page_url": head.html,
        "feed_url": head.self,
        "description": head.description,
        "icon": head.image,
        "favicon": head.image,
        "authors": [{"name": head.author}],
        "language": head.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in hubs],
    }
    opening = msgspec.json.encode(_without_empty(fields)).removesuffix(b"}")
    return b"".join((opening, b',"items":[\n', b",\n".join(items), b"\n]}\n"))


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
