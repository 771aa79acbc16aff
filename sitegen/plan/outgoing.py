"""Where a paper's identifiers lead: patterns of `[links]`, filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote, quote_plus

from ..config.data import LinkSettings
from ..model import Paper
from ..pages import WebLink

_PLACE = re.compile(r"\{(arxiv|acl|doi|title)\}")
_NOT_IN_QUERY = re.compile(r"[^\w.+-]+")
_SCHEMES: Final = (("arxiv", "arXiv "), ("acl", "ACL "), ("doi", "doi:"))


class _Pattern(NamedTuple):
    """An address with a place in it; `scheme` is "" where it has none."""

    before: str
    scheme: str
    after: str

    def filled(self, ids: Mapping[str, str], title: str = "") -> str:
        """The address; "" where the paper lacks what it names."""
        scheme = self.scheme
        if not scheme:
            return self.before
        if scheme == "title":
            # A search knows words; what stands between them only makes the address longer.
            words = _NOT_IN_QUERY.sub(" ", title).strip()
            return f"{self.before}{quote_plus(words, errors='replace')}{self.after}"
        name = ids.get(scheme, "")
        if not name:
            return ""
        safe = quote(name, safe="/") if scheme == "doi" else name
        return f"{self.before}{safe}{self.after}"


def _pattern(written: str) -> _Pattern:
    found = _PLACE.search(written)
    if found is None:
        return _Pattern(written, "", "")
    return _Pattern(written[: found.start()], found[1], written[found.end() :])


class Outgoing:
    """The ways out that a paper's identifiers and title give."""

    def __init__(self, links: LinkSettings) -> None:
        self._ids = [
            (scheme, label, _pattern(getattr(links, scheme))) for scheme, label in _SCHEMES
        ]
        self._pdfs = [_pattern(links.arxiv_pdf), _pattern(links.acl_pdf)]
        elsewhere = {
            "HTML": links.arxiv_html,
            "Hugging Face": links.hugging_face,
            "Semantic Scholar": links.semantic_scholar,
            "Google Scholar": links.google_scholar,
            **links.more,
        }
        self._elsewhere = [(label, _pattern(way)) for label, way in elsewhere.items() if way]

    def ids(self, paper: Paper) -> tuple[WebLink, ...]:
        """Where a paper's identifiers lead; its DOI only when nothing closer is known."""
        ids = paper.ids
        links: list[WebLink] = []
        for scheme, label, pattern in self._ids:
            name = ids.get(scheme)
            if name and not (scheme == "doi" and links):
                links.append(WebLink(label=f"{label}{name}", url=pattern.filled(ids)))
        return tuple(links)

    def pdf(self, paper: Paper) -> str:
        """The paper's PDF, where it is known or follows from an identifier."""
        if paper.pdf:
            return paper.pdf
        return next(filter(None, (pattern.filled(paper.ids) for pattern in self._pdfs)), "")

    def elsewhere(self, paper: Paper, title: str) -> tuple[WebLink, ...]:
        """Other sites that show the paper, those left out that a listing leads to already."""
        known = {listing.url for listing in paper.listings}
        return tuple(self._others(paper.ids, title, known))

    def _others(self, ids: Mapping[str, str], title: str, known: set[str]) -> Iterator[WebLink]:
        for label, pattern in self._elsewhere:
            url = pattern.filled(ids, title)
            if url and url not in known:
                yield WebLink(label=label, url=url)
