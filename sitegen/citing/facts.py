"""What a citation says of a paper, whatever the format: its kind, year and address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..model import Paper

_ARXIV_DOI: Final = "10.48550/"
_PREPRINT = re.compile(r"\barxiv\b|^CoRR$", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:proc|proceedings|conference|workshop|symposium|meeting|congress|tutorial|findings)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans|letters|lett|annals|review|reviews|magazine|bulletin|nature"
    r"|science|access|surveys|plos|jmlr|jair|tmlr|tacl|tpami|ijcv|dmlr|computational linguistics)\b"
    r"|^CL$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def kind_of(venue: str) -> str:
    """What a paper of that venue is: "misc" for a preprint, else "article" or "inproceedings"."""
    if not venue.strip() or _PREPRINT.search(venue):
        return "misc"
    journal = _JOURNAL.search(venue) and not _MEETING.search(venue)
    return "article" if journal else "inproceedings"


def year_of(paper: Paper) -> str:
    """The year of publication, else of the arXiv id, else of the first listing; "" if unknown."""
    if paper.published:
        return str(paper.published.year)
    arxiv = paper.ids.get("arxiv", "")
    digits = arxiv.rpartition("/")[2][:2]
    if digits.isdecimal():
        return ("19" if digits > "90" else "20") + digits  # arXiv began in 1991
    return str(paper.born.year) if paper.born else ""


def url_of(paper: Paper) -> str:
    """The paper's most lasting address; "" when there is none."""
    acl = paper.ids.get("acl")
    if acl:
        return f"https://aclanthology.org/{acl}/"
    arxiv, doi = paper.ids.get("arxiv"), paper.ids.get("doi")
    if doi and not (arxiv and doi.startswith(_ARXIV_DOI)):
        return f"https://doi.org/{doi}"
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    known = (*(listing.url for listing in paper.listings), paper.pdf, paper.project)
    return next((url for url in known if url.startswith(("https://", "http://"))), "")
