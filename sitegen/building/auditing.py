"""What a build does under `--strict`: `sitegen check`, before anything is published."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..config import Project, web_folder
from ..executors import Executor, Serial, here
from ..options import Options
from .run import Run


def audit(
    run: Run,
    project: Project,
    folder: Path,
    name: str,
    *,
    tasks: Executor | None = None,
    only: Collection[str] | None = None,
) -> None:
    """Put what a check finds into the report. The folder is called `name`; `only` is in the site.

    Does nothing without `strict`, or where enough is wrong already. `tasks` is what the build runs,
    if it runs anything.
    """
    options = run.options
    if not options.strict or not run.good:
        return
    from .. import checking

    base_url = project.settings.base_url
    with run.phase("check"):
        found = checking.check(
            folder,
            project.settings,
            _looking(options, tasks),
            run.today,
            name=name,
            base_url=base_url if options.base_url is None else web_folder(options.base_url),
            only=only,
        )
        run.report.add(checking.grouped([*found.errors, *found.warnings]))


def _looking(options: Options, tasks: Executor | None) -> Executor:
    """What looks at the files, which are here."""
    if tasks is None:
        return here(options.executor, options.jobs)
    return tasks if tasks.local else Serial()  # nothing is forked beside a cluster's threads
