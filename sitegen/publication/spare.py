"""The folder that was published before the one that is: kept as the next build's stage.

Most of its files are those of the published one under another name, so that to make it the same
again takes little; see `Spare.take` for what is trusted in it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import msgspec

from ..cache import checked, sealed
from .manifest import Manifest
from .staging import Stage
from .verifying import unchanged


class Changes(msgspec.Struct, frozen=True, array_like=True):
    """What a spare folder has to catch up with the published one; both by their inodes."""

    spare: int
    published: int
    paths: list[str]
    times: dict[str, int]  # of the spare's folders, see `verifying.compare`


class Spare:
    """The spare folder of an output, in the folder of its state."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._folder = state / "spare"

    @property
    def is_there(self) -> bool:
        """Whether there is one, good or not."""
        return self._folder.exists()

    def take(self, published: Path, old: Manifest) -> Stage | None:
        """A stage with all that the published folder holds; None where there is no good spare one.

        What it shares with the published folder is as whole as that; what is its own is taken from
        there; and that nothing came or went, the times of its folders tell.
        """
        try:
            body = checked((self._folder / "changes").read_bytes())
            changes = msgspec.msgpack.decode(body or b"", type=Changes)
            if changes.spare != (self._folder / "site").stat().st_ino:
                return None
            if changes.published != published.stat().st_ino:
                return None
            if not unchanged(self._folder / "site", changes.times):
                return None
            place = Path(tempfile.mkdtemp(prefix="stage-", dir=self._state))
            self._folder.rename(place)  # killed from here on, it is as any abandoned stage
            (place / "changes").unlink()
            shutil.copymode(published, place / "site")
        except (OSError, msgspec.MsgspecError):
            return None
        stage = Stage(place / "site", published, filled=True)
        try:
            if stage.is_as_new(changes.times):
                stage.catch_up(changes.paths, old.files())
                return stage
        except OSError:  # an empty stage meets nothing that is in its way
            pass
        stage.discard()
        return None

    def keep(self, stage: Stage, published: int, paths: list[str], times: dict[str, int]) -> None:
        """Keep the folder that went out for the stage, with what it has to catch up.

        `published` is the inode of the folder that is out, `times` as in `Changes`.
        """
        place = stage.folder.parent
        with contextlib.suppress(OSError):
            self.remove()
            changes = Changes(stage.folder.stat().st_ino, published, paths, times)
            (place / "changes").write_bytes(sealed(msgspec.msgpack.encode(changes)))
            place.rename(self._folder)

    def remove(self) -> None:
        """Take it away."""
        shutil.rmtree(self._folder, ignore_errors=True)
