"""Where a dump's bytes come from: a file, a compressed file, an archive's member, standard input.

Comes in: a path. Goes out: a `Content` that can be opened again and again, unpacked on the way;
what is small is held in memory instead. Raises InputError for what is no file or cannot be read.
"""

from __future__ import annotations

import atexit
import io
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..config.limits import DEFAULT, MB, Limits
from ..errors import InputError, Problem
from ..formats.content import Content
from . import archives, unpack

STANDARD_INPUT = Path("-")

_IN_MEMORY = 8 * 1024**2
_BLOCK = 1 << 20

_NOT_A_FILE = (
    (stat.S_ISDIR, "a folder, where a file belongs", "name the files in it"),
    (
        stat.S_ISFIFO,
        "a pipe, no regular file",
        "give it on standard input: sitegen inspect - < PIPE",
    ),
    (stat.S_ISSOCK, "a socket, no regular file", "save what it sends to a file"),
    (lambda _: True, "a device, no regular file", "save what it gives to a file"),
)


def check_file(path: Path, limits: Limits) -> None:
    """Raises InputError for what is no file, or too large.

    Opens nothing, since a pipe might wait forever.
    """
    try:
        facts = path.stat()
    except OSError as error:
        raise _cannot_be_read(error) from error
    if not stat.S_ISREG(facts.st_mode):
        raise _no_file(facts.st_mode)
    if facts.st_size > limits.dump * MB:
        raise unpack.too_large(limits)


def no_file(path: Path) -> InputError:
    """What is said of something that exists and is neither a file nor a folder."""
    error = _no_file(path.stat().st_mode)
    return InputError(error.message, hint=error.hint, file=str(path))


def _no_file(mode: int) -> InputError:
    said, hint = next((said, hint) for test, said, hint in _NOT_A_FILE if test(mode))
    return InputError(said, hint=hint)


def packing(path: Path, limits: Limits = DEFAULT) -> str:
    """How a file is packed; see `unpack.packing`. "" also for what cannot be opened."""
    try:
        check_file(path, limits)
        with path.open("rb") as file:
            return unpack.packing(file.read(unpack.START))
    except (InputError, OSError):
        return ""


class FileFacts(NamedTuple):
    """By what a file is recognized without being read: bytes, times in ns, and number.

    The second time is that of the last change of anything, which nobody can set (on Windows, where
    there is none, it is that of the file's making).
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


# What files were found to hold, and how they were then; filled by `digest` and `remember`.
_digests: dict[bytes, tuple[FileFacts, bytes]] = {}


def digest(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The digest of a file as it lies on disk, kept while it stays as it is. Raises InputError."""
    check_file(path, limits)
    try:
        status = path.stat()
        facts = FileFacts(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        name = os.fsencode(path.absolute())
        known = _digests.get(name)
        if known is not None and known[0] == facts:
            return known[1]
        with path.open("rb") as file:
            found = file_digest(file, lambda: blake2b(digest_size=12)).digest()
    except OSError as error:
        raise _cannot_be_read(error) from error
    _digests[name] = facts, found
    return found


def remember(digests: Mapping[bytes, tuple[FileFacts, bytes]]) -> None:
    """Take over what an earlier run found files to hold, by their absolute names."""
    for name, known in digests.items():
        _digests.setdefault(name, known)


def remembered(before_ns: int) -> dict[bytes, tuple[FileFacts, bytes]]:
    """What files were found to hold, of those that were last changed before some time.

    A file that is changed twice within a tick of the clock looks the same both times.
    """
    return {
        name: (facts, found)
        for name, (facts, found) in _digests.items()
        if max(facts.mtime_ns, facts.ctime_ns) < before_ns
    }


def content(path: Path, member: str, name: str, limits: Limits = DEFAULT) -> Content:
    """What a file or an archive's member holds. Raises InputError.

    Damage to a packed file is a problem of the content, which then ends there.
    """
    found: list[Content] = []
    damages: set[str] = set()

    def told(reason: str) -> None:
        if found and reason not in damages:
            found[0].problems.append(_damaged(name, reason))
        damages.add(reason)

    kind = packing(path, limits)

    def opened() -> BinaryIO:
        return _open(path, member, kind, told, limits)

    with opened() as stream:
        start = stream.read(_IN_MEMORY + 1)
    if kind and (inside := unpack.packing(start[: unpack.START])):
        raise InputError(f"packed twice ({inside} inside)", hint="unpack it once")
    small = len(start) <= _IN_MEMORY
    found.append(Content(name, (lambda: io.BytesIO(start)) if small else opened, limits))
    found[0].problems += [_damaged(name, reason) for reason in sorted(damages)]
    return found[0]


def _open(
    path: Path, member: str, kind: str, told: Callable[[str], None], limits: Limits
) -> BinaryIO:
    check_file(path, limits)
    if member:
        return archives.open_member(path, member, told, limits)
    if kind and kind not in unpack.STREAMS:
        raise _archive(path, kind, limits)
    try:
        file = path.open("rb")
    except OSError as error:
        raise _cannot_be_read(error) from error
    return unpack.unpacked(file, kind, told, limits) if kind else file


def _archive(path: Path, kind: str, limits: Limits) -> InputError:
    """Why an archive is not read: zip archives are, member by member."""
    if kind == "zip":
        archives.members(path, limits)
        return InputError("an archive without files", hint="make it again, or remove it")
    return InputError(f"a {kind} archive", hint="unpack it, or make a zip archive of it")


def _damaged(name: str, reason: str) -> Problem:
    why = reason.rstrip(".") or "cannot be unpacked"
    message = f"damaged: {why}; what could be unpacked was read"
    return Problem(file=name, line=0, message=message, hint="get the file again")


def _cannot_be_read(error: OSError) -> InputError:
    return InputError(
        f"cannot be read: {error.strerror}", hint="check the file and its permissions"
    )


def kept_standard_input(limits: Limits = DEFAULT) -> Path:
    """Standard input as a file that is gone when the program ends. Raises InputError.

    It can be read once; who asks again gets the same file.
    """
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("there is no standard input", hint="name a file")
    return _kept_stream(stream, limits)


_kept_streams: set[Path] = set()


def shown(path: Path) -> str:
    """A file's path as it was given: `-` for the file that standard input is kept in."""
    return str(STANDARD_INPUT if path in _kept_streams else path)


@lru_cache(maxsize=1)
def _kept_stream(stream: BinaryIO, limits: Limits) -> Path:
    handle, name = tempfile.mkstemp(prefix="sitegen-")
    path = Path(name)
    _kept_streams.add(path)
    owner = os.getpid()
    # A forked process that ends must not take the file away.
    atexit.register(lambda: path.unlink(missing_ok=True) if os.getpid() == owner else None)
    size = 0
    with os.fdopen(handle, "wb") as file:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > limits.dump * MB:
                raise unpack.too_large(limits)
            file.write(block)
    return path
