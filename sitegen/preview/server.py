"""The sockets of a preview: each connection has a thread, and one that stalls is let go.

A page asks for the events once and hears on that connection of every build.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import socket
import socketserver
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from ..errors import SitegenError
from .answers import EVENTS, Answer, answer
from .state import Board, event

_TRIES: Final = 20
_PORTS: Final = 65_536
_HEARTBEAT: Final = 15  # seconds after which a page that hears nothing is asked whether it is there
_PATIENCE: Final = 30  # seconds for a client that neither sends nor reads


class Server(ThreadingHTTPServer):
    """A server that is bound; `serve_forever` makes it answer."""

    daemon_threads = True
    request_queue_size = 128  # browsers that come at once
    # On Windows it would let a second server have the port of the first.
    allow_reuse_address = os.name == "posix"

    def __init__(
        self, place: tuple[str, int], handler: Callable[..., _Handler], board: Board
    ) -> None:
        self.address_family = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)[0][0]
        self._board = board
        super().__init__(place, handler)

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        host, port = self.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}{self._board.state.home}"

    def until_interrupted(self) -> None:
        """Answer until Ctrl-C, or until the system asks for an end. In the main thread."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            self.serve_forever()

    def server_bind(self) -> None:
        """Bind without looking the host's name up, which the parent does and can wait for."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that hang up."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def bind(
    folder: Path, board: Board, host: str, port: int, missing: Callable[[], None] = lambda: None
) -> Server:
    """A server that is bound but doesn't answer yet; on the next free port when one is taken.

    Port 0 takes any. `missing` is called when somebody asks for a page and the folder is gone.
    Raises SitegenError when no port can be had.
    """
    handler = partial(_Handler, folder=folder.resolve(), board=board, missing=missing)
    for number in range(port, min(port + _TRIES, _PORTS) if port else 1):
        try:
            return Server((host, number), handler, board)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise SitegenError(
                    f"cannot serve on {host}: {error.strerror}", hint="give another --host"
                ) from error
    raise SitegenError(
        f"the ports from {port} on are taken", hint="give another --port, or 0 for any"
    )


class _Handler(BaseHTTPRequestHandler):
    server_version = "sitegen"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def __init__(
        self, *args: object, folder: Path, board: Board, missing: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._board = board
        self._missing = missing
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        # Under whatever path the page was: the site may have moved since.
        if self.path.partition("?")[0].endswith(f"/{EVENTS}"):
            self._events()
        else:
            self._send(self._answer(), body=True)

    def do_HEAD(self) -> None:
        self._send(self._answer(), body=False)

    def _answer(self) -> Answer:
        made = answer(self._folder, self._board.state, self.path, self.headers)  # type: ignore[arg-type]
        if made.status == HTTPStatus.NOT_FOUND and not self._folder.is_dir():
            self._missing()
        return made

    def _send(self, made: Answer, *, body: bool) -> None:
        try:
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if body and made.file is not None:
                shutil.copyfileobj(made.file, self.wfile)
            elif body:
                self.wfile.write(made.body)
        finally:
            if made.file is not None:
                made.file.close()

    def _events(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        state = self._board.state
        self.wfile.write(b"retry: 500\n\n" + event(state))
        while not self._board.closed:
            now = self._board.wait(state, _HEARTBEAT)
            self.wfile.write(event(now) if now != state else b":\n\n")
            state = now

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal is for what needs attention."""
