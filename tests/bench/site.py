"""The site to be made, in each of its states; what every tool is told.

A state is a set of changes to the digest as it was at first. Each tool writes its input for a
state, so that any change can be made and taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

from . import topics
from .corpus import Paper

TITLE = "Measured papers"
BASE_URL = "https://papers.example.org/"
PER_TOPIC_PAGE = 50  # papers; the peers'
ASIDE = "aside"  # folder in the work folder
FEED_ENTRIES = 50  # newest; the peers'


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Which changes have been made, and whether there is more than the peers can make."""

    more: bool = False  # search index, related papers, files of references
    day_added: bool = False
    template_changed: bool = False
    rule_widened: bool = False


FIRST = State()


class Digest:
    """Papers in the order of listing, the last day of which comes only with the change."""

    def __init__(self, papers: Iterable[Paper], added: int) -> None:
        self._papers = tuple(papers)
        self._added = added
        narrow, wide = (topics.Matcher(topics.rules(widened=w)) for w in (False, True))
        self._narrow = tuple(narrow(p.title, p.abstract) for p in self._papers)
        self._wide = tuple(wide(p.title, p.abstract) for p in self._papers)

    def papers(self, state: State = FIRST) -> tuple[Paper, ...]:
        """All papers in a state."""
        return self._papers if state.day_added else self._papers[: -self._added]

    def topics(self, state: State = FIRST) -> tuple[tuple[str, ...], ...]:
        """The topics of each paper in a state, in the papers' order."""
        return (self._wide if state.rule_widened else self._narrow)[: len(self.papers(state))]

    def days(self, state: State = FIRST) -> Iterator[tuple[date, list[Paper]]]:
        """Days with their papers, ascending."""
        for day, group in groupby(self.papers(state), attrgetter("listed")):
            yield day, list(group)


class Tool(Protocol):
    """A program that makes the site from input of its own kind."""

    name: str
    peer: bool  # one that sitegen is held against
    out: Path  # the built folder

    def setup(self) -> str:
        """Makes the tool ready and returns its version; raises `Missing` when it can't be."""

    def write(self, digest: Digest, state: State, before: State | None) -> None:
        """Writes the input for a state; only what differs when the state before is known."""

    def command(self) -> list[str]:
        """What builds the site; run in the folder `cwd`."""

    @property
    def cwd(self) -> Path:
        """The project's folder."""

    def clean(self) -> None:
        """Takes away output and caches."""


def anew(state: State, before: State | None) -> bool:
    """Whether a state is built without output and cache of the one before."""
    return before is None or state.more != before.more


class Missing(Exception):  # noqa: N818
    """A tool isn't there; the text says why and what would help."""


def paper_path(paper: Paper) -> str:
    """Where a paper's page is, in the built folder of every tool."""
    return f"papers/{paper.id[:4]}/{paper.id}.html"


def aside(folder: Path) -> None:
    """Takes a folder out of the way without deleting it; `ASIDE` beside its project collects them.

    ext4 doesn't give out an inode that was deleted in the last minute and looks at each of them
    again for every new file (`recently_deleted` in fs/ext4/ialloc.c): after the removal of 10,000
    files the making of each new one costs ten times as much. Removal waits until all is measured.
    """
    if folder.exists():
        work = next(p for p in folder.parents if (p / ASIDE).is_dir())
        folder.rename(Path(mkdtemp(dir=work / ASIDE)) / folder.name)


def changed_template(text: str) -> str:
    """A template with an attribute more in its first element: the smallest visible change."""
    changed, count = re.subn(
        r"<(h1|article|main|section|div|p)\b", r'<\1 data-changed="1"', text, count=1
    )
    if not count:
        raise ValueError("the template has no element to change")
    return changed
