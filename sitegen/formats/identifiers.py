"""Identifiers of a paper in whatever names one: ids with or without their scheme, addresses.

Beside the schemes that identify a paper (`arxiv`, `doi`, `acl`) PubMed's number is kept as `pmid`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .. import identity

_LONGEST = 2_000
_TELLING = 8  # characters of the shortest id of a paper, "P08-1001"
# A look before the leap: `identity.arxiv_id` decides.
_BARE_ARXIV = re.compile(r"\s*(?:\d{4}\.\d{4}|[A-Za-z.-]+/\d{7}|[Aa][Rr][Xx])")


def add_id(found: dict[str, str], scheme: str, written: Any) -> None:
    """Add an identifier of a scheme that is known; the first one of each scheme stays."""
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if not isinstance(written, str) or not written or len(written) > _LONGEST:
        return
    if scheme == "doi":
        _add_doi(found, written)
        return
    recognize = _RECOGNIZED.get(scheme)
    identifier = recognize(written) if recognize else None
    if identifier:
        found.setdefault("pmid" if scheme == "pubmed" else scheme, identifier)


def _add_doi(found: dict[str, str], written: str) -> None:
    """A DOI; those of arXiv and of the Anthology say what the paper is called there."""
    doi = identity.doi(written)
    if doi is None:
        add_id(found, "arxiv", written)
        return
    found.setdefault("doi", doi)
    add_id(found, "acl", doi)


def add_any(found: dict[str, str], written: Any) -> None:
    """Add what an address, or an id without a scheme, says."""
    if not isinstance(written, str) or not written or len(written) > _LONGEST:
        return
    for known in found.values():
        if len(known) >= _TELLING and known in written:  # its address says no more
            return
    is_address = "://" in written
    if "arxiv" not in found and (
        "rxiv" in written
        or "RXIV" in written
        or ("/papers/" in written if is_address else _BARE_ARXIV.match(written))
    ):
        arxiv = identity.arxiv_id(written)
        if arxiv:
            found["arxiv"] = arxiv
            return
    if "acl" not in found and (not is_address or "acl" in written):
        acl = identity.acl_id(written)
        if acl:
            found["acl"] = acl
    if "doi" not in found and "10." in written:
        _add_doi(found, written)


def _pmid(written: str) -> str | None:
    """PubMed's number in a number or address."""
    digits = written.rstrip("/").rpartition("/")[2].strip()
    return digits if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


_RECOGNIZED: dict[str, Callable[[str], str | None]] = {
    "arxiv": identity.arxiv_id,
    "acl": identity.acl_id,
    "pmid": _pmid,
    "pubmed": _pmid,
}


def identifiers(*, arxiv: str = "", doi: str = "", acl: str = "", url: str = "") -> dict[str, str]:
    """Scheme -> id, from ids as they are written and from the paper's address.

    A DOI of arXiv's own (10.48550/arXiv.…) is an arXiv id, and no DOI of the paper besides.
    """
    found = {
        "arxiv": identity.arxiv_id(arxiv) or identity.arxiv_id(doi) or identity.arxiv_id(url),
        "doi": identity.doi(doi) or identity.doi(url),
        "acl": identity.acl_id(acl) or identity.acl_id(url),
    }
    return {scheme: one for scheme, one in found.items() if one}
