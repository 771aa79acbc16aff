"""Where in an XML document a new parser can go on, and what it has to be told before.

Comes in: the document's blocks as they pass, and where a parser gave up. Goes out: the next element
that is wanted, and what stood open around it: the document's beginning up to the first of them,
and as many line ends that the new parser counts lines as the old one did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_BEGINNING = 256 * 1024
_LONGEST_CHARACTER = 4  # bytes of UTF-8


class Place:
    """How far a document has passed. `opening` is what a parser is told before its blocks."""

    def __init__(self, tags: Sequence[str], around: str, opening: bytes) -> None:
        names = "|".join(re.escape(tag.rpartition("}")[2]) for tag in tags)
        wanted = rf"<(?:[\w.-]{{1,40}}:)?(?:{names})[\s/>]"
        context = rf"<{re.escape(around)}(?=[\s>])[^<>]{{0,2000}}>" if around else r"(?!)"
        self._wanted = re.compile(wanted.encode())
        self._context = re.compile(context.encode())
        self._resumes = re.compile(rf"{wanted}|{context}".encode())
        self._opening = opening
        self._beginning = b""
        self._has_begun = False
        self._around = b""
        self._line = 1
        self._column = len(opening)  # characters of this line that the present parser has seen

    def passed(self, block: bytes) -> None:
        """A block that was read, or a piece of one."""
        if not self._has_begun:
            first = self._wanted.search(block)
            self._has_begun = first is not None
            self._beginning += block[: first.start()] if first else block
            if len(self._beginning) > _LONGEST_BEGINNING:
                self._beginning, self._has_begun = b"", True
        self._around = [self._around, *self._context.findall(block)][-1]
        lines = block.count(b"\n")
        last = block[block.rfind(b"\n") + 1 :]
        self._column = (0 if lines else self._column) + len(last.decode("utf-8", "ignore"))
        self._line += lines

    def behind(self, block: bytes, line: int, column: int) -> tuple[bytes | None, bytes]:
        """What a new parser is to be told and what of the block it goes on with, behind a place.

        None where nothing of the block is wanted.
        """
        given_up = self._offset(block, line, column)
        found = self._resumes.search(block, given_up)
        if found is None:
            self.passed(block)
            return None, b""
        self.passed(block[: found.start()])
        known = self._beginning
        if not self._context.match(block, found.start()):
            known += self._around
        opening = b"\n" * max(0, self._line - 1 - known.count(b"\n")) + known
        whole = self._opening + opening
        self._column = len(whole[whole.rfind(b"\n") + 1 :].decode("utf-8", "ignore"))
        return opening, block[found.start() :]

    def _offset(self, block: bytes, line: int, column: int) -> int:
        """Where in the block a line and column are, as the present parser counts them."""
        begin = 0
        for _ in range(line - self._line):
            begin = block.find(b"\n", begin) + 1
            if not begin:
                return len(block)
        characters = max(0, column - (self._column if line <= self._line else 0))
        rest = block[begin : begin + _LONGEST_CHARACTER * characters].decode("utf-8", "ignore")
        return begin + len(rest[:characters].encode())
