"""Rules on the sitemaps of a site: they are valid, and have every page once. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from .findings import Finding, found
from .sitemaps import MOST_BYTES, MOST_URLS, Sitemap, is_w3c_date, named_in
from .whole import Whole

NAME = "sitemap.xml"
_AGAIN = "sitegen build writes it anew"


def sitemap(whole: Whole) -> Iterator[Finding]:
    """`sitemap`: it is there if the address is known, valid, whole, and has nothing else."""
    if whole.site.base_url and NAME not in whole.site:
        yield found("sitemap", NAME, "there is no sitemap", _AGAIN)
    listed: set[str] = set()
    for one in whole.sitemaps.values():
        yield from _form(one)
        yield from _locations(one, whole, listed)
    for url, line in named_in(whole.robots):
        if (path := _path(url, whole)) is not None and path not in whole.site:
            message = f"it names a sitemap that is not there: {url}"
            yield found("sitemap", "robots.txt", message, "correct the line Sitemap:", line=line)
    if listed:
        yield from _left_out(whole, listed)


def _form(one: Sitemap) -> Iterator[Finding]:
    if one.fault:
        yield found("sitemap", one.path, one.fault, _AGAIN, line=one.fault_line)
    if len(one.locations) > MOST_URLS or one.size > MOST_BYTES:
        message = f"it has {len(one.locations):,} addresses in {one.size / 1e6:.0f} MB"
        hint = "search engines take 50,000 in 50 MB: cut it, and list the parts in an index"
        yield found("sitemap", one.path, message, hint)


def _locations(one: Sitemap, whole: Whole, listed: set[str]) -> Iterator[Finding]:
    for url, line, changed in one.locations:
        fault = _date_fault(changed)
        path = _path(url, whole)
        if path is None:
            fault = fault or _stranger(url, whole)
        elif path in listed:
            fault = f"the address stands in a sitemap already: {url}"
        else:
            listed.add(path)
            fault = fault or _page_fault(path, url, whole, above=one.of_sitemaps)
        if fault:
            yield found("sitemap", one.path, fault, _AGAIN, line=line)


def _date_fault(changed: str) -> str:
    return f"lastmod is no W3C date: {changed}" if changed and not is_w3c_date(changed) else ""


def _stranger(url: str, whole: Whole) -> str:
    """What is wrong with an address that is none of the site's."""
    if urlsplit(url).scheme not in {"http", "https"}:
        return f"the address is not absolute: {url or 'empty'}"
    base_url = whole.site.base_url
    return f"the address is not one of this site ({base_url}): {url}" if base_url else ""


def _page_fault(path: str, url: str, whole: Whole, *, above: bool) -> str:
    if path not in whole.site:
        return f"it lists what is not there: {url}"
    page = whole.pages.get(path)
    if above:
        return "" if path in whole.sitemaps else f"this is no sitemap: {url}"
    if page is not None and not page.shown:
        return f"it lists a page that search engines are asked to leave out: {url}"
    return ""


def _path(url: str, whole: Whole) -> str | None:
    """The file that an address stands for; None for one that is not this site's."""
    base_url = whole.site.base_url
    if not base_url or not url.startswith(base_url):
        return None
    path = unquote(url[len(base_url) :])
    return whole.site.file(path) or path


def _left_out(whole: Whole, listed: set[str]) -> Iterator[Finding]:
    for path, page in whole.pages.items():
        if page.shown and path in whole.reached and path not in listed:
            yield found("sitemap", path, "the sitemap does not have this page", _AGAIN)


RULES = (sitemap,)
