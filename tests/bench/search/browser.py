"""A real Chromium on a site that is served on loopback: which bytes come, and after which time."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..site import Missing

QUIET = 0.5  # seconds without a request after which all that a query needs is there
PATIENCE = 20.0


@dataclass(slots=True)
class Asked:
    """What one query loaded: bytes as a host with gzip sends them, requests, and seconds."""

    bytes: int
    requests: int
    seconds: float
    answers: list[str] = field(default_factory=list)


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Nothing is told."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:  # the browser left
            self.close_connection = True


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder is served."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Browser:
    """Pages in a Chromium, and what they ask for."""

    def __init__(self, chromium: Any) -> None:
        self._chromium = chromium
        self._requests: list[Any] = []
        self._last = 0.0

    def open(self, address: str) -> Any:
        """A page in a fresh context: nothing is in its cache."""
        page = self._chromium.new_context(
            viewport={"width": 1280, "height": 800}, bypass_csp=True
        ).new_page()
        page.on("requestfinished", self._note)
        self._requests.clear()
        page.goto(address)
        return page

    def _note(self, request: Any) -> None:
        self._requests.append(request)
        self._last = time.monotonic()

    def settle(self, page: Any) -> tuple[int, int]:
        """Wait until nothing comes any more; the bytes and requests since the last time."""
        begun = self._last = time.monotonic()
        while time.monotonic() - self._last < QUIET and time.monotonic() - begun < PATIENCE:
            page.wait_for_timeout(50)
        size = sum(_transferred(request.response().body()) for request in self._requests)
        number = len(self._requests)
        self._requests.clear()
        return size, number

    def ask(
        self, page: Any, texts: Sequence[str], ask: Callable[[Any, str], tuple[float, list[str]]]
    ) -> list[Asked]:
        """Each question in turn on one page; the first one with all that the page needs."""
        found = []
        for text in texts:
            seconds, answers = ask(page, text)
            size, number = self.settle(page)
            found.append(Asked(size, number, seconds, answers))
        return found


def _transferred(body: bytes) -> int:
    return min(len(body), len(gzip.compress(body, 6)))


@contextmanager
def browser() -> Iterator[Browser]:
    """A running Chromium. Raises `Missing` without one."""
    path = os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium")
    if not path:
        raise Missing("no chromium on the path (or in SITEGEN_CHROMIUM)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Missing("playwright is not installed") from error
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield Browser(launched)
        launched.close()
