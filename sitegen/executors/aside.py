"""One function at work in a forked process, beside the process that wants its result."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from .processes import begin

R = TypeVar("R")


class Aside(Generic[R]):
    """A function that is at work as soon as this is made.

    Where its process is lost, it is called again in this one: what it does must bear that.
    """

    def __init__(self, function: Callable[[], R]) -> None:
        context = multiprocessing.get_context("fork")
        self._function = function
        self._answer, answer = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_work, args=(function, answer, os.getpid()), daemon=True
        )
        self._process.start()
        answer.close()

    def result(self) -> R:
        """Wait for it; raises what it raised."""
        try:
            good, found = self._answer.recv()
        except EOFError:
            good, found = True, self._function()
        finally:
            self.cancel()
        if not good:
            raise found
        answer: R = found
        return answer

    def cancel(self) -> None:
        """End it where it is."""
        self._process.kill()
        self._process.join()
        self._answer.close()


def _work(function: Callable[[], Any], answer: Connection, parent: int) -> None:
    begin(parent)
    try:
        said = (True, function())
    except Exception as error:  # noqa: BLE001 - it is raised where the result is wanted
        said = (False, error)
    with contextlib.suppress(BrokenPipeError):  # nobody waits for it any more
        answer.send(said)
