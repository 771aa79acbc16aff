"""Papers and days as entries of feeds.

An entry is made once and shared by all feeds and formats that show it. Its content is HTML that
any reader can show: paragraphs, lists and links, formulas read out as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Final
from urllib.parse import quote

from .. import clean, feed_ids
from ..i18n.words import Words
from ..model import Paper
from ..pages import WebLink
from ..pages.feeds import FeedEntry
from ..portable import Pieces, portable
from .outgoing import Outgoing
from .scene import Scene, byline, day_path, excerpt, lead_of

SUMMARY: Final = 400  # characters
_KEPT: Final = 2048  # entries; newer ones push the oldest out
_ARXIV_DOI: Final = (
    "10.48550/arXiv."  # every arXiv paper has one (https://info.arxiv.org/help/doi.html)
)

_BETWEEN: Final = " &middot; "  # in ASCII, which all that comes after is quicker with
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")

Group = tuple[str, str, Sequence[Paper]]  # a heading, what it links to, and the papers under it


class Entries:
    """Makes entries, each once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._kept: dict[tuple[str, bytes], FeedEntry] = {}
        self._said: dict[tuple[str, bytes], str] = {}

    def paper(self, paper: Paper) -> FeedEntry:
        """The entry of a paper."""
        name = (paper.key, paper.digest)
        entry = self._kept.get(name)
        if entry is None:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            entry = self._kept[name] = self._made(paper)
        return entry

    def once(self, paper: Paper, *, short: bool) -> FeedEntry:
        """The entry of a paper that few other feeds show; a short one gives its summary alone."""
        known = None if short else self._kept.get((paper.key, paper.digest))
        return known or self._made(paper, short=short)

    def _made(self, paper: Paper, *, short: bool = False) -> FeedEntry:
        details = paper.details
        links = list(self._scene.outgoing.ids(paper))
        pdf = self._scene.outgoing.pdf(paper)
        if details.code:
            links.append(WebLink(label=self._scene.words("feed.code"), url=details.code))
        if details.project:
            links.append(WebLink(label=self._scene.words("feed.project"), url=details.project))
        summary = _summary(paper)
        return FeedEntry(
            id=feed_ids.entry_id(self._scene.feed_id, paper.key),
            path=paper.path,
            title=clean.reading(paper.title),
            summary=summary,
            content=() if short else _content(paper, pdf, links),
            authors=details.authors,
            categories=tuple(self._scene.topics[match.slug].name for match in paper.topics),
            published=feed_ids.published(paper),
            updated=feed_ids.updated(paper),
            links=tuple(links),
            pdf=pdf,
            bibtex=f"{paper.path}#bib",
            identifiers=tuple(_identifiers(paper.ids)),
            venue=details.venue,
            dated=paper.published.isoformat() if paper.published else "",
        )

    def day(
        self, name: str, title: str, day: date, groups: Iterable[Group], note: str = ""
    ) -> FeedEntry:
        """The entry of a day in the feeds of a name; `title` is what they are about, if not all.

        `note` is the HTML of the editor's note on the day's page.
        """
        groups = list(groups)
        papers = [paper for _, _, some in groups for paper in some]
        changed = max(day, *(paper.updated or day for paper in papers))
        words = self._scene.words
        count = words("count.papers", n=len(papers))
        key = "feed.day_title" if title else "feed.day_title_all"
        headed = len(groups) > 1
        return FeedEntry(
            id=feed_ids.day_id(self._scene.feed_id, name, day),
            path=day_path(day),
            title=words(key, title=title, day=words.day_full(day), papers=count),
            summary=_day_summary(words, count, groups)
            if headed
            else excerpt(_titles(papers), SUMMARY),
            content=self._day_content(groups, self._note(note, day), headed=headed),
            categories=tuple(heading for heading, way, _ in groups if heading and way),
            published=feed_ids.day_stamp(day, day),
            updated=feed_ids.day_stamp(day, changed),
        )

    def _note(self, html: str, day: date) -> Pieces:
        """The editor's note, set off from the papers."""
        *pieces, last = portable(html, day_path(day), self._scene.site.base_url) if html else ("",)
        return (*pieces, f"{last}<hr>") if pieces or last else ("",)

    def _day_content(self, groups: list[Group], note: Pieces, *, headed: bool) -> Pieces:
        pieces = [*note]
        for heading, way, papers in groups:
            if headed and way:
                pieces[-1] += '<h3><a href="'
                pieces.append(f'{_href(way)}">{escape(heading)}</a></h3>')
            elif headed:
                pieces[-1] += f"<h3>{escape(heading)}</h3>"
            for paper in papers:
                pieces[-1] += '<p><a href="'
                pieces.append(self._line(paper))
        return tuple(pieces)

    def _line(self, paper: Paper) -> str:
        """A paper in a day's entry, from within the link to its page."""
        name = (paper.key, paper.digest)
        line = self._said.get(name)
        if line is None:
            if len(self._said) >= _KEPT:
                del self._said[next(iter(self._said))]
            line = self._said[name] = _line(self._scene.outgoing, paper, self._scene.words)
        return line


def _line(outgoing: Outgoing, paper: Paper, words: Words) -> str:
    lead = lead_of(paper)
    said = clean.prose(lead.text)
    names = byline(paper.authors, words)
    ways = [*outgoing.ids(paper)]
    if pdf := outgoing.pdf(paper):
        ways.append(WebLink(label="PDF", url=pdf))
    rows = (
        escape(names, quote=False),
        f"{'… ' if lead.skips else ''}{escape(said, quote=False)}" if said else "",
        _BETWEEN.join(_ways(ways)),
    )
    title = escape(clean.reading(paper.title), quote=False)
    return (
        f'{_href(paper.path)}"><b>{title}</b></a>{"".join(f"<br>{row}" for row in rows if row)}</p>'
    )


def _content(paper: Paper, pdf: str, links: list[WebLink]) -> tuple[str, ...]:
    """The abstract, and the ways to the paper: few readers show related links."""
    elsewhere = [*links, WebLink(label="PDF", url=pdf)] if pdf else links
    ways = "".join([f"{way}{_BETWEEN}" for way in _ways(elsewhere)])
    return (
        f'{_abstract(paper.abstract)}<p>{ways}<a href="',
        f'{_href(paper.path)}#bib">BibTeX</a></p>',
    )


def _abstract(abstract: str) -> str:
    """An abstract as paragraphs: the one place that says what formulas are in contents.

    They are read out where they stand; what is taller than a line is shown behind as well.
    """
    html = clean.rich_prose(abstract)
    text = f"<p>{html}</p>" if html else ""
    text = text.replace("\n\n", "</p><p>") if "\n\n" in text else text
    return text + "".join([f"<p>{formula}</p>" for formula in clean.tall_formulas(abstract)])


def _ways(links: Iterable[WebLink]) -> Iterator[str]:
    for link in links:
        if link.url.startswith(("https://", "http://")):
            yield f'<a href="{escape(link.url)}">{escape(link.label, quote=False)}</a>'


def _href(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote(path, errors="surrogatepass")


def _summary(paper: Paper) -> str:
    return excerpt(
        clean.prose(lead_of(paper).text or paper.abstract) or clean.reading(paper.title), SUMMARY
    )


def _day_summary(words: Words, count: str, groups: list[Group]) -> str:
    topics = ", ".join(f"{heading} {len(papers)}" for heading, _, papers in groups)
    return words("feed.day_about", papers=count, topics=topics)


def _titles(papers: Iterable[Paper]) -> str:
    return clean.reading("; ".join(paper.title for paper in papers))


def _identifiers(ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A paper's identifiers as reference managers know them.

    The DOI comes last: of several `dc:identifier`, Zotero keeps that one.
    """
    arxiv = ids.get("arxiv")
    if arxiv:
        yield "arXiv", arxiv
    if acl := ids.get("acl"):
        yield "ACL", acl
    if doi := ids.get("doi") or (f"{_ARXIV_DOI}{arxiv}" if arxiv else ""):
        yield "doi", doi
