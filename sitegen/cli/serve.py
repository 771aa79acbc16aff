"""`sitegen serve`: a preview on loopback."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from .. import terminal
from ..terminal.progress import Watch
from .options import (
    BUILD,
    FILES,
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
@options(PROJECT, *BUILD, QUIET, VERBOSE)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="Port; the next free one when it is taken, any for 0.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@told
def command(
    files: Sequence[Path], project: Path | None, *, host: str, port: int, open_browser: bool,
    quiet: bool, verbose: bool, **options: Any,
) -> None:  # fmt: skip
    """Build, then preview the site until Ctrl-C.

    What you change meanwhile (dumps, pages, settings, the theme) is built at once, and open pages
    show it. What is wrong shows over them, and goes away when it is mended.
    """
    from .. import preview

    home = find_project(project)
    with tempfile.TemporaryDirectory(prefix="sitegen-") as kept:
        chosen = preview.with_files(build_options(files, options), Path(kept))
        with Watch(quiet=quiet, verbose=verbose) as watch:
            first, report = preview.first(home, chosen, watch)
        terminal.problems(first.problems if report is None else report.errors)
        if report is not None and not quiet:
            terminal.problems(report.warnings)
            terminal.summary(report, verbose=verbose)
        if not first.published and (home.root is None or files):
            sys.exit(1)
        folder = chosen.out or (home.root or Path.cwd()) / "site"
        tell = partial(terminal.rebuilt, quiet=quiet)
        session = preview.Session(home.root, chosen, folder, first, tell)
        with preview.bind(folder, session.board, host, port, session.want) as bound, session:
            terminal.serving(bound.address, host)
            if open_browser:
                click.launch(bound.address)
            bound.until_interrupted()
    click.echo("", err=True)
