"""The built folder as a check sees it: its files, and where the site will stand.

Pure, `scan` aside.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from ..model import Value

NOT_FOUND = "404.html"
HOME = "index.html"


class Entry(Value, frozen=True, kw_only=True):
    """One file of the folder. `link` is what a symbolic link says; `node` is one for hard links."""

    path: str
    size: int
    link: str = ""
    node: tuple[int, int] | None = None


def scan(folder: Path) -> list[Entry]:
    """Every file of a folder, by path. Symbolic links are not followed."""
    return sorted(_walk(folder), key=lambda entry: entry.path)


def _walk(folder: Path) -> Iterator[Entry]:
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                    continue
                status = entry.stat(follow_symlinks=False)
                is_link = stat.S_ISLNK(status.st_mode)
                yield Entry(
                    path=path,
                    size=status.st_size,
                    link=str(Path(entry.path).readlink()) if is_link else "",
                    node=(status.st_dev, status.st_ino) if status.st_nlink > 1 else None,
                )


class Site:
    """The files of a folder, to be looked up, and the address of the site ("" for unknown)."""

    def __init__(self, entries: Iterable[Entry], base_url: str = "") -> None:
        self.entries = tuple(entries)
        self.base_url = base_url
        # The path of the site on its host, as addresses have it: "/papers/".
        self.prefix = urlsplit(base_url).path.rstrip("/") + "/" if base_url else ""
        self.numbers = {entry.path: number for number, entry in enumerate(self.entries)}

    def __contains__(self, path: object) -> bool:
        return path in self.numbers

    def file(self, path: str) -> str | None:
        """The file that a host sends for a path: itself, with ".html", or a folder's index."""
        if not path or path.endswith("/"):
            path += HOME
        for name in (path, f"{path}.html", f"{path}/{HOME}"):
            if name in self.numbers:
                return name
        return None

    @cached_property
    def folded(self) -> dict[str, list[str]]:
        """The files by their names without the difference between capitals and small letters."""
        names: dict[str, list[str]] = defaultdict(list)
        for path in self.numbers:
            names[path.casefold()].append(path)
        return names
