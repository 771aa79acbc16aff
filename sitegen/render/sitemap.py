"""Sitemaps (https://www.sitemaps.org/protocol.html): paths to absolute addresses in XML."""

from __future__ import annotations

import re
from html import escape

from ..pages import Page, SitemapPage, SiteView
from .addresses import absolute

_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")


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
