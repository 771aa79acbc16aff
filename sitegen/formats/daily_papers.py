"""Items of Hugging Face's Daily Papers, as the API lists them and as the page embeds them.

An item holds a `paper` and facts about its listing. Keys come and go over the years (5 in May
2024, 9 in 2026), so every key may be missing.

Days: `paper.publishedAt` is the day on arXiv. The day of listing is `paper.submittedOnDailyAt`
where it is there (since 17 March 2025), and `item.publishedAt` up to November 2024. In between
the latter is the one or the other, often an evening too early; then no day is given here, and the
file's name or what stands around the list decides.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from .. import clean
from ..model import Record
from .addresses import web_address
from .json.items import Item as JsonItem
from .records import Complain

SOURCE = "Hugging Face Daily Papers"

# The last month in which `item.publishedAt` was the day of listing.
_LISTED_AT_PUBLISHED_UNTIL = "2024-11-30"

# arXiv identifiers since April 2007 and before (arxiv.org/help/arxiv_identifier).
_ARXIV_ID = re.compile(
    r"(?:arxiv:)?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]{1,16}(?:\.[a-z]{2})?/\d{7})(?:v\d+)?",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Person(msgspec.Struct, frozen=True, gc=False):
    name: str | None = None
    fullname: str | None = None
    hidden: bool | None = None


_NOBODY = _Person()


class _Paper(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    id: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: list[_Person] | None = None
    published_at: str | None = None
    submitted_on_daily_at: str | None = None
    submitted_on_daily_by: _Person | None = None
    upvotes: int | None = None
    github_repo: str | None = None
    project_page: str | None = None
    ai_keywords: list[str] | None = msgspec.field(default=None, name="ai_keywords")


class Item(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """An item of the list; msgspec skips what is not named here."""

    paper: _Paper | None = None
    title: str | None = None
    summary: str | None = None
    published_at: str | None = None
    submitted_by: _Person | None = None


def may_repeat(raw: bytes, item: Item) -> bool:
    """Whether a title stands more often in an item than was decoded."""
    in_paper = item.paper is not None and item.paper.title is not None
    return raw.count(b'"title"') > (item.title is not None) + in_paper


def record(name: str, found: JsonItem, place: int, complain: Complain) -> Record | None:
    """The item as a record; None where it has no paper."""
    item: Item = found.value
    paper = item.paper
    if paper is None:
        complain("an element without a “paper” was left out")
        return None
    arxiv = _arxiv_id(paper.id, complain)
    submitter = paper.submitted_on_daily_by or item.submitted_by or _NOBODY
    return Record(
        file=name,
        line=found.line,
        place=place,
        source=SOURCE,
        title=clean.title(paper.title or item.title or ""),
        ids={"arxiv": arxiv} if arxiv else {},
        authors=_names(paper.authors or []),
        abstract=clean.text(paper.summary or item.summary or ""),
        published=_day(paper.published_at, "paper.publishedAt", complain),
        listed=_listed(item, paper, complain),
        header_day=_day_around(found),
        url=f"https://huggingface.co/papers/{arxiv}" if arxiv else "",
        code=_url(paper.github_repo, "githubRepo", complain),
        project=_url(paper.project_page, "projectPage", complain),
        tags=clean.names(paper.ai_keywords or ()),
        upvotes=_count(paper.upvotes, complain),
        submitter=clean.name(submitter.fullname or submitter.name or ""),
    )


def _names(authors: list[_Person]) -> tuple[str, ...]:
    """The authors as the paper's page shows them: without those it hides."""
    shown = [one.name for one in authors if one.name and not one.hidden]
    return clean.names(shown)


def _listed(item: Item, paper: _Paper, complain: Complain) -> date | None:
    """The day of listing where the item itself says it beyond doubt; see the module."""
    if paper.submitted_on_daily_at is not None:
        return _day(paper.submitted_on_daily_at, "paper.submittedOnDailyAt", complain)
    stamp = item.published_at
    if stamp is None or stamp[:10] > _LISTED_AT_PUBLISHED_UNTIL:
        return None
    return _day(stamp, "publishedAt", complain)


def _day_around(found: JsonItem) -> str:
    """The day that what stands around the list names: in the API's way, or the page's."""
    for key in ("date", "dateString"):
        day = found.around.get(key)
        if isinstance(day, str) and _ISO_DAY.fullmatch(day):
            return day
    return ""


def _day(stamp: str | None, field: str, complain: Complain) -> date | None:
    """The date of a time stamp, as it is written: RFC 3339, always in UTC."""
    if not stamp:
        return None
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        complain(f"{field}: “{clean.title(stamp[:40])}” is no date")
        return None


def _arxiv_id(written: str | None, complain: Complain) -> str:
    match = _ARXIV_ID.fullmatch((written or "").strip())
    if match is None:
        if written:
            complain(f"paper.id: “{clean.title(written[:40])}” is no arXiv identifier")
        return ""
    return match[1].lower()


def _url(written: str | None, field: str, complain: Complain) -> str:
    """An http or https address; anything else could be a script."""
    if not written or not written.strip():
        return ""
    address = clean.name(written)
    if address.startswith(("github.com/", "www.")):
        address = f"https://{address}"
    known = web_address(address)
    if not known:
        complain(f"{field}: “{address[:60]}” is no web address")
    return known


def _count(number: int | None, complain: Complain) -> int | None:
    if number is not None and not 0 <= number < 1_000_000_000:
        complain("paper.upvotes: no such number of votes")
        return None
    return number
