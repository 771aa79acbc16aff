"""What is made of a paper once, for all the files of a site that show it.

What is made depends on the paper alone, so that a process can keep it for as long as it is of use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from .. import citing
from ..model import Paper

T = TypeVar("T")

_KEPT: Final = 4096  # papers, of which days, months and topics all want the same


class Once(Generic[T]):
    """Makes something of a paper, or gives what it made of it before."""

    def __init__(self, make: Callable[[Paper], T]) -> None:
        self._make = make
        self._made: dict[tuple[str, bytes], T] = {}

    def __call__(self, paper: Paper) -> T:
        """What is made of the paper."""
        name = (paper.key, paper.digest)
        found = self._made.get(name)
        if found is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            found = self._made[name] = self._make(paper)
        return found


bibtex: Final = Once(citing.bibtex)
reference: Final = Once(citing.reference)
ris: Final = Once(lambda paper: citing.ris(reference(paper)))
csl_json: Final = Once(lambda paper: citing.item_json(reference(paper)))
coins: Final = Once(lambda paper: citing.context_object(reference(paper)))
