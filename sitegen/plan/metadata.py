"""What a paper's page says of it to reference managers and search engines.

Highwire's `citation_*` names (https://scholar.google.com/intl/en/scholar/inclusion.html), which
Zotero reads too, and schema.org's ScholarlyArticle as JSON-LD. Dublin Core stands in the template,
as properties of elements that are there anyway.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from ..citing import kind_of
from ..model import Details, Paper

_encode = msgspec.json.encode
_VENUES = {"article": "citation_journal_title", "inproceedings": "citation_conference_title"}


def highwire(paper: Paper, venue: str) -> tuple[tuple[str, str], ...]:
    """Names and contents of the elements that say what the paper is called elsewhere."""
    found = []
    if arxiv := paper.ids.get("arxiv"):
        found.append(("citation_arxiv_id", arxiv))
    if doi := paper.ids.get("doi"):
        found.append(("citation_doi", doi))
    if venue and (name := _VENUES.get(kind_of(venue))):
        found.append((name, " ".join(venue.split())))
    return tuple(found)


def json_ld(paper: Paper, title: str, details: Details) -> str:
    """A ScholarlyArticle, ready to stand in a script element; its address is the page's own."""
    fields = [f'"headline":{_text(title)}']
    if details.authors:
        # Names as text, which schema.org takes for people: objects would double their bytes.
        fields.append(f'"author":[{",".join(map(_text, details.authors))}]')
    if paper.published:
        fields.append(f'"datePublished":"{paper.published}"')
    text = ",".join(fields)
    # "</script" would end the element, "<!--" begin a comment in it.
    text = text.replace("<", "\\u003c") if "<" in text else text
    return f'{{"@context":"https://schema.org","@type":"ScholarlyArticle",{text}}}'


@lru_cache(maxsize=1 << 14)
def _text(value: str) -> str:
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:  # a lone surrogate
        return _encode(value.encode(errors="replace").decode()).decode()
