"""What a file is that no reader claims: for a message that says more than "unknown"."""

from __future__ import annotations

import re

from ..errors import Problem

_HINT = "sitegen inspect --help lists the formats"

# (beginning as read in UTF-8, what it is, what to do); the first that fits.
_KINDS = (
    (r"%PDF-", "a PDF", "sitegen reads lists of papers, not the papers"),
    (r"\ufffdPNG|GIF8[79]a|\ufffd{4}\0\x10JFIF|RIFF.{4,8}WEBP", "a picture", ""),
    (r"SQLite format 3", "a SQLite database", "export what it holds as CSV or JSON"),
    (r"\x7fELF|MZ", "a program", ""),
    (r"bplist00", "a web archive", "save it as “page source”, or as text"),
    (r"PAR1", "a Parquet file", "export it as JSON lines or CSV"),
    (
        r"(?:From: <Saved by|(?:[\w-]{1,40}: [^\n]{0,500}\n){0,20}MIME-Version:)",
        "a page saved as a single file (MHTML)",
        "save it as “webpage, HTML only”, or as text",
    ),
    (r"(?i:\s*<(?:!doctype html|html|head|body)\b)", "an HTML page without a list of papers", ""),
    (
        r"\ufeff?\s*(?:\{|\[\s*[\[{\"\]])",
        "JSON without papers, or cut off",
        "a paper is an object with a “title”; see “JSON with the usual names” in the documentation",
    ),
    (r"version https://git-lfs", "a Git LFS pointer", "fetch the file itself: git lfs pull"),
)  # fmt: skip
_FOREIGN = tuple((re.compile(start, re.DOTALL), what, hint) for start, what, hint in _KINDS)


def unknown_format(name: str, head: str) -> Problem:
    """The error for a file that no reader claims, from its name and beginning."""
    known = ((what, hint) for start, what, hint in _FOREIGN if start.match(head))
    what, hint = next(known, ("a binary file" if "\0" in head else "", ""))
    return Problem(
        file=name,
        line=0,
        message=f"no reader knows this format: {what}" if what else "no reader knows this format",
        hint=hint or _HINT,
        severity="error",
    )
