"""Feeds held against their specifications, as the W3C's validator knows them. Pure.

RSS 2.0, Atom and JSON Feed have a module each; here is what holds of all: they can be read whole,
and readers take their size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ..errors import Problem
from . import feed_atom, feed_json, feed_rss
from .documents import Reference
from .feed_elements import ATOM, foreign
from .feed_faults import Fault

# Readers give up on large feeds: the W3C's validator after some megabytes, Feedly and others
# earlier. Nobody subscribes to archive documents, but they are fetched the same way.
MOST_BYTES: Final = 5_000_000
MANY_BYTES: Final = 2_000_000
_SHORTER: Final = "set fewer [feed] entries or days in site.toml"
_JSON: Final = "feed.json"
_NAMED: Final = ("rss.xml", "atom.xml")  # what must be a feed; other XML may be one
_IS_FEED = re.compile(rb"<(?:rss|(?:\w+:)?feed)[\s>]")
_BEGINNING: Final = 2000  # bytes in which the first element begins
_RELATIVE = re.compile(r'href="(?![A-Za-z][A-Za-z0-9+.-]*:)([^"]*)"')


def problems(path: str, data: bytes, base_url: str) -> Iterator[Problem]:
    """What is wrong with the feed at a path of the site, each with its line and entry.

    XML files that are no feed and are not named like one have nothing wrong.
    """
    if path.endswith(_JSON):
        found = feed_json.faults(data, path, base_url)
    elif _is_feed(path, data):
        found = _xml(data, path, base_url)
    else:
        return
    for fault in (*_size(data), *found):
        yield Problem(
            file=path,
            line=fault.line,
            message=fault.message,
            hint=fault.hint,
            severity=fault.severity,
        )


def references(path: str, data: bytes, base_url: str) -> Iterator[Reference]:
    """The addresses in a feed that lead into the site: those below its base URL, and relative ones.

    Each is told once, at its first line.
    """
    if not (path.endswith(_JSON) or _is_feed(path, data)):
        return
    text = data.decode(errors="replace")
    patterns = [_RELATIVE] if not path.endswith(_JSON) else []
    if base_url:
        patterns.append(re.compile(rf"({re.escape(base_url)}[^\s\"'<>&\\]*)"))
    seen: set[str] = set()
    for pattern in patterns:
        for match in pattern.finditer(text):
            if match[1] not in seen:
                seen.add(match[1])
                yield Reference(match[1], text.count("\n", 0, match.start()) + 1)


def _is_feed(path: str, data: bytes) -> bool:
    return path.endswith(_NAMED) or _IS_FEED.search(data, 0, _BEGINNING) is not None


def _size(data: bytes) -> Iterator[Fault]:
    if len(data) > MANY_BYTES:
        message = f"the feed is of {len(data) / 1e6:.1f} MB, too large for many readers"
        yield Fault(0, message, _SHORTER, "error" if len(data) > MOST_BYTES else "warning")


def _xml(data: bytes, path: str, base_url: str) -> Iterator[Fault]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield Fault(error.lineno or 0, f"this is no well-formed XML: {error.msg}")
        return
    if root.getroottree().docinfo.doctype:
        yield Fault(1, "a feed has no document type", severity="warning")
    if root.tag == "rss":
        yield from feed_rss.faults(root, path, base_url)
    elif root.tag == f"{ATOM}feed":
        yield from feed_atom.faults(root, path, base_url)
    else:
        yield Fault(root.sourceline or 0, foreign(root))
