"""Whether the tools made the same site: files by kind, and what sampled pages hold."""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .corpus import Paper
from .site import paper_path
from .topics import TOPICS

# The first pattern that a path fits says its kind; the rest (assets, more feeds, weeks, search)
# is "more" and isn't compared.
KINDS = {
    "paper": r"papers/.+\.html",
    "day": r"days/\d{4}-\d\d-\d\d\.html",
    "topic index": r"topics/index\.html",
    "topic page": r"topics/[^/]+(/page/\d+)?\.html",
    "topic feed": r"topics/[^/.]+(\.atom)?\.xml",
    "archive": r"archive\.html",
    "home": r"index\.html",
    "site feed": r"(rss|atom)\.xml",
    "sitemap": r"sitemap\.xml",
}
MORE = "more"
# Programs paginate in different ways: the newest page of a topic may hold up to twice as much.
TOLERANCE = {"topic page": len(TOPICS)}  # files
SIZES = ("paper", "day", "topic page")  # kinds whose bytes in all are compared
SIZE_TOLERANCE = 0.3  # by which the largest may exceed the smallest
WORDS_FOUND = 0.98  # of an abstract's words, the share that a page has to hold

_HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class File:
    """What tells whether a file was written again, and its bytes."""

    changed: int  # time of the last change of its content, in ns
    inode: int
    size: int


def scan(folder: Path) -> dict[str, File]:
    """All files of a folder by their POSIX path in it."""
    return dict(_scan(folder, ""))


def _scan(folder: Path, prefix: str) -> Iterator[tuple[str, File]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _scan(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                facts = entry.stat(follow_symlinks=False)
                yield prefix + entry.name, File(facts.st_mtime_ns, facts.st_ino, facts.st_size)


def touched(before: Mapping[str, File], after: Mapping[str, File]) -> int:
    """How many files were written, replaced, made or removed."""
    written = sum(before.get(path) != file for path, file in after.items())
    return written + len(before.keys() - after.keys())


def kind(path: str) -> str:
    """What a file of the built folder is."""
    for name, pattern in KINDS.items():
        if re.fullmatch(pattern, path):
            return name
    return MORE


def kinds(paths: Iterator[str] | Mapping[str, object]) -> Counter[str]:
    """How many files of each kind."""
    return Counter(map(kind, paths))


def differences(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Sentences on the kinds of which the tools (name -> kind -> files) made different numbers."""
    found = []
    for name in KINDS:
        numbers = {tool: of.get(name, 0) for tool, of in counts.items()}
        least, most = min(numbers.values()), max(numbers.values())
        if most - least > TOLERANCE.get(name, 0):
            listed = ", ".join(f"{tool} {number:,}" for tool, number in numbers.items())
            found.append(f"{name}: {listed}")
    return found


def size_differences(sites: Mapping[str, Mapping[str, File]]) -> list[str]:
    """Sentences on the kinds whose bytes in all (tool -> path -> file) are too far apart."""
    sizes: dict[str, Counter[str]] = {tool: Counter() for tool in sites}
    for tool, files in sites.items():
        for path, file in files.items():
            sizes[tool][kind(path)] += file.size
    found = []
    for name in SIZES:
        numbers = [of[name] for of in sizes.values()]
        if max(numbers) > min(numbers) * (1 + SIZE_TOLERANCE):
            listed = ", ".join(f"{tool} {of[name]:,}" for tool, of in sizes.items())
            found.append(f"bytes of all {name} files: {listed}")
    return found


def missing(out: Path, papers: list[Paper]) -> list[str]:
    """Sentences on what the pages of these papers, and of their days, should hold but don't."""
    found = []
    for paper in papers:
        for path, authors in (
            (paper_path(paper), paper.authors),
            (f"days/{paper.listed}.html", paper.authors[:1]),
        ):
            try:
                page = (out / path).read_text(encoding="utf-8")
            except OSError:
                found.append(f"{path}: no such file")
            else:
                found.extend(f"{path}: no {what}" for what in lacks(page, paper, authors))
    return found


def lacks(page: str, paper: Paper, authors: tuple[str, ...]) -> Iterator[str]:
    """Which of title, authors and abstract the page's visible text lacks."""
    text = _fold(html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", page.partition("<body")[2]))))
    if _fold(paper.title) not in text:
        yield "title"
    if not all(_fold(author) in text for author in authors):
        yield "authors"
    words, there = _fold(paper.abstract).split(), set(text.split())
    if sum(word in there for word in words) < WORDS_FOUND * len(words):
        yield "abstract"


def _fold(text: str) -> str:
    """Letters and digits alone: quotes and dashes may have become better ones."""
    return _BETWEEN_WORDS.sub(" ", text).strip().casefold()
