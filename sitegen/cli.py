"""The command line: each command parses its options, calls one function and prints what it gives.

Results go to stdout, all else to stderr. Exit status: 0 done, 1 an error (nothing is published),
2 the command line or a setting is wrong.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from . import __version__, terminal
from .errors import Problem, SitegenError

F = TypeVar("F", bound=Callable[..., Any])

EXECUTORS = ("serial", "process")


class Day(click.ParamType[date]):
    """A day of the calendar, written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The date, or an error that says how to write it."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, no time
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2026-05-08", param, ctx)


_FILES = click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]..."
)
_SOME_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER..."
)
_PROJECT = click.option(
    "-C", "project", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Project folder. Default: here, or the nearest parent with content/site.toml.",
)  # fmt: skip
_DATE = click.option(
    "--date", "day", type=Day(), help="The day of all listings in the given dumps."
)
_YEAR = click.option(
    "--year", type=click.IntRange(1900, 2200), help="The year of dates that have none."
)
_BUILD = (
    click.option(
        "-o", "--out", type=click.Path(path_type=Path),
        help="Output folder. Default: site, in the project.",
    ),
    click.option("--base-url", help="Where the site will stand. Default: from site.toml."),
    _DATE,
    _YEAR,
    click.option("--theme", default="", help="A theme's name or folder. Default: from site.toml."),
    click.option("--jobs", type=click.IntRange(1), help="Processes. Default: one a processor."),
    click.option(
        "--executor", type=click.Choice(EXECUTORS), default="process", show_default=True,
        help="What runs the work.",
    ),
    click.option("--full", is_flag=True, help="Make everything again, without the caches."),
    click.option("--strict", is_flag=True, help="A warning fails the build."),
)  # fmt: skip
_QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Print more: times, skipped files.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


def _options(*options: Callable[[F], F]) -> Callable[[F], F]:
    def apply(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


def _told(command: F) -> F:
    """Errors as messages with file, line and remedy, never as tracebacks."""

    @wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        try:
            return command(*args, **values)
        except SitegenError as error:
            terminal.problems([error.problem()])
            sys.exit(error.exit_status)
        except BrokenPipeError:
            # Whoever read our output has stopped; nothing is left to say.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

    return run  # type: ignore[return-value]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """Turn dumps of paper lists into a static site that researchers read.

    \b
    Begin:      sitegen init DIR && cd DIR && sitegen build && sitegen serve
    Try dumps:  sitegen build FILE... -o OUT
    """  # noqa: D301 - \b keeps the lines apart
    # Frozen values make no cycles; to look for some takes a build a good part of its time.
    gc.set_threshold(50_000)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--base-url", default="", help="Where the site will stand, if it is known.")
@_told
def init(folder: Path, base_url: str) -> None:
    """Make a new project folder DIR that builds at once."""
    from . import starting
    from .inputs import clock

    for path in starting.init(folder, base_url, clock()):
        click.echo(f"  {folder / path}", err=True)
    click.echo(f"{folder} is ready. Next: cd {folder} && sitegen build && sitegen serve", err=True)


@main.command("import")
@_SOME_FILES
@_options(_PROJECT, _DATE, _YEAR, _QUIET)
@_told
def import_(
    files: Sequence[Path], project: Path | None, day: date | None, year: int | None, *, quiet: bool
) -> None:
    """Put dumps into the project, their day in the name.

    \b
    A day comes from --date, the records, a date in the file's name, or the dump's header.
    The same bytes are imported once.
    """  # noqa: D301
    from . import dating, importing
    from .inputs import clock
    from .readers import broken

    home = _project(project, needed=True)
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


class _WithFormats(click.Command):
    """A command whose help ends with the formats that can be read."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from .readers import readers

        with formatter.section("Formats"):
            formatter.write_dl([(reader.NAME, reader.LABEL) for reader in readers()])


@main.command(cls=_WithFormats)
@_SOME_FILES
@_options(_DATE, _YEAR)
@click.option("--jsonl", is_flag=True, help="A JSON object a line, for programs.")
@click.option("--merged", is_flag=True, help="Say why records were joined or kept apart.")
@_told
def inspect(
    files: Sequence[Path], day: date | None, year: int | None, *, jsonl: bool, merged: bool
) -> None:
    """Show what readers see in dumps, record by record."""
    from . import dating, inspecting
    from .inputs import clock
    from .readers import broken

    rule = dating.DayRule(today=clock(), given=day, year=year)
    terminal.problems(broken())
    failed = False
    every: list[Any] = []
    for found in inspecting.inspect(files, rule):
        failed |= terminal.inspected(found, jsonl=jsonl, kept=every if merged else None)
    for joined in inspecting.explain(every):
        terminal.joined(joined)
    sys.exit(1 if failed else 0)


@main.command()
@_FILES
@_options(_PROJECT, *_BUILD, _JSON, _QUIET, _VERBOSE)
@_told
def build(
    files: Sequence[Path], project: Path | None, *, as_json: bool, quiet: bool, verbose: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Build the site of a project, or of dumps.

    With FILEs, those dumps are built in place of content/dumps, under the project's settings.
    """
    from .build import build as run

    with terminal.Progress(quiet=quiet or as_json) as progress:
        report = run(_project(project), _build_options(files, options), progress)
    if as_json:
        terminal.json_report(report)
    problems: list[Problem] = [*report.errors, *(() if quiet else report.warnings)]
    terminal.problems(problems)
    if not as_json and not quiet:
        terminal.summary(report, verbose=verbose)
    sys.exit(0 if report.published else 1)


@main.command()
@_FILES
@_options(_PROJECT, *_BUILD, _QUIET, _VERBOSE)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="Port; the next free one when it is taken, any for 0.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@_told
def serve(
    files: Sequence[Path], project: Path | None, *, host: str, port: int, open_browser: bool,
    quiet: bool, verbose: bool, **options: Any,
) -> None:  # fmt: skip
    """Build, then preview the site until Ctrl-C."""
    from . import serve as serving
    from .build import build as run

    home = _project(project)
    chosen = _build_options(files, options)
    with terminal.Progress(quiet=quiet) as progress:
        report = run(home, chosen, progress)
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


def _build_options(files: Sequence[Path], values: dict[str, Any]) -> Any:
    from .inputs import Options

    return Options(files=tuple(files), date=values.pop("day"), **values)


def _project(folder: Path | None, *, needed: bool = False) -> Any:
    from .config import SETTINGS_FILE, find_root, load_project
    from .errors import UsageError

    root = folder if folder is not None else find_root(Path.cwd())
    if (root is None and needed) or (folder is not None and not (folder / SETTINGS_FILE).is_file()):
        raise UsageError(
            f"there is no project {'here' if folder is None else 'there'}",
            file=str(folder or Path.cwd()),
            hint="go to a folder with content/site.toml, or begin one: sitegen init DIR",
        )
    return load_project(root)
