"""Hugging Face's daily_papers JSON: the answer of `/api/daily_papers`, and what others made of it.

An answer is a list of items; an item holds a `paper` and facts about its listing. Keys come and
go over the years (5 in May 2024, 9 in 2026), so every key may be missing. Saved answers also come
as `{"status": …, "data": [items]}`, with each item as the `repr` of a Python dictionary in a
string, and, for a day without papers, as `[]`, `{"status": "no_data"}` or the number `1`.

Days: `paper.publishedAt` is the day on arXiv. The day of listing is `paper.submittedOnDailyAt`
where it is there (since 17 March 2025), and `item.publishedAt` up to November 2024. In between
the latter is the one or the other, often an evening too early; then no day is given here, and the
file's name or the wrapper's `date` decides.

Normal files are decoded into the structures below (msgspec skips what they do not name). What does
not fit is taken apart field by field: a wrong one is a problem, and its record stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import msgspec

from .. import clean
from ..errors import Problem
from ..model import Record
from ..reading.content import Content
from ..reading.json.elements import BrokenError, Element, elements

NAME = "hf-json"
LABEL = "Hugging Face daily_papers JSON"
SOURCE = "Hugging Face Daily Papers"

# The last month in which `item.publishedAt` was the day of listing.
_LISTED_AT_PUBLISHED_UNTIL = "2024-11-30"

# arXiv identifiers since April 2007 and before (arxiv.org/help/arxiv_identifier).
_ARXIV_ID = re.compile(
    r"(?:arxiv:)?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]{1,16}(?:\.[a-z]{2})?/\d{7})(?:v\d+)?",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_ITEM_START = re.compile(
    r"\s*\[?\s*\{\s*\"paper\"\s*:\s*\{|\s*(?:\{.{0,300}\"data\"\s*:\s*)?\[\s*\"\{'paper'", re.DOTALL
)
_EMPTY_DAY = re.compile(
    r"\s*(?:1|\[\s*\]|\{\s*\"status\"\s*:\s*\"(?:no_data|empty|success|ok)\"[^{}\[]{0,500}(?:\[\s*\]\s*)?\})\s*"
)
_PAPER_KEY = re.compile(r"[{,]\s*\"paper\"\s*:\s*\{")
_ITEM_KEYS = ('"publishedAt"', '"upvotes"', '"numComments"', '"submittedBy"', '"summary"')


class _Person(msgspec.Struct, frozen=True):
    name: str | None = None
    fullname: str | None = None
    hidden: bool | None = None


class _Paper(msgspec.Struct, frozen=True, rename="camel"):
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


class _Item(msgspec.Struct, frozen=True, rename="camel"):
    paper: _Paper
    title: str | None = None
    summary: str | None = None
    published_at: str | None = None
    submitted_by: _Person | None = None


_Fits = TypeVar("_Fits", bound=msgspec.Struct)
_Complain = Callable[[str], None]

_decode_item = msgspec.json.Decoder(_Item).decode


def sniff(head: str, name: str) -> int:
    """By the keys `paper` and `publishedAt` at the beginning; small special files with doubt."""
    del name
    if _ITEM_START.match(head):
        return 95
    if len(head) < 1_000 and _EMPTY_DAY.fullmatch(head):
        return 10
    if head.lstrip()[:1] in {"[", "{"} and _PAPER_KEY.search(head):
        found = sum(key in head for key in _ITEM_KEYS)
        return 85 if found >= 3 else 0
    return 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each item, with the line on which the item begins."""
    place = 0
    for element in elements(content, name):
        if isinstance(element, Problem):
            yield element
            continue
        header_day = element.day if _ISO_DAY.fullmatch(element.day) else ""
        item, problems = _item(element, name)
        yield from problems
        if item is None:
            continue
        record, problems = _record(item, element.line, place, name, header_day)
        yield from problems
        yield record
        place += 1


def _item(element: Element, name: str) -> tuple[_Item | None, list[Problem]]:
    """The element as an item; a field that does not fit is left out, with a problem."""
    if not element.is_text and not _may_repeat_keys(element.raw):
        try:
            return _decode_item(element.raw), []
        except (msgspec.MsgspecError, RecursionError, ValueError):
            pass
    try:
        value, twice = element.value()
    except BrokenError as broken:
        return None, [_problem(name, element.line, f"an item that cannot be read: {broken}")]
    problems = [
        _problem(name, element.line, f"“{clean.title(key[:60])}” stands twice; the last one counts")
        for key in twice
    ]
    if not isinstance(value, dict) or not isinstance(value.get("paper"), dict):
        message = "an element without a “paper” was left out"
        return None, [*problems, _problem(name, element.line, message)]
    wrong: list[str] = []
    paper = _fitting(value["paper"], _Paper, wrong, "paper.")
    item = _fitting({**value, "paper": paper}, _Item, wrong, "")
    problems += [_problem(name, element.line, f"{what} (left out)") for what in wrong]
    return item, problems


def _may_repeat_keys(raw: bytes) -> bool:
    """Whether the closer look is worth it; a word of the text may look like a key."""
    return raw.count(b'"paper"') > 1 or raw.count(b'"summary"') > 2 or raw.count(b'"id"') > 1


def _fitting(facts: dict[str, Any], kind: type[_Fits], wrong: list[str], path: str) -> _Fits:
    """The structure with the fields that fit; `wrong` is told of the others."""
    taken: dict[str, Any] = {}
    for spec in msgspec.structs.fields(kind):
        value = facts.get(spec.encode_name)
        if value is None:
            continue
        try:
            if not isinstance(value, msgspec.Struct):
                if spec.name == "authors" and kind is _Paper:
                    value = _people(value, wrong)
                value = msgspec.convert(value, spec.type)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            wrong.append(f"{path}{spec.encode_name}: {_kind(value)} where none belongs")
            continue
        taken[spec.name] = value
    return kind(**taken)


def _people(authors: Any, wrong: list[str]) -> Any:
    """The authors as far as they can be read: objects with a name, or names."""
    if isinstance(authors, str):
        authors = re.split(r"\s*[;,]\s*", authors)
    if not isinstance(authors, list):
        return authors
    entries = [{"name": one} if isinstance(one, str) else one for one in authors]
    people = [
        {"name": one["name"], "hidden": one.get("hidden") is True}
        for one in entries
        if isinstance(one, dict) and isinstance(one.get("name"), str)
    ]
    if len(people) < len(entries):
        wrong.append(f"paper.authors: {len(entries) - len(people)} without a name")
    return people


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(value), "a number")


def _record(
    item: _Item, line: int, place: int, name: str, header_day: str
) -> tuple[Record, list[Problem]]:
    """The item as a record, and what is wrong with its values."""
    paper = item.paper
    problems: list[Problem] = []

    def complain(message: str) -> None:
        problems.append(_problem(name, line, message))

    title = clean.title(paper.title or item.title or "")
    abstract = clean.text(paper.summary or item.summary or "")
    arxiv = _arxiv_id(paper.id, complain)
    if not title:
        complain("an item without a title becomes no paper")
    if not abstract:
        complain("an item without an abstract")
    submitter = paper.submitted_on_daily_by or item.submitted_by or _Person()
    return Record(
        file=name,
        line=line,
        place=place,
        source=SOURCE,
        title=title,
        ids={"arxiv": arxiv} if arxiv else {},
        authors=_names(paper.authors or []),
        abstract=abstract,
        published=_day(paper.published_at, "paper.publishedAt", complain),
        listed=_listed(item, complain),
        header_day=header_day,
        url=f"https://huggingface.co/papers/{arxiv}" if arxiv else "",
        code=_url(paper.github_repo, "githubRepo", complain),
        project=_url(paper.project_page, "projectPage", complain),
        tags=tuple(tag for word in paper.ai_keywords or [] if (tag := clean.name(word))),
        upvotes=_count(paper.upvotes, complain),
        submitter=clean.name(submitter.fullname or submitter.name or ""),
    ), problems


def _names(authors: list[_Person]) -> tuple[str, ...]:
    """The authors as the paper's page shows them: without those it hides."""
    shown = (clean.name(one.name or "") for one in authors if not one.hidden)
    return tuple(name for name in shown if name)


def _listed(item: _Item, complain: _Complain) -> date | None:
    """The day of listing where the item itself says it beyond doubt; see the module."""
    if item.paper.submitted_on_daily_at is not None:
        return _day(item.paper.submitted_on_daily_at, "paper.submittedOnDailyAt", complain)
    stamp = item.published_at
    if stamp is None or stamp[:10] > _LISTED_AT_PUBLISHED_UNTIL:
        return None
    return _day(stamp, "publishedAt", complain)


def _day(stamp: str | None, field: str, complain: _Complain) -> date | None:
    """The date of a time stamp, as it is written: RFC 3339, always in UTC."""
    if not stamp:
        return None
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        complain(f"{field}: “{clean.title(stamp[:40])}” is no date")
        return None


def _arxiv_id(written: str | None, complain: _Complain) -> str:
    match = _ARXIV_ID.fullmatch((written or "").strip())
    if match is None:
        if written:
            complain(f"paper.id: “{clean.title(written[:40])}” is no arXiv identifier")
        return ""
    return match[1].lower()


def _url(written: str | None, field: str, complain: _Complain) -> str:
    """An http or https address; anything else could be a script."""
    if not written or not written.strip():
        return ""
    address = clean.name(written)
    if address.startswith(("github.com/", "www.")):
        address = f"https://{address}"
    if _URL.fullmatch(address) is None:
        complain(f"{field}: “{address[:60]}” is no web address")
        return ""
    return address


def _count(number: int | None, complain: _Complain) -> int | None:
    if number is not None and not 0 <= number < 1_000_000_000:
        complain("paper.upvotes: no such number of votes")
        return None
    return number


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(
        file=name, line=line, message=message, hint="correct the item, or capture it again"
    )
