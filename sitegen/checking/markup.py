"""Rules on one page's HTML: it can be read, its ids are unique, its images are described. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import Document
from .findings import Finding, found


def unreadable(page: Document) -> Iterator[Finding]:
    """`unreadable`: a page is HTML in UTF-8."""
    if page.fault:
        hint = "mend the file that it is copied from, or the theme's template"
        yield found("unreadable", page.path, page.fault, hint, line=page.fault_line)


def duplicate_ids(page: Document) -> Iterator[Finding]:
    """`duplicate-id`: a link to an id could mean but one place."""
    first: dict[str, int] = {}
    for name, line in page.ids:
        if name in first:
            message = f"the id {name!r} stands in line {first[name]} already"
            yield found("duplicate-id", page.path, message, "give one of them another", line=line)
        else:
            first[name] = line


def missing_title(page: Document) -> Iterator[Finding]:
    """`missing-title`: tabs, bookmarks and search engines show it."""
    if not page.title and not page.hidden and not page.moved and not page.fault:
        yield found("missing-title", page.path, "the page has no title", "give it a <title>")


def images(page: Document) -> Iterator[Finding]:
    """`image-alt`: an empty text says that an image is decoration (WCAG 2.2, 1.1.1)."""
    for source, line in page.without_alt:
        message = f"the image has no alt text: {source}"
        hint = 'say what it shows: alt="…", or alt="" where it is decoration'
        yield found("image-alt", page.path, message, hint, line=line)


RULES = (unreadable, duplicate_ids, missing_title, images)
