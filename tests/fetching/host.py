"""A host on loopback that replays answers, and misbehaves where a test wants it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from sitegen.fetching import Clock


@dataclass
class Reply:
    """`how` an answer goes wrong: "cut" and "cut chunks" send half of it and hang up, "drips" a
    byte at a time, "hangs" nothing, "hangs up" at once."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: Literal["", "cut", "cut chunks", "drips", "hangs", "hangs up"] = ""


@dataclass
class Asked:
    path: str
    query: dict[str, str]
    headers: dict[str, str]


Answering = Callable[[Asked], Reply]


class Host:
    """`replies` by path: a reply, a function of what is asked, or several replies in turn."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Answering | list[Reply | Answering]] = {}
        self.asked: list[Asked] = []
        self.ended = threading.Event()
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(parts.path, query, headers)
                host.asked.append(asked)
                with suppress(OSError):
                    _send(self, host._reply(asked), host.ended)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def _reply(self, asked: Asked) -> Reply:
        found = self.replies.get(asked.path, Reply(status=404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, Reply) else found(asked)

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def close(self) -> None:
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _send(handler: BaseHTTPRequestHandler, reply: Reply, ended: threading.Event) -> None:
    handler.close_connection = bool(reply.how)
    if reply.how == "hangs up":
        return
    if reply.how == "hangs":
        ended.wait(10)
        return
    half = reply.body[: len(reply.body) // 2]
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if reply.how == "cut chunks":
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
        return
    handler.send_header("Content-Length", str(len(reply.body)))
    handler.end_headers()
    if reply.how == "cut":
        handler.wfile.write(half)
    elif reply.how == "drips":
        for at in range(len(reply.body)):
            handler.wfile.write(reply.body[at : at + 1])
            handler.wfile.flush()
            if ended.wait(0.01):
                return
    else:
        handler.wfile.write(reply.body)


class Waits:
    """A clock that stands still but for waiting, which takes no time here."""

    def __init__(self, now: float = 1_795_219_200.0, step: float = 0.0) -> None:
        self.time = now
        self.step = step  # what passes each time that somebody looks
        self.slept: list[float] = []

    def now(self) -> float:
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


def zipped(body: bytes, **headers: str) -> Reply:
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip", **headers})


def eventually(what: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something that another process does; fails when it takes too long."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)
