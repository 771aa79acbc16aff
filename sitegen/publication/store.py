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
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from ..cache import checked, sealed
from ..errors import Problem, PublicationError
from ..locking import Lock
from .exchange import exchange, restore
from .manifest import FORMAT, Manifest
from .spare import Spare
from .staging import Stage, failure, link
from .verifying import Comparison, compare, holds_any

if TYPE_CHECKING:
    from ..executors.aside import Aside

GENERATOR = b'<meta name="generator" content="sitegen">'
STATE_FOLDER = ".sitegen"
_HEAD_BYTES = 16_384
_WORTH_A_PROCESS = 5_000  # files


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
        self._spare = Spare(self.state)
        self._times: dict[str, int] | None = None
        self._looking: Aside[tuple[Comparison, Stage | None]] | None = None
        self._filled: Stage | None = None

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
            self._settle_manifests()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._looking is not None or self._filled is not None:  # nothing came of the build
            if self._looking is not None:
                self._looking.cancel()
            self._remove_stages()
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
        self._remove_stages()
        shutil.rmtree(self._aside, ignore_errors=True)

    def _remove_stages(self) -> None:
        for left in self.state.glob("stage-*"):
            shutil.rmtree(left, ignore_errors=True)

    def _settle_manifests(self) -> None:
        """Have one manifest again after a build that was killed in between, as long as it tells.

        Another build that is killed would leave two others.
        """
        new = self.state / "manifest.new"
        if not new.exists() or not self.folder.is_dir():
            return
        inode = self.folder.stat().st_ino
        first = next(self._read(new), None)
        with contextlib.suppress(OSError):
            if first is not None and first.inode == inode:
                new.replace(self.state / "manifest")

    def _manifests(self) -> Iterator[Manifest]:
        yield from self._read(self.state / "manifest")
        yield from self._read(self.state / "manifest.new")

    @staticmethod
    def _read(file: Path) -> Iterator[Manifest]:
        """The manifest in a file, if there is one that can be trusted."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            manifest = msgspec.msgpack.decode(checked(file.read_bytes()) or b"", type=Manifest)
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
        if self._looking is not None:
            looking, self._looking = self._looking, None
            found, self._filled = looking.result()
        else:
            with _told(self.folder, "cannot be read"):
                found = compare(self.folder, manifest)
        self._times = found.times
        return found.damaged, found.strangers

    def look(self, manifest: Manifest, *, beside: bool) -> None:
        """Begin to look at the folder as `damaged` does, in a process beside this one.

        Where there is no spare folder, a stage is filled there, too. Both are with `damaged` and
        `stage` when they are called. Little is gained where the folder holds little.
        """
        if beside and len(manifest.files()) >= _WORTH_A_PROCESS:
            from ..executors.aside import Aside

            self._looking = Aside(partial(self._look, manifest))

    def _look(self, manifest: Manifest) -> tuple[Comparison, Stage | None]:
        with _told(self.folder, "cannot be read"):
            found = compare(self.folder, manifest)
        if found.strangers or self._spare.is_there:
            return found, None
        stage = self._empty()
        if not stage.links:
            stage.discard()
            return found, None
        try:
            stage.fill(path for path in manifest.files() if path not in found.damaged)
        except OSError:  # an empty stage meets the same, and says where
            stage.discard()
            return found, None
        return found, stage

    def stage(self, old: Manifest | None = None, strangers: Iterable[str] = ()) -> Stage:
        """A folder beside the old one: empty, or with all that the old one is known to hold."""
        if self._filled is not None:
            stage, self._filled = self._filled, None
            return stage
        spare = self._spare.take(self.folder, old) if old and not strangers else None
        if spare is not None:
            return spare
        self._spare.remove()
        return self._empty()

    def _empty(self) -> Stage:
        with _told(self.state):
            folder = Path(tempfile.mkdtemp(prefix="stage-", dir=self.state)) / "site"
            folder.mkdir()  # with the permissions of any new folder; a temporary one is private
            if self.folder.is_dir():
                shutil.copymode(self.folder, folder)
            return Stage(folder, self.folder)

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
                gone = [path for path, is_gone in changes if is_gone]
                if stage.filled and gone:
                    stage.remove(gone, manifest.files())
                inode = stage.folder.stat().st_ino
                data = msgspec.msgpack.encode(msgspec.structs.replace(manifest, inode=inode))
                new.write_bytes(sealed(data))
                if self.folder.exists():
                    exchange(stage.folder, self.folder, self._aside)
                else:
                    stage.folder.rename(self.folder)
                with contextlib.suppress(OSError):  # it is out: the next build settles the rest
                    new.replace(self.state / "manifest")
                if old is not None and stage.links and not problems and self._times is not None:
                    self._spare.keep(stage, inode, [path for path, _ in changes], self._times)
        finally:
            self.discard(stage)
        return tuple(problems)

    def _set_aside(self, path: str) -> Problem:
        kept = self.state / "kept" / path
        number = 1
        while kept.exists() or kept.is_symlink():
            number += 1
            kept = self.state / f"kept-{number}" / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        found = self.folder / path
        if found.is_dir() and not found.is_symlink():
            shutil.copytree(found, kept, symlinks=True, copy_function=link)
        else:
            link(str(found), str(kept))
        return Problem(
            file=f"{self.folder.name}/{path}",
            line=0,
            message=f"sitegen did not make this; it was moved to {_near(kept)}",
            hint="put files of your own under content/static/",
        )

    def discard(self, stage: Stage) -> None:
        """Remove a stage, or what was exchanged for it."""
        stage.discard()


def _differences(old: Manifest, new: Manifest) -> list[tuple[str, bool]]:
    """The paths at which two folders differ, and whether the new one has nothing there."""
    before, after = old.files(), new.files()
    found = [(path, False) for path, file in after.items() if before.get(path) != file]
    return [*found, *((path, True) for path in before.keys() - after.keys())]


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


@contextlib.contextmanager
def _told(place: Path, what: str = "cannot be written") -> Iterator[None]:
    """System errors as ours, with the place and what to do."""
    try:
        yield
    except OSError as error:
        raise failure(error, place, what) from error
