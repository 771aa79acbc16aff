"""CSL-JSON: what citation processors take, one object a paper.

Names of fields and types are those of the Citation Style Language 1.0.2, appendices III and IV
(https://docs.citationstyles.org/en/stable/specification.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ..person_names import Name
from .reference import Reference

_TYPES = {"article": "article-journal", "inproceedings": "paper-conference", "misc": "article"}


def item(said: Reference) -> dict[str, Any]:
    """The reference as an object; what isn't known has no field."""
    parts = said.date_parts
    fields = {
        "id": said.key,
        "type": _TYPES[said.kind],
        "title": said.title,
        "author": [_name(name) for name in said.names],
        "issued": {"date-parts": [parts]} if parts else None,
        "container-title": said.venue,
        "publisher": "arXiv" if said.arxiv and said.kind == "misc" else "",
        "number": f"arXiv:{said.arxiv}" if said.arxiv else "",
        "DOI": said.doi,
        "URL": said.url,
    }
    return {name: value for name, value in fields.items() if value}


def item_json(said: Reference) -> str:
    """The object as a line of JSON."""
    return msgspec.json.encode(item(said)).decode()


def items(found: Iterable[str]) -> str:
    """Objects as a file: an array with a line for each."""
    lines = ",\n".join(found)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _name(name: Name) -> dict[str, str]:
    family, given, suffix, group = name
    if group or not given:
        return {"literal": family}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})
