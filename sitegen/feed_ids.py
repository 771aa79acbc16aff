"""Names and times for feed entries that hold for good, whatever host the site moves to.

Names are tag: URIs (RFC 4151): `tag:AUTHORITY,DATE:paper/KEY`, and for a whole day's entry
`tag:AUTHORITY,DATE:day/2026-05-08`, where `AUTHORITY,DATE` is the
project's feed id, "a domain or e-mail address held on that date", and KEY a paper's birth key,
percent-encoded (RFC 3986, section 2.1). Readers compare ids letter by letter (RFC 4151, section
2.4), so nothing here may ever encode differently than it did.

Times are made from days alone. A day's papers get seconds of their own, because readers sort by
time and some warn about entries that share one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import quote

from .errors import UsageError
from .model import Paper

DEFAULT_FEED_ID: Final = "sitegen.invalid,2026"
"""For projects that set none. `.invalid` is reserved (RFC 2606, section 2): nobody can hold the
name, so such ids clash with no one's but those of other projects without a feed id."""

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
_AUTHORITY = re.compile(rf"(?:[A-Za-z0-9._-]+@)?{_DOMAIN}")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FORM = 'write "AUTHORITY,DATE", such as "example.org,2026" or "ann@example.org,2026-05-01"'

_NOON = 12 * 60 * 60


def entry_id(feed_id: str, key: str) -> str:
    """The id of a paper's entry, in every feed and for good.

    `feed_id` has passed `check_feed_id`; different keys give different ids.
    """
    return f"tag:{feed_id}:paper/{_encoded(key)}"


def day_id(feed_id: str, name: str, day: date) -> str:
    """The id of the entry that holds all of a day's papers in the feeds of this name.

    The site's own feed has no name; others have names such as "topics/video". It ends in the date.
    """
    return f"tag:{feed_id}:{_encoded(name) or 'day'}/{day.isoformat()}"


def feed_page_id(feed_id: str, path: str) -> str:
    """The id of a feed itself; `path` is its file's, relative to the built folder."""
    return f"tag:{feed_id}:feed/{_encoded(path)}"


def _encoded(text: str) -> str:
    # Slashes stay, as RFC 4151 allows, so that old arXiv ids and DOIs can be read in the id. Lone
    # surrogates, which a hostile title can bring into a key, must not raise.
    return quote(text, safe="/", errors="surrogatepass")


def check_feed_id(text: str) -> None:
    """Raise `UsageError` unless `text` is a tagging entity by RFC 4151, section 2.1.

    Whether the domain is really held cannot be known; that the date exists can.
    """
    authority, comma, day = text.rpartition(",")
    if "://" in text:
        raise UsageError(f'feed_id "{text}" is an address, not a name', hint=_FORM)
    if not comma:
        raise UsageError(f'feed_id "{text}" has no date after a comma', hint=_FORM)
    if not _AUTHORITY.fullmatch(authority):
        raise UsageError(
            f'feed_id "{text}": "{authority}" is neither a domain nor an e-mail address',
            hint=_FORM if authority.isascii() else "write the domain in its ASCII form (xn--…)",
        )
    found = _DATE.fullmatch(day)
    if not found or not _exists(*found.groups(default="01")):
        raise UsageError(
            f'feed_id "{text}": "{day}" is no date written YYYY, YYYY-MM or YYYY-MM-DD', hint=_FORM
        )


def _exists(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def stamp(day: date, position: int) -> str:
    """The time (RFC 3339, UTC) of the paper at `position`, counted from 0, among a day's entries.

    The first has noon, which is the same date nearly everywhere on Earth, each further one a
    second less: newest first is the day's order. Papers that join the day later stand behind the
    others (the fold keeps the dumps' order), so they change no time that was published. The
    43,201st and later ones share midnight, rather than slip into the day before.
    """
    minutes, second = divmod(max(_NOON - position, 0), 60)
    hour, minute = divmod(minutes, 60)
    return f"{day.isoformat()}T{hour:02}:{minute:02}:{second:02}Z"


def published(paper: Paper) -> str:
    """The time of a paper's entry: of its first listing, in whatever feed it appears.

    Counted is the place among the day's listings in the order of the dumps, not on the page, where
    topics that grow move papers around. `paper` was listed on a day.
    """
    first = paper.listings[0]
    assert first.day is not None  # noqa: S101
    return stamp(first.day, first.nth)


def updated(paper: Paper) -> str:
    """The time at which a newer dump changed the paper: of its listing on that day."""
    if len(paper.listings) > 1 and (changed := paper.details.changed):
        for listing in paper.listings:
            if listing.day == changed:
                return stamp(changed, listing.nth)
    return published(paper)


def day_stamp(day: date, changed: date) -> str:
    """The time at which a day's own entry changed, on that day or a later one.

    Entries of several days that change on one day get seconds of their own: the newer day first.
    """
    return stamp(changed, (changed - day).days)
