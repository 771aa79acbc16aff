"""Where an address in a file leads: to a file of the site, to none, or out of it. Pure.

After the URL Standard (https://url.spec.whatwg.org/): white space around an address goes, line
breaks within it go, and a path is taken from the folder of its page.
"""

from __future__ import annotations

import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import unquote, urljoin

from .site import Site

Kind = Literal["file", "missing", "above", "root", "web"]

_PARTS = re.compile(r"([^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_AROUND = "".join(map(chr, range(0x21)))
_BREAKS = str.maketrans("", "", "\t\n\r")
_FOLDERS = frozenset({"", ".", ".."})
_MOST_KEPT = 50_000


class Target(NamedTuple):
    """Where an address leads.

    "file" and "missing": within the site, to `path` and there to `fragment`; "above": out of the
    folder by way of `..`; "root": to the host's root, where the site does not stand as far as is
    known; "web": elsewhere. For these three, `path` is the address as it is written.
    """

    kind: Kind
    path: str = ""
    fragment: str = ""


def _based(url: str, base: str) -> str:
    """An address as it would stand in the page without its `base` element."""
    if _SCHEME.match(url) or url.startswith("/"):
        return url
    if _SCHEME.match(base) or base.startswith("/"):
        return urljoin(base, url)
    return base[: base.rfind("/") + 1] + url if url[:1] not in {"", "#", "?"} else base + url


class Addresses:
    """Finds out where addresses lead, and remembers it: pages of one folder share most of them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[tuple[str, str], Target] = {}

    def target(self, url: str, page: str, base: str = "") -> Target:
        """Where an address leads from a page, given by its path, and its `base` element."""
        url = url.strip(_AROUND).translate(_BREAKS)
        if base:
            url = _based(url, base)
        if url[:1] in {"", "#", "?"}:
            return Target("file", page, unquote(url.partition("#")[2]))
        key = (posixpath.dirname(page), url)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[key] = self._find(url, key[0])
        return known

    def _find(self, url: str, folder: str) -> Target:
        """Looked up: addresses of the site itself, then other sites', then paths."""
        for own in (self._site.base_url, self._site.prefix):
            if own and (url.startswith(own) or f"{url}/" == own) and not url.startswith("//"):
                return self._file(url[len(own) :], "")
        if _SCHEME.match(url):
            return Target("web", url)
        if url.startswith("/"):
            return Target("root", url)
        return self._file(url, folder)

    def _file(self, url: str, folder: str) -> Target:
        match = _PARTS.match(url)
        assert match is not None  # noqa: S101 - it fits any text
        written, fragment = unquote(match[1]), unquote(match[2] or "")
        path = posixpath.normpath(posixpath.join(folder, written))
        if path == ".." or path.startswith(("../", "/")):
            return Target("above", url)
        path = "" if path == "." else path
        if path and posixpath.basename(written) in _FOLDERS:
            path += "/"
        found = self._site.file(path)
        return Target("file", found, fragment) if found else Target("missing", path, fragment)
