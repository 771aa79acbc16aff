"""What open pages hear: which site is there, and why there is no newer one."""

from __future__ import annotations

import threading

import msgspec

from ..errors import Problem
from ..model import Value


class State(Value, frozen=True, kw_only=True):
    """The site as it is served. `home` is the path of its front page on the server.

    Pages of another `version` than this are out of date; `problems` kept a newer one from being
    made.
    """

    version: str
    home: str = "/"
    problems: tuple[Problem, ...] = ()


class Board:
    """The one place where the state stands; readers wait there for the next one."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._changed = threading.Condition()
        self._closed = False

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    @property
    def closed(self) -> bool:
        """Whether nothing will follow."""
        return self._closed

    def tell(self, state: State) -> None:
        """Put another state there."""
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, seen: State, seconds: float) -> State:
        """The state as soon as it is another one than `seen`, or else after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state != seen, seconds)
            return self._state


def event(state: State) -> bytes:
    """A state as an event (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    return b"data: " + msgspec.json.encode(state) + b"\n\n"  # JSON as written here is one line
