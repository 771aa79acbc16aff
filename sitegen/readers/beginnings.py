"""How the formats of sitegen's own readers can begin, so that a dump asks few of them.

A reader is loaded, and asked how sure it is, only for a dump that begins in a way that its format
can. A test holds the table against what the readers say themselves.
"""

from __future__ import annotations

import re
from enum import Enum


class Beginning(Enum):
    """What a dump begins with, white space and a byte-order mark aside."""

    OBJECT = "{"
    LIST = "[ before an object, a list, a text or a number"
    BRACKET = "any other ["
    XML = "<? or <! or the outermost element of a page or feed"
    TAG = "any other <"
    ONE = "1 and nothing else"
    HEADERS = "a header as mail has"
    TEXT = "anything else"


_KINDS = (
    (re.compile(r"\{"), Beginning.OBJECT),
    (re.compile(r"\[\s*(?:[\[{\"\d]|\])"), Beginning.LIST),
    (re.compile(r"\["), Beginning.BRACKET),
    (re.compile(r"<(?:\?|!doctype|html|rss|feed|[a-zA-Z]+:)", re.IGNORECASE), Beginning.XML),
    (re.compile(r"<"), Beginning.TAG),
    (re.compile(r"1\s*\Z"), Beginning.ONE),
    (re.compile(r"[\w-]{1,40}: "), Beginning.HEADERS),
)
_LOOKED_AT = 4_096

_JSON = frozenset({Beginning.OBJECT, Beginning.LIST, Beginning.BRACKET})
_XML = frozenset({Beginning.XML, Beginning.TAG})
_TEXT = frozenset({Beginning.TEXT, Beginning.HEADERS, Beginning.ONE})

# By module. Any other reader may claim whatever it likes.
OWN = {
    "acl_xml": _XML,
    "arxiv_atom": _XML,
    "arxiv_feed": _XML,
    "arxiv_jsonl": _JSON,
    "arxiv_oai": _XML,
    "arxiv_snapshot": _JSON,
    "bibtex": _TEXT,
    "csl_json": _JSON,
    "hf_html": _XML | {Beginning.HEADERS},  # a page saved as a single file is like a mail
    "hf_json": _JSON | {Beginning.ONE},
    "json_records": _JSON,
    "markdown": _TEXT | {Beginning.BRACKET, Beginning.TAG},
    "paperlists": _JSON,
    "ris": _TEXT,
    "table": _TEXT,
    "text": _TEXT,
    "web_feed": _XML,
}


def beginning(head: str) -> Beginning:
    """How a dump with this head begins."""
    start = head[:_LOOKED_AT].lstrip().lstrip("\ufeff").lstrip()
    return next((kind for pattern, kind in _KINDS if pattern.match(start)), Beginning.TEXT)
