"""Hugging Face Daily Papers: the list of each day.

API: https://huggingface.co/docs/hub/api#get-apidailypapers. A day has no more than a few hundred
papers, a page at most 100; weekends have no list, and the day that has not begun there is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from ..errors import FetchError
from .answers import Answer
from .client import Client
from .documents import Document, taken_apart
from .lists import DayList, Window, web_page
from .refusals import RefusedError
from .sources import PAUSE, Source, base

_PER_PAGE: Final = 100
_MOST_PAGES: Final = 20
_FIRST_DAYS: Final = 7
_MOST_DAYS: Final = 366
_OVERLAP: Final = 1  # a list grows for some time after its day has begun


def found(client: Client, source: Source, window: Window) -> Iterator[DayList]:
    """The list of each day in the window that has one, oldest first."""
    del source
    if window.since is not None:
        day = window.since
    elif window.newest is not None:
        day = window.newest - timedelta(days=_OVERLAP)
    else:
        day = window.today - timedelta(days=_FIRST_DAYS - 1)
    if (window.today - day).days > _MOST_DAYS:
        hint = f"a year at most: --since {window.today - timedelta(days=_MOST_DAYS)}, or later"
        raise FetchError("too many days, and one request for each", file=source_name(), hint=hint)
    while day <= window.today:
        document = _day(client, day, window.today)
        if document is not None and document.entries:
            yield DayList(day, document)
        day += timedelta(days=1)


def source_name() -> str:
    """What the source is called in messages."""
    return "hf"


def _day(client: Client, day: date, today: date) -> Document | None:
    """The whole list of a day; None for one that has not begun there."""
    try:
        document = _page(client, day, 0)
    except RefusedError as error:
        if error.status in {400, 404, 422} and (today - day).days <= 1:
            return None
        raise
    entries = dict.fromkeys(document.entries)
    last = len(document.entries)
    # A page may hold fewer than it was asked for, and is not the last one for that.
    for number in range(1, _MOST_PAGES):
        if last < _PER_PAGE // 2:
            break
        page = _page(client, day, number).entries
        last = len(page) if set(page) - entries.keys() else 0
        entries |= dict.fromkeys(page)
    return document._replace(entries=tuple(entries))


def _page(client: Client, day: date, number: int) -> Document:
    asked = {"date": day.isoformat(), "limit": _PER_PAGE, "p": number}
    url = f"{base('SITEGEN_HF_PAPERS')}?{urlencode(asked)}"
    return taken_apart(client.get(url, pause=PAUSE, sound=_list).body)


def _list(answer: Answer) -> None:
    """Raises DamagedError for half a list, FetchError for what is none."""
    if web_page(answer) or not taken_apart(answer.body).head.startswith(b"["):
        raise FetchError(
            f"the answer is no list of papers ({answer.type or 'of no type'})",
            file=answer.url,
            hint="try again later",
        )
