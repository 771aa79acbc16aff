"""`sitegen serve`: a preview on loopback."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from .. import terminal
from ..progress import Watch
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
    """Build, then preview the site until Ctrl-C."""
    from .. import serve as serving
    from ..build import build as run

    home = find_project(project)
    chosen = build_options(files, options)
    with Watch(quiet=quiet, verbose=verbose) as watch:
        report = run(home, chosen, watch)
    terminal.problems([*report.errors, *(() if quiet else report.warnings)])
    if not report.published:
        sys.exit(1)
    if not quiet:
        terminal.summary(report, verbose=verbose)
    base_url = home.settings.base_url if chosen.base_url is None else chosen.base_url
    with serving.server(Path(report.out), base_url, host, port) as bound:
        terminal.serving(serving.address(bound, base_url), host)
        if open_browser:
            click.launch(serving.address(bound, base_url))
        try:
            bound.serve_forever()
        except KeyboardInterrupt:
            click.echo("", err=True)
