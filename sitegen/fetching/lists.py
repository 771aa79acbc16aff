"""What a source gives: lists of entries, each for a day. And what a source is asked for."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from .answers import Answer
from .documents import Document

_WEB_PAGE: Final = re.compile(
    rb"\s*+(?:<!--(?:[^-]++|-(?!->))*-->\s*+)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)


class Window(NamedTuple):
    """Which days are wanted: from `since` on where it is given, else what is new.

    `newest` is the day of the newest dump that the source has brought.
    """

    today: date
    since: date | None = None
    newest: date | None = None


class DayList(NamedTuple):
    """A list of a source: the day that its dump is named after, and its entries."""

    day: date
    document: Document


def web_page(answer: Answer) -> bool:
    """Whether an answer is a page for people to read."""
    return answer.type == "text/html" or _WEB_PAGE.match(answer.body[:4096]) is not None
