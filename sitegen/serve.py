"""`sitegen serve`: the built folder on loopback, answered as a static host answers.

Under the path of `base_url`; `/x` finds `x.html`; what isn't there gets 404.html with status 404;
nothing outside the folder and no dot file is ever sent.
"""

from __future__ import annotations

import errno
import os
import posixpath
import socket
import socketserver
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

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
_PORTS = 65_536


def server(folder: Path, base_url: str, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound but doesn't answer yet; the next free port when one is taken.

    Port 0 takes any. Raises SitegenError when none can be had.
    """
    handler = partial(_Handler, folder=folder.resolve(), prefix=_prefix(base_url))
    for number in range(port, min(port + _TRIES, _PORTS) if port else 1):
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
    return f"http://{name}:{port}{_prefix(base_url)}"


def _prefix(base_url: str) -> str:
    """The path under which the site stands, as browsers ask for it."""
    return unquote(urlsplit(base_url).path).rstrip("/") + "/"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows it would let a second server have the port of the first.
    allow_reuse_address = os.name == "posix"

    def __init__(self, place: tuple[str, int], handler: Callable[..., _Handler]) -> None:
        self.address_family = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)[0][0]
        super().__init__(place, handler)

    def server_bind(self) -> None:
        # Not the parent's, which looks the host's name up and can wait for that.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that hang up."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


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
        path = unquote(self.path.partition("?")[0].partition("#")[0], errors="replace")
        found, way = self._find(path)
        if way:
            self._send(HTTPStatus.FOUND, b"", "text/plain", Location=quote(way))
            return
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        found = found or self._inside("404.html")
        try:
            data = found.read_bytes() if found else b"not found\n"
        except OSError:  # a build has put another site in its place just now
            status, data = HTTPStatus.NOT_FOUND, b"not found\n"
        self._send(status, data, _type(found) if found else "text/plain", body=body)

    def _send(
        self, status: HTTPStatus, data: bytes, kind: str, *, body: bool = True, **more: str
    ) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(data))}
        for name, value in {**headers, "Cache-Control": "no-cache", **more}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _find(self, path: str) -> tuple[Path | None, str]:
        """The file behind a path, or where to go instead."""
        if not path.startswith(self._prefix):
            return None, self._prefix if path == "/" or f"{path}/" == self._prefix else ""
        name = path[len(self._prefix) :]
        if not name or name.endswith("/"):
            return self._inside(f"{name}index.html"), ""
        found = self._inside(name) or self._inside(f"{name}.html")
        if found is None and self._inside(f"{name}/index.html"):
            return None, f"{path}/"
        return found, ""

    def _inside(self, name: str) -> Path | None:
        """The file of that name, if it lies in the folder and no part of its name is hidden."""
        if "\0" in name or "\\" in name or posixpath.normpath(f"/{name}") != f"/{name}":
            return None
        if any(part.startswith(".") for part in name.split("/")):
            return None
        try:
            path = (self._folder / name).resolve()
            return path if path.is_relative_to(self._folder) and path.is_file() else None
        except OSError:  # a name that is too long
            return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal is for what needs attention."""


def _type(path: Path) -> str:
    for ending, kind in _FEED_TYPES.items():
        if path.name.endswith(ending):
            return kind
    known = SimpleHTTPRequestHandler.extensions_map
    return _TYPES.get(path.suffix) or known.get(path.suffix, "application/octet-stream")
