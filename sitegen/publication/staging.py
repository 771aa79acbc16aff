"""The stage: the folder of a build under way, which is not published yet."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from ..digests import digest_of
from ..errors import PublicationError
from .manifest import FileEntry

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Stage:
    """The folder of a build under way. Workers write into it, each its own paths.

    One that is `filled` holds all that the published folder holds. `links` tells whether files are
    shared with it: a folder of copies is not worth to be kept.
    """

    def __init__(self, folder: Path, published: Path, *, filled: bool = False) -> None:
        self.folder = folder
        self.filled = filled
        self.links = filled or _can_link(folder.parent)
        self._published = published
        self._made: set[str] = set()

    def discard(self) -> None:
        """Remove it, or what was exchanged for it."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)

    def _target(self, path: str) -> str:
        folder, _, _ = path.rpartition("/")
        if folder not in self._made:
            self._make_folder(folder)
            self._made.add(folder)
        return f"{self.folder}/{path}"

    def _make_folder(self, folder: str) -> None:
        """Make a folder. A file of the published site may be in its way, or of another page."""
        at = self.folder
        for name in folder.split("/"):
            at /= name
            try:
                at.mkdir()
            except FileExistsError:
                if at.is_dir():
                    continue
                if not self.filled:
                    raise
                at.unlink()
                at.mkdir()

    def write(self, path: str, data: bytes, known: FileEntry | None = None) -> FileEntry:
        """Put a file there; the published one that is `known` is kept where it is the same.

        Raises FileExistsError where another page has the path, as `keep` does.
        """
        digest = digest_of(data)
        if known is not None and known.content == digest:
            return self.keep(path, known)
        try:
            target = self._target(path)
            if self.filled and not _unlink(target):
                shutil.rmtree(target)  # the published site has a folder there
            file = os.open(target, _NEW, 0o666)
            try:
                if os.write(file, data) != len(data):  # a full disk takes what fits
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                status = os.fstat(file)
            finally:
                os.close(file)
        except FileExistsError:
            raise
        except OSError as error:
            raise failure(error, self._published / path) from error
        return FileEntry(len(data), status.st_mtime_ns, digest)

    def keep(self, path: str, entry: FileEntry) -> FileEntry:
        """Take an unchanged file over from the published folder."""
        if self.filled:
            return entry
        try:
            link(f"{self._published}/{path}", self._target(path))
        except FileExistsError:
            raise
        except OSError as error:
            raise failure(error, self._published / path) from error
        return entry

    def fill(self, paths: Iterable[str]) -> None:
        """Take these files over from the published folder, which are all that it holds."""
        for path in paths:
            link(f"{self._published}/{path}", self._target(path))
        self.filled = True

    def is_as_new(self, folders: Iterable[str]) -> bool:
        """Whether folders have the permissions of new ones. Raises OSError."""
        new = self.folder / ".new"
        new.mkdir()
        mode = new.stat().st_mode
        new.rmdir()
        return all(os.stat(self.folder / path).st_mode == mode for path in folders if path)

    def catch_up(self, paths: Collection[str], files: Collection[str]) -> None:
        """Make paths again what they are in the published folder, which has these files.

        Raises OSError.
        """
        self.remove(paths)
        for path in paths:
            if path in files:
                with contextlib.suppress(FileNotFoundError):  # damaged; it will be made again
                    link(f"{self._published}/{path}", self._target(path))

    def remove(self, paths: Iterable[str], kept: Collection[str] = ()) -> None:
        """Take files away, and the folders that are empty without them; a folder stays itself.

        Where a file system knows a path by the name of a `kept` one in another case, that stays.
        """
        folded = {path.casefold(): path for path in kept}
        for path in paths:
            twin = folded.get(path.casefold())
            if twin is None or not _same(f"{self.folder}/{path}", f"{self.folder}/{twin}"):
                _unlink(f"{self.folder}/{path}")
                self._prune(path)

    def _prune(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        while folder:
            try:
                os.rmdir(f"{self.folder}/{folder}")
            except OSError:
                return
            self._made.discard(folder)
            folder = folder.rpartition("/")[0]


def _unlink(path: str) -> bool:
    """Take a file away; whether the path is free now: a folder stays."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # EISDIR, or EPERM
        if not os.path.isdir(path):
            raise
        return False
    return True


def _same(one: str, other: str) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samefile(one, other)
    return False


def _can_link(folder: Path) -> bool:
    """Whether files of a folder can have a second name."""
    one, other = folder / "one", folder / "other"
    try:
        one.touch()
        os.link(one, other)
    except OSError:
        return False
    finally:
        _unlink(str(one))
        _unlink(str(other))
    return True


def link(source: str, target: str) -> None:
    """The same file under another name; a copy with its time where that cannot be."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def failure(error: OSError, place: Path, what: str = "cannot be written") -> PublicationError:
    """What a system error means for a build, with the place and what to do."""
    hint = "the earlier output stays as it was; check space and permissions"
    if error.errno in {errno.EBUSY, errno.EXDEV}:
        hint = "it is a mount point, or part of a container's image: give a folder inside it"
    return PublicationError(f"{what}: {error.strerror or error}", file=str(place), hint=hint)
