"""Which files change: told by the system where it can, else looked after.

The system tells nothing of a folder that was removed and made again, or of a file that an editor
replaced by another: so the places themselves are looked at every second. Where it tells nothing at
all, every file is. The library would do that too, but by whole seconds, so that the second of two
edits in one of them is missed (github.com/samuelcolvin/watchfiles/issues/319).
"""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from watchfiles import Change, DefaultFilter, watch

_Nodes = dict[Path, tuple[int, int] | None]

_GLANCE: Final = 1_000  # milliseconds between two looks at the places themselves
_QUIET: Final = 60  # milliseconds without a change that end a burst of them
_BURST: Final = 1_000  # milliseconds after which a burst that does not end is told all the same


class Watcher:
    """Calls `changed` in a thread of its own when something in the places changes.

    What lies in the folders `but` is none of them. Bursts are told once.
    """

    def __init__(
        self, places: Iterable[Path], but: Sequence[Path], changed: Callable[[], None]
    ) -> None:
        self._places = tuple(places)
        self._changed = changed
        self._stop = threading.Event()
        hidden = tuple(f"{path.resolve()}{os.sep}" for path in but)
        # Of what the library leaves out itself, the files that editors write beside one's own.
        self._filter = DefaultFilter(ignore_dirs=(), ignore_paths=hidden)
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End; nothing is told any more when this returns."""
        self._stop.set()
        self._thread.join()

    def watch(self, places: Iterable[Path]) -> None:
        """Watch other places, from the next look on."""
        self._places = tuple(places)

    def _run(self) -> None:
        seen = _nodes(self._places)
        look = _tells_nothing()
        while not self._stop.is_set():
            try:
                (self._look_until_moved if look else self._listen_until_moved)(seen)
            except FileNotFoundError:
                pass  # it went just now
            except (OSError, RuntimeError):
                look = True  # the system has no more watches to give, or cannot watch there
                self._changed()  # nobody knows what happened meanwhile
            now = _nodes(self._places)
            if now != seen and not self._stop.is_set():
                seen = now
                self._changed()

    def _listen_until_moved(self, seen: _Nodes) -> None:
        """Tell of changes until a place is another one than it was, or is gone or there again."""
        present = [path for path, node in seen.items() if node is not None]
        if not present:
            self._stop.wait(_GLANCE / 1000)
            return
        found = watch(
            *present,
            watch_filter=self._filter,
            debounce=_BURST,
            step=_QUIET,
            stop_event=self._stop,
            rust_timeout=_GLANCE,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=False,
            ignore_permission_denied=True,
        )
        for changes in found:
            if changes:
                self._changed()
            if _nodes(self._places) != seen:
                return

    def _look_until_moved(self, seen: _Nodes) -> None:
        """The same, by looking at every file."""
        before = self._files()
        while not self._stop.wait(_GLANCE / 1000):
            now = self._files()
            if now != before:
                before = now
                self._changed()
            if _nodes(self._places) != seen:
                return

    def _files(self) -> dict[str, tuple[int, int, int]]:
        """What tells a file from the one that was there before, for every file."""
        return {
            path: (about.st_ino, about.st_mtime_ns, about.st_size)
            for place in self._places
            for path in _below(place)
            if self._filter(Change.modified, path) and (about := _about(path))
        }


def _tells_nothing() -> bool:
    """Whether the system says nothing of changes, by the variable of the library or by its name.

    The Linux that runs in Windows hears nothing of what is changed there.
    """
    said = os.environ.get("WATCHFILES_FORCE_POLLING", "")
    if said:
        return said.lower() not in {"false", "disable", "disabled"}
    return "microsoft-standard" in platform.release()


def _below(place: Path) -> Iterator[str]:
    """A file, or all in a folder."""
    if not place.is_dir():
        yield str(place)
    for folder, _, names in os.walk(place):
        yield from (f"{folder}{os.sep}{name}" for name in names)


def _about(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - a text, since there may be many
    except OSError:
        return None


def _nodes(places: Iterable[Path]) -> _Nodes:
    """The file or folder that is at each place just now."""
    return {path: _node(path) for path in places}


def _node(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino
