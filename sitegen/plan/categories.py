"""categories/: arXiv's categories as a second scheme beside topics, where papers have them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from ..model import Paper
from ..pages import (
    CategoriesPage,
    CategoryGroup,
    CategoryPage,
    CountedLink,
    DatedLink,
    Head,
    Page,
)
from . import trend
from .bundle import Bundle, facts, facts_of
from .scene import Scene

if TYPE_CHECKING:
    from ..roster import Roster

PATH: Final = "categories/index.html"
_NEWEST: Final = 100  # papers on a category's page
_NEIGHBOURS: Final = 5


@cache
def names() -> Mapping[str, tuple[str, str]]:
    """ArXiv's categories: name, and the archive or group (https://arxiv.org/category_taxonomy)."""
    text = (files("sitegen") / "data" / "categories.toml").read_text(encoding="utf-8")
    return {
        code: (name, group)
        for group, categories in tomllib.loads(text).items()
        for code, name in categories.items()
    }


def path_of(code: str) -> str:
    """The page of a category."""
    return f"categories/{code.lower()}.html"


def known(roster: Roster) -> dict[str, Sequence[int]]:
    """The papers of each category of arXiv that any has, in the order of arXiv's list."""
    found = roster.categories
    return {code: found[code] for code in names() if code in found}


def paths(roster: Roster) -> Iterator[str]:
    """The addresses of all pages, for the sitemap."""
    found = known(roster)
    if found:
        yield PATH
        yield from map(path_of, found)


def bundles(scene: Scene, roster: Roster) -> Iterator[Bundle]:
    """A bundle for the index and one for each category."""
    found = known(roster)
    if not found:
        return
    yield _index(scene, found)
    near = _neighbours(found)
    for code, numbers in found.items():
        papers = [roster.papers[number] for number in numbers]
        dated = [paper for paper in papers if paper.born]
        newest = [*reversed(dated), *(paper for paper in papers if not paper.born)][:_NEWEST]
        data = CategoryPage(
            code=code,
            name=names()[code][0],
            papers=len(papers),
            trend=trend.bars(dated, scene.months),
            neighbours=near.get(code, ()),
            newest=(),
        )
        yield Bundle(
            name=f"categories/{code}",
            facts=facts(facts_of([data]), *(scene.prints[paper.key] for paper in newest)),
            kinds=frozenset({"category"}),
            size=1,
            make=partial(_pages, scene, data, newest),
        )


def _pages(scene: Scene, data: CategoryPage, newest: Sequence[Paper]) -> Iterator[Page]:
    import msgspec

    links = tuple(
        DatedLink(
            label=paper.title,
            path=paper.path,
            day=scene.day_links.get(paper.born) if paper.born else None,
        )
        for paper in newest
    )
    head = Head(
        title=f"{data.name} ({data.code})",
        description=scene.words("topic.about", topic=f"{data.name} ({data.code})"),
        section="topics/index.html",
    )
    shown = msgspec.structs.replace(data, newest=links)
    yield Page(path=path_of(data.code), kind="category", data=shown, head=head)


def _neighbours(found: Mapping[str, Sequence[int]]) -> dict[str, tuple[CountedLink, ...]]:
    """The categories that most papers of one have as well."""
    of_paper: dict[int, list[str]] = {}
    for code, numbers in found.items():
        for number in numbers:
            of_paper.setdefault(number, []).append(code)
    shared: dict[str, Counter[str]] = {}
    for codes, times in Counter(map(tuple, of_paper.values())).items():
        for code in codes:
            counts = shared.setdefault(code, Counter())
            for other in codes:
                counts[other] += times * (other != code)
    return {
        code: tuple(
            _link(other, papers)
            for other, papers in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            if papers
        )[:_NEIGHBOURS]
        for code, counts in shared.items()
    }


def _link(code: str, papers: int) -> CountedLink:
    return CountedLink(label=f"{names()[code][0]} ({code})", path=path_of(code), papers=papers)


def _index(scene: Scene, found: Mapping[str, Sequence[int]]) -> Bundle:
    groups: dict[str, list[CountedLink]] = {}
    for code, numbers in found.items():
        groups.setdefault(names()[code][1], []).append(_link(code, len(numbers)))
    data = CategoriesPage(
        papers=len({number for numbers in found.values() for number in numbers}),
        groups=tuple(
            CategoryGroup(name=name, categories=tuple(links)) for name, links in groups.items()
        ),
        topics="topics/index.html" if scene.on_topic else "",
    )
    head = Head(
        title=scene.words("categories.title"),
        description=scene.words(
            "categories.about", papers=scene.words("count.papers", n=data.papers)
        ),
        section="topics/index.html",
    )
    page = Page(path=PATH, kind="categories", data=data, head=head)
    return Bundle(
        name="categories",
        facts=facts_of([data]),
        kinds=frozenset({"categories"}),
        size=1,
        make=lambda: iter((page,)),
    )
