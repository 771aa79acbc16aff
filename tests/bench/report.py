"""The table: medians over the rounds, and ratios to the best peer of the same round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType

from .measure import Usage

_FIGURES = ("wall s", "×", "CPU s", "×", "peak MB", "×", "files", "MB", "touched")
HEADINGS = ("work", "tool", *_FIGURES)
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """One tool doing one work in one round."""

    work: str
    tool: str
    peer: bool
    round: int
    usage: Usage
    files: int
    bytes: int
    touched: int


@dataclass(frozen=True, slots=True)
class Floor:
    """The writing of a tool's files alone, in one round: seconds."""

    tool: str
    wall: float
    cpu: float


def table(
    runs: Sequence[Run],
    floors: Sequence[Floor] = (),
    against: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The figures as a Markdown table, in the order in which works and tools first come.

    `against` says for a work that peers do not do with which of theirs it is compared.
    """
    rows = [
        _row(runs, *key, against.get(key[0], key[0]))
        for key in dict.fromkeys((run.work, run.tool) for run in runs)
    ]
    if floors:
        names = ", ".join(dict.fromkeys(floor.tool for floor in floors))
        wall, cpu = median(f.wall for f in floors), median(f.cpu for f in floors)
        rows.append(["floor", f"writing {names}'s files", f"{wall:.2f}", "", f"{cpu:.2f}"])
    return markdown(HEADINGS, rows)


def _row(runs: Sequence[Run], work: str, tool: str, against: str) -> list[str]:
    own = [run for run in runs if (run.work, run.tool) == (work, tool)]
    peers = [run for run in runs if run.work == against and run.peer]

    def figure(form: str, value: Callable[[Run], float]) -> list[str]:
        ratios = list(_ratios(own, peers, value))
        return [
            format(median(map(value, own)), form),
            f"{median(ratios):.2f}" if ratios else "",
        ]

    return [
        work,
        tool,
        *figure(".2f", lambda run: run.usage.wall),
        *figure(".2f", lambda run: run.usage.cpu),
        *figure(",.0f", lambda run: run.usage.peak / MEGA),
        f"{own[-1].files:,}",
        f"{own[-1].bytes / MEGA:.1f}",
        f"{median(run.touched for run in own):,.0f}",
    ]


def _ratios(
    own: Iterable[Run], peers: Sequence[Run], value: Callable[[Run], float]
) -> Iterable[float]:
    """For each round, how many times the least of the peers' figures; none without peers."""
    for run in own:
        of_round = [value(peer) for peer in peers if peer.round == run.round]
        if of_round and min(of_round) > 0:
            yield value(run) / min(of_round)


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with figures (all but the first two columns) flush right, padded."""
    filled = [[*row, *[""] * (len(headings) - len(row))] for row in rows]
    columns = list(zip(headings, *filled, strict=True))
    widths = [max(3, *map(len, column)) for column in columns]
    left = [number < 2 for number in range(len(widths))]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.ljust(width) if flush_left else cell.rjust(width)
            for cell, width, flush_left in zip(cells, widths, left, strict=True)
        ]
        return "| " + " | ".join(padded) + " |"

    rule = [
        "-" * width if flush_left else "-" * (width - 1) + ":"
        for width, flush_left in zip(widths, left, strict=True)
    ]
    return "\n".join([line(headings), line(rule), *map(line, filled)]) + "\n"
