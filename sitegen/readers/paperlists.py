"""Lists of a conference's papers: Paper Copilot's paperlists, and OpenReview's notes.

Paper Copilot's lists hold a paper as an object of strings: authors joined by ";" or ", ", `site`,
`pdf`, `github`, `track` and `status` (how it was accepted, or that it was not), and the BibTeX that
the proceedings give, which alone says venue and year. Their `id` is a hash, OpenReview's note id,
or an ACL Anthology id.

OpenReview's API gives `{"notes": […]}`; a note holds the paper's fields in `content`, as plain
values (API 1) or as `{"value": …}` (API 2), and days as milliseconds since 1970. Reviews and
comments are notes as well, of another forum than their own: they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from ..clean import latex_text
from ..clean import title as clean_title
from ..errors import Problem
from ..formats import days, plain_values, usual_records
from ..formats.content import Content
from ..formats.json.items import Item, items, sample
from ..formats.records import Complain, Nothing, records
from ..formats.usual_names import facts
from ..model import Record

NAME = "paperlists"
LABEL = "Paper Copilot paper lists and OpenReview notes"

_LIST_SOURCE = "Paper Copilot"
_NOTE_SOURCE = "OpenReview"
_NOTHING = Nothing("no papers in this list", "save the whole list")
_OPENREVIEW = "https://openreview.net"

# Members that papers of these lists have and other JSON has not.
_TELLING = frozenset(
    {
        "track", "status", "aff", "aff_domain", "authorids", "author_num", "gs_citation", "oa",
        "gs_version_total", "pdf_size", "primary_area", "rating", "site", "email", "openreview",
    }
)  # fmt: skip
_NOTE_MEMBERS = frozenset(
    {"forum", "invitation", "invitations", "cdate", "pdate", "tcdate", "signatures", "readers"}
)
_PLAIN = frozenset({"", "main"})
_NOTE_ID = re.compile(r"[A-Za-z0-9_-]{9,14}")
_HASH = re.compile(r"[0-9a-f]{10}")
_BIBTEX_FIELD = re.compile(
    r"\b(booktitle|journal|year|month|doi)\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|\"([^\"]*)\"|(\w+))",
    re.IGNORECASE,
)


def sniff(head: str, name: str) -> int:
    """By the members of the first objects."""
    del name
    found = sample(head)
    if any(_is_note(one) for one in found):
        return 85
    telling = [one for one in found if isinstance(one.get("author"), str) and "title" in one]
    return 85 if any(len(_TELLING.intersection(one)) >= 3 for one in telling) else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each paper of the list."""
    return records(items(content, name), partial(_record, name), name, _NOTHING)


def _record(name: str, item: Item, place: int, complain: Complain) -> Record | None:
    if not _is_note(item.value):
        return _listed(item, name, place, complain)
    return None if _is_reply(item.value) else _note(item, name, place, complain)


def _is_note(value: dict[str, Any]) -> bool:
    return isinstance(value.get("content"), dict) and not _NOTE_MEMBERS.isdisjoint(value)


def _is_reply(note: dict[str, Any]) -> bool:
    """Whether a note is a review or comment: in the forum of another note, without authors."""
    if note.get("replyto"):
        return True
    forum = note.get("forum")
    return bool(forum) and forum != note.get("id") and "authors" not in note["content"]


def _listed(item: Item, name: str, place: int, complain: Complain) -> Record:
    """A paper of Paper Copilot's lists."""
    value = item.value
    said_by_bibtex = _of_bibtex(value.get("bibtex"))
    known = {**said_by_bibtex, **facts(value)}
    known.setdefault("published", said_by_bibtex.get("year"))
    record = usual_records.record_of_facts(
        {key: found for key, found in known.items() if found is not None},
        file=name, line=item.line, place=place, source=_LIST_SOURCE, complain=complain,
    )  # fmt: skip
    url = record.url or plain_values.address(value.get("oa"), "oa", complain)
    paper_id = value.get("id")
    if not url and isinstance(paper_id, str) and "authorids" in value:
        url = _forum(paper_id)
    standing = [plain_values.text(value.get(key), key, complain) for key in ("track", "status")]
    comment = ", ".join(clean_title(part) for part in standing if part.strip(" -") not in _PLAIN)
    return msgspec.structs.replace(record, url=url, comment=record.comment or comment)


def _note(item: Item, name: str, place: int, complain: Complain) -> Record:
    """A note of OpenReview that is a paper."""
    note = item.value
    content = {
        key: value["value"] if isinstance(value, dict) and "value" in value else value
        for key, value in note["content"].items()
    }
    known = facts(content)
    for key in ("pdate", "odate", "cdate", "tcdate"):
        if days.day(note.get(key)) is not None:
            known.setdefault("published", note[key])
            break
    bibtex = _of_bibtex(content.get("_bibtex"))
    known.setdefault("venue", bibtex.get("venue", ""))
    pdf = known.get("pdf")
    if isinstance(pdf, str) and pdf.startswith("/"):
        known["pdf"] = _OPENREVIEW + pdf
    record = usual_records.record_of_facts(
        known, file=name, line=item.line, place=place, source=_NOTE_SOURCE, complain=complain
    )
    forum = note.get("forum") or note.get("id")
    url = record.url or (_forum(forum) if isinstance(forum, str) else "")
    return msgspec.structs.replace(record, url=url)


def _forum(note_id: str) -> str:
    if not _NOTE_ID.fullmatch(note_id) or _HASH.fullmatch(note_id):
        return ""
    return f"{_OPENREVIEW}/forum?id={note_id}"


def _of_bibtex(bibtex: Any) -> dict[str, Any]:
    """Venue, year, month and DOI of an entry that stands in a string."""
    found: dict[str, Any] = {}
    if not isinstance(bibtex, str) or len(bibtex) > 100_000:
        return found
    before_abstract = bibtex.partition("abstract =")[0]
    for match in _BIBTEX_FIELD.finditer(before_abstract):
        field = match[1].casefold()
        value = match[2] or match[3] or match[4] or ""
        if field in {"booktitle", "journal"}:
            found.setdefault("venue", latex_text(value))
        else:
            found.setdefault(field, value)
    return found
