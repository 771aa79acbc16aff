"""What a static host answers to a request: status, headers and body.

`/x` finds `x.html`, what isn't there gets 404.html with status 404, nothing outside the folder and
no dot file is ever sent. HTML is sent with a line that lets the page hear of the next build; the
folder itself is only read.
"""

from __future__ import annotations

import gzip
import mimetypes
import os
import posixpath
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote, unquote, urlsplit

import msgspec

from .state import State

# Below the site's own path, where no file can be: those that begin with a dot are never sent.
OURS: Final = ".sitegen/"
SCRIPT: Final = f"{OURS}live.js"
EVENTS: Final = f"{OURS}events"

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
}
_FEED_TYPES: Final = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
_HTML: Final = _TYPES[".html"]
_TEXTS: Final = ("text/", "application/json", "application/xml", "image/svg", "application/rss",
                 "application/atom")  # fmt: skip
_ZERO: Final = re.compile(r"0(\.0*)?")
_SMALL: Final = 150  # bytes that gzip would hardly make fewer


class Answer(msgspec.Struct):
    """What goes back to a browser. A body that is a `file` is sent as it lies there."""

    status: HTTPStatus
    headers: dict[str, str]
    body: bytes = b""
    file: BinaryIO | None = None


def home_of(base_url: str) -> str:
    """The path under which a site stands, as browsers ask for it: "/" or "/papers/"."""
    return unquote(urlsplit(base_url).path).rstrip("/") + "/"


def answer(folder: Path, state: State, target: str, headers: Mapping[str, str]) -> Answer:
    """The answer to a GET of a request target, such as "/papers/x?y", from a site's folder."""
    path = unquote(target.partition("?")[0].partition("#")[0], errors="replace")
    if path == state.home + SCRIPT:
        script = Path(__file__).with_name("live.js").read_bytes()
        return _encoded(Answer(HTTPStatus.OK, _said(_TYPES[".js"]), script), headers)
    found, way = _find(folder, state.home, path)
    if way:
        return Answer(HTTPStatus.FOUND, {"Location": quote(way), "Content-Length": "0"})
    for status, file in ((HTTPStatus.OK, found), (HTTPStatus.NOT_FOUND, _at(folder, "404.html"))):
        if file is not None:
            try:
                return _sent(status, file, file.open("rb"), state, headers)
            except OSError:  # a build has put another site in its place just now
                continue
    return _nothing(state, headers)


def _sent(
    status: HTTPStatus, path: Path, file: BinaryIO, state: State, asked: Mapping[str, str]
) -> Answer:
    kind = type_of(path)
    about = os.fstat(file.fileno())
    tag = f"{about.st_ino:x}-{about.st_mtime_ns:x}-{about.st_size:x}"
    is_page, is_text = kind == _HTML, kind.startswith(_TEXTS)
    if is_page:
        tag += f"-{state.version}"
    made = Answer(status, _said(kind))
    if is_text:
        made.headers["Vary"] = "Accept-Encoding"
    if status == HTTPStatus.OK:
        # Weak, since the bytes differ with the encoding (RFC 9110, section 8.8.1).
        made.headers["ETag"] = f'W/"{tag}"' if is_text else f'"{tag}"'
        if _has_it(asked.get("If-None-Match", ""), tag):
            file.close()
            made.status = HTTPStatus.NOT_MODIFIED
            return made
    if not is_text:
        made.headers["Content-Length"] = str(about.st_size)
        made.file = file
        return made
    with file:
        made.body = file.read() + (_line(state) if is_page else b"")
    return _encoded(made, asked)


def _nothing(state: State, asked: Mapping[str, str]) -> Answer:
    """What is said where not even a 404.html is."""
    body = b"<!doctype html><meta charset=utf-8><title>Not found</title><h1>Not found</h1>"
    return _encoded(Answer(HTTPStatus.NOT_FOUND, _said(_HTML), body + _line(state)), asked)


def _said(kind: str) -> dict[str, str]:
    return {"Content-Type": kind, "Cache-Control": "no-cache"}  # always ask again


def _line(state: State) -> bytes:
    """What a page has more than its file: the script, which learns from its address."""
    place = f"{quote(state.home)}{SCRIPT}?version={quote(state.version)}"
    return f'\n<script type="module" src="{place}"></script>\n'.encode()


def _encoded(made: Answer, asked: Mapping[str, str]) -> Answer:
    """The answer packed, where that is wanted and worth it."""
    if len(made.body) > _SMALL and _takes_gzip(asked.get("Accept-Encoding", "")):
        made.body = gzip.compress(made.body, 6, mtime=0)
        made.headers["Content-Encoding"] = "gzip"
    made.headers["Content-Length"] = str(len(made.body))
    return made


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding takes gzip (RFC 9110, section 12.5.3)."""
    takes = {}
    for one in accepted.lower().replace(" ", "").split(","):
        name, _, weight = one.partition(";q=")
        takes[name] = not _ZERO.fullmatch(weight)
    return takes.get("gzip", takes.get("*", False))


def _has_it(tags: str, tag: str) -> bool:
    """Whether an If-None-Match names an entity tag, or any."""
    known = {one.strip().removeprefix("W/").strip('"') for one in tags.split(",")}
    return tag in known or "*" in known


def _find(folder: Path, home: str, path: str) -> tuple[Path | None, str]:
    """The file behind a path, or where to go instead."""
    if not path.startswith(home):
        return None, home if path == "/" or f"{path}/" == home else ""
    name = path[len(home) :]
    if not name or name.endswith("/"):
        return _at(folder, f"{name}index.html"), ""
    found = _at(folder, name) or _at(folder, f"{name}.html")
    if found is None and _at(folder, f"{name}/index.html"):
        return None, f"{path}/"
    return found, ""


def _at(folder: Path, name: str) -> Path | None:
    """The file of that name, if it lies in the folder and no part of its name is hidden."""
    if "\0" in name or "\\" in name or posixpath.normpath(f"/{name}") != f"/{name}":
        return None
    if any(part.startswith(".") for part in name.split("/")):
        return None
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, ValueError):  # a name that is too long, or cannot be one here
        return None


def type_of(path: Path) -> str:
    """The media type of a file, by its name."""
    for ending, kind in _FEED_TYPES.items():
        if path.name.endswith(ending):
            return kind
    guessed = mimetypes.guess_type(path.name)[0]
    return _TYPES.get(path.suffix.lower()) or guessed or "application/octet-stream"
