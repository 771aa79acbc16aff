"""From a dump to records: one module per format, found by the entry point group `sitegen.readers`.

A reader is a module (or any object) with two constants and two functions, see `Reader`. It opens
no file and never raises for what the input holds: what it cannot take becomes a `Problem`, and
it goes on with the next record.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..errors import Problem
from ..formats.content import Content
from .beginnings import beginning
from .installed import Reader, SniffError, installed

__all__ = ["Content", "Reader", "broken", "candidates", "choose", "readers"]


def readers() -> tuple[Reader, ...]:
    """All readers that are installed and can be used, by name. They are loaded for it."""
    found = (one.reader for one in installed())
    return tuple(reader for reader in found if not isinstance(reader, Problem))


def broken() -> tuple[Problem, ...]:
    """Warnings of other packages' readers that are installed and cannot be used."""
    found = (one.reader for one in installed() if not one.is_own)
    return tuple(problem for problem in found if isinstance(problem, Problem))


def candidates(content: Content) -> Iterator[Reader]:
    """The readers that may claim the content, by name. Of one that cannot be loaded a problem."""
    kind = beginning(content.head)
    for one in installed():
        if not one.may_claim(kind):
            continue
        reader = one.reader
        if not isinstance(reader, Problem):
            yield reader
        elif one.is_own:  # of others it was said before, see `broken`
            content.problems.append(msgspec.structs.replace(reader, file=content.name))


def choose(content: Content) -> Reader | None:
    """The reader that is surest of the content; None when no reader claims it.

    One that fails to say how sure it is has no part in the choice; `content.problems` names it.
    """
    best: tuple[int, Reader | None] = (0, None)
    for reader in candidates(content):
        try:
            score = reader.sniff(content.head, content.bare_name)
        except SniffError as failed:
            content.problems.append(msgspec.structs.replace(failed.problem, file=content.name))
            continue
        if score > best[0]:
            best = (score, reader)
    return best[1]
