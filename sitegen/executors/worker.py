"""What runs in a worker of a cluster: function and items are unpacked once, positions come in.

A worker is a Python process that has sitegen installed. It may have several threads, of which one
at a time runs our tasks: feedgen sets the locale of the process, and caches are kept without locks.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..cache import code_digest
from ..errors import SitegenError

_alone = threading.Lock()
_unpacked: tuple[str, Callable[[Any], Any], Sequence[Any]] = ("", repr, ())


class Parcel(NamedTuple):
    """What tells workers of one `map`: its name, our code's digest, and a file they must see."""

    name: str
    code: str
    witness: str


def run(about: tuple[str, str, str], packed: bytes, positions: range) -> list[Any]:
    """The results of the packed function for the packed items at these positions.

    `about` is a Parcel. Raises SitegenError where the worker would give another result than we.
    """
    parcel = Parcel(*about)
    global _unpacked  # noqa: PLW0603 - what a worker keeps from task to task
    with _alone:
        if _unpacked[0] != parcel.name:
            _unpacked = ("", repr, ())  # the last one's memory goes first
            _check(parcel)
            _unpacked = (parcel.name, *pickle.loads(packed))  # noqa: S301 - our own
        _, function, items = _unpacked
        return [function(items[position]) for position in positions]


def _check(parcel: Parcel) -> None:
    """Whether this worker has our code and our files."""
    if code_digest() != parcel.code:
        raise SitegenError(
            "a worker of the cluster has another version of sitegen, of a library or of Python",
            hint="install the same versions there as here",
        )
    if parcel.witness and not os.path.exists(parcel.witness):  # noqa: PTH110
        raise SitegenError(
            "a worker of the cluster does not see the project's folder",
            file=os.path.dirname(parcel.witness),  # noqa: PTH120
            hint="put it on a file system that all workers have under the same path",
        )
