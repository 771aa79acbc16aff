"""`sitegen serve`: the built folder on loopback, answered as a static host answers.

Under the path of `base_url`; `/x` finds `x.html`; what isn't there gets 404.html with status 404;
nothing outside the folder and no dot file is ever sent.
"""

from __future__ import annotations

import errno
import posixpath
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .errors import SitegenError

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
}
_FEED_TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
_TRIES = 20


def server(folder: Path, base_url: str, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound but doesn't answer yet; the next free port when one is taken.

    Port 0 takes any. Raises SitegenError when none can be had.
    """
    prefix = urlsplit(base_url).path.rstrip("/") + "/" if base_url else "/"
    handler = partial(_Handler, folder=folder.resolve(), prefix=prefix)
    for number in range(port, port + (_TRIES if port else 1)):
        try:
            return _Server((host, number), handler)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise SitegenError(
                    f"cannot serve on {host}: {error.strerror}", hint="give another --host"
                ) from error
    raise SitegenError(
        f"the ports from {port} on are taken", hint="give another --port, or 0 for any"
    )


def address(bound: ThreadingHTTPServer, base_url: str) -> str:
    """Where a browser finds the site."""
    host, port = bound.server_address[:2]
    name = f"[{host!s}]" if ":" in str(host) else str(host)
    return f"http://{name}:{port}{urlsplit(base_url).path if base_url else '/'}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A second server on one port would be allowed otherwise, on some systems.
    allow_reuse_address = True


class _Handler(SimpleHTTPRequestHandler):
    server_version = "sitegen"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, *args: object, folder: Path, prefix: str) -> None:
        self._folder = folder
        self._prefix = prefix
        super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        path = unquote(urlsplit(self.path).path, errors="replace")
        if path == "/" != self._prefix:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._prefix)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        found = self._find(path)
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        found = found or self._inside("404.html")
        data = found.read_bytes() if found else b"not found\n"
        self.send_response(status)
        self.send_header("Content-Type", _type(found) if found else "text/plain")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _find(self, path: str) -> Path | None:
        if not path.startswith(self._prefix):
            return None
        name = path[len(self._prefix) :]
        if not name or name.endswith("/"):
            return self._inside(f"{name}index.html")
        return self._inside(name) or self._inside(f"{name}.html")

    def _inside(self, name: str) -> Path | None:
        """The file of that name, if it lies in the folder and no part of its name is hidden."""
        if "\0" in name or "\\" in name or posixpath.normpath(f"/{name}") != f"/{name}":
            return None
        if any(part.startswith(".") for part in name.split("/")):
            return None
        path = (self._folder / name).resolve()
        return path if path.is_relative_to(self._folder) and path.is_file() else None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal is for what needs attention."""


def _type(path: Path) -> str:
    for ending, kind in _FEED_TYPES.items():
        if path.name.endswith(ending):
            return kind
    return _TYPES.get(path.suffix, SimpleHTTPRequestHandler.extensions_map.get(
        path.suffix, "application/octet-stream"))  # fmt: skip
