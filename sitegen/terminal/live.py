"""A line of a terminal that shows how far a build is, drawn by rich, and is gone in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from .pace import Pace

# How many characters a terminal has in a line, at least, for these.
_FOR_LEFT: Final = 50
_FOR_RATE: Final = 64
_FOR_BAR: Final = 90


class Live:
    """The line. Nothing but `show` draws it: threads do not go with processes that are forked."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, force_terminal=True, highlight=False)
        wide = self._console.width
        columns = (
            (0, TextColumn("{task.description:8}", style="bold")),
            (_FOR_BAR, BarColumn(bar_width=24)),
            (0, TextColumn("{task.fields[amount]}")),
            (_FOR_RATE, TextColumn("{task.fields[rate]}", style="cyan")),
            (_FOR_LEFT, TextColumn("{task.fields[left]}", style="dim")),
        )
        self._bar = Bar(
            *(column for least, column in columns if wide >= least),
            console=self._console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._row = self._bar.add_task("", total=None, amount="", rate="", left="")

    def show(self, pace: Pace) -> None:
        """See Display."""
        self._bar.update(
            self._row,
            description=pace.phase,
            completed=pace.done,
            total=pace.total or None,
            amount=pace.amount,
            rate=pace.rate,
            left=pace.left,
        )
        if not self._bar.live.is_started:
            self._bar.start()
            self._console.show_cursor()  # whoever is killed cannot give it back
        self._bar.refresh()

    def close(self) -> None:
        """See Display."""
        self._bar.stop()
