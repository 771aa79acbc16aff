"""`sitegen build`: from dumps to the published folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from .. import terminal
from ..errors import Problem
from ..terminal.progress import Watch
from .options import (
    BUILD,
    FILES,
    JSON,
    PROJECT,
    QUIET,
    VERBOSE,
    build_options,
    find_project,
    options,
    told,
)


@click.command()
@FILES
@options(PROJECT, *BUILD, JSON, QUIET, VERBOSE)
@told
def command(
    files: Sequence[Path], project: Path | None, *, as_json: bool, quiet: bool, verbose: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Build the site of a project, or of dumps.

    With FILEs, those dumps are built in place of content/dumps, under the project's settings.
    """
    from ..building import build as run

    home = find_project(project)
    with Watch(quiet=quiet or as_json, verbose=verbose) as watch:
        report = run(home, build_options(files, options), watch)
    if as_json:
        terminal.json_report(report)
    problems: list[Problem] = [*report.errors, *(() if quiet else report.warnings)]
    terminal.problems(problems)
    if not as_json and not quiet:
        terminal.summary(report, verbose=verbose)
        if home.root is not None and not (home.settings.base_url or options["base_url"]):
            from .. import git_remotes

            terminal.proposal(git_remotes.of_project(home.root))
    sys.exit(0 if report.published else 1)
