"""BibTeX and BibLaTeX: libraries of Zotero, JabRef and Mendeley, exports of DBLP, ACL, publishers.

Every entry that can be a publication is a record; keys mean nothing outside of their file. Fields
that an entry lacks are inherited from its `crossref`, wherever in the file that stands; BibLaTeX's
names for fields (`date`, `journaltitle`, `eprinttype`) are known beside BibTeX's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from .. import clean
from ..errors import Problem
from ..formats import days, plain_values
from ..formats.addresses import web_address
from ..formats.bibtex import values as bibtex_values
from ..formats.bibtex.blocks import Entry, Macro, blocks, lines
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.identifiers import add_any, add_id
from ..formats.records import Complain, Nothing, beginning, records
from ..model import Record

NAME = "bibtex"
LABEL = "BibTeX or BibLaTeX"
SOURCE = "BibTeX"

_NOTHING = Nothing("no entries in this BibTeX file", "export the library again")

_NO_PUBLICATIONS = frozenset({"xdata", "set", "control", "ieeetranbstctl", "preamble", "comment"})
_IN_A_BOOK = frozenset(
    {"inproceedings", "incollection", "inbook", "conference", "suppbook", "suppcollection"}
)
_VENUES = (
    "booktitle",
    "journal",
    "journaltitle",
    "eventtitle",
    "maintitle",
    "school",
    "institution",
)
_URLS = ("url", "ee", "link", "bdsk-url-1", "howpublished", "note")
_ID_FIELDS = ("journal", "journaltitle", "note", "howpublished", "volume", "number", "annotation")
_NOT_INHERITED = frozenset({"crossref", "doi", "url", "eprint", "pages", "abstract", "keywords",
                            "author", "note", "file"})  # fmt: skip
_CORR = re.compile(r"^\s*(?:abs|arxiv)[/:](\S+)", re.IGNORECASE)

_ENTRY = re.compile(
    r"(?m)^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(][^{}=,\n]{0,300},\s*(?:[A-Za-z][\w-]*\s*=|[})])"
)
_ENTRY_ANYWHERE = re.compile(
    r"@([A-Za-z]+)\s*[{(]\s*[^\s{}=,]{0,300}\s*,\s*[A-Za-z][\w-]*\s*=\s*[{\"\w]"
)
_CROSSREF = re.compile(r"\bcrossref\s*=\s*[{\"]?\s*([^{}\",\s]+)", re.IGNORECASE)


def sniff(head: str, name: str) -> int:
    """By the first entry: `@type{key, field = …`."""
    if head.lstrip().lstrip("\ufeff").lstrip()[:1] in {"{", "[", "<"}:
        return 0
    found = _ENTRY.search(head)
    if found is not None:
        return 90 if head[: found.start()].count("\n") < 200 else 60
    if name.lower().endswith((".bib", ".bibtex")) and "@" in head:
        return 40
    return 30 if head.lstrip()[:1] == "@" and _ENTRY_ANYWHERE.search(head) else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each entry, with the line where it begins."""
    macros: dict[str, str] = {}
    made = partial(_record, name, macros, _parents(content, name))
    return records(_entries(content, name, macros), made, name, _NOTHING)


def _entries(content: Content, name: str, macros: dict[str, str]) -> Iterator[Entry | Problem]:
    """The entries that can be publications; `macros` are those defined so far."""
    for block in blocks(content, name):
        if isinstance(block, Macro):
            _define(block, macros)
        elif isinstance(block, Problem) or block.kind not in _NO_PUBLICATIONS:
            yield block


def _define(macro: Macro, macros: dict[str, str]) -> None:
    text = bibtex_values.value(macro.value, macros)
    if len(text) <= _LONGEST_MACRO and len(macros) < _MOST_MACROS:  # they can double each time
        macros[macro.name] = text


_LONGEST_MACRO = 10_000
_MOST_MACROS = 100_000


def _parents(content: Content, name: str) -> dict[str, dict[str, str]]:
    """The entries that others refer to, which as a rule stand behind them: another pass."""
    wanted: set[str] = set()
    for _, line in lines(content):
        if "rossref" in line or "ROSSREF" in line:
            wanted.update(found[1].casefold() for found in _CROSSREF.finditer(line))
    if not wanted:
        return {}
    found: dict[str, dict[str, str]] = {}
    macros: dict[str, str] = {}
    for block in blocks(content, name):
        if isinstance(block, Macro):
            _define(block, macros)
        elif isinstance(block, Entry) and block.key.casefold() in wanted:
            found.setdefault(block.key.casefold(), _fields(block, macros)[0])
    return found


def _fields(entry: Entry, macros: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The fields as texts in TeX; and what is wrong with how they are written."""
    more: dict[str, str] = {}
    fields = {key: bibtex_values.value(raw, macros, more) for key, raw in entry.fields.items()}
    said: list[str] = []
    for _ in range(_MOST_COMMAS):
        if not more:
            break
        key, raw = more.popitem()
        said.append(f"a comma is missing before {beginning(key)}")
        fields.setdefault(key, bibtex_values.value(raw, macros, more))
    return fields, said


_MOST_COMMAS = 50


def _inherit(fields: dict[str, str], parent: Mapping[str, str], kind: str) -> None:
    """What the entry lacks from the one that it refers to; a book's title is its booktitle."""
    for key, text in parent.items():
        if key == "title" and kind in _IN_A_BOOK:
            fields.setdefault("booktitle", text)
        elif key not in _NOT_INHERITED and key != "title":
            fields.setdefault(key, text)


def _record(
    name: str,
    macros: Mapping[str, str],
    parents: Mapping[str, Mapping[str, str]],
    entry: Entry,
    place: int,
    complain: Complain,
) -> Record:
    fields, said = _fields(entry, macros)
    for message in said:
        complain(message)
    parent = parents.get(fields.get("crossref", "").strip().casefold())
    if parent is not None:
        _inherit(fields, parent, entry.kind)
    elif fields.get("crossref"):
        complain(f"its crossref {beginning(fields['crossref'], 40)} is not in the file")
    ids = _ids(fields)
    venue = next((fields[key] for key in _VENUES if fields.get(key, "").strip()), "")
    if "arxiv:" in venue.casefold():
        venue = ""  # "arXiv preprint arXiv:1706.03762" is an identifier
    return Record(
        file=name,
        line=entry.line,
        place=place,
        source=SOURCE,
        title=clean.title(_title(fields)),
        ids=ids,
        authors=bibtex_values.names(fields.get("author", "")),
        abstract=clean.text(clean.latex_text(clean.commanded(fields.get("abstract", "")))),
        published=_published(fields, complain),
        url=_address(fields, _URLS),
        pdf=_address(fields, ("pdf", "eprintpdf")),
        code=_address(fields, ("code", "github")),
        venue=clean.title(clean.latex_text(venue)),
        categories=_categories(fields),
        tags=_tags(fields),
        comment=_comment(fields.get("note", "")),
    )


def _title(fields: Mapping[str, str]) -> str:
    title = fields.get("title", "")
    subtitle = fields.get("subtitle", "")
    if subtitle.strip() and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    return clean.latex_text(title)


def _published(fields: Mapping[str, str], complain: Complain) -> date | None:
    written = clean.latex_text(fields.get("date", "")).strip()
    found = days.day(written.split("/")[0]) if written else None
    if found is not None:
        return found
    year = clean.latex_text(fields.get("year", "")).strip()
    month = clean.latex_text(fields.get("month", "")).strip()
    in_month = fields.get("day", "").strip(" {}")
    if in_month.isdigit() and month and not any(map(str.isdigit, month)):
        month = f"{in_month} {month}"
    found = days.day(year, month)
    if found is None and (written or year):
        complain(f"{beginning(written or year, 40)} is no date")
    return found


def _ids(fields: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in bibtex_values.addresses(fields.get("doi", "")):
        add_id(found, "doi", word)
    eprint = fields.get("eprint", "").strip()
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").strip().casefold()
    if eprint and kind in {"arxiv", "arxiv.org"}:
        add_id(found, "arxiv", eprint)
        add_id(found, "arxiv", f"{_archive(fields)}/{eprint}")
    elif eprint and kind in {"pubmed", "pmid"}:
        add_id(found, "pmid", eprint)
    for key, scheme in (("arxivid", "arxiv"), ("arxiv", "arxiv"), ("pmid", "pmid")):
        add_id(found, scheme, fields.get(key, "").strip())
    for key in _URLS:
        for word in bibtex_values.addresses(fields.get(key, "")):
            if "://" in word:
                add_any(found, word)
    for key in _ID_FIELDS:
        text = fields.get(key, "")[:2_000]
        if "arxiv" in text.casefold() or "abs/" in text:
            add_id(found, "arxiv", text)
            corr = _CORR.match(text)
            add_id(found, "arxiv", corr[1] if corr else "")
    return found


def _archive(fields: Mapping[str, str]) -> str:
    """The archive of an old arXiv number that stands without it: `hep-th` of `9901001`."""
    return (fields.get("primaryclass") or fields.get("eprintclass") or "").strip().casefold()


def _address(fields: Mapping[str, str], keys: tuple[str, ...]) -> str:
    for key in keys:
        for word in bibtex_values.addresses(fields.get(key, "")):
            address = web_address(word)
            if address:
                return address
    return ""


def _categories(fields: Mapping[str, str]) -> tuple[str, ...]:
    written = fields.get("primaryclass") or fields.get("eprintclass") or ""
    return arxiv_categories(written.split()[:10])


def _tags(fields: Mapping[str, str]) -> tuple[str, ...]:
    written = fields.get("keywords") or fields.get("keyword") or ""
    return tuple(dict.fromkeys(plain_values.words(clean.latex_text(written))))


def _comment(note: str) -> str:
    text = clean.text(clean.latex_text(note))
    return "" if web_address(text) else text
