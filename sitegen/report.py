"""What a build reports: counts, problems, times. Filled by `build`, printed by `terminal`."""

from __future__ import annotations

import resource
import sys
from collections.abc import Mapping, Sequence

import msgspec

from .errors import Problem
from .model import Dropped, Library, Paper
from .publication.manifest import FileEntry, Manifest

# What a manifest keeps of a report, for a build that finds everything as it was.
_KEPT = ("papers", "listings", "days", "topics", "authors", "pages", "feeds", "files", "bytes")


class Report(msgspec.Struct, kw_only=True):
    """What a build did, as `--json` prints it. Times in seconds, sizes in bytes."""

    out: str = ""
    published: bool = False
    papers: int = 0
    listings: int = 0
    days: int = 0
    topics: int = 0
    authors: int = 0
    pages: int = 0
    feeds: int = 0
    files: int = 0
    rendered: int = 0
    unchanged: int = 0
    removed: int = 0
    bytes: int = 0
    unclaimed: list[str] = []
    filtered: dict[str, int] = {}  # how many papers each rule of the settings dropped
    dropped: list[Dropped] = []  # and which
    aliases: list[str] = []  # TOML for corrections.toml that keeps what would vanish
    warnings: list[Problem] = []
    errors: list[Problem] = []
    seconds: float = 0.0
    phases: dict[str, float] = {}
    peak_rss_mb: float = 0.0

    def drop(self, dropped: Sequence[Dropped]) -> None:
        """Count what the settings left out."""
        self.filtered = {one.rule: len(one.titles) for one in dropped}
        self.dropped = list(dropped)

    def add(self, problems: Sequence[Problem]) -> None:
        """File problems by their severity."""
        for problem in problems:
            (self.errors if problem.severity == "error" else self.warnings).append(problem)

    def count(
        self,
        library: Library,
        paths: Mapping[str, FileEntry],
        old: Manifest,
        rendered: int,
    ) -> None:
        """Count what the new folder holds and how it differs from the old one."""
        self.papers = len(library.papers)
        self.listings = library.listings
        self.days = sum(day.date is not None for day in library.days)
        self.topics = len({match.slug for paper in library.papers for match in paper.topics})
        self.authors = _authors(library.papers)
        self.pages = sum(path.endswith(".html") for path in paths)
        self.feeds = sum(path.endswith(("rss.xml", "atom.xml", "feed.json")) for path in paths)
        self.files = len(paths)
        self.bytes = sum(file.size for file in paths.values())
        self.rendered = rendered
        self.unchanged = len(paths) - rendered
        self.removed = len(old.files().keys() - paths.keys())

    def kept(self) -> dict[str, int]:
        """The counts that a manifest keeps."""
        return {name: getattr(self, name) for name in _KEPT}

    def repeat(self, old: Manifest) -> None:
        """Say what the last build said, which found everything as it is now."""
        for name, value in old.report.items():
            setattr(self, name, value)
        self.unchanged = self.files
        self.add(old.problems)
        self.drop(old.dropped)


def _authors(papers: Sequence[Paper]) -> int:
    return len(set(memoryview(b"".join([paper.names for paper in papers])).cast("Q")))


def peak_rss_mb() -> float:
    """The peak memory of this process and its largest child, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    usage = (resource.getrusage(who).ru_maxrss for who in
             (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    return round(max(usage) * unit / 1e6, 1)
