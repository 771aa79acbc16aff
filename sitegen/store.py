"""The output folder: the lock, the manifest, staging, and publication by exchange.

A build writes a whole new folder beside the old one (unchanged files are hard links to the old
ones) and exchanges the two in one step, so that readers see the old site or the new one. All
that is not the site lies in `.sitegen/outputs/NAME/` beside the output folder: on the same file
system, and outside of what is published.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from .cache import checked, sealed
from .errors import Problem, PublicationError
from .exchange import exchange
from .locking import Lock
from .manifest import FORMAT, FileEntry, Manifest

GENERATOR = b'<meta name="generator" content="sitegen">'
STATE_FOLDER = ".sitegen"
_CONTENT_BYTES = 12


def content_digest(data: bytes) -> bytes:
    """The digest by which a file's content is recognized."""
    return blake2b(data, digest_size=_CONTENT_BYTES).digest()


class Output:
    """One output folder, held by this build alone while the context lasts.

    Raises PublicationError when another build holds it, when it isn't ours to replace, or when
    it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.state = self.folder.parent / STATE_FOLDER / "outputs" / self.folder.name
        self._lock = Lock(self.state / "lock")

    def __enter__(self) -> Output:
        with _told(self.state):
            self.state.mkdir(parents=True, exist_ok=True)
        self._lock.acquire()
        try:
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
        if not any(folder.iterdir()) or self._manifest_of(folder.stat().st_ino) is not None:
            return
        try:
            with (folder / "index.html").open("rb") as page:
                if GENERATOR in page.read(16_384):
                    return
        except OSError:
            pass
        raise PublicationError(
            "this folder holds files that sitegen did not make, so it is left as it is",
            file=str(folder),
            hint="give another --out, or empty the folder yourself",
        )

    def _remove_abandoned(self) -> None:
        for left in self.state.glob("stage-*"):
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

    def _manifest_of(self, inode: int) -> Manifest | None:
        """The manifest that describes the folder; any of them when none has its inode."""
        found = list(self._manifests())
        exact = (manifest for manifest in found if manifest.inode == inode)
        return next(exact, found[0] if found else None)

    def manifest(self) -> Manifest | None:
        """What the folder holds, by the last build that published it; None when unknown."""
        if not self.folder.is_dir():
            return None
        return self._manifest_of(self.folder.stat().st_ino)

    def damaged(self, manifest: Manifest) -> tuple[set[str], set[str]]:
        """Paths that aren't as the manifest has them, and paths that it doesn't know.

        A file with another time is read: a copied or restored folder is as good as the first.
        """
        expected = manifest.files()
        strangers: set[str] = set()
        sound: set[str] = set()
        for path, entry in _walk(self.folder) if self.folder.is_dir() else ():
            known = expected.get(path)
            if known is None:
                strangers.add(path)
                continue
            status = entry.stat()
            if status.st_size != known.size:
                continue
            if status.st_mtime_ns == known.mtime_ns or (
                content_digest(Path(entry.path).read_bytes()) == known.content
            ):
                sound.add(path)
        return expected.keys() - sound, strangers

    def stage(self) -> Stage:
        """A new, empty folder beside the old one."""
        with _told(self.state):
            return Stage(Path(tempfile.mkdtemp(prefix="stage-", dir=self.state)), self.folder)

    def publish(
        self, stage: Stage, manifest: Manifest, strangers: Iterable[str] = ()
    ) -> tuple[Problem, ...]:
        """Exchange the staged folder for the published one, then remove the old one.

        `strangers` are files in the old one that sitegen did not write: they are put aside, and
        each is a problem that says where.
        """
        new = self.state / "manifest.new"
        with _told(self.folder):
            stage.folder.chmod(0o755)  # noqa: S103 - it is to be published
            inode = stage.folder.stat().st_ino
            data = msgspec.msgpack.encode(msgspec.structs.replace(manifest, inode=inode))
            new.write_bytes(sealed(data))
            if self.folder.exists():
                exchange(stage.folder, self.folder)
            else:
                stage.folder.rename(self.folder)
            new.replace(self.state / "manifest")
        problems = tuple(self._set_aside(stage.folder, path) for path in sorted(strangers))
        shutil.rmtree(stage.folder, ignore_errors=True)
        return problems

    def _set_aside(self, folder: Path, path: str) -> Problem:
        kept = self.state / "kept" / path
        number = 1
        while kept.exists():
            number += 1
            kept = self.state / f"kept-{number}" / path
        with _told(kept):
            kept.parent.mkdir(parents=True, exist_ok=True)
            (folder / path).rename(kept)
        return Problem(
            file=f"{self.folder.name}/{path}",
            line=0,
            message=f"sitegen did not make this file; it was moved to {_near(kept)}",
            hint="put files of your own under content/static/",
        )

    def discard(self, stage: Stage) -> None:
        """Remove a stage that is not published."""
        shutil.rmtree(stage.folder, ignore_errors=True)


class Stage:
    """The folder of a build under way. Workers write into it, each its own paths."""

    def __init__(self, folder: Path, published: Path) -> None:
        self.folder = folder
        self._published = published
        self._made: set[str] = set()

    def _target(self, path: str) -> str:
        folder = os.path.dirname(path)
        if folder not in self._made:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self.folder}/{path}"

    def write(self, path: str, data: bytes, page: bytes) -> FileEntry:
        """Write a new file; `page` is the digest of what it shows."""
        target = self._target(path)
        with open(target, "xb", buffering=0) as file:
            file.write(data)
            status = os.fstat(file.fileno())
        return FileEntry(page, len(data), status.st_mtime_ns, content_digest(data))

    def keep(self, path: str, entry: FileEntry) -> FileEntry:
        """Take an unchanged file over from the published folder."""
        target = self._target(path)
        source = f"{self._published}/{path}"
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            shutil.copy2(source, target)
            return entry._replace(mtime_ns=os.stat(target).st_mtime_ns)
        return entry


def _near(path: Path) -> str:
    """A path as it can be typed from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                else:
                    yield path, entry


@contextlib.contextmanager
def _told(place: Path) -> Iterator[None]:
    """System errors as ours, with the place and what to do."""
    try:
        yield
    except OSError as error:
        raise PublicationError(
            f"cannot write: {error.strerror or error}",
            file=str(place),
            hint="the earlier output stays as it was; check space and permissions",
        ) from error
