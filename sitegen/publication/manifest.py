"""What an output folder holds and from what it was made; what a new build can keep of it.

Pure values and functions: `store` reads and writes manifests, `build` compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec

from ..errors import Problem
from ..model import Dropped

FORMAT = 2


class FileEntry(NamedTuple):
    """One file: its size, its time (ns) and its content's digest."""

    size: int
    mtime_ns: int
    content: bytes


class BundleEntry(msgspec.Struct, frozen=True, array_like=True):
    """A bundle as it was built: the digest of all that it shows, its files by path."""

    digest: bytes
    files: dict[str, FileEntry]


class Manifest(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All bundles of an output folder, and what the build that made it reported.

    `inode` is that of the folder itself: it tells which of two manifests describes it after a
    build was killed. `inputs` is the digest of everything that went in; `clock` is the day that
    was needed to guess a year ("" where none was).
    """

    format: int = FORMAT
    inode: int = 0
    inputs: bytes = b""
    clock: str = ""
    bundles: dict[str, BundleEntry] = {}
    report: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    names: dict[str, str] = {}  # the birth key of each paper that was listed on a day, by path

    def files(self) -> dict[str, FileEntry]:
        """Every file by path."""
        return self._files

    @cached_property
    def _files(self) -> dict[str, FileEntry]:
        bundles = self.bundles.values()
        return {path: file for bundle in bundles for path, file in bundle.files.items()}


def stale(old: Mapping[str, BundleEntry], new: Mapping[str, bytes]) -> list[str]:
    """The names of bundles to make: new ones, and those with another digest, in their order."""
    return [name for name, digest in new.items() if name not in old or old[name].digest != digest]


def without(bundles: Mapping[str, BundleEntry], damaged: Iterable[str]) -> dict[str, BundleEntry]:
    """The bundles as they can be trusted: one with a damaged file has to be made again."""
    bad = set(damaged)
    if not bad:
        return dict(bundles)
    sound = {}
    for name, bundle in bundles.items():
        if bad.isdisjoint(bundle.files):
            sound[name] = bundle
        else:
            files = {path: file for path, file in bundle.files.items() if path not in bad}
            sound[name] = BundleEntry(b"", files)
    return sound
