"""From a dump to records: one module per format, found by the entry point group `sitegen.readers`.

A reader is a module (or any object) with two constants and two functions, see `Reader`. It opens
no file and never raises for what the input holds: what it cannot take becomes a `Problem`, and
it goes on with the next record.
"""

from __future__ import annotations

import msgspec

from ..errors import Problem
from ..formats.content import Content
from .installed import Reader, SniffError, installed

__all__ = ["Content", "Reader", "broken", "choose", "readers"]


def readers() -> tuple[Reader, ...]:
    """All readers that are installed and can be used, by name."""
    return installed().readers


def broken() -> tuple[Problem, ...]:
    """Warnings of readers that are installed and cannot be used."""
    return installed().broken


def choose(content: Content) -> Reader | None:
    """The reader that is surest of the content; None when no reader claims it.

    One that fails to say how sure it is has no part in the choice; `content.problems` names it.
    """
    best: tuple[int, Reader | None] = (0, None)
    for reader in readers():
        try:
            score = reader.sniff(content.head, content.bare_name)
        except SniffError as failed:
            content.problems.append(msgspec.structs.replace(failed.problem, file=content.name))
            continue
        if score > best[0]:
            best = (score, reader)
    return best[1]
