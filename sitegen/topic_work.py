"""`sitegen topics`: what rules miss, and why a paper is where it is. Builds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .building import comparing
from .building.inputs import gather
from .building.library import read_library
from .building.run import Run
from .cache import Cache
from .config import Project
from .enrich.suggestions import Suggestion, suggestions
from .enrich.topics import MOST, Reckoned, Rules
from .errors import UsageError
from .executors import executor
from .identity import fold_title
from .model import Library, Paper
from .options import Options

_MOST_NAMED = 5  # papers, of several that are meant


class Explanation(NamedTuple):
    """A paper, and what each topic counts in it: those that it is on, and those that it is not."""

    paper: Paper
    on: tuple[Reckoned, ...]
    others: tuple[tuple[Reckoned, str], ...]  # with the reason


def suggest(project: Project, options: Options, *, most: int, least: int) -> list[Suggestion]:
    """Frequent phrases that no rule covers."""
    library, rules = _read(project, options)
    return suggestions(library.papers, rules, most, least)


def explain(project: Project, options: Options, asked: str) -> Explanation:
    """What puts a paper on its topics. Raises UsageError where not one paper is meant."""
    library, rules = _read(project, options)
    paper = _only(asked, library)
    reckoned = rules.reckoned(paper.title, paper.abstract)
    on = {match.slug for match in paper.topics}
    return Explanation(
        paper,
        tuple(one for one in reckoned if one.rule.slug in on),
        tuple((one, _why_not(one, paper)) for one in reckoned if one.rule.slug not in on),
    )


def _why_not(one: Reckoned, paper: Paper) -> str:
    if paper.abstract and one.total < one.rule.least:
        return f"{one.rule.least} are needed"
    return f"a paper has {MOST} topics at most"


def _read(project: Project, options: Options) -> tuple[Library, Rules]:
    inputs = gather(project, options)
    cache = Cache(comparing.cache_folder(project, project.root / "site") if project.root else None)
    with closing(executor(options.executor, options.jobs, cache.folder)) as tasks:
        library, _, _ = read_library(Run(options, lambda *_: None), inputs, tasks, cache)
    return library, inputs.rules


def _only(asked: str, library: Library) -> Paper:
    found = list(_meant(asked, library))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"there is no paper {asked!r}",
            hint="give an identifier, the address of a page, or words of the title in their order",
        )
    titles = "; ".join(f"{paper.title!r}" for paper in found[:_MOST_NAMED])
    raise UsageError(
        f"{len(found)} papers have {asked!r} in their titles: {titles}",
        hint="give more of the title, or an identifier",
    )


def _meant(asked: str, library: Library) -> Iterator[Paper]:
    """The papers with this key, identifier or address; else those with it in the title."""
    name = unquote(urlsplit(asked).path).rstrip("/").rpartition("/")[2].removesuffix(".html")
    wanted = {asked.lower(), name.lower()} - {""}
    exact = [
        paper
        for paper in library.papers
        if not wanted.isdisjoint(map(str.lower, (paper.key, *paper.ids.values())))
        or paper.path.rpartition("/")[2].removesuffix(".html").lower() in wanted
    ]
    title = fold_title(asked)
    if exact or not title:
        yield from exact
        return
    titles = [(paper, fold_title(paper.title)) for paper in library.papers]
    whole = [paper for paper, folded in titles if folded == title]
    yield from whole or (paper for paper, folded in titles if title in folded)
