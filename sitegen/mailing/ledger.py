"""Who got which message: a file that is only ever added to, so that nobody gets one twice.

A line is written and brought to the disk before a message is handed over ("begun"), and another
when the server took it ("sent") or refused it ("failed"). After a crash in between nobody knows
whether it arrived; such a recipient is left out and named, for twice is worse than late.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

import msgspec

from ..errors import PublicationError
from ..locking import Lock

State = Literal["begun", "sent", "failed"]
_BUSY = "another run (process {}) is sending mail"


class _Line(msgspec.Struct, frozen=True):
    message: str
    address: str
    state: State


class Ledger:
    """The states of one message, by address; a context that one process at a time enters."""

    def __init__(self, folder: Path, message: str) -> None:
        self._folder = folder
        self._path = folder / "ledger.jsonl"
        self._message = message
        self._lock = Lock(folder / "lock", _BUSY)
        self._file: IO[bytes] | None = None
        self._states: dict[str, State] = {}

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            self._file = self._path.open("ab+")
            self.read()
            self._close_torn_line()
        except OSError as error:
            self._lock.release()
            raise PublicationError(
                f"cannot be written: {error.strerror}",
                file=str(self._path),
                hint="without it, nobody would know who has got the message",
            ) from error
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._lock.release()

    def read(self) -> None:
        """Learn what the file says; a file that is not there says nothing."""
        self._states.clear()
        data = self._path.read_bytes() if self._path.exists() else b""
        for text in data.splitlines():
            try:
                line = msgspec.json.decode(text, type=_Line)
            except msgspec.MsgspecError:  # torn by a crash: it was written before anything was done
                continue
            if line.message == self._message:
                self._states[line.address.lower()] = line.state

    def state(self, address: str) -> State | None:
        """What is known of a recipient of this message."""
        return self._states.get(address.lower())

    def owed(self, addresses: Iterable[str]) -> list[str]:
        """Those who have not got it, and of whom that is sure."""
        return [one for one in addresses if self.state(one) in {None, "failed"}]

    def note(self, address: str, state: State) -> None:
        """Write down a state, and bring it to the disk."""
        assert self._file is not None  # noqa: S101 - only within the context
        line = _Line(self._message, address, state)
        self._file.write(msgspec.json.encode(line) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._states[address.lower()] = state

    def _close_torn_line(self) -> None:
        assert self._file is not None  # noqa: S101
        if self._file.tell():
            self._file.seek(-1, os.SEEK_END)
            if self._file.read(1) != b"\n":
                self._file.write(b"\n")
