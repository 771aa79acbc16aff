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
from typing import Final, Protocol, Self, TextIO

from .pace import Pace

PATIENCE = 0.4  # seconds of a build before the display appears
BETWEEN = 0.1  # seconds between two pictures of it
LINES_BETWEEN: Final = 10.0  # seconds between two lines, where there is no terminal
LONG: Final = 1.0  # seconds of a phase that -v tells of there


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
