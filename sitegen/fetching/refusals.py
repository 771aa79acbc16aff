"""What goes wrong between here and a host, in plain words: what to try again, and what not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from ..errors import FetchError

LONGEST_WAIT: Final = 600.0  # seconds that are waited for one host's sake at once
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_SAID: Final = 1 << 16  # bytes of a refusal that are read

_REFUSALS: Final = {
    401: ("it asks for a name and a password", "sitegen fetches what is open to everyone"),
    403: ("the host refuses", "set “contact” in site.toml, or ask the host"),
    404: ("there is nothing at this address", "check the address"),
    410: ("what was at this address is gone", "remove the source"),
    429: ("the host asks for fewer requests", "try again later; set “contact” in site.toml"),
}


class RefusedError(FetchError):
    """A host's answer that is an error: its status, and what it said."""

    status = 0
    said = b""


class AgainError(Exception):
    """What did not work and may work later: after `wait` seconds, where the host says so."""

    def __init__(self, message: str, wait: float = 0.0, *, final: FetchError | None = None) -> None:
        super().__init__(message)
        self.wait = wait
        self.final = final


def refused(url: str, response: urllib3.BaseHTTPResponse) -> Exception:
    """What to raise for a status that is no success."""
    status = response.status
    message, hint = _REFUSALS.get(
        status,
        ("the host fails", "try again later")
        if status >= 500
        else ("the host refuses", "open the address in a browser"),
    )
    error = RefusedError(f"{message} (status {status})", file=url, hint=hint)
    error.status = status
    with suppress(HTTPError, OSError):
        error.said = response.read(_SAID)
    if status not in _BUSY:
        return error
    try:
        wait = urllib3.Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except InvalidHeader:
        wait = 0.0
    return AgainError(error.message, wait, final=error if wait <= LONGEST_WAIT else None)


_REASONS: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (NameResolutionError, "the host cannot be found", "check the address and your connection"),
    (SSLError, "the host cannot prove who it is", "check the address, and this machine's clock"),
    (NewConnectionError, "the host takes no connection", "try again later"),
    (ConnectTimeoutError, "the host does not answer", "try again later"),
    (ReadTimeoutError, "the host does not go on answering", "try again later"),
    (HTTPError, "the answer breaks off", "try again later"),
    (OSError, "the connection breaks off", "try again later"),
)


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """What urllib3 raises, as something to try again or as a FetchError."""
    try:
        yield
    except LocationParseError as error:
        raise FetchError("no web address", file=url, hint="check it") from error
    except (HTTPError, OSError) as error:
        message, hint = next((m, h) for kind, m, h in _REASONS if isinstance(error, kind))
        final = FetchError(message, file=url, hint=hint)
        if isinstance(error, SSLError):
            raise final from error
        raise AgainError(message, final=final) from error
