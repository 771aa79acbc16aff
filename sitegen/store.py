"""The output folder: the lock, the manifest, staging, and publication by exchange.

A build writes a whole new folder beside the old one (unchanged files are hard links to the old
ones) and exchanges the two in one step, so that readers see the old site or the new one. The
folder that went out is kept as the `spare` of the next build, which then has to change only what
changed in the two builds. All that is not the site lies in `.sitegen/outputs/NAME/` beside the
output folder: on the same file system, and outside of what is published. An output that is a
symbolic link stands for the folder that it leads to.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import msgspec

from .cache import checked, sealed
from .digests import digest_of
from .errors import Problem, PublicationError
from .exchange import exchange, restore
from .locking import Lock
from .manifest import FORMAT, FileEntry, Manifest
from .verifying import compare, holds_any

GENERATOR = b'<meta name="generator" content="sitegen">'
STATE_FOLDER = ".sitegen"
_HEAD_BYTES = 16_384
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Changes(msgspec.Struct, frozen=True, array_like=True):
    """What a spare folder has to catch up with the published one; both by their inodes."""

    spare: int
    published: int
    paths: list[str]


class Output:
    """One output folder, held by this build alone while the context lasts.

    Raises PublicationError when another build holds it, when it isn't ours to replace, or when
    it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.state = self.folder.parent / STATE_FOLDER / "outputs" / self.folder.name
        self._lock = Lock(self.state / "lock")
        self._aside = self.state / "aside"
        self._spare = self.state / "spare"

    def __enter__(self) -> Self:
        self._check_ours()  # before anything is written
        with _told(self.state):
            self.state.mkdir(parents=True, exist_ok=True)
        self._lock.acquire()
        try:
            with _told(self.folder):
                restore(self.folder, self._aside)
            self._check_ours()
            self._remove_abandoned()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _check_ours(self) -> None:
        folder = self.folder
        if not folder.exists():
            return
        if not folder.is_dir():
            raise PublicationError(
                "the output is a file, not a folder", file=str(folder), hint="give another --out"
            )
        with _told(folder, "cannot be read"):
            ours = not any(folder.iterdir()) or _says_sitegen(folder) or self._holds_our_files()
        if not ours:
            raise PublicationError(
                "this folder holds files that sitegen did not make, so it is left as it is",
                file=str(folder),
                hint="give another --out, or empty the folder yourself",
            )

    def _holds_our_files(self) -> bool:
        """Whether any file is as a manifest has it: the name alone could be another folder's."""
        return any(holds_any(self.folder, manifest) for manifest in self._manifests())

    def _remove_abandoned(self) -> None:
        for left in (*self.state.glob("stage-*"), self._aside):
            shutil.rmtree(left, ignore_errors=True)

    def _manifests(self) -> Iterator[Manifest]:
        for name in ("manifest", "manifest.new"):
            try:
                body = checked((self.state / name).read_bytes())
            except OSError:
                continue
            if body is None:
                continue
            with contextlib.suppress(msgspec.MsgspecError):
                manifest = msgspec.msgpack.decode(body, type=Manifest)
                if manifest.format == FORMAT:
                    yield manifest

    def manifest(self) -> Manifest | None:
        """What the folder holds, by the last build that published it; None when unknown.

        A build that was killed leaves two manifests; the folder's inode tells which is right. A
        folder that was copied or restored has another inode; then what it holds must tell.
        """
        if not self.folder.is_dir():
            return None
        inode = self.folder.stat().st_ino
        found = list(self._manifests())
        exact = (manifest for manifest in found if manifest.inode == inode)
        return next(exact, found[0] if found else None)

    def damaged(self, manifest: Manifest) -> tuple[set[str], set[str]]:
        """Paths that aren't as the manifest has them, and paths that it doesn't know.

        See `verifying.compare`.
        """
        with _told(self.folder, "cannot be read"):
            return compare(self.folder, manifest)

    def stage(self, old: Manifest | None = None, strangers: Iterable[str] = ()) -> Stage:
        """A folder beside the old one: empty, or with all that the old one is known to hold."""
        with _told(self.state):
            spare = self._spare_stage(old) if old and not strangers else None
            if spare is not None:
                return spare
            shutil.rmtree(self._spare, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix="stage-", dir=self.state)) / "site"
            folder.mkdir()  # with the permissions of any new folder; a temporary one is private
            if self.folder.is_dir():
                shutil.copymode(self.folder, folder)
            return Stage(folder, self.folder)

    def _spare_stage(self, old: Manifest) -> Stage | None:
        """The folder that was published before this one, made the same again; None without one."""
        spare = self._spare
        try:
            body = checked((spare / "changes").read_bytes())
            changes = msgspec.msgpack.decode(body or b"", type=Changes)
            if changes.spare != (spare / "site").stat().st_ino:
                return None
            if changes.published != self.folder.stat().st_ino:
                return None
            place = Path(tempfile.mkdtemp(prefix="stage-", dir=self.state))
            spare.rename(place)  # killed from here on, it is as any abandoned stage
            (place / "changes").unlink()
            shutil.copymode(self.folder, place / "site")
        except (OSError, msgspec.MsgspecError):
            return None
        stage = Stage(place / "site", self.folder, filled=True)
        files = old.files()
        for path in changes.paths:
            stage.restore(path, known=path in files)
        return stage

    def publish(
        self,
        stage: Stage,
        manifest: Manifest,
        strangers: Iterable[str] = (),
        old: Manifest | None = None,
    ) -> tuple[Problem, ...]:
        """Exchange the staged folder for the published one; the one before goes.

        `strangers` are what sitegen did not write in the old one: they are kept aside, and each
        is a problem that says where. Raises PublicationError, with the old folder as it was.
        """
        new = self.state / "manifest.new"
        try:
            with _told(self.folder):
                # Before the exchange: killed right after it, they would go with the old folder.
                problems = [self._set_aside(path) for path in sorted(strangers)]
                changes = _differences(old, manifest) if old is not None else []
                if stage.filled:
                    stage.remove(path for path, gone in changes if gone)
                inode = stage.folder.stat().st_ino
                data = msgspec.msgpack.encode(msgspec.structs.replace(manifest, inode=inode))
                new.write_bytes(sealed(data))
                if self.folder.exists():
                    exchange(stage.folder, self.folder, self._aside)
                else:
                    stage.folder.rename(self.folder)
                new.replace(self.state / "manifest")
                if old is not None and stage.links and not problems:
                    self._keep_spare(stage, inode, [path for path, _ in changes])
        finally:
            self.discard(stage)
        return tuple(problems)

    def _keep_spare(self, stage: Stage, published: int, paths: list[str]) -> None:
        """Keep the folder that went out for the next build, with what it has to catch up."""
        place = stage.folder.parent
        with contextlib.suppress(OSError):
            shutil.rmtree(self._spare, ignore_errors=True)
            changes = Changes(stage.folder.stat().st_ino, published, paths)
            (place / "changes").write_bytes(sealed(msgspec.msgpack.encode(changes)))
            place.rename(self._spare)

    def _set_aside(self, path: str) -> Problem:
        kept = self.state / "kept" / path
        number = 1
        while kept.exists() or kept.is_symlink():
            number += 1
            kept = self.state / f"kept-{number}" / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        found = self.folder / path
        if found.is_dir() and not found.is_symlink():
            shutil.copytree(found, kept, symlinks=True, copy_function=_link)
        else:
            _link(str(found), str(kept))
        return Problem(
            file=f"{self.folder.name}/{path}",
            line=0,
            message=f"sitegen did not make this; it was moved to {_near(kept)}",
            hint="put files of your own under content/static/",
        )

    def discard(self, stage: Stage) -> None:
        """Remove a stage, or what was exchanged for it."""
        shutil.rmtree(stage.folder.parent, ignore_errors=True)


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

    def _target(self, path: str) -> str:
        folder, _, _ = path.rpartition("/")
        if folder not in self._made:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self.folder}/{path}"

    def write(self, path: str, data: bytes, known: FileEntry | None = None) -> FileEntry:
        """Put a file there; the published one that is `known` is kept where it is the same.

        Raises FileExistsError where another page has the path, as `keep` does.
        """
        digest = digest_of(data)
        if known is not None and known.content == digest:
            return self.keep(path, known)
        target = self._target(path)
        try:
            if self.filled:
                _unlink(target)
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
            raise _failure(error, self._published / path) from error
        return FileEntry(len(data), status.st_mtime_ns, digest)

    def keep(self, path: str, entry: FileEntry) -> FileEntry:
        """Take an unchanged file over from the published folder."""
        if self.filled:
            return entry
        try:
            _link(f"{self._published}/{path}", self._target(path))
        except FileExistsError:
            raise
        except OSError as error:
            raise _failure(error, self._published / path) from error
        return entry

    def restore(self, path: str, *, known: bool) -> None:
        """Make a path again what it is in the published folder, or nothing."""
        try:
            target = self._target(path)
            _unlink(target)
            if known:
                with contextlib.suppress(FileNotFoundError):  # damaged; it will be made again
                    _link(f"{self._published}/{path}", target)
            else:
                self._prune(path)
        except OSError as error:
            raise _failure(error, self._published / path) from error

    def remove(self, paths: Iterable[str]) -> None:
        """Take files away, and the folders that are empty without them."""
        for path in paths:
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


def _differences(old: Manifest, new: Manifest) -> list[tuple[str, bool]]:
    """The paths at which two folders differ, and whether the new one has nothing there."""
    before, after = old.files(), new.files()
    found = [(path, False) for path, file in after.items() if before.get(path) != file]
    return [*found, *((path, True) for path in before.keys() - after.keys())]


def _unlink(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


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


def _link(source: str, target: str) -> None:
    """The same file under another name; a copy with its time where that cannot be."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _says_sitegen(folder: Path) -> bool:
    try:
        with (folder / "index.html").open("rb") as page:
            return GENERATOR in page.read(_HEAD_BYTES)
    except OSError:
        return False


def _near(path: Path) -> str:
    """A path as it can be typed from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _failure(error: OSError, place: Path, what: str = "cannot be written") -> PublicationError:
    hint = "the earlier output stays as it was; check space and permissions"
    if error.errno in {errno.EBUSY, errno.EXDEV}:
        hint = "it is a mount point, or part of a container's image: give a folder inside it"
    return PublicationError(f"{what}: {error.strerror or error}", file=str(place), hint=hint)


@contextlib.contextmanager
def _told(place: Path, what: str = "cannot be written") -> Iterator[None]:
    """System errors as ours, with the place and what to do."""
    try:
        yield
    except OSError as error:
        raise _failure(error, place, what) from error
