"""References to papers as files to take away: BibTeX, RIS and CSL-JSON.

A file stands beside the page that shows the same papers, under the same name; for the whole site
there is one for each month of birth, so that a new day changes one of these, and one of all papers
while these are few: any new paper changes it, whose cost grows with the site. `pages` is all that
a page of another kind needs to have its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from .. import citing
from ..config.data import ExportFormat
from ..model import Paper
from ..pages import Link, Page, PlainPage
from . import once
from .bundle import Bundle, facts
from .scene import Scene

FOLDER: Final = "exports"
ALL: Final = f"{FOLDER}/all"  # the stem of the files of all papers
ALL_UP_TO: Final = 3_000  # papers
AUTHORS_UP_TO: Final = 10_000  # papers of a site whose authors have files: some more than it has
NAMES: Final[dict[ExportFormat, str]] = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


_FILES: Final[dict[ExportFormat, Callable[[Sequence[Paper]], str]]] = {
    "bib": lambda papers: "".join([f"{once.bibtex(paper)}\n\n" for paper in papers]),
    "ris": lambda papers: "\n".join(map(once.ris, papers)),
    "json": lambda papers: citing.items(map(once.csl_json, papers)),
}


def pages(stem: str, formats: Sequence[ExportFormat], papers: Sequence[Paper]) -> Iterator[Page]:
    """The files of some papers, in each format: "days/2026-08-18" and its endings."""
    for form in formats:
        yield Page(path=f"{stem}.{form}", kind="plain", data=PlainPage(text=_FILES[form](papers)))


def links(stem: str, formats: Sequence[ExportFormat]) -> tuple[Link, ...]:
    """The ways to the files that `pages` makes."""
    return tuple(Link(label=NAMES[form], path=f"{stem}.{form}") for form in formats)


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for each month of the whole site."""
    if not scene.offers.site:
        return
    formats = scene.offers.formats
    for name, papers in scene.shards:
        yield Bundle(
            name=f"{FOLDER}/{name}",
            facts=facts(b"".join([scene.prints[paper.key] for paper in papers])),
            kinds=frozenset({"plain"}),
            size=len(formats),
            make=partial(pages, f"{FOLDER}/{name}", formats, papers),
        )
    if has_all(scene):
        every = in_order(scene)
        yield Bundle(
            name=ALL,
            facts=facts(b"".join([scene.prints[paper.key] for paper in every])),
            kinds=frozenset({"plain"}),
            size=len(formats),
            make=partial(pages, ALL, formats, every),
        )


def has_all(scene: Scene) -> bool:
    """Whether there are files of all papers."""
    return scene.offers.site and 0 < len(scene.library.papers) <= ALL_UP_TO


def has_authors(scene: Scene) -> bool:
    """Whether authors' pages have files beside them."""
    return scene.offers.site and len(scene.library.papers) <= AUTHORS_UP_TO


def in_order(scene: Scene) -> tuple[Paper, ...]:
    """All papers, those without a day first: what is new stands at the end of a file."""
    shards = sorted(scene.shards, key=lambda one: (not one[0].startswith("undated"), one[0]))
    return tuple(paper for _, papers in shards for paper in papers)


def by_year(scene: Scene) -> list[tuple[str, list[tuple[str, int]]]]:
    """The names of all shards and how many papers each has, by year, the newest first."""
    found = [(name, len(papers)) for name, papers in scene.shards]
    years = groupby(found, key=lambda one: one[0].partition("-")[0])
    return [(year, list(some)) for year, some in years][::-1]
