"""How near related papers are: `python -m tests.bench.related DUMP… [--venue ACL --year 2023]`.

Labels that sitegen doesn't look at when it relates papers: the venue (that of a workshop or of a
shared task names a subject) and arXiv's primary category. Beside each share stands that of papers
drawn at random among those of the same day and earlier ones.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from sitegen.building.inputs import gather
from sitegen.building.library import read_library
from sitegen.building.run import Run
from sitegen.cache import Cache
from sitegen.config import DumpSettings, Project, Settings
from sitegen.executors import executor
from sitegen.model import Library, Paper
from sitegen.options import Options
from sitegen.related import Relations, related
from sitegen.search.words import STOP_WORDS, Words, split

Label = Callable[[Paper], frozenset[str]]
_SPECIAL = 0.01  # of all papers, that a venue or word has at most that says something


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dumps", nargs="+", type=Path)
    parser.add_argument("--venue", default="")
    parser.add_argument("--year", type=int, default=0)
    parser.add_argument("--day", choices=("listed", "published"), default="published")
    asked = parser.parse_args()
    library = read(asked.dumps, asked.day)
    relations = related(library, 5, 0, executor("process", None), Cache(None))
    papers = [paper for paper in library.papers if paper.born]
    details = {paper.key: paper.details for paper in papers}
    say = sys.stdout.write
    found = [len(relations.earlier(paper)) for paper in papers]
    say(f"{len(papers):,} papers, {sum(found) / max(len(papers), 1):.2f} related ones each\n")
    venues: dict[str, frozenset[str]] = {k: frozenset({d.venue} - {""}) for k, d in details.items()}
    first = {k: frozenset(d.categories[:1]) for k, d in details.items()}
    words = {paper.key: _words(paper.title) for paper in papers}
    for name, labels in (("venue", venues), ("primary category", first), ("title word", words)):
        usual = Counter(label for some in labels.values() for label in some)
        most = len(papers) if name == "primary category" else _SPECIAL * len(papers)
        special = {k: frozenset(x for x in some if usual[x] <= most) for k, some in labels.items()}
        _tell(say, f"same {name}", papers, relations, special)
        if asked.venue:
            of_venue = [p for p in papers if details[p.key].venue == asked.venue]
            some = [p for p in of_venue if p.born and p.born.year == asked.year]
            _tell(say, f"same {name}, {asked.venue} {asked.year}", papers, relations, special, some)


def read(dumps: Sequence[Path], day: Literal["listed", "published"]) -> Library:
    """The library of some dumps; where they have no days of their own, `day` says which to take."""
    settings = Settings(dumps=DumpSettings(day=day))
    options = Options(files=tuple(dumps), out=Path("site"))
    project = Project(root=None, settings=settings)
    run = Run(options, lambda *_: None)
    tasks = executor("process", None)
    library, _, _ = read_library(run, gather(project, options), tasks, Cache(None))
    return library


_stems = Words()


def _words(title: str) -> frozenset[str]:
    terms = (term for token in split(title) for _, term in _stems(token).terms)
    return frozenset(term for term in terms if term.isalpha() and term not in STOP_WORDS)


def _tell(
    say: Callable[[str], object],
    name: str,
    papers: Sequence[Paper],
    relations: Relations,
    labels: dict[str, frozenset[str]],
    asked: Sequence[Paper] | None = None,
) -> None:
    """The share of related papers that have a label in common, and of others."""
    before: Counter[str] = Counter()
    wanted = {paper.key for paper in (papers if asked is None else asked) if labels[paper.key]}
    hits = total = 0
    chance = 0.0
    for number, paper in enumerate(sorted(papers, key=lambda p: (p.born, p.key))):
        own = labels[paper.key]
        if paper.key in wanted and number:
            others = relations.earlier(paper)
            hits += sum(not own.isdisjoint(labels[one.paper.key]) for one in others)
            total += len(others)
            # Labels of one paper hardly ever meet in another: their shares add up.
            chance += len(others) * min(1.0, sum(before[label] for label in own) / number)
        before.update(own)
    if total:
        say(f"{name}: {hits / total:.1%} of {total:,}, at random {chance / total:.2%}\n")


if __name__ == "__main__":
    main()
