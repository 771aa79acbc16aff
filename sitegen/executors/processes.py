"""Tasks in forked processes.

A process that is forked has function and items already, so that nothing but positions and results
travels. Workers end with the process that began them, however that ends: they would hold its lock
on the output for good.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

from ..errors import SitegenError

T = TypeVar("T")
R = TypeVar("R")

# Many small tasks travel together; few enough at once that no process waits long for the last.
_CHUNKS_PER_JOB: Final = 64
# Whoever looks at a value writes to its reference count, and so gets a copy of the memory around
# it: processes that look at all of a large library hold a copy of it each. New ones begin without.
_ROUNDS: Final = 6  # at most
_TASKS_OF_A_ROUND: Final = 100  # at least: to begin anew costs the same copies again
_PR_SET_PDEATHSIG: Final = 1  # prctl(2)

_task: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def _run(position: int) -> Any:
    assert _task is not None  # noqa: S101
    function, items = _task
    return function(items[position])


def begin(parent: int) -> None:
    """Make a worker end with its parent, and without a word at Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that
        os._exit(1)


class Processes:
    """Tasks in forked processes. `jobs` is how many."""

    writes = True
    local = True

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """See Executor. Raises SitegenError where a process is killed from outside."""
        global _task  # noqa: PLW0603 - what a forked process inherits
        jobs = min(self._jobs, len(items))
        if jobs < 2:
            yield from map(function, items)
            return
        _task = (function, items)
        gc.freeze()  # pages of memory that the collector doesn't write to stay shared
        rounds = min(_ROUNDS, -(-len(items) // _TASKS_OF_A_ROUND))
        step = -(-len(items) // rounds)
        try:
            for start in range(0, len(items), step):
                positions = range(start, min(start + step, len(items)))
                with ProcessPoolExecutor(
                    jobs, multiprocessing.get_context("fork"), begin, (os.getpid(),)
                ) as pool:
                    chunk = max(1, len(positions) // (jobs * _CHUNKS_PER_JOB))
                    yield from pool.map(_run, positions, chunksize=chunk)
        except BrokenProcessPool:
            raise SitegenError(
                "a worker process was ended from outside, perhaps for want of memory",
                hint="give fewer --jobs, or --executor serial",
            ) from None
        finally:
            gc.unfreeze()
            _task = None

    def close(self) -> None:
        """Processes end with each `map`."""


def can_fork() -> bool:
    """Whether processes can be forked here (macOS's own libraries don't bear it)."""
    return sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()
