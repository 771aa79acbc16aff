"""How many values stand within each other in JSON that nobody has decoded yet."""

from __future__ import annotations

import re
from typing import Final

from ...config.limits import lift

HINT: Final = f"correct the entry, or {lift('nesting')}"

# A backslash outside of a string is no JSON; skipped with what follows, it hides no string's end.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|\\.|[\[{]|[\]}]', re.DOTALL)


def too_deep(most: int) -> str:
    """What is said of it."""
    return f"nested too deeply: more than {most} values within each other"


def is_too_deep(raw: bytes, most: int) -> bool:
    """Whether more than so many lists and objects stand within each other.

    Most values have fewer brackets at all, which is known a hundred times as fast.
    """
    if raw.count(b"[") + raw.count(b"{") <= most:
        return False
    depth = 0
    for token in _TOKEN.finditer(raw):
        first = token[0][:1]
        if first in b'"\\':
            continue
        depth += 1 if first in b"[{" else -1
        if depth > most:
            return True
    return False
