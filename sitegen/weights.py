"""How heavy a site is, by kinds of file, and which settings make it lighter. Pure.

GitHub Pages publishes at most 1 GB; what a kind of file may weigh so that 100,000 papers stay
below it stands in content/pages/about/speed.md.
https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, Protocol

from .errors import Problem

MB: Final = 1_000_000
SITE_LIMIT: Final = 1_000 * MB
SITE_WARNING: Final = 800 * MB
_TOLD = 3  # kinds
_MORE = (
    "related.enabled, metadata.json_ld and metadata.coins = false make pages lighter",
    "[exclude] leaves papers out",
    "a host without that limit takes it as it is",
)


class Sized(Protocol):
    """A file of the site."""

    @property
    def size(self) -> int:
        """Bytes."""
        ...


class Kind(NamedTuple):
    """Files of a kind. `remedy` makes them lighter: "" where nothing but fewer papers helps."""

    name: str
    remedy: str = ""


ARCHIVES: Final = Kind("archive documents of the feed", 'feed.archive = "none"')
FEEDS: Final = Kind("feeds", 'feed.formats = ["atom"], or fewer feed.entries')
REFERENCES: Final = Kind("files of references", "exports.formats = []")
TEXTS: Final = Kind("texts in Markdown", "exports.markdown = false")
OTHERS: Final = Kind("other files")
FOLDERS: Final = {
    "api": Kind("the API", "api.enabled = false, or api.abstracts = false"),
    "authors": Kind("pages of authors", "authors.enabled = false, or a higher authors.least"),
    "days": Kind("pages of days"),
    "papers": Kind("pages of papers"),
    "search": Kind("the search index", "search.enabled = false"),
    "topics": Kind("pages of topics", "fewer topics in topics.toml"),
}
KINDS: Final = (ARCHIVES, FEEDS, REFERENCES, TEXTS, *FOLDERS.values(), OTHERS)
_ENDS_OF_REFERENCES = (".bib", ".ris")
_ENDS_OF_FEEDS = (".xml", "feed.json")


def _kind_of(path: str) -> Kind:
    if path.endswith(_ENDS_OF_FEEDS):
        return ARCHIVES if path.startswith("feeds/archive/") else FEEDS
    folder = path.partition("/")[0]
    listed = folder in {"authors", "days", "exports", "topics"} and path.endswith(".json")
    if listed or path.endswith(_ENDS_OF_REFERENCES):
        return REFERENCES
    return TEXTS if path.endswith(".md") else FOLDERS.get(folder, OTHERS)


def by_kind(files: Mapping[str, Sized]) -> dict[str, int]:
    """The bytes of each kind of file, the heaviest first."""
    weights: Counter[str] = Counter()
    for path, file in files.items():
        weights[_kind_of(path).name] += file.size
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
        hint="; ".join([*lighter, *_MORE]),
    )


def in_mb(size: int) -> str:
    """Bytes in words: "1,234 MB"."""
    return f"{size / MB:,.0f} MB"
