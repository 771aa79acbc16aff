"""Whether anything that goes into a site is other than it was: by bytes alone, before any is read.

A build that finds everything as it was ends here, without loading what makes pages.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from .. import dumps, theme_folders
from ..cache import Cache, code_digest
from ..config import Project
from ..dumps import opening
from ..errors import UsageError
from ..i18n.messages import FOLDER as MESSAGES
from ..options import Options

# What bears on how a build is made, and not on what the site shows.
_IRRELEVANT = ("files", "out", "jobs", "executor", "full", "strict")

# Some file systems count whole seconds, and two.
_TICK_NS = 2_000_000_000
_DIGESTS = msgspec.msgpack.Decoder(dict[bytes, tuple[opening.FileFacts, bytes]])


def cache_folder(project: Project, out: Path) -> Path:
    """Where caches lie: in the project, or beside the output of a build without one."""
    return (project.root or out.resolve().parent) / ".sitegen" / "cache"


def digest(project: Project, options: Options, cache: Cache) -> bytes:
    """The digest of all that bears on what the site shows, and of the code that makes it.

    Dumps that are as they were are not read: the cache has what they held. Raises UsageError where
    there is nothing to build, InputError for a dump that is not there or cannot be read.
    """
    began = time.time_ns()
    known = _known(cache)
    opening.remember(known)
    found = _digest_of_all(project, options)
    now = opening.remembered(began - _TICK_NS)
    if now != known:
        cache.save("files", "digests", msgspec.msgpack.encode(now))
    return found


def _known(cache: Cache) -> dict[bytes, tuple[opening.FileFacts, bytes]]:
    data = cache.load("files", "digests")
    try:
        return _DIGESTS.decode(data) if data is not None else {}
    except msgspec.MsgspecError:  # it is foreign
        return {}


def _digest_of_all(project: Project, options: Options) -> bytes:
    found = blake2b(code_digest().encode(), digest_size=16)
    relevant = msgspec.structs.asdict(options)
    for name in _IRRELEVANT:
        del relevant[name]
    found.update(repr(sorted(relevant.items())).encode())
    for path in theme_folders.files(theme_name(project, options)):
        found.update(f"\0{path.name}\0".encode() + _digest(path))
    for name, path in _contents(project):
        found.update(f"\0{name}\0".encode(errors="surrogateescape") + _digest(path))
    for dump in dumps.files(places(project, options), project.settings.limits):
        found.update(f"\0{dump.name}\0{dump.named}\0".encode() + dumps.digest(dump))
    return found.digest()


def places(project: Project, options: Options) -> tuple[Path, ...]:
    """Where the dumps lie: what the command line names, else the project's folder."""
    folder = project.content("dumps")
    found = options.files or ((folder,) if folder else ())
    if not found and project.root is None:
        raise UsageError(
            "there is nothing to build: no project here and no dump given",
            hint="name dumps (sitegen build FILE…), or begin a project (sitegen init DIR)",
        )
    return found


def theme_name(project: Project, options: Options) -> str:
    """A theme's name, or its folder; one inside the project is given relative to it."""
    name = options.theme or project.settings.theme
    if project.root is not None and (project.root / name).is_dir():
        return str(project.root / name)
    return name


def message_folders(project: Project, theme: str) -> list[Path]:
    """Where texts of the interface may stand beside sitegen's own: those that go first, first."""
    own = project.content(MESSAGES)
    return [*([own] if own else ()), *theme_folders.messages(theme)]


def _contents(project: Project) -> Iterator[tuple[str, Path]]:
    """The files under `content/` that are no dumps, by name."""
    if project.root is None:
        return
    content = project.root / "content"
    dumps_folder = content / "dumps"
    for path in sorted(content.iterdir()):
        if path == dumps_folder:
            continue
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                yield file.relative_to(content).as_posix(), file


def _digest(path: Path) -> bytes:
    try:
        return blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b"unreadable"  # who reads it says so
