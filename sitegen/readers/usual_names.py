"""The names that people give to the fields of a paper, in JSON objects and in tables.

Data, and the one function that applies it. A name is compared as letters and digits in lower case,
so that `Abstract Note`, `abstract_note` and `abstractNote` are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# Field -> names, the one to be believed first before the others.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "documenttitle", "articletitle", "titel", "papername"),
    "abstract": (
        "abstract", "abstracttext", "abstractnote", "summary", "paperabstract", "description",
    ),
    "authors": (
        "authors", "author", "authorlist", "authornames", "authorfullnames", "authorsfull",
        "authorsparsed", "creators", "creator", "writers",
    ),
    "published": (
        "published", "publisheddate", "publicationdate", "datepublished", "publishedat",
        "publishedon", "publicationday", "publishdate", "pubdate", "pdate", "submitteddate",
        "submissiondate", "submittedat", "submitted", "date", "publicationyear", "year",
        "pubyear", "issued", "releasedate", "createdat", "created", "cdate",
    ),
    "year": ("year", "publicationyear", "pubyear"),
    "month": ("month",),
    "listed": ("listed", "listedon", "listeddate", "listingdate", "scrapeddate", "digestdate"),
    "url": (
        "url", "link", "paperurl", "paperlink", "absurl", "abs", "abslink", "pageurl", "weburl",
        "site", "href", "htmlurl", "landingpage", "landingpageurl", "entryid", "permalink",
        "forumurl", "uri",
    ),
    "pdf": ("pdf", "pdfurl", "pdflink", "urlpdf", "linkpdf", "openaccesspdf", "pdfpath"),
    "code": (
        "code", "codeurl", "codelink", "github", "githuburl", "githublink", "githublinks",
        "githubrepo", "repo", "repository", "repourl", "repositoryurl", "urlcode",
        "officialcode",
    ),
    "project": (
        "project", "projectpage", "projecturl", "projectlink", "homepage", "website",
    ),
    "venue": (
        "venue", "journal", "booktitle", "publicationtitle", "containertitle", "sourcetitle",
        "conference", "journalbook", "journaltitle", "publicationvenue", "publication",
        "journalref", "event", "proceedings",
    ),
    "doi": ("doi", "doiurl", "doilink"),
    "arxiv": (
        "arxivid", "arxiv", "eprint", "arxivurl", "arxivpageurl", "arxivlink", "arxivnumber",
    ),
    "acl": ("aclid", "acl", "anthologyid", "aclanthologyid"),
    "id": ("id", "paperid", "identifier", "key", "entrykey"),
    "ids": ("ids", "externalids", "identifiers"),
    "categories": ("categories", "arxivcategories", "primarycategory", "subjects", "category"),
    "tags": (
        "tags", "keywords", "authorkeywords", "manualtags", "labels", "topics", "aikeywords",
        "concepts", "fieldsofstudy", "automatictags",
    ),
    "upvotes": ("upvotes", "votes", "likes"),
    "submitter": ("submitter", "submittedby"),
    "comment": ("comment", "comments", "arxivcomment"),
}  # fmt: skip

# Objects within an object whose members count as its own, behind those.
_NESTED = frozenset({"details", "metadata", "content", "paper", "meta"})

_FIELDS: dict[str, list[tuple[str, int]]] = {}
for _field, _names in NAMES.items():
    for _rank, _name in enumerate(_names):
        _FIELDS.setdefault(_name, []).append((_field, _rank))

_SEPARATORS = re.compile(r"[\W_]+")
_LONGEST_NAME = 40


_seen: dict[str, tuple[tuple[str, int], ...]] = {}
_MOST_SEEN = 4_096


def fields_of(name: str) -> tuple[tuple[str, int], ...]:
    """The fields that a name may stand for, each with its rank among that field's names."""
    found = _seen.get(name)
    if found is None:
        found = tuple(_FIELDS.get(folded(name), ()))
        if len(_seen) < _MOST_SEEN:  # a dictionary and a bound: four times as fast as `lru_cache`
            _seen[name] = found
    return found


def folded(name: str) -> str:
    """A name as names are compared; empty for what is too long to be one."""
    return "" if len(name) > _LONGEST_NAME else _SEPARATORS.sub("", name.casefold())


def facts(members: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """The fields that an object has, each under its name here; empty values are left out."""
    found: dict[str, Any] = {}
    ranks: dict[str, int] = {}
    within: list[Mapping[str, Any]] = []
    for name, value in members.items():
        if not value and value != 0:
            continue
        if isinstance(value, dict) and depth == 0 and folded(name) in _NESTED:
            within.append(value)
            continue
        for field, rank in _seen.get(name) or fields_of(name):
            if rank < ranks.get(field, 99):
                found[field], ranks[field] = value, rank
    for inner in within:
        for field, value in facts(inner, depth + 1).items():
            found.setdefault(field, value)
    return found
