"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309).

A sitemap may hold absolute addresses only, so a site without a base URL has none: `sitemap_pages`
then gives no page, and `robots_txt` names none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

from ..pages import Page, SitemapPage, SiteView
from .addresses import absolute

MOST: Final = 50_000
"""Addresses that one sitemap may hold; at some 150 bytes each they stay far below its 50 MB."""

_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")

_Urls = tuple[tuple[str, date | None], ...]


def sitemap_pages(urls: Sequence[tuple[str, date | None]], site: SiteView) -> tuple[Page, ...]:
    """The sitemap of the paths: one file, or with more than 50,000 an index and its parts.

    The parts are cut in the order given: paths that are added at the end change the last one
    alone. The index says of each part when the newest of its pages changed.
    """
    if not site.base_url or not urls:
        return ()
    if len(urls) <= MOST:
        return (_page("sitemap.xml", tuple(urls)),)
    parts = [tuple(urls[start : start + MOST]) for start in range(0, len(urls), MOST)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = tuple((name, _newest(part)) for name, part in zip(names, parts, strict=True))
    return (
        _page("sitemap.xml", index, index=True),
        *(_page(name, part) for name, part in zip(names, parts, strict=True)),
    )


def _page(path: str, urls: _Urls, *, index: bool = False) -> Page:
    return Page(path=path, kind="sitemap", data=SitemapPage(urls=urls, index=index))


def _newest(urls: _Urls) -> date | None:
    return max((day for _, day in urls if day is not None), default=None)


def render(page: Page, site: SiteView) -> bytes:
    """The file of a page whose data is a `SitemapPage`.

    Raises ValueError for a site without a base URL: no such page is to be planned.
    """
    if not site.base_url:
        raise ValueError("a sitemap holds absolute addresses: it needs a base URL")
    sitemap: SitemapPage = page.data
    root, item = ("sitemapindex", "sitemap") if sitemap.index else ("urlset", "url")
    base = escape(site.base_url)
    lines = [f"{_DECLARATION}<{root} {_NAMESPACE}>\n"]
    for path, day in sitemap.urls:
        address = base + path if _PLAIN.fullmatch(path) else escape(absolute(site.base_url, path))
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{item}><loc>{address}</loc>{changed}</{item}>\n")
    lines.append(f"</{root}>\n")
    return "".join(lines).encode()


def robots_txt(site: SiteView) -> str:
    """robots.txt: all may be read; where the sitemap is, if there is one.

    Crawlers ask for it at a host's root only, so a site under a sub-path has it for completeness.
    """
    rules = "User-agent: *\nDisallow:\n"
    if not site.base_url:
        return rules
    return f"{rules}\nSitemap: {absolute(site.base_url, 'sitemap.xml')}\n"
