"""Rules on how the pages of a site hang together. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .findings import Finding, found
from .looking import Summary
from .site import HOME, NOT_FOUND
from .whole import Whole


def home_page(whole: Whole) -> Iterator[Finding]:
    """`home-page`: what a host sends for the site's address."""
    if HOME not in whole.site:
        yield found(
            "home-page", HOME, "there is no home page", "is this a built site? sitegen build"
        )


# The top of the page, and text to look for (https://wicg.github.io/scroll-to-text-fragment/).
def _needs_no_id(fragment: str) -> bool:
    return not fragment or fragment.lower() == "top" or fragment.startswith(":~:")


def fragments(whole: Whole) -> Iterator[Finding]:
    """`broken-fragment`: the id that a link leads to is on the page.

    One with "=" in it is for the page's script, like the words of a search.
    """
    entries = whole.site.entries
    for page in whole.pages.values():
        for target, fragment, line in page.anchors:
            name = fragment.partition(":~:")[0]
            other = whole.pages.get(entries[target].path)
            if other is None or _needs_no_id(name) or name in other.ids or "=" in name:
                continue
            yield found(
                "broken-fragment",
                page.path,
                f"{other.path} has nothing with the id {name!r}",
                "correct the link, or give that part of the page the id",
                line=line,
            )


def orphans(whole: Whole) -> Iterator[Finding]:
    """`orphan-page`: links lead from the home page to every page.

    Not to those that have moved or ask search engines to stay away: former names, 404.html.
    """
    if HOME not in whole.pages:
        return
    for path, page in whole.pages.items():
        if path not in whole.reached and path != NOT_FOUND and page.shown:
            yield found(
                "orphan-page",
                path,
                "no link leads here from the home page",
                "link to it from a page that readers find, or remove it",
            )


def titles(whole: Whole) -> Iterator[Finding]:
    """`duplicate-title`: tabs and search results tell pages apart by their titles.

    Papers of the same title are a fact of the world, and a warning.
    """
    same: dict[str, list[Summary]] = defaultdict(list)
    for page in whole.pages.values():
        if page.title and page.shown:
            same[page.title].append(page)
    for first, *rest in same.values():
        papers = first.paper and all(page.paper for page in rest)
        for page in rest:
            yield found(
                "duplicate-title",
                page.path,
                f"{first.path} has the same title: {page.title}",
                "nothing need be done if these are two papers" if papers else "rename one of them",
                severity="warning" if papers else None,
            )


RULES = (home_page, fragments, orphans, titles)
