"""arXiv's metadata as harvested over OAI-PMH: answers to ListRecords and GetRecord.

Formats: http://www.openarchives.org/OAI/openarchivesprotocol.html and
https://info.arxiv.org/help/oa/index.html, metadataPrefix `arXiv`, `arXivOld`, `arXivRaw` and
`oai_dc`. A record's datestamp is the day of its last change and no day of listing. Deleted records
are counted; a resumption token belongs to the harvester. Records of other repositories in `oai_dc`
are read as well, under the repository's host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from .. import clean
from ..errors import Problem
from ..formats import days
from ..formats.addresses import arxiv_page, arxiv_pdf, web_address
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.identifiers import identifiers
from ..formats.people import display_name, people
from ..formats.records import Complain, Nothing, Remark, records
from ..formats.xml.elements import elements, line_of, local, root, text_of
from ..model import Record

NAME = "arxiv-oai"
LABEL = "arXiv metadata harvested over OAI-PMH (arXiv, arXivRaw, oai_dc)"
SOURCE = "arXiv"

_NOTHING = Nothing("no record of this answer is whole", "harvest it again", may_be_empty=True)

_OAI = "http://www.openarchives.org/OAI/2.0/"
_ARXIV_SPACE = "http://arxiv.org/OAI/"
_METADATA = ("arXiv", "arXivOld", "arXivRaw", "dc")
_RECORD = re.compile(r"<(?:[\w.-]+:)?(?:record|error)[\s>]")
_COMMENT = re.compile(r"\A\s*Comments?:\s*", re.IGNORECASE)
_YEAR = re.compile(r"\((?:19|20)\d\d\)|,\s*(?:19|20)\d\d\b|\b(?:19|20)\d\d$")


def sniff(head: str, name: str) -> int:
    """By the protocol's root, or arXiv's own metadata under another one."""
    del name
    space, outermost = root(head)
    if outermost == "OAI-PMH" or space == _OAI:
        return 95
    return 88 if outermost and f'"{_ARXIV_SPACE}' in head else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each record of the answer that was not deleted."""
    return records(_entries(content, name), partial(_record, name), name, _NOTHING)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the metadata of one record say, and the identifier in its header."""

    line: int
    facts: dict[str, list[Any]]
    identifier: str = ""


def _entries(content: Content, name: str) -> Iterator[_Entry | Problem | Remark]:
    deleted = first_deleted = 0
    wanted = ("record", "error") if _RECORD.search(content.head) else _METADATA
    for element in elements(content, name, [f"{{*}}{one}" for one in wanted]):
        if isinstance(element, Problem):
            yield element
            continue
        line, kind = line_of(element), local(element)
        if kind in _METADATA:
            yield _Entry(line, _facts(element))
        elif kind == "error":
            yield _answer(element)
        elif _is_deleted(element):
            deleted += 1
            first_deleted = first_deleted or line
        elif (facts := _metadata(element)) is not None:
            yield _Entry(line, facts, _identifier(element))
        else:
            yield Remark(line, "a record without metadata was left out", "harvest it again")
    if deleted:
        message = f"{deleted} deleted record{'s' if deleted > 1 else ''} left out"
        hint = "the source has withdrawn them; nothing is to be done"
        yield Remark(first_deleted, message, hint)


def _answer(element: Any) -> Remark:
    code = element.get("code", "")
    said = clean.title(text_of(element))[:200]
    hint = (
        "there was nothing to harvest"
        if code == "noRecordsMatch"
        else "correct the request, and save its answer"
    )
    message = f"the repository answered {code or 'with an error'}: {said}"
    return Remark(line_of(element), message, hint)


def _header(record: Any) -> Any:
    return next((child for child in record if local(child) == "header"), None)


def _is_deleted(record: Any) -> bool:
    header = _header(record)
    return header is not None and header.get("status") == "deleted"


def _identifier(record: Any) -> str:
    header = _header(record)
    return _child(header, "identifier") if header is not None else ""


def _child(element: Any, name: str) -> str:
    return next((text_of(child) for child in element if local(child) == name), "")


def _metadata(record: Any) -> dict[str, list[Any]] | None:
    around = next((child for child in record if local(child) == "metadata"), record)
    found = next((child for child in around if local(child) in _METADATA), None)
    return None if found is None else _facts(found)


def _facts(metadata: Any) -> dict[str, list[Any]]:
    """The values of each element by name: texts, and the names of the authors."""
    facts: dict[str, list[Any]] = {}
    for child in metadata:
        name = local(child)
        value: Any = text_of(child)
        if name == "authors":
            value = _authors(child)
        elif name == "creator":
            name, value = "authors", (display_name(value),)
        elif name == "version":
            name, value = "created", _child(child, "date")
        if name and value:
            facts.setdefault(name, []).append(value)
    return facts


def _authors(element: Any) -> tuple[str, ...]:
    parts = [child for child in element if local(child) == "author"]
    if not parts:
        return people(text_of(element))
    whole = (
        " ".join(_child(one, part) for part in ("forenames", "keyname", "suffix")) for one in parts
    )
    return clean.persons(list(whole))


def _record(name: str, entry: _Entry, place: int, complain: Complain) -> Record:
    del complain
    facts, identifier = entry.facts, entry.identifier

    def first(*names: str) -> str:
        return next((facts[one][0] for one in names if one in facts), "")

    written = facts.get("identifier", [])
    address = next((one for one in written if one.startswith("http")), "")
    ids = identifiers(
        arxiv=first("id") or identifier,
        doi=first("doi") or next((one for one in written if "10." in one), ""),
        url=address,
    )
    abstract, comments = _descriptions(facts)
    arxiv = ids.get("arxiv", "")
    return Record(
        file=name,
        line=entry.line,
        place=place,
        source=_source(identifier, arxiv),
        title=clean.title(first("title")),
        ids=ids,
        authors=tuple(author for some in facts.get("authors", []) for author in some if author),
        abstract=clean.text(abstract),
        published=days.exact(first("created", "date")),
        url=arxiv_page(arxiv) or web_address(address),
        pdf=arxiv_pdf(arxiv),
        venue=clean.title(first("journal-ref") or _journal(written)),
        categories=arxiv_categories(first("categories").split()),
        tags=clean.names(facts.get("subject", [])),
        submitter=clean.person(first("submitter")),
        comment=clean.title(comments),
    )


def _descriptions(facts: dict[str, list[Any]]) -> tuple[str, str]:
    """Abstract and comment: `oai_dc` has both as descriptions, the comment marked as one."""
    texts = facts.get("abstract") or facts.get("description") or [""]
    comments = facts.get("comments") or [one for one in texts if _COMMENT.match(one)]
    abstract = next((one for one in texts if one not in comments), "")
    return abstract, _COMMENT.sub("", comments[0], count=1) if comments else ""


def _journal(identifiers_written: list[str]) -> str:
    """In `oai_dc` the journal reference is an identifier among the others: one with a year."""
    plain = (one for one in identifiers_written if "://" not in one and not one.startswith("doi:"))
    return next((one for one in plain if _YEAR.search(one)), "")


def _source(identifier: str, arxiv: str) -> str:
    """arXiv, or the repository that the OAI identifier names (oai:HOST:ID)."""
    parts = identifier.split(":")
    if arxiv or len(parts) < 3 or not urlsplit(f"//{parts[1]}").hostname:
        return SOURCE if arxiv else "OAI-PMH"
    return clean.title(parts[1])
