"""What a folder and a commit hold, file by file, told by git's own names for contents.

Pure, but for `of_folder`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..checking.site import scan
from ..model import Value

Tree = Mapping[str, str]  # path -> git's name for the content

NO_JEKYLL: Final = ".nojekyll"


class Changes(Value, frozen=True, kw_only=True):
    """How many files a tree has, and how many of them another one had not, or not so."""

    files: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0


def changes(old: Tree, new: Tree) -> Changes:
    """How a tree differs from the one before."""
    return Changes(
        files=len(new),
        added=len(new.keys() - old.keys()),
        changed=sum(path in old and old[path] != name for path, name in new.items()),
        removed=len(old.keys() - new.keys()),
    )


def difference(one: Tree, other: Tree) -> str:
    """The first path at which two trees differ; "" where they are the same."""
    differing = (path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    return min(differing, default="")


def of_folder(folder: Path, algorithm: str) -> dict[str, str]:
    """The files of a folder as git would name them, in a repository of that hash ("sha1").

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    found = {}
    for entry in scan(folder):
        data = (folder / entry.path).read_bytes()
        digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        found[entry.path] = digest.hexdigest()
    empty = hashlib.new(algorithm, b"blob 0\0", usedforsecurity=False).hexdigest()
    return {NO_JEKYLL: empty, **found}


def of_listing(listing: bytes) -> dict[str, str]:
    """The files of a commit, from what `git ls-tree -r -z` prints."""
    found = {}
    for line in listing.split(b"\0"):
        about, _, path = line.partition(b"\t")
        if path:
            found[os.fsdecode(path)] = about.split()[2].decode()
    return found
