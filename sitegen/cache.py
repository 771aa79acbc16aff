"""A folder of results that can be made again: safe to delete, never trusted.

An entry's name is its key; its content begins with its own checksum, and it lies under the digest
of the code that made it. A damaged, foreign or outdated entry is as good as none.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from functools import cache as memoize
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from .digests import DIGEST_BYTES, digest_of

# What makes pages beside our own code: another version may make other bytes.
_LIBRARIES = (
    "babel", "feedgen", "jinja2", "latex2mathml", "lxml", "markdown", "msgspec", "nh3", "numpy",
    "PyStemmer", "pyuca", "rjsmin",
)  # fmt: skip


@memoize
def code_digest() -> str:
    """A digest of the code that makes a site: what other code made is made again.

    That is sitegen's own, the libraries' and Python's by their versions, and readers that are
    installed beside ours by their names and versions.
    """
    digest = blake2b(sys.version.encode(), digest_size=8)
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    for point in sorted(metadata.entry_points(group="sitegen.readers")):
        version = point.dist.version if point.dist else ""
        digest.update(f"{point.name} {point.value} {version}\n".encode())
    return digest.hexdigest()


class Cache:
    """Entries by kind and key. `folder` None keeps nothing."""

    def __init__(self, folder: Path | None, *, read: bool = True) -> None:
        self._folder = folder / code_digest() if folder else None
        self._read = read
        self._made: set[Path] = set()
        self._root = folder

    @property
    def folder(self) -> Path | None:
        """Where it lies."""
        return self._root

    def load(self, kind: str, key: str, *, fresh: bool = False) -> bytes | None:
        """The entry, or None when there is none that can be trusted.

        One that is `fresh` was made in this run, and is read in any case.
        """
        if self._folder is None or not (self._read or fresh):
            return None
        try:
            with open(f"{self._folder}/{kind}/{key}", "rb", buffering=0) as file:
                return checked(file.read())
        except OSError:
            return None

    def prune(self) -> None:
        """Remove what other versions of the code left."""
        if self._root is None or self._folder is None or not self._root.is_dir():
            return
        for other in self._root.iterdir():
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def has(self, kind: str, key: str) -> bool:
        """Whether there is an entry, whatever it holds."""
        return self._folder is not None and (self._folder / kind / key).is_file()

    def save(self, kind: str, key: str, data: bytes) -> bool:
        """Keep an entry, if possible: a cache that cannot be written is no reason to fail."""
        if self._folder is None:
            return False
        folder = self._folder / kind
        name = ""
        try:
            if folder not in self._made:
                folder.mkdir(parents=True, exist_ok=True)
                self._made.add(folder)
            handle, name = tempfile.mkstemp(dir=folder)
            with open(handle, "wb") as file:
                file.write(sealed(data))
            os.replace(name, folder / key)
        except OSError:
            if name:
                with contextlib.suppress(OSError):
                    os.unlink(name)
            return False
        return True


def sealed(data: bytes) -> bytes:
    """Data behind its own checksum."""
    return digest_of(data) + data


def checked(data: bytes) -> bytes | None:
    """What `sealed` was given; None when it isn't whole."""
    body = data[DIGEST_BYTES:]
    return body if digest_of(body) == data[:DIGEST_BYTES] else None
