"""sitemap.xml and robots.txt: every address of the site, for search engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from ..pages import Page, PlainPage, SitemapPage
from . import periods, subscribe, topics, trending, trends
from .bundle import Bundle, facts_of
from .scene import Scene, undated_path

# What one sitemap may hold (https://www.sitemaps.org/protocol.html); at some 150 bytes each they
# stay far below its 50 MB.
URLS_PER_FILE = 50_000

Url = tuple[str, date | None]


def bundles(
    scene: Scene, texts: tuple[str, ...], static: tuple[str, ...], further: Sequence[str] = ()
) -> Iterator[Bundle]:
    """One bundle. A sitemap holds absolute addresses, so there is none without a base_url."""
    urls = tuple(_urls(scene, (*texts, *further))) if scene.site.base_url else ()
    yield Bundle(
        name="addresses",
        facts=facts_of([urls, static]),
        kinds=frozenset({"sitemap", "plain"}),
        size=2,
        make=partial(_pages, scene.site.base_url, urls, static),
    )


def _pages(base_url: str, urls: tuple[Url, ...], static: tuple[str, ...]) -> Iterator[Page]:
    if "robots.txt" not in static:
        yield Page(path="robots.txt", kind="plain", data=PlainPage(text=robots_txt(base_url)))
    yield from sitemap_pages(urls)


def sitemap_pages(urls: tuple[Url, ...]) -> tuple[Page, ...]:
    """The sitemap of the paths: one file, or with more than 50,000 an index and its parts.

    The parts are cut in the order given: paths that are added at the end change the last one
    alone. The index says of each part when the newest of its pages changed.
    """
    if not urls:
        return ()
    if len(urls) <= URLS_PER_FILE:
        return (_page("sitemap.xml", urls),)
    parts = [urls[start : start + URLS_PER_FILE] for start in range(0, len(urls), URLS_PER_FILE)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = tuple((name, _newest(part)) for name, part in zip(names, parts, strict=True))
    return (
        _page("sitemap.xml", index, index=True),
        *(_page(name, part) for name, part in zip(names, parts, strict=True)),
    )


def _page(path: str, urls: tuple[Url, ...], *, index: bool = False) -> Page:
    return Page(path=path, kind="sitemap", data=SitemapPage(urls=urls, index=index))


def _newest(urls: tuple[Url, ...]) -> date | None:
    return max((day for _, day in urls if day is not None), default=None)


def robots_txt(base_url: str) -> str:
    """robots.txt (RFC 9309): all may be read; where the sitemap is, if there is one.

    Crawlers ask for it at a host's root only, so a site under a sub-path has it for completeness.
    """
    where = f"\nSitemap: {base_url}sitemap.xml\n" if base_url else ""
    return f"User-agent: *\nDisallow:\n{where}"


def _urls(scene: Scene, texts: tuple[str, ...]) -> Iterator[Url]:
    """Oldest papers first, so that new ones change the last file alone."""
    yield from _entrances(scene)
    for path in texts:
        yield path, None
    for slug, papers in scene.on_topic.items():
        for path in topics.page_paths(scene, slug):
            yield path, papers[-1].born if path == f"topics/{slug}.html" else None
    for number in range(1, scene.undated_pages + 1):
        yield undated_path(number), None
    for period in periods.every(scene):
        yield period.path, period.days[-1].date
    for link in scene.day_links.values():
        yield link.path, link.date
    for paper in scene.library.papers:
        several = len(paper.listings) > 1
        days = (lst.day for lst in paper.listings if lst.day) if several else ()
        yield paper.path, max(days, default=paper.born)


def _entrances(scene: Scene) -> Iterator[Url]:
    """The pages that a site has one of."""
    newest = scene.dated[-1].date if scene.dated else None
    yield "index.html", newest
    yield "archive.html", newest
    if scene.dated:
        yield trending.PATH, newest
    if trends.has(scene):
        yield trends.PATH, newest
    if scene.on_topic:
        yield "topics/index.html", newest
    if scene.site.feeds or scene.settings.mail.form_action:
        yield subscribe.PATH, None
    if scene.site.search:
        yield scene.site.search, None
    if scene.site.data:
        yield scene.site.data, None
