"""Addresses that may be asked: http and https on the open web, without names and passwords."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from ..errors import FetchError

_IN_ADDRESSES: Final = ":/?#[]@!$&'()*+,;=%-._~"  # RFC 3986, section 2.2 and 2.3


def check_address(url: str) -> None:
    """Raises FetchError for what is no address of the open web."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or not url.isascii() or not url.isprintable() or " " in url:
        raise FetchError("no web address", file=url, hint="write it whole: https://example.org/rss")
    if parts.username is not None:
        hint = "sitegen fetches what is open to everyone"
        raise FetchError("an address with a name or password in it", file=url, hint=hint)


def redirected(address: str, location: str, url: str) -> str:
    """Where a redirect leads. Raises FetchError where it should not."""
    # Some hosts send UTF-8 where ASCII belongs.
    target = urljoin(address, location.encode("latin-1", "replace").decode("utf-8", "replace"))
    target = quote(target, safe=_IN_ADDRESSES)
    here, there = urlsplit(address).scheme, urlsplit(target).scheme
    if there not in {"http", "https"} or (here == "https" and there == "http"):
        hint = "open the address in a browser, and give the one that it ends at"
        raise FetchError(f"a redirect from {here} to {there or 'nothing'}", file=url, hint=hint)
    check_address(target)
    return target
