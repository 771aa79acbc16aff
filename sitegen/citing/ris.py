"""RIS: a tag a line, two blanks, a hyphen and a blank between tag and value.

The format is that of Research Information Systems, as Clarivate's and Zotero's documentation have
it; tags that mean different things to different programs are left out.
"""

from __future__ import annotations

import re

from ..person_names import Name
from .reference import Reference

_TYPES = {"article": "JOUR", "inproceedings": "CPAPER", "misc": "UNPB"}
# A line end within a value would begin a new tag.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")


def ris(said: Reference) -> str:
    """A record, with a line end after it."""
    rows = [("TY", _TYPES[said.kind]), ("ID", said.key), ("TI", said.title)]
    rows += [("AU", _author(name)) for name in said.names]
    rows += [
        ("PY", said.year),
        ("DA", f"{said.published:%Y/%m/%d}" if said.published else ""),
        ("T2", said.venue),
        ("DO", said.doi),
        ("AN", f"arXiv:{said.arxiv}" if said.arxiv else ""),
        ("PB", "arXiv" if said.arxiv and said.kind == "misc" else ""),
        ("UR", said.url),
    ]
    lines = [f"{tag}  - {_in_a_line(value)}\n" for tag, value in rows if value]
    return f"{''.join(lines)}ER  - \n"


def _in_a_line(value: str) -> str:
    return value if value.isprintable() else _BREAKS.sub(" ", value)


def _author(name: Name) -> str:
    """`Family, Given, Suffix`; a group has no comma."""
    family, given, suffix, _ = name
    if suffix:
        return f"{family}, {given}, {suffix}"
    return f"{family}, {given}" if given else family
