"""Rules on what hosts take: sizes, names, links; GitHub Pages before all. Pure.

https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits and
https://docs.github.com/en/repositories/working-with-files/managing-large-files
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..weights import MB, SITE_LIMIT, SITE_WARNING, in_mb
from .findings import Finding, found
from .site import Entry
from .whole import Whole

FILE_LIMIT: Final = 100 * MB  # a push to a branch is refused above it
FILE_WARNING: Final = 50 * MB
LARGEST: Final = 5
# Names that begin with a dot and belong on a site (RFC 8615 for the second).
_HIDDEN_ON_PURPOSE: Final = frozenset({".nojekyll", ".well-known"})


def largest(entries: Iterable[Entry], number: int = LARGEST) -> list[Entry]:
    """The largest files, the largest first."""
    return sorted(entries, key=lambda entry: (-entry.size, entry.path))[:number]


def site_size(whole: Whole) -> Iterator[Finding]:
    """`site-size`: what GitHub Pages publishes has at most 1 GB."""
    total = sum(entry.size for entry in whole.site.entries)
    if total <= SITE_WARNING:
        return
    most = ", ".join(f"{one.path} {in_mb(one.size)}" for one in largest(whole.site.entries))
    over = total > SITE_LIMIT
    yield found(
        "site-size",
        ".",
        f"the site has {in_mb(total)}; GitHub Pages takes {in_mb(SITE_LIMIT)}",
        f"the largest files: {most}",
        severity="error" if over else "warning",
    )


def file_size(whole: Whole) -> Iterator[Finding]:
    """`file-size`: git hosts refuse files of more than 100 MB."""
    for entry in whole.site.entries:
        if entry.size > FILE_WARNING:
            over = entry.size > FILE_LIMIT
            yield found(
                "file-size",
                entry.path,
                f"the file has {in_mb(entry.size)}; GitHub "
                + (f"takes {in_mb(FILE_LIMIT)}" if over else f"warns above {in_mb(FILE_WARNING)}"),
                "publish it elsewhere and link to it",
                severity="error" if over else "warning",
            )


def collisions(whole: Whole) -> Iterator[Finding]:
    """`case-collision`: on many systems such names are one file, also those of folders."""
    same: dict[str, set[str]] = defaultdict(set)
    for entry in whole.site.entries:
        path = entry.path
        while path:
            same[_folded(path)].add(path)
            path = posixpath.dirname(path)
    for names in same.values():
        first, *rest = sorted(names)
        for name in rest:
            # Of two folders, not every file in them as well.
            if posixpath.dirname(name) == posixpath.dirname(first):
                yield found(
                    "case-collision",
                    name,
                    f"on many systems this is the same file as {first}",
                    "rename one of them",
                )


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def dotfiles(whole: Whole) -> Iterator[Finding]:
    """`dotfile`: workflows leave them out, and what they hold is seldom meant for others."""
    told: set[str] = set()
    for entry in whole.site.entries:
        parts = entry.path.split("/")
        for depth, part in enumerate(parts, 1):
            if part in _HIDDEN_ON_PURPOSE and depth == 1:
                continue
            if not part.startswith("."):
                continue
            path = "/".join(parts[:depth])
            if path not in told:
                told.add(path)
                message = "this is hidden: hosts leave it out, or show what nobody should see"
                yield found("dotfile", path, message, "remove it from content/static")
            break


def links(whole: Whole) -> Iterator[Finding]:
    """`symbolic-link`: GitHub Pages takes neither symbolic links nor hard ones."""
    entries: Sequence[Entry] = whole.site.entries
    first: dict[tuple[int, int], str] = {}
    for entry in entries:
        if entry.link:
            message = f"this is a symbolic link (to {entry.link}), which hosts do not take"
        elif entry.node in first:
            message = f"this is {first[entry.node]} under a second name (a hard link)"
        else:
            if entry.node:
                first[entry.node] = entry.path
            continue
        yield found("symbolic-link", entry.path, message, "put a copy of the file in its place")


RULES = (site_size, file_size, collisions, dotfiles, links)
