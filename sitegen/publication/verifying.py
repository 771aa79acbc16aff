"""Whether a folder is as its manifest has it: what is whole, what is damaged, what is not ours."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..digests import digest_of
from .manifest import FileEntry, Manifest


class Comparison(NamedTuple):
    """How a folder differs from its manifest: paths that aren't as that has them, or not in it.

    `times` are those of all folders in it (ns), by which a change of their entries is seen later;
    None where there are other folders than the files need.
    """

    damaged: set[str]
    strangers: set[str]
    times: dict[str, int] | None


def compare(folder: Path, manifest: Manifest) -> Comparison:
    """Hold a folder against its manifest.

    A file with another time is read: a copied or restored folder is as good as the first, and
    gets the times back that it had. A folder of which nothing is known counts as one path.
    """
    expected = manifest.files()
    folders = _folders(expected)
    strangers: set[str] = set()
    sound: set[str] = set()
    times: dict[str, int] = {}
    for path, entry in _walk(folder, times):
        known = expected.get(path)
        if known is None:
            strangers.add(_topmost(path, folders))
            continue
        status = entry.stat(follow_symlinks=False)
        as_it_was = status.st_mtime_ns == known.mtime_ns and status.st_size == known.size
        if (as_it_was and stat.S_ISREG(status.st_mode)) or _is_whole(entry, known):
            sound.add(path)
    usual = times.keys() <= {"", *folders}
    return Comparison(expected.keys() - sound, strangers, times if usual else None)


def unchanged(folder: Path, times: Mapping[str, int]) -> bool:
    """Whether all folders in a folder have the entries that they had."""
    return all((folder / path).stat().st_mtime_ns == time for path, time in times.items())


def holds_any(folder: Path, manifest: Manifest) -> bool:
    """Whether any file is as the manifest has it."""
    expected = manifest.files()
    return any(
        path in expected and _is_whole(entry, expected[path]) for path, entry in _walk(folder, {})
    )


def _is_whole(entry: os.DirEntry[str], known: FileEntry) -> bool:
    """Whether a file is as the manifest has it, by its time and else by its content."""
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode) or status.st_size != known.size:
        return False
    if status.st_mtime_ns == known.mtime_ns:
        return True
    try:
        if digest_of(Path(entry.path).read_bytes()) != known.content:
            return False
    except OSError:
        return False
    # So that the next build need not read it again; who may not set times reads it every time.
    with contextlib.suppress(OSError):
        os.utime(entry.path, ns=(status.st_atime_ns, known.mtime_ns))
    return True


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders above the paths."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _topmost(path: str, folders: set[str]) -> str:
    """The path itself, or the topmost folder above it that isn't one of `folders`."""
    end = path.find("/")
    while end > 0:
        if path[:end] not in folders:
            return path[:end]
        end = path.find("/", end + 1)
    return path


def _walk(folder: Path, times: dict[str, int]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder that may be missing; a symbolic link is a file.

    The times of the folders go into `times`.
    """
    pending = [""] if folder.is_dir() else []
    while pending:
        below = pending.pop()
        times[below.rstrip("/")] = (folder / below).stat().st_mtime_ns
        with os.scandir(folder / below) as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                else:
                    yield path, entry
