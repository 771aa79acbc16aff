"""`[include]` and `[exclude]`: which papers a site shows, and how many each rule dropped.

Pure: `Library -> Library`. The kinds of one table are alternatives: a paper is included when any
of them fits, excluded when any fits. `upvotes` is a condition of its own: a paper whose votes are
known has to have so many. `seen_before` takes a paper from a day when an earlier day had it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from ..config import Choice, Settings
from ..identity import fold_title
from ..model import Day, Dropped, Library, Paper
from .phrases import PhraseIndex


class _Test(NamedTuple):
    """A rule by its name, and whether it speaks against a paper."""

    rule: str
    drops: Callable[[Paper], bool]


def filtered(library: Library, settings: Settings) -> tuple[Library, tuple[Dropped, ...]]:
    """The library as the settings want it, and what each of their rules dropped."""
    tests = _tests(settings)
    if not tests and not settings.exclude.seen_before:
        return library, ()
    dropped: dict[str, list[str]] = {}
    gone: set[str] = set()
    for paper in library.papers:
        rule = next((test.rule for test in tests if test.drops(paper)), None)
        if rule is not None:
            dropped.setdefault(rule, []).append(paper.title)
            gone.add(paper.key)
    days = []
    for day in library.days:
        entries = [entry for entry in day.entries if entry.paper.key not in gone]
        if settings.exclude.seen_before and day.date is not None:
            seen = [entry for entry in entries if not entry.new]
            dropped.setdefault("exclude.seen_before", []).extend(e.paper.title for e in seen)
            entries = [entry for entry in entries if entry.new]
        if entries:
            days.append(Day(date=day.date, entries=tuple(entries)))
    return (
        msgspec.structs.replace(
            library,
            papers=tuple(paper for paper in library.papers if paper.key not in gone),
            days=tuple(days),
        ),
        tuple(Dropped(rule=rule, titles=tuple(titles)) for rule, titles in dropped.items()),
    )


def _tests(settings: Settings) -> list[_Test]:
    include, exclude = settings.include, settings.exclude
    tests = []
    wanted = [fits for _, fits in _fits(include)]
    if wanted:
        tests.append(_Test("include", lambda paper: not any(fits(paper) for fits in wanted)))
    if include.upvotes:
        tests.append(_Test("include.upvotes", lambda paper: _few(paper, include.upvotes)))
    tests += [_Test(f"exclude.{kind}", fits) for kind, fits in _fits(exclude)]
    return tests


def _few(paper: Paper, least: int) -> bool:
    return paper.upvotes is not None and paper.upvotes < least


def _fits(choice: Choice) -> Iterable[tuple[str, Callable[[Paper], bool]]]:
    """The kinds of a choice that are used, each with what tells whether a paper fits."""
    if choice.keywords:
        index = PhraseIndex((phrase, True) for phrase in choice.keywords)
        yield "keywords", lambda p: bool(index.find(p.title) or index.find(p.abstract))
    if choice.topics:
        topics = frozenset(choice.topics)
        yield "topics", lambda p: not topics.isdisjoint(match.slug for match in p.topics)
    if choice.categories:
        yield (
            "categories",
            lambda p: any(
                in_category(category, one) for category in p.categories for one in choice.categories
            ),
        )
    if choice.authors:
        names = frozenset(map(fold_title, choice.authors))
        yield "authors", lambda p: not names.isdisjoint(map(fold_title, p.authors))


def in_category(category: str, wanted: str) -> bool:
    """Whether a category is the wanted one or of the wanted archive: "cs.CL" is in "cs"."""
    category, wanted = category.lower(), wanted.lower()
    return category == wanted or category.startswith(f"{wanted}.")
