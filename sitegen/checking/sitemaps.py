"""Rules on sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])"
# W3C's profile of ISO 8601 (https://www.w3.org/TR/NOTE-datetime).
_W3C_DATE = re.compile(rf"{_DAY}(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024


class Location(NamedTuple):
    """One entry of a sitemap."""

    url: str
    line: int
    changed: str = ""  # lastmod


class Sitemap(NamedTuple):
    """A file that is one: of pages, or (`of_sitemaps`) of further sitemaps."""

    path: str
    locations: tuple[Location, ...] = ()
    of_sitemaps: bool = False
    size: int = 0
    fault: str = ""
    fault_line: int = 0


def parse(path: str, data: bytes) -> Sitemap:
    """A sitemap taken apart; what keeps it from being one is its `fault`."""
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        return Sitemap(path, size=len(data), fault=f"not valid XML: {error.msg}",
                       fault_line=error.lineno or 0)  # fmt: skip
    if root.tag not in {f"{_NAMESPACE}urlset", f"{_NAMESPACE}sitemapindex"}:
        return Sitemap(path, size=len(data), fault="this is no sitemap", fault_line=root.sourceline)
    locations = tuple(
        Location(
            url=(entry.findtext(f"{_NAMESPACE}loc") or "").strip(),
            line=entry.sourceline or 0,
            changed=(entry.findtext(f"{_NAMESPACE}lastmod") or "").strip(),
        )
        for entry in root.iterchildren(f"{_NAMESPACE}url", f"{_NAMESPACE}sitemap")
    )
    above = root.tag.endswith("sitemapindex")
    return Sitemap(path, locations, of_sitemaps=above, size=len(data))


def is_w3c_date(text: str) -> bool:
    """Whether a `lastmod` is written as it must be."""
    return _W3C_DATE.fullmatch(text) is not None


def named_in(robots: str) -> Iterator[tuple[str, int]]:
    """The sitemaps that a robots.txt names, with their lines."""
    for number, line in enumerate(robots.splitlines(), 1):
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() == "sitemap":
            yield value.strip(), number
