"""COinS: an OpenURL ContextObject (ANSI/NISO Z39.88-2004) for the title of a span.

Reference managers find one for each paper of a list. The "journal" format is the one that they
all read; its `genre` says what the paper is.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from ..person_names import Name
from .reference import Reference

_START = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal"
_GENRES = {"article": "article", "inproceedings": "proceeding", "misc": "preprint"}
_PLAIN = re.compile(r"[A-Za-z0-9 _./:,~-]*")
_SAFE = "/:,"  # beside letters and digits; these need no encoding in a query


def context_object(said: Reference) -> str:
    """The text of the attribute, not yet escaped for HTML."""
    pairs = [("genre", _GENRES[said.kind]), ("atitle", said.title)]
    pairs += [("au", _in_order(name)) for name in said.names]
    pairs += [
        ("jtitle", said.venue or ("arXiv" if said.arxiv else "")),
        ("date", said.published.isoformat() if said.published else said.year),
    ]
    fields = "".join([f"&rft.{name}={_encoded(value)}" for name, value in pairs if value])
    ways = [f"info:doi/{said.doi}" if said.doi else "", said.url]
    return f"{_START}{fields}" + "".join([f"&rft_id={_encoded(way)}" for way in ways if way])


def _encoded(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value.replace(" ", "+")
    return quote(value, safe=_SAFE, errors="replace").replace("%20", "+")


def _in_order(name: Name) -> str:
    """`Family, Given`: the comma tells which is which."""
    family, given, suffix, _ = name
    said = f"{given} {suffix}" if suffix else given
    return f"{family}, {said}" if said else family
