"""`[limits]`: from what on a dump is taken for a mistake, or for an attack, and not for a list.

Values alone. They go to readers with the dump that they are given (`Content.limits`), and into the
name under which a dump's reading is cached.
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from ..model import Value

MB: Final = 1024**2


class Limits(Value, frozen=True, kw_only=True):
    """What may be in one dump. arXiv's whole metadata snapshot has 5 GB."""

    dump: Annotated[int, Meta(ge=1, le=1_000_000)] = 8_192  # MB, unpacked
    whole: Annotated[int, Meta(ge=1, le=100_000)] = 180  # MB, of a format that is read as a whole
    title: Annotated[int, Meta(ge=50, le=100_000)] = 1_000  # characters; the longest have some 400
    abstract: Annotated[int, Meta(ge=500, le=1_000_000)] = 50_000  # characters
    authors: Annotated[int, Meta(ge=10, le=20_000)] = 10_000  # of one paper; physics has 5,000
    nesting: Annotated[int, Meta(ge=10, le=200)] = 100  # values within each other, in one entry


DEFAULT: Final = Limits()


def lift(name: str) -> str:
    """What to do where a limit is in the way: the end of a hint."""
    return f"raise limits.{name} in content/site.toml"
