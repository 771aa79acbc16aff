"""Web addresses: what may become a link, and where arXiv has a paper."""

from __future__ import annotations

import re
from functools import lru_cache

from ..clean import has_host, in_ascii

_PLAIN = re.compile(r"https?://[!#-;=?-~]+")  # of printed ASCII
_WEB_ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"]+")
_LONGEST_HOST = 300
_has_host = lru_cache(maxsize=1_024)(has_host)  # the same ones come again and again


def web_address(written: str | None) -> str:
    """An http or https address as browsers ask for it; "" for all else, which may be a script."""
    if not written:
        return ""
    address = written
    if _PLAIN.fullmatch(address) is None:
        address = written.strip()
        if _WEB_ADDRESS.fullmatch(address) is None or not address.isprintable():
            return ""
    beginning = address[: address.find("/", len("https://")) + 1]
    known = _has_host(beginning) if 0 < len(beginning) < _LONGEST_HOST else has_host(address)
    return in_ascii(address) if known else ""


def arxiv_page(arxiv: str) -> str:
    """The address of a paper's page on arXiv; "" without an id."""
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""


def arxiv_pdf(arxiv: str) -> str:
    """The address of a paper's PDF on arXiv; "" without an id."""
    return f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""
