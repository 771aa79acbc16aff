"""Addresses of the site's own files, for output that leaves the site: feeds and sitemaps.

HTML pages link relatively; what is read elsewhere needs the site's base URL in front.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")  # paths as nearly all are, which need no quoting
_SAFE = "/!$&'()*+,;=@"  # what RFC 3986, section 3.3 lets stand in a path, but for ":"


def absolute(base_url: str, path: str) -> str:
    """The address of a file of the site; `base_url` ends in "/"."""
    if _PLAIN.fullmatch(path):
        return base_url + path
    return base_url + quote(path, safe=_SAFE, errors="surrogatepass")


def relative(path: str, start: str) -> str:
    """The way to a file of the site from another one, as a relative reference (RFC 3986, 4.2)."""
    folder = start[: start.rfind("/") + 1]
    way = path.removeprefix(folder) if path.startswith(folder) else "../" * start.count("/") + path
    return quote(way, safe=_SAFE, errors="surrogatepass")
