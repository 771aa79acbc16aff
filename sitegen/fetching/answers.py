"""Answers of hosts, kept on disk: to ask with what is known, and to go on where a run ended.

Each address has one file, sealed by its checksum and put in place whole. What is kept is as good
as nothing to any other part of sitegen: the folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import msgspec

from ..cache import checked, sealed
from ..model import Value

_KEPT_FOR = 60 * 86_400  # seconds
# How long a run that was broken off may be continued: lists on the web grow.
_CONTINUED_FOR = 6 * 3_600


class Answer(Value, frozen=True, kw_only=True):
    """What a host answered to an address: `when` in seconds since the epoch."""

    url: str
    body: bytes
    type: str = ""  # the media type, in lower case, without parameters
    etag: str = ""  # RFC 9110, section 8.8
    modified: str = ""  # Last-Modified, as the host wrote it
    when: float = 0.0


class DamagedError(Exception):
    """An answer that is not whole, or not what it should be for now: to be asked for again."""


class Answers:
    """The answers in a folder. One that cannot be written is not kept, and nothing else happens."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reused_from: float | None = None

    def load(self, url: str) -> Answer | None:
        """The last answer to this address; None where there is none that is whole."""
        try:
            data = checked(self._path(url).read_bytes())
            answer = msgspec.msgpack.decode(data, type=Answer) if data is not None else None
        except (OSError, msgspec.MsgspecError):
            return None
        return answer if answer is not None and answer.url == url else None

    def save(self, answer: Answer) -> None:
        """Keep an answer in place of the one before."""
        data = sealed(msgspec.msgpack.encode(answer))
        with contextlib.suppress(OSError):
            write_whole(self._path(answer.url), data)

    def is_current(self, answer: Answer) -> bool:
        """Whether the answer came in a run that was broken off and is being continued."""
        return self._reused_from is not None and answer.when >= self._reused_from

    @contextmanager
    def run(self, name: str, now: float) -> Iterator[None]:
        """Ask for all that a source has. Broken off, the next run takes the answers so far."""
        mark = self._folder / f"{name}.unfinished"
        begun = _number(mark)
        if begun is not None and now - _CONTINUED_FOR <= begun <= now:
            self._reused_from = begun
        else:
            with contextlib.suppress(OSError):
                write_whole(mark, repr(now).encode())
        try:
            yield
            with contextlib.suppress(OSError):
                mark.unlink()
        finally:
            self._reused_from = None

    def prune(self, now: float) -> None:
        """Forget what nobody has asked for in a long time."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.stat().st_mtime < now - _KEPT_FOR:
                    path.unlink()

    def _path(self, url: str) -> Path:
        return self._folder / blake2b(url.encode(), digest_size=16).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all, also when the power fails. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _number(path: Path) -> float | None:
    try:
        return float(path.read_bytes())
    except (OSError, ValueError):
        return None
