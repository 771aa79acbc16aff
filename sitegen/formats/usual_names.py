"""The names that people give to the fields of a paper, in JSON objects and in tables.

Data, and the one function that applies it. A name is compared as letters and digits in lower case,
so that `Abstract Note`, `abstract_note` and `abstractNote` are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

# Field -> names, the one to be believed first before the others.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "documenttitle", "articletitle", "titel", "papername"),
    "abstract": (
        "abstract", "abstracttext", "abstractnote", "summary", "paperabstract", "description",
        "contenttext",
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


@lru_cache(maxsize=4_096)
def fields_of(name: str) -> tuple[tuple[str, int], ...]:
    """The fields that a name may stand for, each with its rank among that field's names."""
    return tuple(_FIELDS.get(folded(name), ()))


def folded(name: str) -> str:
    """A name as names are compared; empty for what is too long to be one."""
    return "" if len(name) > _LONGEST_NAME else _SEPARATORS.sub("", name.casefold())


class Plan(NamedTuple):
    """Where the fields of objects with certain members are."""

    sure: tuple[tuple[str, str], ...]  # field, the one member that may be it
    open: tuple[tuple[str, tuple[str, ...]], ...]  # field, members that may be it, best first
    nested: tuple[str, ...]


_MOST_MEMBERS = 1_000


@lru_cache(maxsize=1_000)  # the objects of a dump have the same members, thousands of times
def plan_of(members: tuple[str, ...]) -> Plan:
    """Where the fields of objects with these members are."""
    candidates: dict[str, list[tuple[int, str]]] = {}
    for name in members[:_MOST_MEMBERS]:
        for field, rank in fields_of(name):
            candidates.setdefault(field, []).append((rank, name))
    return Plan(
        tuple((field, names[0][1]) for field, names in candidates.items() if len(names) == 1),
        tuple(
            (field, tuple(name for _, name in sorted(names)))
            for field, names in candidates.items()
            if len(names) > 1
        ),
        tuple(name for name in members[:_MOST_MEMBERS] if folded(name) in _NESTED),
    )


def facts(members: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """The fields that an object has, each under its name here; empty values are left out."""
    plan = plan_of(tuple(members))
    found = {}
    for field, name in plan.sure:
        value = members[name]
        if value or value == 0:
            found[field] = value
    for field, several in plan.open:
        values = (members[name] for name in several)
        value = next((one for one in values if one or one == 0), None)
        if value is not None:
            found[field] = value
    if plan.nested and depth == 0:
        for inner in map(members.get, plan.nested):
            if isinstance(inner, dict):
                found = facts(inner, depth + 1) | found
    return found
