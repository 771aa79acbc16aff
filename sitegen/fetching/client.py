"""Polite requests: one at a time, never too fast, never too often, and never without an end.

A host is asked again when it is busy or its answer breaks off, after the time that it asks for
(Retry-After; RFC 9110, section 10.2.3) or one that doubles each time. What is known of an earlier
answer goes along (If-None-Match, If-Modified-Since), so that it need not be sent again. Redirects
are followed a few steps, to http and https alone, and never from https to http. Size and time of
an answer are bounded. Waiting is a function that is given, so that tests don't.
"""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import msgspec
import urllib3

from .. import __version__
from ..errors import FetchError
from .addresses import redirected
from .answers import Answer, Answers, DamagedError
from .refusals import LONGEST_WAIT, AgainError, in_words, refused

LARGEST: Final = 64 * 1024**2  # bytes of an answer
ATTEMPTS: Final = 5
_FIRST_WAIT: Final = 4.0
_LONGEST_ANSWER: Final = 300.0  # seconds from the question to the answer's last byte
_TIMEOUT: Final = urllib3.Timeout(connect=15, read=60)
_MOST_HOPS: Final = 5
_BLOCK: Final = 1 << 16
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class Clock(NamedTuple):
    """The time in seconds, and how to wait some."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Client:
    """Asks hosts, and keeps their answers. `told` hears why something takes its time."""

    def __init__(
        self,
        answers: Answers,
        *,
        contact: str = "",
        clock: Clock = Clock(),  # noqa: B008 - a frozen value
        told: Callable[[str], None] = lambda _: None,
        timeout: urllib3.Timeout = _TIMEOUT,
    ) -> None:
        self.answers = answers
        self.clock = clock
        self._told = told
        self._timeout = timeout
        self._headers = {"User-Agent": user_agent(contact), "Accept-Encoding": "gzip"}
        self._pools: dict[str, urllib3.PoolManager] = {}
        self._asked: dict[str, float] = {}  # when the hosts of a domain were asked last

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self._pools.values():
            pool.clear()

    def get(
        self, url: str, *, pause: float, sound: Callable[[Answer], Any] = lambda _: None
    ) -> Answer:
        """The answer to an address, `pause` seconds after the last question to that host.

        `sound` raises DamagedError for an answer to ask for again. Raises FetchError.
        """
        kept = self.answers.load(url)
        if kept is not None and self.answers.is_current(kept):
            with suppress(DamagedError):
                sound(kept)
                return kept
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._once(url, kept, pause)
                sound(answer)
            except DamagedError as damaged:
                kept = None  # it may be what is damaged
                self._wait(url, attempt, AgainError(str(damaged)))
            except AgainError as again:
                self._wait(url, attempt, again)
            else:
                self.answers.save(answer)
                return answer
        raise AssertionError  # the last attempt returns or raises

    def _wait(self, url: str, attempt: int, again: AgainError) -> None:
        """Wait before the next attempt; raises FetchError where there is none."""
        wait = max(again.wait, _FIRST_WAIT * 2 ** (attempt - 1))
        if attempt < ATTEMPTS and wait <= LONGEST_WAIT:
            host = urlsplit(url).hostname
            self._told(f"{host}: {again}; asking again in {wait:.0f} s")
            self.clock.sleep(wait)
            return
        if again.final is not None:
            raise again.final
        hint = "try again later"
        if wait > LONGEST_WAIT:
            hint = f"it asks to come again in {wait / 60:.0f} minutes"
        often = f", {attempt} times" if attempt > 1 else ""
        raise FetchError(f"{again}{often}", file=url, hint=hint)

    def _once(self, url: str, kept: Answer | None, pause: float) -> Answer:
        """One attempt, redirects followed."""
        begun = self.clock.now()
        address = url
        for _ in range(_MOST_HOPS + 1):
            self._pace(address, pause)
            with self._response(address, kept) as response:
                if response.status in _MOVED and "Location" in response.headers:
                    address = redirected(address, response.headers["Location"], url)
                    continue
                if response.status == 304 and kept is not None:
                    return msgspec.structs.replace(kept, when=self.clock.now())
                if response.status != 200:
                    raise refused(url, response)
                return Answer(
                    url=url,
                    body=self._body(response, url, begun),
                    type=response.headers.get("Content-Type", "").split(";")[0].strip().lower(),
                    etag=response.headers.get("ETag", ""),
                    modified=response.headers.get("Last-Modified", ""),
                    when=self.clock.now(),
                )
        hint = "open the address in a browser, and give the one that it ends at"
        raise FetchError(f"more than {_MOST_HOPS} redirects", file=url, hint=hint)

    def _pace(self, url: str, pause: float) -> None:
        # arXiv's limits hold for all of its hosts together.
        domain = ".".join((urlsplit(url).hostname or "").split(".")[-2:])
        last = self._asked.get(domain)
        if last is not None:
            rest = last + pause - self.clock.now()
            if rest > 0:
                self.clock.sleep(rest)
        self._asked[domain] = self.clock.now()

    @contextmanager
    def _response(self, url: str, kept: Answer | None) -> Iterator[urllib3.BaseHTTPResponse]:
        headers = dict(self._headers)
        if kept is not None and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept is not None and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        with in_words(url):
            response = self._pool(url).request(
                "GET", url, headers=headers, redirect=False, retries=False,
                preload_content=False, timeout=self._timeout,
            )  # fmt: skip
            try:
                yield response
            finally:
                response.close()

    def _body(self, response: urllib3.BaseHTTPResponse, url: str, begun: float) -> bytes:
        blocks: list[bytes] = []
        size = 0
        # Unpacked below, since urllib3 does not notice where packed bytes break off.
        while block := response.read1(_BLOCK, decode_content=False):
            blocks.append(block)
            size += len(block)
            if size > LARGEST:
                raise _too_large(url)
            if self.clock.now() - begun > _LONGEST_ANSWER:
                raise AgainError("the answer comes too slowly")
        body = b"".join(blocks)
        return _unpacked(body, url) if response.headers.get("Content-Encoding") == "gzip" else body

    def _pool(self, url: str) -> urllib3.PoolManager:
        """The connections to use for an address: through a proxy where the system names one."""
        parts = urlsplit(url)
        proxy = "" if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme, "")
        if proxy not in self._pools:
            if proxy:
                name = urlsplit(proxy)
                login = f"{name.username}:{name.password}" if name.username else None
                self._pools[proxy] = urllib3.ProxyManager(
                    proxy, maxsize=1, proxy_headers=urllib3.make_headers(proxy_basic_auth=login)
                )
            else:
                self._pools[proxy] = urllib3.PoolManager(maxsize=1)
        return self._pools[proxy]


def _unpacked(body: bytes, url: str) -> bytes:
    try:
        with gzip.open(BytesIO(body)) as stream:
            found = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise AgainError("the answer breaks off") from error
    if len(found) > LARGEST:
        raise _too_large(url)
    return found


def _too_large(url: str) -> FetchError:
    hint = "ask for less: a later --since, or a narrower query"
    return FetchError(f"an answer of more than {LARGEST >> 20} MB", file=url, hint=hint)


def user_agent(contact: str) -> str:
    """How sitegen introduces itself: name, version, and where its user can be reached."""
    reached = f"mailto:{contact}" if "@" in contact and "://" not in contact else contact
    # A header is one line of ASCII (RFC 9110, section 5.5).
    plain = "".join(one for one in reached if "!" <= one <= "~")
    return f"sitegen/{__version__} (+{plain})" if plain else f"sitegen/{__version__}"
