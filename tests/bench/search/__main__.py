"""What searching costs and finds: `python -m tests.bench.search --papers 10000`. See `--help`.

One corpus is indexed by sitegen and by its peers, and each is asked the same questions: three
telling words of one paper, as they are and with one typo. Bytes are those that a host with gzip
sends to a real Chromium; a first query counts the page and its scripts, of whole indexes the index
alone.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from .. import corpus
from ..__main__ import say
from ..project import CHECKOUT
from ..project import Sitegen as Project
from ..report import markdown
from ..site import ASIDE, FIRST, Digest, Missing
from .browser import Browser, browser
from .engines import VERSIONS, Engine, Pagefind, Sitegen, Whole, modules
from .questions import Question, known_items

ASKED_IN_BROWSER = 12  # questions of which bytes and seconds are measured
HEADINGS = (
    "engine", "", "CPU s", "peak MB", "files", "MB", "first kB", "further kB", "ms", "found %",
    "with a typo %",
)  # fmt: skip


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description=__doc__)
    add = parser.add_argument
    add("--papers", type=int, default=10_000, metavar="N")
    add("--questions", type=int, default=200, metavar="N")
    add("--peers", default=",".join(VERSIONS), help="in turn; '' for none (default: %(default)s)")
    add("--corpus", type=Path, help="real papers: JSON Lines, gzip or not; else made ones")
    add("--work", type=Path, default=CHECKOUT / ".bench", help="folder for all that is made")
    add("--write", type=Path, metavar="FILE", help="the result goes there too")
    return parser.parse_args(arguments)


def engines(
    chosen: argparse.Namespace, papers: Sequence[corpus.Paper], open_: Browser
) -> list[Engine]:
    """sitegen and the peers that can be installed."""
    project = Project(chosen.work)
    project.write(Digest([*papers, papers[-1]], 1), FIRST, None)
    ours = Sitegen(project.cwd, open_)
    peers = [name for name in chosen.peers.split(",") if name]
    try:
        folder = modules(chosen.work) if peers else chosen.work
    except Missing as reason:
        say(f"no peers: {reason}")
        return [ours]
    return [
        ours,
        *(
            Pagefind(papers, folder, open_) if name == "pagefind" else Whole(name, papers, folder)
            for name in peers
        ),
    ]


def row(engine: Engine, exact: Sequence[Question], mistyped: Sequence[Question]) -> list[str]:
    """The figures of one engine."""
    say(f"{engine.name}: indexing")
    cost = engine.index()
    say(f"{engine.name}: asking")
    traffic = engine.traffic([question.text for question in exact[:ASKED_IN_BROWSER]])
    return [
        engine.name,
        "",
        f"{cost.cpu:.1f}",
        f"{cost.peak / 1e6:,.0f}",
        f"{cost.files:,}",
        f"{cost.bytes / 1e6:.1f}",
        f"{traffic.first / 1e3:,.0f}",
        f"{traffic.further / 1e3:,.0f}",
        "" if traffic.seconds is None else f"{traffic.seconds * 1e3:.0f}",
        f"{share(engine, exact):.1f}",
        f"{share(engine, mistyped):.1f}",
    ]


def share(engine: Engine, questions: Sequence[Question]) -> float:
    """Percent of the questions whose paper is among the first ten answers."""
    answers = engine.answers([question.text for question in questions])
    hits = sum(q.path in found for q, found in zip(questions, answers, strict=True))
    return 100 * hits / len(questions)


def describe(chosen: argparse.Namespace, load: float) -> str:
    """When, on what and with what was measured."""
    source = f" of {chosen.corpus.name}" if chosen.corpus else ""
    peers = ", ".join(f"{name} {version}" for name, version in VERSIONS.items())
    return (
        f"{datetime.now(UTC).date()}: {chosen.papers:,} papers{source}, {chosen.questions} "
        f"questions of each kind. {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {load:.1f} before; {peers}.\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs it all."""
    chosen = options(arguments)
    chosen.work = chosen.work.resolve()
    (chosen.work / ASIDE).mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    made = (
        corpus.real(chosen.corpus, chosen.papers) if chosen.corpus else corpus.made(chosen.papers)
    )
    papers = list(made)
    exact = known_items(papers, chosen.questions, typos=False)
    mistyped = known_items(papers, chosen.questions, typos=True)
    with browser() as open_:
        rows = [row(engine, exact, mistyped) for engine in engines(chosen, papers, open_)]
    result = f"{describe(chosen, load)}\n{markdown(HEADINGS, rows)}"
    sys.stdout.write(result)
    if chosen.write:
        chosen.write.write_text(result, encoding="utf-8")
    shutil.rmtree(chosen.work / ASIDE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
