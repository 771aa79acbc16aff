"""Days and topics as Markdown, for programs that read text; llms.txt, which leads to them.

https://llmstxt.org says what that file is. Texts are plain: formulas are read out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .. import clean
from ..model import Paper
from ..pages import Link, Page, PlainPage
from .once import Once
from .scene import Scene, day_path, lead_of

LLMS: Final = "llms.txt"
_NEWEST: Final = 14  # days in llms.txt
_SIGNS = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"(?m)^(\s*)([#+-]|\d+\.)(?=\s)")

Group = tuple[str, Sequence[Paper]]  # a heading, "" for none, and the papers under it


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return _LINE_START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))


class Texts:
    """Papers as Markdown, each made once for the days and topics that show it."""

    def __init__(self, scene: Scene) -> None:
        self._outgoing = scene.outgoing
        self._code = scene.words("card.code")
        self._whole = Once(self._paper)

    def page(
        self, stem: str, title: str, about: str, groups: Iterable[Group], *, whole: bool = True
    ) -> Page:
        """The Markdown twin of the page `stem`.html; without abstracts where not `whole`."""
        parts = [f"# {escaped(title)}\n", f"{escaped(about)}\n" if about else ""]
        for heading, papers in groups:
            if heading:
                parts.append(f"## {escaped(heading)}\n")
            parts += map(self._whole if whole else self._short, papers)
        text = "\n".join(filter(None, parts))
        return Page(path=f"{stem}.md", kind="plain", data=PlainPage(text=text))

    def _paper(self, paper: Paper) -> str:
        return self._written(paper, paper.abstract)

    def _short(self, paper: Paper) -> str:
        return self._written(paper, lead_of(paper).text)

    def _written(self, paper: Paper, text: str) -> str:
        details = paper.details
        ways = [(link.label, link.url) for link in self._outgoing.ids(paper)]
        ways += [("PDF", self._outgoing.pdf(paper)), (self._code, details.code)]
        web = [
            f"[{label}](<{url}>)" for label, url in ways if url.startswith(("https://", "http://"))
        ]
        rows = [
            f"### [{escaped(clean.reading(paper.title))}](<../{paper.path}>)\n",
            f"{escaped(', '.join(details.authors))}\n" if details.authors else "",
            f"{escaped(clean.prose(text))}\n" if text else "",
            f"{' · '.join(web)}\n" if web else "",
        ]
        return "\n".join(filter(None, rows))


def llms_page(scene: Scene, data: str) -> Page:
    """llms.txt: what the site is, and where its texts stand."""
    site, words = scene.site, scene.words

    def way(path: str) -> str:
        return f"{site.base_url}{path}"

    def row(label: str, path: str, about: str) -> str:
        return f"- [{escaped(label)}]({way(path)}): {about}"

    days = [
        row(
            words.day_full(day.date),
            twin(day_path(day.date)),
            words("count.papers", n=len(day.entries)),
        )
        for day in reversed(scene.dated[-_NEWEST:])
        if day.date
    ]
    topics = [
        row(
            scene.topics[slug].name,
            f"topics/{slug}.md",
            words("data.llms_newest_first", papers=words("count.papers", n=len(papers))),
        )
        for slug, papers in scene.on_topic.items()
    ]
    more = [row(words("data.llms_all_days"), "archive.html", words("data.llms_calendar"))]
    if data:
        more.append(row(words("data.title"), data, words("data.llms_data")))
    blocks = [
        f"# {site.title}\n\n> {site.description}\n",
        f"{words('data.llms_about')}\n",
        _section(words("data.llms_days"), days),
        _section(words("data.llms_topics"), topics),
        _section(words("data.llms_optional"), more),
    ]
    return Page(path=LLMS, kind="plain", data=PlainPage(text="\n".join(filter(None, blocks))))


def _section(name: str, rows: list[str]) -> str:
    return "\n".join([f"## {name}\n", *rows, ""]) if rows else ""


def twin(path: str) -> str:
    """The Markdown twin of an HTML page."""
    return f"{path.removesuffix('.html')}.md"


def groups_of_day(scene: Scene, papers: Iterable[tuple[str, Paper]]) -> Iterator[Group]:
    """Papers with the slug of their group, in order, under their topics' names."""
    found: dict[str, list[Paper]] = {}
    for slug, paper in papers:
        found.setdefault(slug, []).append(paper)
    for slug, some in found.items():
        topic = scene.topics.get(slug)
        yield (
            (topic.name if topic else scene.words("day.other_topics") if len(found) > 1 else ""),
            some,
        )


def link(path: str) -> Link:
    """The way to the Markdown twin of a page."""
    return Link(label="Markdown", path=twin(path))
