"""Links of editorial HTML that lead to other hosts: these get nothing of the page that they are on.

`rel=noopener` (HTML Living Standard, 4.6.7) says so, also where the maintainer's own HTML opens
another window. Pure.
"""

from __future__ import annotations

import re

_LINK = re.compile(r"<(?:a|area)(?=\s)[^<>]*>", re.IGNORECASE)
_OUTSIDE = re.compile(r"\shref\s*=\s*(?:[\"']\s*)?(?:https?:)?//", re.IGNORECASE)
_REL = re.compile(r"\srel\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def without_opener(html: str) -> str:
    """The HTML, with `rel=noopener` on links to other hosts beside what else is said there."""
    return _LINK.sub(_told, html) if "//" in html else html


def _told(found: re.Match[str]) -> str:
    link = found[0]
    if not _OUTSIDE.search(link):
        return link
    rel = _REL.search(link)
    if rel is None:
        name = link.split(maxsplit=1)[0]
        return f"{name} rel=noopener{link[len(name) :]}"
    said = rel[1] or rel[2] or rel[3] or ""
    if "noopener" in said.lower().split():
        return link
    return f'{link[: rel.start()]} rel="{f"noopener {said}".strip()}"{link[rel.end() :]}'
