"""A preview under way: a change leads to a build, a build to what open pages hear."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

import msgspec

from ..options import Options
from ..publication.store import STATE_FOLDER
from .answers import home_of
from .building import Builder, Outcome
from .state import Board, State
from .watching import Watcher

Told = Callable[[Outcome], None]


class Session:
    """Builds in the background while the context lasts; `board` has what the pages hear.

    `first` is what became of the build before. Each build that finds another state is `told`, from
    another thread.
    """

    def __init__(
        self,
        root: Path | None,
        options: Options,
        folder: Path,
        first: Outcome,
        told: Told = lambda _: None,
    ) -> None:
        self._name = secrets.token_hex(4)  # pages of an earlier preview are out of date
        self._number = 1
        self._home = home_of(first.base_url or "")
        self._told = told
        self.board = Board(self._state(first))
        # What is there is no reason to make it all again at every change.
        self._builder = Builder(root, msgspec.structs.replace(options, full=False))
        self._wanted = threading.Event()
        self._ended = False
        state = folder.resolve().parent / STATE_FOLDER
        self._watcher = Watcher(first.places, (folder, state), self.want)
        self._thread = threading.Thread(target=self._run, name="builder", daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        # What has changed since the first build nobody has told; and the process gets warm.
        self.want()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self.board.close()
        self._builder.cancel()
        self._wanted.set()
        self._watcher.stop()
        self._thread.join()

    def want(self) -> None:
        """Build once more. While a build is under way, another one follows it."""
        self._wanted.set()

    def _run(self) -> None:
        with self._builder as builder:
            while not self._ended:
                self._wanted.wait()
                self._wanted.clear()
                if self._ended:
                    return
                outcome = builder.build()
                if self._ended:
                    return
                self._hear(outcome)

    def _hear(self, outcome: Outcome) -> None:
        self._number += outcome.changed
        if outcome.base_url is not None:
            self._home = home_of(outcome.base_url)
        if outcome.places:
            self._watcher.watch(outcome.places)
        before = self.board.state
        self.board.tell(self._state(outcome))
        if self.board.state != before:
            self._told(outcome)

    def _state(self, outcome: Outcome) -> State:
        return State(
            version=f"{self._name}-{self._number}", home=self._home, problems=outcome.problems
        )
