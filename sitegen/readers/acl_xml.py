"""The ACL Anthology's own XML: one collection a file, with volumes and their papers.

Format: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc; ids as in
https://aclanthology.org/info/ids/. Titles and abstracts are mixed content: `fixed-case`, `i`,
`b` and `url` are their text, `tex-math` becomes `$…$`. Editors are no authors, front matter is no
paper.

A volume states a year, mostly a month, seldom days. `published` is the first day of what is
stated: "August 26-30" 2001 is 2001-08-26, "June" 2008 is 2008-06-01, 2025 alone is 2025-01-01.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from .. import clean
from ..errors import Problem
from ..formats.addresses import web_address
from ..formats.content import Content
from ..formats.identifiers import identifiers
from ..formats.records import Complain, Nothing, records
from ..formats.xml.elements import elements, line_of, root, text_of
from ..model import Record

NAME = "acl-xml"
LABEL = "ACL Anthology XML"
SOURCE = "ACL Anthology"

_NOTHING = Nothing("no paper of this collection is whole", "get it again", may_be_empty=True)

_COMMANDS = {"i": "emph", "b": "textbf"}  # which `clean.text` keeps as emphasis where it can
_PLAIN = re.compile(r"[^{}\\$]+")
_OLD_STYLE = re.compile(r"[A-Z]\d\d")
# Collections whose volumes have two digits and whose papers two; D19 only from volume 5 on.
_TWO_DIGITS = re.compile(r"W\d\d|C69")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
)}  # fmt: skip
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:(?<!\d)(?P<before>{_DAY})(?:\s*(?:[-–—/,&]|to|and)\s*{_DAY})*\s*(?:of\s+)?)?"
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?:\s+(?P<after>{_DAY})(?!\d))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class _Volume:
    """What a paper has from the volume around it."""

    collection: str = ""
    number: str = ""
    venue: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper's element, and the volume that it stands in."""

    line: int
    element: Any
    volume: _Volume


def sniff(head: str, name: str) -> int:
    """By the collection's root and the volume in it."""
    del name
    return 95 if root(head) == ("", "collection") and "<volume" in head else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each paper; front matter is none."""
    return records(_papers(content, name), partial(_record, name), name, _NOTHING)


def _papers(content: Content, name: str) -> Iterator[_Paper | Problem]:
    volume = _Volume()
    for element in elements(content, name, ("meta", "paper"), around="volume"):
        if isinstance(element, Problem):
            yield element
        elif element.tag == "meta":
            volume = _volume(element)
        else:
            around = next(element.iterancestors("volume"), None)
            if around is None or around.get("id") != volume.number:
                volume = _Volume(*_ids(around))  # a volume that says nothing of itself
            yield _Paper(line_of(element), element, volume)


def _ids(volume: Any) -> tuple[str, str]:
    if volume is None:
        return "", ""
    collection = volume.getparent()
    return "" if collection is None else collection.get("id", ""), volume.get("id", "")


def _volume(meta: Any) -> _Volume:
    collection, number = _ids(meta.getparent())
    facts = {child.tag: child for child in reversed(meta)}
    return _Volume(
        collection=collection,
        number=number,
        venue=clean.title(_mixed(facts.get("booktitle"))),
        published=published(text_of(facts.get("year")), text_of(facts.get("month"))),
    )


def published(year: str, month: str) -> date | None:
    """The first day of what is stated; None without a year.

    >>> published("2001", "October 31-November 4")
    datetime.date(2001, 10, 31)
    """
    known = _YEAR.search(year)
    if known is None or known[0] == "0000":
        return None
    found = _DATE.search(month)
    if found is None:
        number = _NUMBER.fullmatch(month.strip())
        number_of_month = int(month) if number and len(month.strip()) < 3 else 1
        return _first_day(int(known[0]), number_of_month, 1)
    day = _NUMBER.match(found["before"] or found["after"] or "1")
    return _first_day(int(known[0]), _MONTHS[found["month"].lower()], int(day[0]) if day else 1)


def _first_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month if 1 <= month <= 12 else 1, 1)


def anthology_id(collection: str, volume: str, paper: str) -> str:
    """The id of a paper from the ids of what it stands in; "" where they make none.

    >>> anthology_id("P08", "1", "1"), anthology_id("W01", "1", "1")
    ('P08-1001', 'W01-0101')
    >>> anthology_id("2025.gem", "1", "3")
    '2025.gem-1.3'
    """
    if not _OLD_STYLE.fullmatch(collection):
        return f"{collection}-{volume}.{paper}" if collection and volume and paper else ""
    if not (volume.isdecimal() and paper.isdecimal() and len(volume) + len(paper) < 8):
        return ""
    if _TWO_DIGITS.fullmatch(collection) or (collection == "D19" and int(volume) >= 5):
        return f"{collection}-{int(volume):02}{int(paper):02}"
    return f"{collection}-{int(volume)}{int(paper):03}"


def _record(name: str, paper: _Paper, place: int, complain: Complain) -> Record:
    title = abstract = doi = address = state = ""
    authors: list[str] = []
    author_ids: list[str] = []
    volume = paper.volume
    for child in paper.element:
        tag = child.tag
        if tag == "author":
            authors.append(_person(child))
            author_ids.append(_id(child))
        elif tag == "title":
            title = _mixed(child)
        elif tag == "abstract":
            abstract = abstract or _mixed(child, running=True)
        elif tag == "doi":
            doi = text_of(child)
        elif tag == "url":
            address = text_of(child).strip()
        elif tag in {"retracted", "removed"}:
            state = f"{tag}: {text_of(child).strip()}".rstrip(": ")
    number = anthology_id(volume.collection, volume.number, paper.element.get("id", ""))
    ids = identifiers(acl=number or address, doi=doi)
    acl = ids.get("acl", "")
    if not ids:
        complain("a paper whose Anthology id cannot be made out")
    names = clean.persons(authors)
    known = any(author_ids) and len(names) == len(author_ids)  # none was without a name
    return Record(
        file=name,
        line=paper.line,
        place=place,
        source=SOURCE,
        title=clean.title(title),
        ids=ids,
        authors=names,
        author_ids=tuple(author_ids) if known else (),
        abstract=clean.text(abstract),
        published=volume.published,
        url=f"https://aclanthology.org/{acl}/" if acl else web_address(address),
        pdf=_pdf(acl, address),
        venue=volume.venue,
        comment=clean.title(state),
    )


def _pdf(acl: str, address: str) -> str:
    """Papers with a `url` have a PDF: the Anthology's own, unless the address is a full one."""
    if not address or "://" in address:
        return web_address(address)
    return f"https://aclanthology.org/{acl}.pdf" if acl else ""


def _person(author: Any) -> str:
    """Given and family name; variants in other scripts and affiliations stand deeper or beside."""
    first = last = ""
    for child in author:
        if child.tag == "first":
            first = child.text or ""
        elif child.tag == "last":
            last = child.text or ""
    return f"{first} {last}" if first else last


def _id(author: Any) -> str:
    """The ORCID of an author, or else the id by which the Anthology tells namesakes apart."""
    orcid = author.get("orcid", "").rpartition("/")[2].upper()
    if _ORCID.fullmatch(orcid):
        return f"orcid:{orcid}"
    known = author.get("id", "")
    return f"acl:{known}" if _SLUG.fullmatch(known) else ""


def _mixed(element: Any, *, running: bool = False) -> str:
    """Mixed content as text, formulas between dollar signs; emphasis in running text as LaTeX."""
    if element is None:
        return ""
    if len(element) == 0:
        return element.text or ""
    for formula in element.iter("tex-math"):
        formula.text = f"${text_of(formula).strip()}$"
        del formula[:]
    if running:
        for part in element.iter(*_COMMANDS):
            if len(part) == 0 and part.text and _PLAIN.fullmatch(part.text):
                part.text = f"\\{_COMMANDS[part.tag]}{{{part.text}}}"
    return "".join(element.itertext())
