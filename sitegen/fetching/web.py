"""Any address with a list: RSS, Atom, JSON, or another format that a reader knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from ..errors import FetchError
from .answers import Answer
from .client import Client
from .documents import taken_apart
from .lists import DayList, Window, web_page
from .sources import ARXIV_PAUSE, PAUSE, Source

_ARXIV: Final = "arxiv.org"


def found(client: Client, source: Source, window: Window) -> Iterator[DayList]:
    """The list at an address. Its entries have days of their own, or that of the fetch."""
    host = urlsplit(source.wanted).hostname or ""
    slow = host == _ARXIV or host.endswith(f".{_ARXIV}")
    answer = client.get(source.wanted, pause=ARXIV_PAUSE if slow else PAUSE, sound=_list)
    yield DayList(window.today, taken_apart(answer.body))


def _list(answer: Answer) -> None:
    """Raises DamagedError for what breaks off, FetchError for what is no list."""
    if web_page(answer):
        raise FetchError(
            "a web page, where a list belongs",
            file=answer.url,
            hint="look on the page for the address of its RSS or Atom feed",
        )
    taken_apart(answer.body)
