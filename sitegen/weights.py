"""How heavy a site is, by kinds of file, and which settings make it lighter. Pure.

GitHub Pages publishes at most 1 GB; what a kind of file may weigh so that 100,000 papers stay
below it stands in content/pages/about/speed.md.
https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, Protocol

from .errors import Problem

MB: Final = 1_000_000
SITE_LIMIT: Final = 1_000 * MB
SITE_WARNING: Final = 800 * MB
_TOLD = 3  # kinds


class Sized(Protocol):
    """A file of the site."""

    @property
    def size(self) -> int:
        """Bytes."""
        ...


class Kind(NamedTuple):
    """Files of a kind: the first whose pattern a path matches."""

    name: str
    pattern: re.Pattern[str]
    remedy: str  # "" where nothing but fewer papers helps


def _kind(name: str, pattern: str, remedy: str = "") -> Kind:
    return Kind(name, re.compile(pattern), remedy)


KINDS: Final = (
    _kind("archive documents of the feed", r"feeds/archive/", 'feed.archive = "none"'),
    _kind("feeds", r".*(?:\.xml|feed\.json)\Z", 'feed.formats = ["atom"], or fewer feed.entries'),
    _kind("the search index", r"search/", "search.enabled = false"),
    _kind("the API", r"api/", "api.enabled = false, or api.abstracts = false"),
    _kind("files of references", r".*\.(?:bib|ris)\Z", "exports.formats = []"),
    _kind("files of references", r"(?:days|topics|exports)/.*\.json\Z", "exports.formats = []"),
    _kind("texts in Markdown", r".*\.md\Z", "exports.markdown = false"),
    _kind("pages of papers", r"papers/"),
    _kind("pages of days", r"days/"),
    _kind("pages of topics", r"topics/", "fewer topics in topics.toml"),
    _kind("other files", r""),
)


def by_kind(files: Mapping[str, Sized]) -> dict[str, int]:
    """The bytes of each kind of file, the heaviest first."""
    weights: Counter[str] = Counter()
    for path, file in files.items():
        weights[next(kind.name for kind in KINDS if kind.pattern.match(path))] += file.size
    return dict(weights.most_common())


def warnings(files: Mapping[str, Sized], settings_file: str) -> Iterator[Problem]:
    """A warning where a site comes near to what GitHub Pages takes, or is above it."""
    total = sum(file.size for file in files.values())
    if total <= SITE_WARNING:
        return
    weights = by_kind(files)
    heaviest = ", ".join(f"{name} {in_mb(weights[name])}" for name in [*weights][:_TOLD])
    remedies = {kind.name: kind.remedy for kind in KINDS}
    lighter = [
        f"{remedies[name]} (saves up to {in_mb(weight)})"
        for name, weight in weights.items()
        if remedies[name] and weight > MB
    ]
    yield Problem(
        file=settings_file,
        line=0,
        message=f"the site has {in_mb(total)}; GitHub Pages takes {in_mb(SITE_LIMIT)}."
        f" The heaviest: {heaviest}",
        hint="; ".join(
            [*lighter, "[exclude] leaves papers out", "a host without that limit takes it as it is"]
        ),
    )


def in_mb(size: int) -> str:
    """Bytes in words: "1,234 MB"."""
    return f"{size / MB:,.0f} MB"
