"""One file looked at by itself, in whatever process.

Goes out: its faults, and what the rules on the whole site need to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import Problem
from . import feeds, links, markup
from .addresses import Addresses
from .documents import parse, style_references
from .findings import Finding, found
from .site import Site

# What finds the faults of a kind of file that has rules of its own: (path, data, base URL) to
# problems, by how the file's name ends. `rule` names them in the report.
FileRule = Callable[[str, bytes, str], Iterator[Problem]]
FILE_RULES: Final[dict[str, tuple[str, FileRule]]] = {
    ".xml": ("feed", feeds.problems),  # the archive documents of feeds have only numbers for names
    "feed.json": ("feed", feeds.problems),
}


class Anchor(NamedTuple):
    """A link to a place on a page: `target` is the page's number, `line` where the link stands."""

    target: int
    fragment: str
    line: int


class Summary(NamedTuple):
    """What the rules on the whole site know of a page. Files are numbered as in the `Site`."""

    path: str
    title: str
    ids: frozenset[str]
    ways: frozenset[int]  # the files that a reader comes to from here
    anchors: tuple[Anchor, ...]
    shown: bool  # to search engines: it has not moved and does not ask them to stay away
    paper: bool


class Look(NamedTuple):
    """A file's faults, and its summary if it is a page."""

    findings: tuple[Finding, ...]
    summary: Summary | None = None


class Looker:
    """Looks at files of a folder."""

    def __init__(self, folder: Path, site: Site) -> None:
        self._folder = folder
        self._site = site
        self._addresses = Addresses(site)

    def __call__(self, path: str) -> Look:
        """The file of that path."""
        try:
            data = (self._folder / path).read_bytes()
        except OSError as error:
            why = f"cannot be read: {error.strerror}"
            return Look((found("unreadable", path, why, "check its permissions"),))
        if path.endswith((".html", ".htm")):
            return self._page(path, data)
        return Look(tuple(self._other(path, data)))

    def _page(self, path: str, data: bytes) -> Look:
        page = parse(path, data)
        aimed = [
            (reference, self._addresses.target(reference.url, path, page.base))
            for reference in page.references
        ]
        findings = [finding for rule in markup.RULES for finding in rule(page)]
        findings += [finding for rule in links.RULES for finding in rule(path, aimed, self._site)]
        numbers = self._site.numbers
        inside = [(one, aim) for one, aim in aimed if one.way and aim.kind == "file"]
        summary = Summary(
            path=path,
            title=page.title or "",
            ids=frozenset(name for name, _ in page.ids) | page.names,
            ways=frozenset(numbers[aim.path] for _, aim in inside),
            anchors=tuple(
                Anchor(numbers[aim.path], aim.fragment, one.line)
                for one, aim in inside
                if aim.fragment
            ),
            shown=not page.hidden and not page.moved,
            paper=page.paper,
        )
        return Look(tuple(findings), summary)

    def _other(self, path: str, data: bytes) -> Iterator[Finding]:
        if path.endswith(".css"):
            text = data.decode(errors="replace")
            aimed = [(one, self._addresses.target(one.url, path)) for one in style_references(text)]
            for rule in links.RULES:
                yield from rule(path, aimed, self._site)
        if path.endswith((".xml", ".json")):
            inside = feeds.references(path, data, self._site.base_url)
            aimed = [(one, self._addresses.target(one.url, path)) for one in inside]
            yield from links.broken(path, aimed, self._site)
        for ending, (name, problems) in FILE_RULES.items():
            if path.endswith(ending):
                for one in problems(path, data, self._site.base_url):
                    yield found(
                        name, one.file, one.message, one.hint, line=one.line, severity=one.severity
                    )


def has_rules(path: str) -> bool:
    """Whether anything is to be found by looking into the file of that name."""
    return path.endswith((".html", ".htm", ".css", *FILE_RULES))
