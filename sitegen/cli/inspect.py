"""`sitegen inspect`: what readers see."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from .. import terminal
from .options import DATE, PROJECT, SOME_FILES, YEAR, find_project, options, told


class _WithFormats(click.Command):
    """A command whose help ends with the formats that can be read."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from ..readers import readers

        with formatter.section("Formats"):
            formatter.write_dl([(reader.NAME, reader.LABEL) for reader in readers()])


@click.command(cls=_WithFormats)
@SOME_FILES
@options(PROJECT, DATE, YEAR)
@click.option("--jsonl", is_flag=True, help="A JSON object a line, for programs.")
@click.option("--merged", is_flag=True, help="Say why records were joined or kept apart.")
@told
def command(
    files: Sequence[Path],
    project: Path | None,
    day: date | None,
    year: int | None,
    *,
    jsonl: bool,
    merged: bool,
) -> None:
    """Show what readers see in dumps, record by record.

    Of a project, its [limits] hold.
    """
    from .. import dating, inspecting
    from ..options import clock
    from ..readers import broken

    limits = find_project(project).settings.limits
    rule = dating.DayRule(today=clock(), given=day, year=year)
    terminal.problems(broken())
    failed = False
    every: list[Any] = []
    for found in inspecting.inspect(files, rule, limits):
        failed |= terminal.inspected(found, jsonl=jsonl, kept=every if merged else None)
    for joined in inspecting.explain(every):
        terminal.joined(joined)
    sys.exit(1 if failed else 0)
