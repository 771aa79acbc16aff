"""Builds in a process of their own: what they need and what goes wrong stays there.

A build forks workers, which a process with the server's threads must not do; and one that is ended
from outside takes no preview with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

import msgspec

from .. import theme_folders
from ..building import build, comparing
from ..building.run import Progress
from ..config import Project, load_project
from ..dumps.opening import STANDARD_INPUT, kept_standard_input
from ..errors import Problem, PublicationError, SitegenError, UsageError
from ..model import Value
from ..options import Options
from ..report import Report

_MOST_PROBLEMS = 20  # that are told of one build


class Outcome(Value, frozen=True, kw_only=True):
    """What became of a build. `problems` kept it from being published.

    `changed`: there is another site than before. `places` are the files and folders that it was
    made from, `base_url` is where it will stand (None: the settings could not be read).
    """

    published: bool = False
    changed: bool = False
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    rendered: int = 0
    removed: int = 0
    seconds: float = 0.0
    places: tuple[Path, ...] = ()
    base_url: str | None = None


def places(root: Path | None, options: Options, project: Project | None) -> tuple[Path, ...]:
    """What a site is made from: content, dumps, and the theme where the settings can be read.

    They may be missing just now.
    """
    found = list(options.files)
    if root is not None:
        found.append(root / "content")
    if project is not None:
        name = comparing.theme_name(project, options)
        try:
            found += [path.parent for path in theme_folders.files(name)]
        except SitegenError:
            found.append(Path(name))
    return tuple(dict.fromkeys(path.absolute() for path in found))


def first(project: Project, options: Options, progress: Progress) -> tuple[Outcome, Report | None]:
    """Build for the first time, in this process; the report is None where an error ended it.

    Raises SitegenError for what is no matter of the project's files, which could be mended while
    the preview goes on: the command line, a setting, an output folder that is not ours.
    """
    report = None
    try:
        report = build(project, options, progress)
        outcome = outcome_of(report)
    except SitegenError as error:
        if project.root is None or isinstance(error, UsageError | PublicationError):
            raise
        outcome = failed(error)
    return _placed(outcome, project.root, options, project), report


def built(root: Path | None, options: Options) -> Outcome:
    """Build, and say what became of it; whatever goes wrong is a problem of the outcome."""
    project = None
    try:
        project = load_project(root)
        outcome = outcome_of(build(project, options))
    except SitegenError as error:
        outcome = failed(error)
    except Exception as error:  # noqa: BLE001 - the preview outlives whatever it was
        said = f"{type(error).__name__}: {error}"
        outcome = failed(SitegenError(said, hint="sitegen build may say more"))
    return _placed(outcome, root, options, project)


def _placed(
    outcome: Outcome, root: Path | None, options: Options, project: Project | None
) -> Outcome:
    url = None
    if project is not None:
        url = project.settings.base_url if options.base_url is None else options.base_url
    return msgspec.structs.replace(outcome, places=places(root, options, project), base_url=url)


def failed(error: SitegenError) -> Outcome:
    """The outcome of a build that an error ended."""
    return Outcome(problems=(_near(error.problem()),))


def outcome_of(report: Report) -> Outcome:
    """The outcome of a build by its report. Where there are no errors, warnings kept it back."""
    problems = () if report.published else report.errors or report.warnings
    return Outcome(
        published=report.published,
        changed=report.published and bool(report.rendered or report.removed),
        problems=_few(problems),
        warnings=_few(report.warnings) if report.published else (),
        rendered=report.rendered,
        removed=report.removed,
        seconds=report.seconds,
    )


def _few(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    told = [_near(problem) for problem in problems[:_MOST_PROBLEMS]]
    if len(problems) > _MOST_PROBLEMS:
        more = f"and {len(problems) - _MOST_PROBLEMS:,} more"
        told.append(Problem(file="", line=0, message=more, hint="sitegen build says all"))
    return tuple(told)


def _near(problem: Problem) -> Problem:
    """The problem with its file as it can be typed from here."""
    try:
        file = str(Path(problem.file).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return problem
    return msgspec.structs.replace(problem, file=file if problem.file else "")


def with_files(options: Options, folder: Path) -> Options:
    """The same, with standard input as a file in a folder: another process has another one."""
    if STANDARD_INPUT not in options.files:
        return options
    kept = folder / "stdin"
    shutil.copyfile(kept_standard_input(), kept)
    files = tuple(kept if path == STANDARD_INPUT else path for path in options.files)
    return msgspec.structs.replace(options, files=files)


class Builder:
    """A process that builds the same site again and again. It is started when it is needed."""

    def __init__(self, root: Path | None, options: Options) -> None:
        self._arguments = (root, options)
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._starting = threading.Lock()
        self._cancelled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def build(self) -> Outcome:
        """Build in the process; a new one takes its place when it was ended from outside."""
        try:
            pipe = self._started()
            pipe.send(True)
            outcome = pipe.recv()
        except (EOFError, OSError):
            self._end()
            return failed(
                SitegenError(
                    "the build was ended from outside, perhaps for want of memory",
                    hint="it is tried again at the next change; give fewer --jobs",
                )
            )
        assert isinstance(outcome, Outcome)  # noqa: S101
        return outcome

    def cancel(self) -> None:
        """End the process, also in the midst of a build, and start no other. From any thread.

        The earlier output is then as it was.
        """
        with self._starting:
            self._cancelled = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> Connection:
        with self._starting:
            if self._cancelled:
                raise EOFError
            if self._pipe is not None and self._process is not None and self._process.is_alive():
                return self._pipe
            self._end()
            # Started anew, not forked: the threads of the server would leave locks behind.
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_work, args=(other, *self._arguments))
            with _deaf_to_interrupts():
                self._process.start()
            other.close()
            return self._pipe

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


def _work(pipe: Connection, root: Path | None, options: Options) -> None:
    """Build whenever it is asked for, until nobody is there to ask."""
    with contextlib.suppress(EOFError, OSError):
        while pipe.recv():
            pipe.send(built(root, options))


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started meanwhile never hears of Ctrl-C, which is for the one who started it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
