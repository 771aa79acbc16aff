"""A lock that the kernel holds: it ends with the process, however that ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO

from .errors import PublicationError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        file.seek(64)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """A file that one process at a time holds. The file stays; it says who held it last."""

    def __init__(
        self, path: Path, busy: str = "another build (process {}) is writing this output"
    ) -> None:
        self._path = path
        self._busy = busy
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock; raises PublicationError that names the holder."""
        try:
            file = self._path.open("a+", encoding="ascii", errors="replace")
        except OSError as error:
            raise PublicationError(
                f"cannot be locked: {error.strerror}",
                file=str(self._path),
                hint="nothing was changed; check space and permissions",
            ) from error
        try:
            _take(file)
        except OSError:
            file.seek(0)
            holder = file.read(32).strip() or "unknown"
            file.close()
            raise PublicationError(
                self._busy.format(holder),
                file=str(self._path.parent),
                hint="wait until it is done",
            ) from None
        self._file = file
        with contextlib.suppress(OSError):
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None
