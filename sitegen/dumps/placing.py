"""Files put among the dumps whole, or not at all.

A copy is made under `.sitegen/` and moved when it is whole: a process that is killed leaves nothing
in `content/`, which people commit. What it leaves behind is cleared by the next one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..errors import PublicationError
from ..locking import Lock

_LOCK: Final = "lock"
_PART: Final = ".part"  # how the name of a copy ends that cannot be made elsewhere


@contextmanager
def room(root: Path) -> Iterator[Path]:
    """An empty folder for copies that are not whole yet. One process at a time has it.

    Raises PublicationError where it cannot be had.
    """
    stage = root / ".sitegen" / "import"
    lock = Lock(stage / _LOCK, "another import (process {}) is at work")
    try:
        _take(stage, lock, root / "content" / "dumps")
        yield stage
    finally:
        lock.release()


def _take(stage: Path, lock: Lock, dumps: Path) -> None:
    """Hold the lock, and clear what a process left that was killed while it had it."""
    try:
        stage.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        left = [path for path in stage.iterdir() if path.name != _LOCK]
        for path in [*left, *dumps.glob(f".*{_PART}")]:
            path.unlink()
    except OSError as error:
        raise _unwritable(stage, error) from error


def place(stage: Path, folder: Path, copies: Mapping[str, Path]) -> None:
    """Copy files into a folder: name there -> file. None is put in place before all are copied.

    Raises PublicationError where that fails.
    """
    staged = {name: stage / str(number) for number, name in enumerate(copies)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, source in copies.items():
            _copy(source, staged[name])
        for name in copies:
            _move(staged[name], folder / name)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _copy(source: Path, target: Path) -> None:
    """A copy that is on the disk when this returns, not on its way there."""
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _move(staged: Path, path: Path) -> None:
    try:
        staged.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The caches lie on another disk, from which nothing is moved in one step.
        aside = path.with_name(f".{path.name}{_PART}")
        _copy(staged, aside)
        aside.replace(path)


def _unwritable(folder: Path, error: OSError) -> PublicationError:
    return PublicationError(
        f"cannot be written: {error.strerror}",
        file=str(folder),
        hint="check space and permissions",
    )
