"""The readers that are installed, ours and those of other packages; and what is wrong with them.

A package gives readers by entry points of the group `sitegen.readers`. One that cannot be loaded,
or lacks what a reader has, is left out, and a warning names it and its package. One that raises is
guarded: what it gave before is kept, and the problem names it, its package and what to do. A reader
is loaded when it is needed; see `beginnings`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol

from ..errors import Problem, SitegenError
from ..formats.content import Content
from ..model import Record
from .beginnings import OWN, Beginning

GROUP = "sitegen.readers"
_ITEMS = (Record, Problem)
_LONGEST = 300  # of a message that foreign code wrote


class Reader(Protocol):
    """What a reader has.

    `NAME` is the format's short name ("hf-json"); `LABEL` says it to people ("Hugging Face
    daily_papers JSON").
    """

    NAME: str
    LABEL: str

    def sniff(self, head: str, name: str) -> int:
        """How surely this is the format: 0 (no) to 100 (certain), from the beginning and name."""

    def read(self, content: Content, name: str) -> Iterator[Record | Problem]:
        """The records in their order, problems where they arise; `name` goes into both."""


class Installed:
    """A reader that is installed: loaded when it is asked for."""

    def __init__(self, point: EntryPoint) -> None:
        package, _, module = point.value.rpartition(".")
        self.is_own = package == __package__ and module in OWN
        self._begins = OWN[module] if self.is_own else frozenset(Beginning)
        self._point = point

    def may_claim(self, kind: Beginning) -> bool:
        """Whether it may claim a dump that begins so."""
        return kind in self._begins

    @cached_property
    def reader(self) -> Reader | Problem:
        """The reader, or what is wrong with it."""
        return _loaded(self._point)


@cache
def installed() -> tuple[Installed, ...]:
    """All readers that are installed, by name."""
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return tuple(map(Installed, points))


def _loaded(point: EntryPoint) -> Reader | Problem:
    try:
        loaded = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the code is anyone's
        return _broken(point, f"cannot be loaded: {_said(error)}")
    lacking = [name for name in ("NAME", "LABEL") if not isinstance(getattr(loaded, name, 0), str)]
    lacking += [name for name in ("sniff", "read") if not callable(getattr(loaded, name, None))]
    if lacking:
        return _broken(point, f"is no reader: it lacks {', '.join(lacking)}")
    return _Guarded(loaded, point)


class _Guarded:
    """A reader that may raise, as one that does not."""

    def __init__(self, reader: Any, point: EntryPoint) -> None:
        self._reader = reader
        self._point = point
        self.NAME: str = reader.NAME
        self.LABEL: str = reader.LABEL

    def sniff(self, head: str, name: str) -> int:
        """The reader's score. Raises SniffError where it gives none."""
        try:
            score = self._reader.sniff(head, name)
        except Exception as error:
            raise SniffError(
                self._problem(name, f"failed to say whose it is: {_said(error)}")
            ) from error
        if not isinstance(score, int):
            raise SniffError(self._problem(name, f"says {score!r:.40}, not 0 to 100"))
        return score

    def read(self, content: Content, name: str) -> Iterator[Record | Problem]:
        """The reader's records and problems; an exception becomes a problem, an error."""
        last: Record | Problem | None = None
        try:
            for item in self._reader.read(content, name):
                if not isinstance(item, _ITEMS):
                    kind, line = type(item).__name__, last.line if last else 0
                    yield self._problem(name, f"gave a {kind}, no record", line, "error")
                    return
                last = item
                yield item
        except SitegenError:
            raise
        except Exception as error:  # noqa: BLE001 - the code is anyone's
            where, line = (" after this line", last.line) if last else ("", 0)
            yield self._problem(name, f"failed{where}: {_said(error)}", line, "error")

    def _problem(self, name: str, what: str, line: int = 0, severity: Any = "warning") -> Problem:
        return Problem(
            file=name,
            line=line,
            message=f"the reader “{self._point.name}” {_of(self._point)} {what}",
            hint=_remedy(self._point),
            severity=severity,
        )


class SniffError(Exception):
    """A reader could not say how sure it is of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _broken(point: EntryPoint, what: str) -> Problem:
    return Problem(
        file=f"{GROUP}: {point.name} = {point.value}",
        line=0,
        message=f"this reader {_of(point)} {what}",
        hint=_remedy(point),
    )


def _said(error: BaseException) -> str:
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return said[:_LONGEST]


def _package(point: EntryPoint) -> tuple[str, str]:
    return (point.dist.name, point.dist.version) if point.dist else ("", "")


def _of(point: EntryPoint) -> str:
    name, version = _package(point)
    return f"of the package {name} {version}" if name else "of an unknown package"


def _remedy(point: EntryPoint) -> str:
    name, _ = _package(point)
    if name == "sitegen":
        return "install sitegen again; if that does not help, please report it"
    if not name:
        return f"remove the entry point from the group {GROUP}"
    return f"install another version of {name}, or remove it: pip uninstall {name}"
