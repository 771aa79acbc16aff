"""A build: whether anything is to be made, and if so, the phases that make it.

What makes pages is loaded only then: on most days most builds find all as it was.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..cache import Cache
from ..config import Project
from ..options import Options
from ..publication.manifest import Manifest
from ..publication.store import Output
from ..report import Report, peak_rss_mb
from . import comparing
from .auditing import audit
from .run import Progress, Run

# A large library is a million values, all of which stay: to look through them again and again for
# what could go would take half of the time.
_SELDOM = (50_000, 50, 1_000)


def build(project: Project, options: Options, progress: Progress = lambda *_: None) -> Report:
    """Build the site of a project, or of dumps alone; what happened is in the report.

    Raises SitegenError where nothing can be built; the earlier output is then as it was. A report
    with errors, or under `strict` with warnings, says the same of the dumps.
    """
    with _collecting(_SELDOM):
        return _built(project, options, progress)


@contextmanager
def _collecting(thresholds: tuple[int, int, int]) -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*thresholds)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _built(project: Project, options: Options, progress: Progress) -> Report:
    begun = time.perf_counter()
    run = Run(options, progress)
    with run.phase("find"):
        out = options.out or (project.root or Path.cwd()) / "site"
        cache = Cache(comparing.cache_folder(project, out), read=not options.full)
        digest = comparing.digest(project, options, cache)
    with Output(out) as output:
        run.report.out = str(out)
        with run.phase("compare"):
            old = output.manifest() or Manifest()
            as_before = run.nothing_changed(old, digest) and not any(output.damaged(old))
        if as_before:
            run.report.repeat(old)
            audit(run, project, output.folder, output.folder.name)
            run.report.published = run.good
        else:
            from .phases import Known, make

            make(run, project, output, Known(old, digest), cache)
    run.report.seconds = round(time.perf_counter() - begun, 3)
    run.report.peak_rss_mb = peak_rss_mb()
    return run.report
