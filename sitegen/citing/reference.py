"""What a citation says of a paper, in values that every format can take."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .. import clean
from ..model import Paper
from ..person_names import Name, split
from .facts import kind_of, url_of, year_of
from .keys import key_of


class Reference(NamedTuple):
    """A paper as it is cited. Texts are plain; "" where nothing is known."""

    key: str  # the same as in BibTeX
    kind: str  # "misc" for a preprint, "article", "inproceedings"
    title: str
    names: tuple[Name, ...]
    venue: str
    year: str
    published: date | None
    arxiv: str
    doi: str
    url: str

    @property
    def date_parts(self) -> list[int]:
        """Year, month and day, as far as they are known."""
        if self.published:
            return [self.published.year, self.published.month, self.published.day]
        return [int(self.year)] if self.year else []


def reference(paper: Paper) -> Reference:
    """What a citation says of the paper."""
    details = paper.details
    names = [name for name in details.authors if name.strip()]
    year = year_of(paper)
    kind = kind_of(details.venue)
    return Reference(
        key=key_of(paper, names, year),
        kind=kind,
        title=" ".join(clean.reading(paper.title).split()),
        names=tuple(map(split, names)),
        venue="" if kind == "misc" else " ".join(details.venue.split()),
        year=year,
        published=paper.published,
        arxiv=paper.ids.get("arxiv", ""),
        doi=paper.ids.get("doi", ""),
        url=url_of(paper),
    )
