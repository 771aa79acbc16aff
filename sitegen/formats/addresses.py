"""Web addresses: what may become a link, and where arXiv has a paper."""

from __future__ import annotations

import re

from ..clean import has_host

_WEB_ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"]+")


def web_address(written: str | None) -> str:
    """An http or https address as it is written; "" for anything else, which could be a script."""
    if not written:
        return ""
    address = written.strip()
    if _WEB_ADDRESS.fullmatch(address) is None or not address.isprintable():
        return ""
    return address if has_host(address) else ""


def arxiv_page(arxiv: str) -> str:
    """The address of a paper's page on arXiv; "" without an id."""
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""


def arxiv_pdf(arxiv: str) -> str:
    """The address of a paper's PDF on arXiv; "" without an id."""
    return f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""
