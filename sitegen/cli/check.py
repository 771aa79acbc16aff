"""`sitegen check`: a built folder held against rules."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import terminal
from ..plain_text import plain
from .options import JSON, PROJECT, QUIET, VERBOSE, find_project, options, told


class _WithRules(click.Command):
    """A command whose help ends with the rules."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from ..checking import RULES

        with formatter.section("Rules"):
            formatter.write_dl([(name, rule.says) for name, rule in RULES.items()])


@click.command(cls=_WithRules)
@click.argument("out", required=False, type=click.Path(path_type=Path), metavar="[OUT]")
@options(PROJECT)
@click.option("--base-url", help="Where the site will stand. Default: what its home page says.")
@click.option("--jobs", type=click.IntRange(1), help="Processes. Default: one a processor.")
@click.option(
    "--executor", type=click.Choice(("serial", "process")), default="process", show_default=True,
    help="What runs the work.",
)  # fmt: skip
@click.option("--only", metavar="RULE", multiple=True, help="Only this rule; may be repeated.")
@click.option("--strict", is_flag=True, help="A warning fails the check.")
@click.option("--github", is_flag=True, help="Print annotations for a workflow of GitHub Actions.")
@options(JSON, QUIET, VERBOSE)
@told
def command(  # noqa: PLR0913 - one for each option
    out: Path | None, project: Path | None, base_url: str | None, jobs: int | None, executor: str,
    only: tuple[str, ...], *, strict: bool, github: bool, as_json: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Look for faults in a built folder: links, feeds, HTML, what hosts take.

    OUT is the project's site unless it is given. Nothing is asked of the network.
    """
    from .. import checking, executors
    from ..config import web_folder
    from ..options import clock

    home = find_project(project)
    folder = out or (home.root or Path.cwd()) / "site"
    audit = checking.check(
        folder,
        home.settings,
        executors.executor(executor, jobs),
        clock(),
        name=terminal.near(str(folder)),
        base_url=None if base_url is None else web_folder(base_url),
        rules=only,
    )
    found = checking.grouped([*audit.errors, *audit.warnings])
    if as_json:
        terminal.json_report(audit)
    elif github:
        for finding in found:
            click.echo(plain(checking.annotation(finding)))
    else:
        shown = [one for one in found if one.severity == "error" or not quiet]
        terminal.findings(shown, verbose=verbose)
    if not quiet and not as_json:
        for line in checking.summary(audit, verbose=verbose):
            click.echo(plain(line), err=True)
    sys.exit(1 if audit.errors or (strict and audit.warnings) else 0)
