"""Exchanging two folders in one step, where the system can.

Linux: renameat2(2) with RENAME_EXCHANGE; macOS: renamex_np(2) with RENAME_SWAP. Elsewhere, and on
file systems that refuse, the old folder is renamed away and the new one to its place: a moment
without a site lies between. The old one returns when the second step fails, and `restore` brings
it back when the process died in between.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
# EPERM is what sandboxes say of system calls that they do not know.
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def exchange(one: Path, other: Path, aside: Path) -> None:
    """Afterwards each of two existing folders of one file system has the other's name.

    `aside` is a name that `other` may have for a moment. Raises OSError, with both as they were.
    """
    if not _in_one_step(os.fsencode(one), os.fsencode(other)):
        in_two_steps(one, other, aside)


def in_two_steps(one: Path, other: Path, aside: Path) -> None:
    """The same with three renames; the second name is missing for a moment.

    Where the last fails, what went out stays aside: it is done all the same.
    """
    other.rename(aside)
    try:
        one.rename(other)
    except BaseException:
        aside.rename(other)
        raise
    with contextlib.suppress(OSError):
        aside.rename(one)


def restore(other: Path, aside: Path) -> None:
    """Bring a folder back that a process left aside when it died between two steps."""
    if aside.is_dir() and not other.exists():
        aside.rename(other)


def _in_one_step(one: bytes, other: bytes) -> bool:
    """Whether the system did it; raises OSError when it can and something else is wrong."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = library.renamex_np(one, other, ctypes.c_uint(_RENAME_SWAP))
        else:
            result = library.renameat2(
                _AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_RENAME_EXCHANGE)
            )
    except (OSError, AttributeError, TypeError):
        return False
    if result == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), os.fsdecode(other))
