"""What commands share: their arguments and options, and how errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from .. import terminal
from ..errors import SitegenError

if TYPE_CHECKING:
    from ..config import Project
    from ..options import Options

F = TypeVar("F", bound=Callable[..., Any])


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


class Runner(click.ParamType[str]):
    """What runs the work: serial, process, dask, or dask:ADDRESS."""

    name = "serial|process|dask[:ADDRESS]"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The name as it is, or an error that says what there is."""
        from ..errors import UsageError
        from ..executors import named

        try:
            named(str(value))
        except UsageError as error:
            self.fail(f"{error.message} ({error.hint})", param, ctx)
        return str(value)

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin so."""
        names = self.name.replace("[:ADDRESS]", "").split("|")
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


FILES = click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]..."
)
SOME_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER..."
)
PROJECT = click.option(
    "-C", "project", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Project folder. Default: here, or the nearest parent with content/site.toml.",
)  # fmt: skip
DATE = click.option("--date", "day", type=Day(), help="The day of all listings in the given dumps.")
YEAR = click.option(
    "--year", type=click.IntRange(1900, 2200), help="The year of dates that have none."
)
BUILD = (
    click.option(
        "-o", "--out", type=click.Path(path_type=Path),
        help="Output folder. Default: site, in the project.",
    ),
    click.option("--base-url", help="Where the site will stand. Default: from site.toml."),
    DATE,
    YEAR,
    click.option("--theme", default="", help="A theme's name or folder. Default: from site.toml."),
    click.option("--jobs", type=click.IntRange(1), help="Processes. Default: one a processor."),
    click.option(
        "--executor", type=Runner(), default="process", show_default=True,
        help="What runs the work; dask is a cluster, for archives that outgrow one machine.",
    ),
    click.option("--full", is_flag=True, help="Make everything again, without the caches."),
    click.option("--strict", is_flag=True, help="A warning fails the build."),
)  # fmt: skip
PUBLISH = tuple(option for option in BUILD if option is not DATE)  # of a project as a whole
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Print more: times, skipped files.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


def options(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Options for a command, in the order of its help."""

    def apply(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


def told(command: F) -> F:
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


def build_options(files: Sequence[Path], values: dict[str, Any]) -> Options:
    """What the options of BUILD say, with the dumps they are said of."""
    from ..options import Options

    return Options(files=tuple(files), date=values.pop("day"), **values)


def find_project(folder: Path | None, *, needed: bool = False) -> Project:
    """The project in a folder, or here; one without a root where there is none.

    Raises UsageError where one is `needed` or named and there is none.
    """
    from ..config import SETTINGS_FILE, find_root, load_project
    from ..errors import UsageError

    root = folder if folder is not None else find_root(Path.cwd())
    if (root is None and needed) or (folder is not None and not (folder / SETTINGS_FILE).is_file()):
        raise UsageError(
            f"there is no project {'here' if folder is None else 'there'}",
            file=str(folder or Path.cwd()),
            hint="go to a folder with content/site.toml, or begin one: sitegen init DIR",
        )
    return load_project(root)
