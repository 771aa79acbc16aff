"""Where feeds stand, and what links to them say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..config import Settings
from ..config.feeds import Format
from ..i18n.words import Words
from ..pages import Link

_FILES: Final = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
_NAMES: Final = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}

OPML: Final = "feeds.opml"


def feed_path(name: str, form: Format, *, by_day: bool = False) -> str:
    """A feed's file: "rss.xml" of the site, "topics/video.days.atom.xml" of a topic's days."""
    return ".".join(part for part in (name, "days" if by_day else "", _FILES[form]) if part)


def archive_path(number: int) -> str:
    """An archive document of the site's Atom feed, counted from 1, the oldest."""
    return f"feeds/archive/{number}.xml"


def links(settings: Settings, name: str, title: str, words: Words) -> tuple[Link, ...]:
    """All feeds of a subject, those with an entry a paper first."""
    return (*paper_links(settings, name, title), *day_links(settings, name, title, words))


def paper_links(settings: Settings, name: str, title: str) -> tuple[Link, ...]:
    """The feeds with an entry a paper: "Video, RSS"."""
    return _links(settings.feed.formats, name, title, by_day=False)


def day_links(settings: Settings, name: str, title: str, words: Words) -> tuple[Link, ...]:
    """The feeds with an entry a day: "Video, one entry a day, RSS"."""
    if not settings.feed.days:
        return ()
    titled = words("feed.one_a_day", title=title)
    return _links(settings.feed.formats, name, titled, by_day=True)


def _links(formats: Sequence[Format], name: str, title: str, *, by_day: bool) -> tuple[Link, ...]:
    return tuple(
        Link(label=f"{title}, {_NAMES[form]}", path=feed_path(name, form, by_day=by_day))
        for form in formats
    )
