"""Running independent tasks: one after the other, in processes, or on a cluster.

`map(function, items)` gives results in the order of the items. Whatever runs them, the same
function runs, so that the results are the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar

from ..errors import UsageError

T = TypeVar("T")
R = TypeVar("R")

NAMES: Final = ("serial", "process", "dask")
DEFAULT: Final = "process"
_DASK: Final = "dask"


class Executor(Protocol):
    """Something that runs tasks.

    Where it `writes`, a task is run once and may write files; elsewhere it may be run on another
    machine, and again when that one is lost, so that it does nothing but give a result. Where it
    is `local`, tasks see the files of this machine.
    """

    writes: bool
    local: bool

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """The results of `function` for each item, in order; its exceptions are raised here."""

    def close(self) -> None:
        """Let go of all that was begun for it."""


class Serial:
    """All tasks in this process."""

    writes = True
    local = True

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """See Executor."""
        return map(function, items)

    def close(self) -> None:
        """Nothing was begun."""


def executor(name: str, jobs: int | None, shared: Path | None = None) -> Executor:
    """The executor of that name: one of NAMES, or "dask:ADDRESS".

    `jobs` None: one for each processor we may use. `shared` is a folder that the workers of a
    cluster must see. Raises UsageError for what cannot be.
    """
    if jobs is not None and jobs < 1:
        raise UsageError("--jobs takes a number from 1 on")
    kind, address = named(name)
    count = jobs or _processors()
    if kind == _DASK:
        from .cluster import Dask

        return Dask(address, count, shared)
    if kind == "process" and count > 1:
        from .processes import Processes, can_fork

        if can_fork():
            return Processes(count)
    return Serial()


def may_fork(name: str, jobs: int | None) -> bool:
    """Whether something else may be done at the same time, in a forked process.

    A process that talks to a cluster has threads, and cannot be forked safely.
    """
    if named(name)[0] != "process" or (jobs or _processors()) < 2:
        return False
    from .processes import can_fork

    return can_fork()


def here(name: str, jobs: int | None) -> Executor:
    """What does the same on this machine, for tasks on files that lie here."""
    kind, _ = named(name)
    return executor(DEFAULT if kind == _DASK else kind, jobs)


def named(name: str) -> tuple[str, str]:
    """One of NAMES and the address of a cluster, "" for one of our own. Raises UsageError."""
    kind, colon, address = name.partition(":")
    if kind not in NAMES or (colon and (kind != _DASK or not address)):
        raise UsageError(
            f"there is no executor {name!r}",
            hint=f"one of {', '.join(NAMES)}, or {_DASK}:ADDRESS as in dask:tcp://127.0.0.1:8786",
        )
    return kind, address


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
