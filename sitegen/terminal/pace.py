"""How far a phase of a build is, how fast it goes, and how long it still takes. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

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
