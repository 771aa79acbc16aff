"""What was published from here: the names of its papers, which no file of the site tells."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..cache import checked, sealed
from ..model import Value


class Record(Value, frozen=True, kw_only=True):
    """The birth keys of papers by path, and the commit that published them."""

    commit: str = ""
    names: Mapping[str, str] = {}


def load(state: Path, commit: str) -> Record:
    """What is known of a commit; nothing where another machine published it."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        body = checked((state / "deployed").read_bytes())
        found = msgspec.msgpack.decode(body or b"", type=Record)
        if found.commit == commit:
            return found
    return Record()


def save(state: Path, record: Record) -> None:
    """Keep what was published, if possible; without it less is noticed the next time."""
    with contextlib.suppress(OSError):
        state.mkdir(parents=True, exist_ok=True)
        (state / "deployed").write_bytes(sealed(msgspec.msgpack.encode(record)))
