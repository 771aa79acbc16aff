"""`sitegen check`: a built folder held against rules. Nothing is asked of the network.

Each rule is a small pure function in a module of its kind: on one page (`markup`, `links`), or on
the whole site (`structure`, `sitemap_rules`, `hosting`, `freshness`). `findings` has their names.
"""

from __future__ import annotations

from .findings import RULES, Finding, grouped
from .running import Audit, check
from .telling import annotation, summary

__all__ = ["RULES", "Audit", "Finding", "annotation", "check", "grouped", "summary"]
