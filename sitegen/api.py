"""What other programs call: read a dump, build a site. `sitegen` itself offers both.

Comes in: paths and plain values. Goes out: the nouns of `model`, problems and reports. What is
wrong is raised as a `SitegenError` (see `errors`) or is a problem among what is returned.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from . import dating, inspecting
from .building import build as build_project
from .config import Project, load_project
from .errors import Problem
from .executors import DEFAULT
from .model import Record
from .options import Options, clock
from .report import Report

AnyPath = str | os.PathLike[str]


def read(
    path: AnyPath, *, day: date | None = None, year: int | None = None
) -> Iterator[Record | Problem]:
    """The records and problems of a dump, in its order, while it is read: in bounded memory.

    `path` may be a folder or an archive; then its dumps follow each other by name, and each item
    says in `file` which it is of. `day` is the day of all listings, `year` that of dates without
    one, as with `sitegen inspect`. A file that cannot be read is a problem of severity "error".
    """
    rule = dating.DayRule(today=clock(), given=day, year=year)
    for inspection in inspecting.inspect([Path(path)], rule):
        yield from inspection.items


def build(  # noqa: PLR0913 - by name, as the options of the command
    project: AnyPath | Project,
    *,
    out: AnyPath | None = None,
    base_url: str | None = None,
    theme: str = "",
    jobs: int | None = None,
    executor: str = DEFAULT,
    full: bool = False,
    strict: bool = False,
) -> Report:
    """Build the site of a project, given as its folder, and publish it into its output folder.

    The parameters say what the options of `sitegen build` say, and go before the settings. Look at
    `report.published`: where it is false, `report.errors` (under `strict` also `report.warnings`)
    say why, and the earlier output is as it was. Raises SitegenError where nothing can be built.

    Worker processes import the calling module: call it under `if __name__ == "__main__":`, or with
    `executor="serial"`.
    """
    chosen = Options(
        out=None if out is None else Path(out),
        base_url=base_url,
        theme=theme,
        jobs=jobs,
        executor=executor,
        full=full,
        strict=strict,
    )
    return build_project(
        project if isinstance(project, Project) else load_project(Path(project)), chosen
    )
