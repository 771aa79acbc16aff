"""References to papers in the formats that reference managers read. Pure.

`reference` says what a citation says of a paper; `ris`, `csl` and `openurl` write that down. Their
titles are plain text, in which formulas are read out. `bibtex` writes LaTeX, and keeps formulas.
"""

from __future__ import annotations

from .bibtex import bibtex
from .csl import item, item_json, items
from .facts import kind_of
from .keys import citation_key
from .openurl import context_object
from .reference import Reference, reference
from .ris import ris

__all__ = [
    "Reference", "bibtex", "citation_key", "context_object", "item", "item_json", "items",
    "kind_of", "reference", "ris",
]  # fmt: skip
