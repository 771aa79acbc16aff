"""`sitegen import`: dumps into the project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from .. import terminal
from .options import DATE, PROJECT, QUIET, SOME_FILES, YEAR, find_project, options, told


@click.command("import")
@SOME_FILES
@options(PROJECT, DATE, YEAR, QUIET)
@told
def command(
    files: Sequence[Path], project: Path | None, day: date | None, year: int | None, *, quiet: bool
) -> None:
    """Put dumps into the project, their day in the name.

    \b
    A day comes from --date, the records, a date in the file's name, or the dump's header.
    The same bytes are imported once.
    """  # noqa: D301
    from .. import dating, importing
    from ..options import clock
    from ..readers import broken

    home = find_project(project, needed=True)
    terminal.problems(broken())
    rule = dating.DayRule(
        today=clock(),
        given=day,
        year=year or home.settings.dumps.year,
        day=home.settings.dumps.day,
    )
    for done in importing.import_dumps(home, files, rule):
        terminal.problems(done.problems)
        if not quiet:
            terminal.imported(done)
