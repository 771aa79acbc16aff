"""Header lines of text captures: what a "Daily Papers" page says before and around its papers.

Comes in: one line. Goes out: what kind of header line it is, with the date or the curator that it
names. Dates are written as people write them; they come out as ISO 8601 (`2025-05-08`) or, when
the year is missing, as XML Schema's gMonthDay (`--05-08`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from .. import clean

_LONGEST = 120  # a longer line is no header line

# The page's own words, and those of its site's navigation; compared without case.
_HEADINGS = frozenset(
    {"daily papers", "trending papers", "hugging face", "papers", "hugging face's logo"}
)
_FURNITURE = frozenset(
    {
        "new", "subscribe", "unsubscribe", "log in", "login", "sign up", "sign in", "search",
        "submit", "submit a paper", "previous", "next", "load more", "show more", "view all",
        "models", "datasets", "spaces", "docs", "pricing", "company", "tos", "privacy", "about",
        "careers", "jobs", "website", "back to top", "daily", "weekly", "monthly",
        "back to articles", "view paper", "terms", "terms of service", "privacy policy",
    }
)  # fmt: skip
_INVITATION = re.compile(
    r"(?:get|receive|subscribe to)\b.{0,60}\b(?:papers?|digest)\b.{0,40}"
    r"\b(?:e-?mail|inbox)\b.{0,40}[.!]?"
    r"|subscribe (?:to|for|by|via)\b.{0,60}\b(?:e-?mail|updates|newsletter|digest)\b.{0,20}[.!]?",
    re.IGNORECASE,
)
# "byAK and the research community": the blank is lost between two elements of the page. Titles
# begin with "By" as well, with a capital letter.
_BYLINE = re.compile(
    r"(?:[Cc]urated\s+)?(?:by|(?<=[Cc]urated )By)(?:\s+|(?=[A-Z@]))(@?[^\W\d_].{0,80})"
)
_BYLINE_ANY_CASE = re.compile(
    r"(?:[Cc]urated\s+)?[Bb]y(?:\s+|(?=[A-Z@]))(@?[^\W\d_].{0,60}\b[Cc]ommunity)"
)

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBER = {
    spelling: number
    for number, month in enumerate(_MONTHS, 1)
    for spelling in (month, month[:3], f"{month[:3]}.")
} | {"sept": 9, "sept.": 9}
_MONTH = "|".join(sorted(map(re.escape, _MONTH_NUMBER), key=len, reverse=True))
_DATE = re.compile(
    r"(?:(?:daily papers|papers)(?: (?:for|of|on))?:?,? )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +)?"
    r"(?:"
    r"(?P<iso>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})"
    rf"|(?P<month>{_MONTH})[ -]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? +(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)?[ -]+(?P<month2>{_MONTH})"
    r"(?:,?[ -]+(?P<year2>\d{4}))?"
    r")",
    re.IGNORECASE,
)
_LEAP_YEAR = 2024


class Kind(Enum):
    """What a header line is."""

    HEADING = "heading"
    FURNITURE = "furniture"
    INVITATION = "invitation"
    BYLINE = "byline"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A line of a header: `value` is the day or the curator, `problem` what is wrong with it."""

    kind: Kind
    value: str = ""
    problem: str = ""

    @property
    def names_community(self) -> bool:
        """Whether it is a byline that no other text has."""
        return self.kind is Kind.BYLINE and self.value.endswith("community")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header lines so far have said."""

    day: str = ""
    curator: str = ""

    def with_line(self, line: HeaderLine) -> Header:
        """The header with one more line; a later date or curator takes the earlier one's place."""
        if line.kind is Kind.DATE:
            return replace(self, day=line.value)
        if line.kind is Kind.BYLINE:
            return replace(self, curator=line.value)
        return self


def header_line(line: str, *, started: bool = False) -> HeaderLine | None:
    """What a line says as part of a header; None when it is none.

    Once papers have `started`, a byline must name its community: a title may begin with "by".
    """
    if len(line) > _LONGEST:
        return None
    words = " ".join(line.split())
    folded = words.casefold()
    if folded in _HEADINGS:
        return HeaderLine(Kind.HEADING)
    if folded in _FURNITURE:
        return HeaderLine(Kind.FURNITURE)
    if _INVITATION.fullmatch(words):
        return HeaderLine(Kind.INVITATION)
    byline = _BYLINE_ANY_CASE.fullmatch(words) or (None if started else _BYLINE.fullmatch(words))
    if byline is not None:
        return HeaderLine(Kind.BYLINE, clean.name(byline[1]))
    dated = _DATE.fullmatch(words)
    return _date_line(dated, words) if dated is not None else None


def _date_line(match: re.Match[str], words: str) -> HeaderLine:
    month = _MONTH_NUMBER.get((match["month"] or match["month2"] or "").lower(), 0)
    month = month or int(match["iso_month"])
    day = int(match["day"] or match["day2"] or match["iso_day"])
    year = match["year"] or match["year2"] or match["iso"]
    try:
        known = date(int(year) if year else _LEAP_YEAR, month, day)
    except ValueError:
        return HeaderLine(Kind.DATE, problem=f"{words} is no date")
    return HeaderLine(Kind.DATE, known.isoformat() if year else f"--{known:%m-%d}")
