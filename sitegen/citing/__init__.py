"""References to papers in the formats that reference managers read. Pure.

`reference` says what a citation says of a paper; `ris`, `csl` and `openurl` write that down, as
`citation.bibtex` does. Titles are plain text here: their formulas are read out.
"""

from __future__ import annotations

from .csl import item, item_json, items
from .openurl import context_object
from .reference import Reference, reference
from .ris import ris

__all__ = ["Reference", "context_object", "item", "item_json", "items", "reference", "ris"]
