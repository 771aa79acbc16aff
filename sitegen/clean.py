"""Captured text to clean text, and clean text to HTML.

`text` takes what a dump holds and gives plain Unicode: leftovers of stripped LaTeX and Markdown
mended where that is certain, links repaired, white space collapsed, control characters gone. It
never makes markup and is idempotent. `to_html` escapes clean text and links its addresses.
"""

from __future__ import annotations


def title(captured: str) -> str:
    """A title as shown: as captured but for white space and what is certain."""
    raise NotImplementedError


def text(captured: str) -> str:
    """An abstract or other running text, cleaned. Paragraphs stay apart by a blank line."""
    raise NotImplementedError


def to_html(clean: str) -> str:
    """Escaped, with http, https and bare well-known addresses as links (no other scheme)."""
    raise NotImplementedError
