"""Switches that are on, off, or "auto": on for as long as a site is not too large with it. Pure.

A site with all that there is weighs some 25 kB a paper, and GitHub Pages publishes at most 1 GB.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal, TypeVar, get_type_hints

import msgspec

Switch = bool | Literal["auto"]
S = TypeVar("S", bound=msgspec.Struct)

MANY: Final = 40_000  # papers up to which "auto" is on


def decided(settings: S, papers: int) -> S:
    """Settings of tables for a library of so many papers: each "auto" is on or off."""
    tables: dict[str, Any] = {}
    for name in type(settings).__struct_fields__:
        table = getattr(settings, name)
        if isinstance(table, msgspec.Struct):
            switches = _switches(type(table))
            undecided = {at: papers <= MANY for at in switches if getattr(table, at) == "auto"}
            if undecided:
                tables[name] = msgspec.structs.replace(table, **undecided)
    return msgspec.structs.replace(settings, **tables)


@cache
def _switches(table: type[msgspec.Struct]) -> tuple[str, ...]:
    hints = get_type_hints(table)
    return tuple(name for name in table.__struct_fields__ if hints[name] == Switch)
