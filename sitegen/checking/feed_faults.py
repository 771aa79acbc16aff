"""What the rules of feeds share: a fault with its place, and values that all formats have. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from ..errors import Severity

AGAIN: Final = "sitegen build writes it anew; if it came from content/static, correct it there"

# RFC 3986, appendix A: the characters of a reference, and the scheme of an absolute address.
_REFERENCE = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
# BCP 47, as far as its form goes; RFC 6838, section 4.2.
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", re.ASCII)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
# RFC 822, section 5, with the year of RFC 2822 that RSS 2.0 prefers.
_RFC822 = re.compile(
    rf"(?:({_DAYS}),\s+)?\d{{1,2}}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"\s+\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|UT|GMT|[ECMP][SD]T|Z)"
)
_SHOWN: Final = 60  # characters of a value or title that a message quotes


class Fault(NamedTuple):
    """A rule that a feed breaks: the line, what is wrong, and what to do."""

    line: int
    message: str
    hint: str = AGAIN
    severity: Severity = "error"


class Place(NamedTuple):
    """Where a feed's part stands: its line, and the entry's number and title ("" for the feed)."""

    line: int
    entry: str = ""

    def fault(self, message: str, hint: str = AGAIN, severity: Severity = "error") -> Fault:
        """A fault that says in which entry it is."""
        said = f"{self.entry}: {message}" if self.entry else message
        return Fault(self.line, said, hint, severity)


def entry_name(number: int, title: str) -> str:
    """An entry in a message: its number, counted from 1, and its title."""
    return f"entry {number} ({quoted(title) if title else 'without a title'})"


def quoted(text: str) -> str:
    """The beginning of a text, to be shown in a message."""
    text = " ".join(text.split())
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def rfc3339_fault(text: str) -> str:
    """What keeps a text from being a time as Atom and JSON Feed want it (RFC 3339, 5.6)."""
    if not _RFC3339.fullmatch(text):
        return f"no time after RFC 3339: {quoted(text)}"
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return f"there is no such time: {quoted(text)}"
    return ""


def rfc822_fault(text: str) -> str:
    """What keeps a text from being a time as RSS wants it: its form, or its weekday."""
    match = _RFC822.fullmatch(text)
    if not match:
        return f"no date after RFC 822: {quoted(text)}"
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return f"there is no such date: {quoted(text)}"
    weekday = _DAYS.split("|")[found.weekday()]
    if match[1] and match[1] != weekday:
        return f"the day was a {weekday}, not a {match[1]}: {quoted(text)}"
    return ""


def address_fault(text: str, *, web: bool = True, absolute: bool = True) -> str:
    """What keeps a text from being an address: of the `web`, and `absolute`, if it must be."""
    if not _REFERENCE.fullmatch(text):
        return f"no valid address: {quoted(text)}"
    if absolute and not (_WEB if web else _SCHEME).match(text):
        return f"the address is not absolute: {quoted(text)}"
    return ""


def language_fault(text: str) -> str:
    """What keeps a text from being a language tag."""
    return "" if _LANGUAGE.fullmatch(text) else f"no language tag: {quoted(text)}"


def media_type_fault(text: str) -> str:
    """What keeps a text from being a media type."""
    return "" if _MEDIA_TYPE.fullmatch(text) else f"no media type: {quoted(text)}"


def own_address_fault(own: str, path: str, base_url: str) -> str:
    """Whether a feed names itself: where it stands, if that is known."""
    if base_url and own != f"{base_url}{path}":
        return f"the feed says that it stands at {own or 'no address'}, not at {base_url}{path}"
    return ""


def repeated(named: Sequence[tuple[str, Place]], what: str) -> Iterator[Fault]:
    """A fault for each value that an earlier entry has already."""
    seen: dict[str, Place] = {}
    for value, place in named:
        first = seen.setdefault(value, place)
        if first is not place:
            where = first.entry.partition(" (")[0]
            yield place.fault(f"{where} has the same {what}: {quoted(value)}")
