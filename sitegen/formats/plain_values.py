"""Values of any type to what a field needs: a text, words, a number, an address, a day.

A value that does not fit is left out and said, through the `complain` that is handed in.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from .. import clean
from . import days
from .addresses import web_address
from .records import Complain, beginning

# What programs write where there is nothing.
NOTHING = frozenset({"none", "null", "nan", "n/a", "na", "-", "--", "unknown", "tbd", "undefined"})

_LONGEST_NOTHING = 10
_BETWEEN_WORDS = re.compile(r"(?:(?<!\s)[^\S\n]+)?[;\n|]\s*")
_BETWEEN_WORDS_COMMA = re.compile(r"(?:(?<!\s)[^\S\n]+)?[,;\n|]\s*")
_TEXT_KEYS = ("value", "name", "text", "title", "label", "url", "_", "#text", "tag", "term", "raw")
_DEEPEST_TEXT = 2
_LONGEST_KEYWORD = 100
_MOST_ADDRESSES = 20
_LONGEST_DATE = 40

# The same ones come again and again.
_kept_day = lru_cache(maxsize=4_096)(days.day)


def text(value: Any, field: str, complain: Complain) -> str:
    """A text as it stands, in an object (`{"value": …}`) or a list of one, or a number."""
    if value is None or isinstance(value, str):
        return value or ""
    found = plain(value)
    if found is None:
        complain(f"{field}: {kind_of(value)} where a text belongs")
    return found or ""


def plain(value: Any, depth: int = 0) -> str | None:
    """A text, a number as text, or what an object or list has of them; None without any."""
    if isinstance(value, dict):
        value = next((value[key] for key in _TEXT_KEYS if key in value), None)
        return plain(value, depth + 1) if depth < _DEEPEST_TEXT else None
    if isinstance(value, list):
        if not value:
            return ""
        return plain(value[0], depth + 1) if depth < _DEEPEST_TEXT else None
    if isinstance(value, bool) or value is None:
        return None
    return value if isinstance(value, str) else str(value)


def kind_of(value: Any) -> str:
    """What a value is, in words."""
    kinds = {dict: "an object", list: "a list", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), "a text" if isinstance(value, str) else "a number")


def words(value: Any) -> list[str]:
    """The words of a list, or of a string with semicolons (or else commas) between them."""
    if isinstance(value, dict) and isinstance(value.get("value"), list | str):
        value = value["value"]
    if isinstance(value, str):
        value = (_BETWEEN_WORDS if ";" in value else _BETWEEN_WORDS_COMMA).split(value)
    return list(filter(None, map(_word, value))) if isinstance(value, list) else []


@lru_cache(maxsize=4_096)  # the same ones come again and again
def _short_word(part: str) -> str:
    word = clean.name(part)
    return "" if len(word) < _LONGEST_NOTHING and word.casefold() in NOTHING else word


def _word(part: Any) -> str:
    if not isinstance(part, str):
        part = plain(part) or ""
    return _short_word(part) if len(part) < _LONGEST_KEYWORD else clean.name(part)


def count(value: Any) -> int | None:
    """A number of something, also as a text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000_000:
        return value
    return None


def day(written: Any, field: str, complain: Complain, month: Any = "") -> date | None:
    """A day, a month's or a year's first where no more is said (see `days`)."""
    if isinstance(written, str):
        found = _kept_day(written) if not month and len(written) < _LONGEST_DATE else None
        if found is not None:
            return found
    elif isinstance(written, dict):
        written = written.get("value") or written.get("date") or written.get("raw")
    elif isinstance(written, list) and written:
        written = "-".join(str(part) for part in written[:3])
    found = days.day(written, month if isinstance(month, str | int) else "")
    if found is None and written is not None:
        said = written if isinstance(written, str) else str(written)[:100]
        if said.strip() and said.strip().casefold() not in NOTHING:
            complain(f"{field}: {beginning(said, 40)} is no date")
    return found


def address(value: Any, field: str, complain: Complain) -> str:
    """A web address; the first one where there are several.

    What has no scheme is nobody's link (a path within a site, a name), and nothing is said of it.
    """
    written = value if isinstance(value, str) else plain(value) or ""
    found = web_address(written)
    if found:
        return found
    written = written.strip()
    if not written or written.casefold() in NOTHING:
        return ""
    if written.startswith("www."):
        written = f"https://{written}"
    found = web_address(written) or web_address(written.split()[0].rstrip(",;"))
    if not found and ":" in written:
        complain(f"{field}: {beginning(written, 60)} is no web address")
    return found


def repository(value: Any) -> str:
    """The first address that names a repository, not just its host."""
    for one in (value if isinstance(value, list) else [value])[:_MOST_ADDRESSES]:
        written = (plain(one) or "").strip().rstrip(".")
        if written.startswith(("github.com/", "gitlab.com/", "www.")):
            written = f"https://{written}"
        found = web_address(written)
        if found and found.split("://", 1)[1].strip("/").count("/") >= 1:
            return found
    return ""
