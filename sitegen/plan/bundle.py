"""A bundle: pages that are made together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..digests import digest_of_parts as facts
from ..digests import digest_of_values as facts_of
from ..model import Value
from ..pages import Page

__all__ = ["Bundle", "facts", "facts_of"]


class Bundle(Value, frozen=True, kw_only=True):
    """A group of pages with one digest of all that they show.

    `facts` is that digest, of data alone; whoever builds adds what renders it, by `kinds`.
    `make` gives the pages; it is called only when something changed. `size` is about how many
    pages that are. `listed` are those of its addresses that the sitemap has, where `addresses` does
    not know them by itself. An `optional` one is left out where the theme has no template for it.
    """

    name: str
    facts: bytes
    kinds: frozenset[str]
    size: int
    make: Callable[[], Iterator[Page]]
    listed: tuple[str, ...] = ()
    optional: bool = False
