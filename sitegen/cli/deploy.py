"""`sitegen deploy`: the site on a branch that a host shows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .. import terminal
from ..plain_text import plain
from ..terminal.progress import Watch
from .options import (
    JSON,
    PROJECT,
    PUBLISH,
    QUIET,
    VERBOSE,
    build_options,
    find_project,
    options,
    told,
)


@click.command()
@options(PROJECT)
@click.option("--remote", default="origin", show_default=True, help="The git remote to push to.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch with the site.")
@click.option("--single-commit", is_flag=True, help="Keep no history on that branch.")
@click.option("-m", "--message", default="", help="Of the commit. Default: it names the sources'.")
@click.option("-n", "--dry-run", is_flag=True, help="Build and check, and say what would happen.")
@options(*PUBLISH, JSON, QUIET, VERBOSE)
@told
def command(  # noqa: PLR0913 - one for each option
    project: Path | None, *, remote: str, branch: str, single_commit: bool, message: str,
    dry_run: bool, as_json: bool, quiet: bool, verbose: bool, **options: Any,
) -> None:  # fmt: skip
    """Build, check, and publish to a branch.

    Nothing is published when the check finds a fault, or when an address that is online would
    vanish. The branch holds the site alone; your own branches stay as they are.
    """
    from .. import checking, deploying

    home = find_project(project, needed=True)
    target = deploying.Target(
        remote=remote,
        branch=branch,
        single_commit=single_commit,
        message=message,
        dry_run=dry_run,
    )
    chosen = build_options((), {**options, "day": None})
    with Watch(quiet=quiet or as_json, verbose=verbose) as progress:
        done = deploying.deploy(home, chosen, target, progress)
    if as_json:
        terminal.json_report(done)
    build = done.report
    terminal.problems([*build.errors, *(() if quiet else build.warnings)])
    if not as_json and not quiet:
        terminal.summary(build, verbose=verbose)
    if done.audit is not None and not as_json:
        found = checking.grouped([*done.audit.errors, *(() if quiet else done.audit.warnings)])
        terminal.findings(found, verbose=verbose)
    severe = [one for one in done.problems if one.severity == "error" or not quiet]
    terminal.problems(severe)
    if not as_json and not quiet:
        for line in deploying.summary(done, target):
            click.echo(plain(line), err=True)
        if done.state == "refused":
            new = [text for text in done.aliases if text not in build.aliases]
            click.echo("\n".join(terminal.aliases(new)), err=True)
    sys.exit(1 if done.state == "refused" else 0)
