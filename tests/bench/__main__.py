"""The command: `python -m tests.bench --papers 10000`. See `--help`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from . import corpus, floor, measure, parity
from .eleventy import Eleventy
from .hugo import Hugo
from .project import CHECKOUT, Sitegen
from .report import Floor, Run, table
from .site import ASIDE, Digest, Missing, State, Tool, anew, aside

# What is measured, in this order; each state keeps the changes before it.
WORKS = {
    "cold": State(),
    "no change": State(),
    "day added": State(day_added=True),
    "template changed": State(day_added=True, template_changed=True),
    "rule changed": State(day_added=True, template_changed=True, rule_widened=True),
    "cold with more": State(more=True),
}
# No peer makes the search index, related papers and files of references: held against this one.
AGAINST = {"cold with more": "cold"}
TOOLS = {"sitegen": Sitegen, "hugo": Hugo, "eleventy": Eleventy}
SAMPLES = 12  # papers whose pages are looked into after each work of the first round


def say(text: str) -> None:
    """Progress."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


class Bench:
    """The tools on one digest; collects runs and differences."""

    def __init__(self, tools: Sequence[Tool], digest: Digest, work: Path) -> None:
        self.tools = list(tools)
        self.runs: list[Run] = []
        self.floors: list[Floor] = []
        self.remarks: dict[str, None] = {}  # an ordered set
        self._digest = digest
        self._work = work
        self._patient = True
        self._states: dict[str, State] = {}
        self._built: dict[str, dict[str, parity.File]] = {}

    def round(self, number: int, works: Sequence[str]) -> None:
        """Every work by every tool in turn, from a folder without output or cache."""
        before: State | None = None
        for work in works:
            for tool in self._able(work):
                if anew(WORKS[work], before):
                    tool.clean()
                    self._built[tool.name] = {}
                self._prepare(tool, WORKS[work])
                try:
                    self._measure(tool, work, number)
                except measure.Failed as failure:
                    say(f"{tool.name} failed at “{work}”:\n{failure}")
                    reason = str(failure).strip().splitlines()[-1]
                    self.remarks[f"{tool.name} failed at “{work}”: {reason}"] = None
                    self.tools.remove(tool)
                    del self._built[tool.name]
            if number == 1:
                self._compare(work)
            if before is None:
                self._measure_floor()
            before = WORKS[work]

    def _able(self, work: str) -> list[Tool]:
        return [tool for tool in self.tools if not (tool.peer and WORKS[work].more)]

    def _prepare(self, tool: Tool, state: State) -> None:
        before = self._states.get(tool.name)
        if before != state:
            tool.write(self._digest, state, before)
            self._states[tool.name] = state

    def _settle(self) -> None:
        if self._patient:
            cost = measure.settle(self._work / ASIDE)
            if cost > measure.DEAR:
                self._patient = False
                self.remarks[f"new files were dear: {cost * 1e6:.0f} µs each"] = None

    def _measure(self, tool: Tool, work: str, number: int) -> None:
        self._settle()
        before = self._built[tool.name]
        log = self._work / f"{tool.name}.log"
        usage = measure.run(tool.command(), tool.cwd, log)
        after = self._built[tool.name] = parity.scan(tool.out)
        size = sum(file.size for file in after.values())
        touched = parity.touched(before, after)
        self.runs.append(Run(work, tool.name, tool.peer, number, usage, len(after), size, touched))
        say(
            f"round {number}, {work}, {tool.name}: {usage.wall:.2f} s wall, {usage.cpu:.2f} s CPU, "
            f"{usage.peak / 1e6:.0f} MB, {touched:,} of {len(after):,} files touched"
        )

    def _compare(self, work: str) -> None:
        tools = self._able(work)
        if not tools:
            return
        built = {tool.name: self._built[tool.name] for tool in tools}
        counts = {name: parity.kinds(files) for name, files in built.items()}
        found = parity.differences(counts) + parity.size_differences(built)
        papers = self._digest.papers(WORKS[work])
        samples = [papers[len(papers) * n // SAMPLES] for n in range(SAMPLES)] + [papers[-1]]
        for tool in tools:
            found += [f"{tool.name}: {lack}" for lack in parity.missing(tool.out, samples)]
        self.remarks |= dict.fromkeys(f"not the same after “{work}”: {text}" for text in found)

    def _measure_floor(self) -> None:
        if not self.tools:
            return
        tool, target = self.tools[0], self._work / "floor"
        self._settle()
        os.sync()
        command = [sys.executable, floor.__file__, str(tool.out), str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        self.floors.append(Floor(tool.name, **json.loads(done.stdout)))
        aside(target)


def ready(names: Sequence[str], work: Path) -> tuple[list[Tool], list[str]]:
    """The tools that are there, and each one's version or why it isn't there."""
    tools: list[Tool] = []
    notes = []
    for name in names:
        tool: Tool = TOOLS[name](work)
        try:
            notes.append(f"{name} {tool.setup()}")
            tools.append(tool)
        except Missing as reason:
            notes.append(f"{name} is missing ({reason})")
            say(notes[-1])
    return tools, notes


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--papers", type=int, default=10_000, metavar="N")
    add("--rounds", type=int, default=3)
    add("--tools", default=",".join(TOOLS), help="in turn (default: %(default)s)")
    add("--works", default=",".join(WORKS), help="what to measure (default: %(default)s)")
    add("--corpus", type=Path, help="real papers: JSON Lines, gzip or not; else made ones")
    add("--work", type=Path, default=CHECKOUT / ".bench", help="folder for all that is made")
    add("--write", type=Path, metavar="FILE", help="the result goes there too")
    return parser.parse_args(arguments)


def file_system(folder: Path) -> str:
    """What kind of file system a folder is on: "ext4", "tmpfs"."""
    mounts = (line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines())
    inside = [(where, kind) for where, kind in mounts if folder.resolve().is_relative_to(where)]
    return max(inside, key=lambda mount: len(mount[0]))[1]


def describe(chosen: argparse.Namespace, notes: Sequence[str], load: float) -> str:
    """When, on what and with what was measured, and how to do it again."""
    day = datetime.now(UTC).date()
    source = f" of {chosen.corpus.name}" if chosen.corpus else ""
    again = f"python -m tests.bench --papers {chosen.papers} --rounds {chosen.rounds}"
    if chosen.corpus:
        again += f" --corpus {os.path.relpath(chosen.corpus, CHECKOUT)}"
    if chosen.tools != ",".join(TOOLS):
        again += f" --tools {chosen.tools}"
    if chosen.works != ",".join(WORKS):
        again += f" --works '{chosen.works}'"
    return (
        f"{day}: {chosen.papers:,} papers{source}, {corpus.A_DAY} a day; medians, "
        f"rounds: {chosen.rounds}; × is the ratio to the best peer in the same round. "
        f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}, "
        f"{file_system(chosen.work)}, "
        f"Python {platform.python_version()}, load {load:.1f} before; {'; '.join(notes)}. "
        f"Made with `{again}`.\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs it all; 1 when the sites differ or a tool failed."""
    chosen = options(arguments)
    load = os.getloadavg()[0]
    work = chosen.work.resolve()
    (work / ASIDE).mkdir(parents=True, exist_ok=True)
    tools, notes = ready(chosen.tools.split(","), work)
    wanted = chosen.papers + corpus.A_DAY
    say(f"making {wanted:,} papers")
    papers = corpus.real(chosen.corpus, wanted) if chosen.corpus else corpus.made(wanted)
    bench = Bench(tools, Digest(papers, corpus.A_DAY), work)
    for number in range(1, chosen.rounds + 1):
        bench.round(number, chosen.works.split(","))
    remarks = "".join(f"- {text}\n" for text in bench.remarks) or "All made the same site.\n"
    result = (
        f"{describe(chosen, notes, load)}\n{table(bench.runs, bench.floors, AGAINST)}\n{remarks}"
    )
    sys.stdout.write(result)
    if chosen.write:
        chosen.write.write_text(result, encoding="utf-8")
    say("removing old output")
    shutil.rmtree(work / ASIDE)
    return 1 if bench.remarks else 0


if __name__ == "__main__":
    sys.exit(main())
