"""How far a build is: a live display on a terminal, lines elsewhere. Both go to stderr.

Nothing is shown of a build that is done at once, as most are; what draws the display is loaded
for one that is not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, NamedTuple, Protocol, Self, TextIO

PATIENCE = 0.4  # seconds of a build before the display appears
BETWEEN = 0.1  # seconds between two pictures of it
LINES_BETWEEN: Final = 10.0  # seconds between two lines, where there is no terminal
LONG: Final = 1.0  # seconds of a phase that -v tells of there

# What is counted in a phase.
UNITS: Final = {"read": "dumps", "render": "pages"}


class Pace(NamedTuple):
    """How far a phase is, and since when: `total` 0 where that isn't known."""

    phase: str
    done: int = 0
    total: int = 0
    seconds: float = 0.0

    @property
    def amount(self) -> str:
        """How much is done of how much: "1,200 of 5,000 pages"."""
        unit = UNITS.get(self.phase, "done")
        return f"{self.done:,} of {self.total:,} {unit}" if self.total else ""

    @property
    def rate(self) -> str:
        """How many a second: "480 pages/s"."""
        if not self.done or self.seconds <= 0:
            return ""
        return f"{self.done / self.seconds:,.0f} {UNITS.get(self.phase, 'done')}/s"

    @property
    def left(self) -> str:
        """How long the phase still takes, if it goes on like this: "1:05 left"."""
        if not self.done or not self.total:
            return ""
        minutes, seconds = divmod(round(self.seconds * (self.total - self.done) / self.done), 60)
        return f"{minutes}:{seconds:02} left"

    def __str__(self) -> str:
        said = ", ".join(filter(None, (self.amount, self.rate, self.left)))
        return f"{self.phase}: {said}" if said else self.phase


class Display(Protocol):
    """Something that shows the pace of the phase under way."""

    def show(self, pace: Pace) -> None:
        """Show it in the place of what was shown before."""

    def close(self) -> None:
        """Take away what is shown."""


class Watch:
    """Shows what a build says of its progress, while the context lasts; see `run.Progress`."""

    def __init__(
        self,
        *,
        quiet: bool = False,
        verbose: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._live = _can_draw(self._stream)
        self._display: Display | None = None
        self._begun = self._shown = clock()
        self._pace = Pace("")
        self._phase_begun = self._begun

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._display is not None:
            self._display.close()
        elif not self._quiet:
            self._end(self._clock())

    def __call__(self, phase: str, done: int, total: int) -> None:
        """A phase begins, or so much of it is done."""
        if self._quiet:
            return
        now = self._clock()
        if phase != self._pace.phase:
            self._end(now)
            self._phase_begun = now
        self._pace = Pace(phase, done, total, now - self._phase_begun)
        if self._live:
            self._draw(now)
        elif now - self._shown >= LINES_BETWEEN:
            self._shown = now
            self._say(str(self._pace))

    def _draw(self, now: float) -> None:
        if self._display is None:
            if now - self._begun < PATIENCE:
                return
            from .live import Live

            self._display = Live(self._stream)
        elif now - self._shown < BETWEEN and self._pace.done:
            return
        self._shown = now
        self._display.show(self._pace)

    def _end(self, now: float) -> None:
        """Say what a long phase took, where nothing else shows it."""
        seconds = now - self._phase_begun
        if self._verbose and not self._live and self._pace.phase and seconds >= LONG:
            self._say(f"{self._pace.phase}: done in {seconds:.1f} s")

    def _say(self, text: str) -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()


def _can_draw(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can do more than print."""
    return stream.isatty() and os.environ.get("TERM", "dumb") not in {"dumb", "unknown"}
