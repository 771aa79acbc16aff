"""arXiv: what its API finds, put on the days on which it was announced; and its feeds.

API: https://info.arxiv.org/help/api/user-manual.html. An answer says when a paper was submitted and
not when arXiv listed it, but that follows from the schedule of announcements
(https://info.arxiv.org/help/availability.html), holidays and papers on hold aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from ..errors import FetchError
from ..readers import Content, arxiv_atom
from .answers import Answer, DamagedError
from .client import Client
from .documents import Document, taken_apart
from .lists import DayList, Window, web_page
from .refusals import RefusedError
from .sources import ARXIV_PAUSE, Source, base

PER_PAGE: Final = 200
MOST: Final = 10_000  # papers at once; arXiv asks to divide what is much more
_FIRST_DAYS: Final = 7  # that a first fetch goes back
# Papers come up to a long weekend after they were submitted, and later when they were on hold.
_OVERLAP: Final = 7

_TOTAL: Final = re.compile(rb"<(?:\w+:)?totalResults[^>]*>\s*(\d+)")
_PUBLISHED: Final = re.compile(rb"<published>\s*([^<\s]+)\s*</published>")
_NEW_YORK: Final = ZoneInfo("America/New_York")
_CLOSES: Final = time(14)  # for the next announcement, on the five working days
_SATURDAY: Final = 5


def found(client: Client, source: Source, window: Window) -> Iterator[DayList]:
    """What a query finds in the window, a list for each day of announcement, oldest first.

    What was announced later than the schedule says goes to the newest day that there is, so that
    no fetch adds to a day that was published before it; with a day given, to the day it belongs to.
    """
    since = window.since
    first = (since or window.newest or window.today) - timedelta(
        days=_OVERLAP if since or window.newest else _FIRST_DAYS
    )
    until = window.today.strftime("%Y%m%d2359")
    query = f"({source.wanted}) AND submittedDate:[{first.strftime('%Y%m%d0000')} TO {until}]"
    document = _all_pages(client, query)
    floor = since or window.newest or first
    days: dict[date, list[bytes]] = {}
    for entry in document.entries:
        day = _day(entry, window.today)
        if since is not None and day < since:
            continue
        days.setdefault(max(day, floor), []).append(entry)
    for day in sorted(days):
        yield DayList(day, document._replace(entries=tuple(days[day])))


def announced(client: Client, source: Source, window: Window) -> Iterator[DayList]:
    """The newest announcement of a category, as arXiv's feed has it."""
    url = f"{base('SITEGEN_ARXIV_FEEDS')}/{quote(source.wanted, safe='+.-')}"
    answer = client.get(url, pause=ARXIV_PAUSE, sound=_feed)
    yield DayList(window.today, taken_apart(answer.body))


def ask(client: Client, query: str, start: int, most: int, order: str) -> Document:
    """One page of what the API finds. Raises FetchError with arXiv's words for a wrong query."""
    asked = {"search_query": query, "start": start, "max_results": most}
    ways = {"sortBy": order, "sortOrder": "ascending" if order != "relevance" else "descending"}
    url = f"{base('SITEGEN_ARXIV_API')}?{urlencode(asked | ways)}"
    try:
        answer = client.get(url, pause=ARXIV_PAUSE, sound=lambda one: _page(one, start))
    except RefusedError as error:
        said = _complaint(error.said)
        if error.status != 400 or not said:
            raise
        raise FetchError(
            f"arXiv does not understand the query: {said}", file=url, hint="correct the query"
        ) from None
    return taken_apart(answer.body)


def total(document: Document) -> int:
    """How many papers a query finds in all."""
    told = _TOTAL.search(document.head)
    return int(told[1]) if told else len(document.entries)


def announcement(submitted: datetime) -> date:
    """The day of arXiv's listings that has what was submitted then.

    What comes until 14:00 in New York on a working day is announced in its evening, under the
    date of the next one; on Friday's announcement, which is made on Sunday, stands Monday.
    """
    local = submitted.astimezone(_NEW_YORK)
    closes = local.date() + timedelta(days=local.time() > _CLOSES)
    return _working_day(_working_day(closes) + timedelta(days=1))


def _working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def _all_pages(client: Client, query: str) -> Document:
    first = ask(client, query, 0, PER_PAGE, "submittedDate")
    number = total(first)
    if number > MOST:
        raise FetchError(
            f"the query finds {number:,} papers",
            file=query,
            hint=f"make it narrower, or begin later with --since: {MOST:,} are fetched at most",
        )
    entries = list(first.entries)
    for start in range(PER_PAGE, number, PER_PAGE):
        entries += ask(client, query, start, PER_PAGE, "submittedDate").entries
    return first._replace(entries=tuple(dict.fromkeys(entries)))


def _page(answer: Answer, start: int) -> None:
    """Raises DamagedError for what is no whole page, FetchError for what never will be one."""
    _feed(answer)
    document = taken_apart(answer.body)
    if not document.entries and total(document) > start:
        # The API is known to do so when it is busy.
        raise DamagedError("arXiv answered with an empty page")


def _feed(answer: Answer) -> None:
    if web_page(answer) or b"<feed" not in taken_apart(answer.body).head:
        raise FetchError(
            f"the answer is no Atom feed ({answer.type or 'of no type'})",
            file=answer.url,
            hint="try again later",
        )


def _day(entry: bytes, today: date) -> date:
    written = _PUBLISHED.search(entry)
    try:
        submitted = datetime.fromisoformat(written[1].decode()) if written else None
    except (ValueError, UnicodeDecodeError):
        submitted = None
    if submitted is None:
        return today
    return announcement(submitted if submitted.tzinfo else submitted.replace(tzinfo=UTC))


def _complaint(body: bytes) -> str:
    """What arXiv says of a query that it refuses; it does so in an entry of a feed."""
    content = Content.of(body, "answer")
    if not arxiv_atom.sniff(content.head, "answer"):
        return ""
    said = (getattr(item, "message", "") for item in arxiv_atom.read(content, "answer"))
    return next((one.rpartition("error: ")[2] for one in said if "error: " in one), "")
