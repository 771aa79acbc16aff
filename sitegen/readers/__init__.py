"""From a dump to records: one module per format, found by the entry point group `sitegen.readers`.

A reader is a module (or any object) with two constants and two functions, see `Reader`. It opens
no file and never raises for what the input holds: what it cannot take becomes a `Problem`, and
it goes on with the next record.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol, cast

from ..errors import Problem
from ..model import Record
from .content import Content

__all__ = ["Content", "Reader", "choose", "readers"]


class Reader(Protocol):
    """What a reader has.

    `NAME` is the format's short name ("hf-json"); `LABEL` says it to people ("Hugging Face
    daily_papers JSON").
    """

    NAME: str
    LABEL: str

    def sniff(self, head: str, name: str) -> int:
        """How surely this is the format: 0 (no) to 100 (certain), from the beginning and name."""

    def read(self, content: Content, name: str) -> Iterator[Record | Problem]:
        """The records in their order, problems where they arise; `name` goes into both."""


@cache
def readers() -> tuple[Reader, ...]:
    """All readers that are installed, by name."""
    found = entry_points(group="sitegen.readers")
    return tuple(cast(Reader, point.load()) for point in sorted(found, key=lambda p: p.name))


def choose(content: Content) -> Reader | None:
    """The reader that is surest of the content; None when no reader claims it."""
    scored = [(reader.sniff(content.head, content.bare_name), reader) for reader in readers()]
    best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 0 else None
