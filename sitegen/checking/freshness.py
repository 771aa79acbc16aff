"""Rules on the newest day: it is recent, and whole. Pure.

Days are the pages `days/YYYY-MM-DD.html`; a day's papers are the pages under `papers/` that its
page leads to, whatever the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Final

from .findings import Finding, found
from .whole import Whole

_DAY = re.compile(r"days/(\d{4}-\d\d-\d\d)\.html")
_LOOKED_BACK: Final = 20  # days
_LEAST_KNOWN: Final = 5  # days before anything is usual
_FEW: Final = 4  # a day is partial with less than the fourth part of the usual


def days(whole: Whole) -> list[tuple[date, str]]:
    """The days of a site with their pages, ascending."""
    found_days = []
    for path in whole.pages:
        if match := _DAY.fullmatch(path):
            try:
                found_days.append((date.fromisoformat(match[1]), path))
            except ValueError:
                continue
    return sorted(found_days)


def stale(whole: Whole) -> Iterator[Finding]:
    """`stale`: the newest day is at most `[check] stale_after` days old."""
    known = days(whole)
    if not known or not whole.stale_after:
        return
    newest, path = known[-1]
    age = (whole.today - newest).days
    if age > whole.stale_after:
        yield found(
            "stale",
            path,
            f"the newest day is {age} days old; [check] stale_after is {whole.stale_after}",
            "import newer dumps, and see whether what fetches them still runs",
        )


def partial(whole: Whole) -> Iterator[Finding]:
    """`partial-day`: fewer papers than on any of the twenty days before, and a quarter of usual.

    So weekends, which are as small as others before them, pass.
    """
    known = days(whole)[-1 - _LOOKED_BACK :]
    if len(known) <= _LEAST_KNOWN:
        return
    *before, newest = [_papers(path, whole) for _, path in known]
    usual = median(before)
    if newest * _FEW < usual and newest < min(before):
        yield found(
            "partial-day",
            known[-1][1],
            f"the newest day has {newest} papers, where {usual:.0f} are usual",
            "its dump may have been saved too early: import it again",
        )


def _papers(path: str, whole: Whole) -> int:
    entries = whole.site.entries
    return sum(entries[number].path.startswith("papers/") for number in whole.pages[path].ways)


RULES = (stale, partial)
