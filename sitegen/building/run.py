"""What the phases of one build share: options, the clock, and the report that they fill."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..options import Options, clock
from ..publication.manifest import Manifest
from ..report import Report

Progress = Callable[[str, int, int], None]  # phase, done, total (0: unknown)


class Run:
    """What the phases of one build share: options, the clock, and the report they fill."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.options = options
        self.progress = progress
        self.report = Report()
        self.today = clock()

    @property
    def good(self) -> bool:
        """Whether what was found so far may be published."""
        return not self.report.errors and not (self.options.strict and self.report.warnings)

    def nothing_changed(self, old: Manifest, digest: bytes) -> bool:
        """Whether a build would make what is there, as far as what goes in tells."""
        same_day = old.clock in {"", self.today.isoformat()}
        return old.inputs == digest and same_day and not self.options.full

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Say that a phase begins, and note how long it took."""
        self.progress(name, 0, 0)
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.report.phases[name] = round(time.perf_counter() - begun, 3)
