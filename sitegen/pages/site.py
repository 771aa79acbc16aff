"""A page as such: what all pages know of the site, and what each says about itself."""

from __future__ import annotations

from typing import Any

import msgspec

from ..i18n.messages import english
from ..i18n.words import Words
from ..model import Value
from .parts import Alternate, Link


class Head(Value, frozen=True, kw_only=True):
    """What every HTML page says about itself."""

    title: str  # without the site's name, which the theme adds; "" on the home page
    description: str
    section: str = ""  # which entry of the navigation is current: its path
    feeds: tuple[Link, ...] = ()  # further feeds to announce, the site's own aside
    alternates: tuple[Alternate, ...] = ()
    canonical: str = ""  # the path this page is canonically found at; "" for its own
    kind: str = "website"  # Open Graph type: "website" or "article"
    index: bool = True  # False: search engines are asked to leave it out
    image: str = ""  # path of the picture shown with links to it; "" for the theme's


class SiteView(Value, frozen=True, kw_only=True):
    """What all pages know of the site; a change here renders everything again."""

    title: str
    description: str
    language: str
    paper_language: str = "en"  # of titles and abstracts; "" where nobody knows
    base_url: str  # ends in "/", or is empty
    curator: str
    navigation: tuple[Link, ...]
    search: str = ""  # the path of the search page, where there is one
    cards: str = ""  # the font of days' cards: a file, or "default"; "" where there are none
    reading: str = ""  # the path of the reading list's page, where the theme has one
    footer: tuple[Link, ...]
    feeds: tuple[Link, ...]  # label: title; path: file. Those of the site as a whole
    policy: str = ""  # what browsers may do with a page, see `plan.policy`
    data: str = ""  # the path of the page about files for programs, where there is one
    settings: bytes = b""  # a digest of those that bear on every page
    words: Words = msgspec.field(default_factory=english)  # the texts of the interface


class Page(Value, frozen=True, kw_only=True):
    """One output file before it is rendered.

    `kind` names what renders it: an HTML page's template without its ending ("paper", "day",
    "home", "archive", "topic", "topics", "search", "text", "404", "empty", "redirect",
    "withdrawn", "subscribe", "trending", "reading", "period", "trends", "author", "authors",
    "category", "categories"), or "feed", "opml", "sitemap", "card", "plain", "file".
    """

    path: str
    kind: str
    data: Any  # one of the structures above
    head: Head | None = None  # HTML pages have one
