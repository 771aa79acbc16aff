"""sitemap.xml and robots.txt: every address of the site, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from ..pages import Page, PlainPage, SitemapPage
from . import topics
from .bundle import Bundle, facts_of
from .scene import Scene, undated_path

# The protocol's own limit: https://www.sitemaps.org/protocol.html
URLS_PER_FILE = 50_000

Url = tuple[str, date | None]


def bundles(scene: Scene, texts: tuple[str, ...], static: tuple[str, ...]) -> Iterator[Bundle]:
    """One bundle. A sitemap holds absolute addresses, so there is none without a base_url."""
    urls = tuple(_urls(scene, texts)) if scene.site.base_url else ()
    yield Bundle(
        name="addresses",
        facts=facts_of([urls, static]),
        kinds=frozenset({"sitemap", "plain"}),
        size=1 + len(urls) // 200,
        make=partial(_pages, scene.site.base_url, urls, static),
    )


def _pages(base_url: str, urls: tuple[Url, ...], static: tuple[str, ...]) -> Iterator[Page]:
    if "robots.txt" not in static:
        where = f"\nSitemap: {base_url}sitemap.xml\n" if urls else ""
        yield Page(path="robots.txt", kind="plain", data=PlainPage(text=_ROBOTS + where))
    parts = [urls[i : i + URLS_PER_FILE] for i in range(0, len(urls), URLS_PER_FILE)]
    if len(parts) == 1:
        yield Page(path="sitemap.xml", kind="sitemap", data=SitemapPage(urls=urls))
    elif parts:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        index = SitemapPage(urls=tuple((name, None) for name in names), index=True)
        yield Page(path="sitemap.xml", kind="sitemap", data=index)
        for name, part in zip(names, parts, strict=True):
            yield Page(path=name, kind="sitemap", data=SitemapPage(urls=part))


_ROBOTS = "User-agent: *\nAllow: /\n"


def _urls(scene: Scene, texts: tuple[str, ...]) -> Iterator[Url]:
    """Oldest papers first, so that new ones change the last file alone."""
    newest = scene.dated[-1].date if scene.dated else None
    yield "index.html", newest
    yield "archive.html", newest
    if scene.on_topic:
        yield "topics/index.html", newest
    for path in texts:
        yield path, None
    for slug, papers in scene.on_topic.items():
        for path in topics.page_paths(scene, slug):
            yield path, papers[-1].born if path == f"topics/{slug}.html" else None
    for number in range(1, scene.undated_pages + 1):
        yield undated_path(number), None
    for link in scene.day_links.values():
        yield link.path, link.date
    for paper in scene.library.papers:
        yield paper.path, max((lst.day for lst in paper.listings if lst.day), default=None)
