"""`sitegen topics`: what the rules for topics miss, and what they find in a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from .. import terminal
from .options import DATE, FILES, PROJECT, YEAR, find_project, options, told


@click.group()
def command() -> None:
    """Work on the rules for topics: what they miss, and why a paper is where it is."""


@command.command()
@FILES
@options(PROJECT, DATE, YEAR)
@click.option("--most", type=click.IntRange(1), default=20, show_default=True,
              help="How many phrases.")  # fmt: skip
@click.option("--least", type=click.IntRange(2), default=5, show_default=True,
              help="In how many papers a phrase has to stand.")  # fmt: skip
@told
def suggest(
    files: Sequence[Path], project: Path | None, day: date | None, year: int | None,
    *, most: int, least: int,
) -> None:  # fmt: skip
    """List frequent phrases that no rule covers, with the TOML to paste.

    \b
    sitegen topics suggest            phrases, their papers, and entries
    sitegen topics suggest > new.toml the same: all but the entries are comments
    """  # noqa: D301 - \b keeps the lines apart
    from .. import topic_work
    from ..enrich.suggestions import toml_of
    from ..options import Options

    asked = Options(files=tuple(files), date=day, year=year)
    found = topic_work.suggest(find_project(project), asked, most=most, least=least)
    terminal.suggested(found, toml_of(found))
    if not found:
        terminal.note(f"no phrase that stands in {least} papers is left uncovered")


@command.command()
@click.argument("paper")
@FILES
@options(PROJECT, DATE, YEAR)
@told
def explain(
    paper: str, files: Sequence[Path], project: Path | None, day: date | None, year: int | None
) -> None:
    """Say which words put PAPER on its topics, and what it lacks for others.

    PAPER is an identifier, the address of its page, or a part of its title.
    """
    from .. import topic_work
    from ..options import Options

    asked = Options(files=tuple(files), date=day, year=year)
    terminal.explained(topic_work.explain(find_project(project), asked, paper))
