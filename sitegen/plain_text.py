"""Text that does nothing but show itself: on a terminal, in JSON and TOML for people to paste.

Titles, names of files and identifiers come from dumps. Terminals obey controls (ECMA-48) and
set what follows a direction's control (Unicode's UAX #9) in another order: a name that ends
in "txt.exe" can read as "exe.txt".
"""

from __future__ import annotations

import re
from typing import Final

# C0 and C1; marks, embeddings, overrides and isolates of direction; ends of lines and paragraphs;
# what has no width, but for the two joiners that scripts and emoji need.
_OBEYED: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """A text of one line that does nothing to a terminal but show itself."""
    text = _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.encode(errors="replace").decode()


def spelled_out(json: str) -> str:
    """JSON, or a TOML string written like it, with such characters as escapes: it says the same.

    Line feeds stay, which stand between values alone.
    """
    return _OBEYED.sub(lambda found: found[0] if found[0] == "\n" else _escape(found[0]), json)


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}"
