"""Hugging Face's daily_papers JSON: the answer of `/api/daily_papers`, and what others made of it.

An answer is a list of items (see `daily_papers`). Saved answers also come as
`{"status": …, "data": [items]}`, with each item as the `repr` of a Python dictionary in a string,
and, for a day without papers, as `[]`, `{"status": "no_data"}` or the number `1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import msgspec

from ..errors import Problem
from ..formats import daily_papers
from ..formats.content import Content
from ..formats.json.items import Item, items
from ..formats.records import Nothing, put_out, records
from ..model import Record

NAME = "hf-json"
LABEL = "Hugging Face daily_papers JSON"
SOURCE = daily_papers.SOURCE

_NOTHING = Nothing(
    "no list of papers in this JSON", "save the whole answer of /api/daily_papers", "error"
)

_ITEM_START = re.compile(
    r"\s*+(?:\[\s*+)?\{\s*\"paper\"\s*:\s*\{|\s*+(?:\{.{0,300}\"data\"\s*:\s*)?\[\s*\"\{'paper'",
    re.DOTALL,
)
_EMPTY_DAY = re.compile(
    r"\ufeff?\s*(?:1|\[\s*\]|\{\s*\"status\"\s*:\s*\"(?:no_data|empty|success|ok)\""
    r"[^{}\[]{0,500}(?:\[\s*\]\s*)?\})\s*"
)
_PAPER_KEY = re.compile(r"[{,]\s*\"paper\"\s*:\s*\{")
_ITEM_KEYS = ('"publishedAt"', '"upvotes"', '"numComments"', '"submittedBy"', '"summary"')
_SHORT = 1_000


def sniff(head: str, name: str) -> int:
    """By the keys `paper` and `publishedAt` at the beginning; small special files with doubt."""
    del name
    if _ITEM_START.match(head):
        return 95
    if len(head) < _SHORT and _EMPTY_DAY.fullmatch(head):
        return 10
    if head.lstrip()[:1] in {"[", "{"} and _PAPER_KEY.search(head):
        found = sum(key in head for key in _ITEM_KEYS)
        return 85 if found >= 3 else 0
    return 0


def _is_empty_day(head: str) -> bool:
    if len(head) > _SHORT or not _EMPTY_DAY.fullmatch(head):
        return False
    try:
        msgspec.json.decode(head.lstrip("\ufeff"))
    except msgspec.MsgspecError:
        return False
    return True


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each item, with the line on which the item begins."""
    if _is_empty_day(content.head):
        return iter(())
    return records(_items(content, name), partial(daily_papers.record, name), name, _NOTHING)


def _items(content: Content, name: str) -> Iterator[Item | Problem]:
    """The items; and a warning where the answer announces another number of them."""
    found = 0
    broken = False
    announced: object = None
    for item in items(content, name, daily_papers.Item, daily_papers.may_repeat):
        if isinstance(item, Problem):
            broken = True
        else:
            found += 1
            announced = item.around.get("count")
        yield item
    if isinstance(announced, int) and announced != found and not broken:
        said = f"the file announces {announced} papers and holds {found}"
        yield put_out(name, 1, said, "capture it again")
