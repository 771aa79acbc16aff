"""The digest by e-mail: which papers of which days, and what is said of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import msgspec

from .. import clean
from ..config import Settings
from ..errors import InputError
from ..model import Day, Entry, Library, Paper
from ..pages import SiteView, WebLink
from ..pages.mail import MailGroup, MailNote, MailPage, MailPaper
from ..portable import joined, portable, without_pictures
from . import ranking, trending
from .days import Notes
from .scene import Scene, byline, day_path, excerpt, lead_of, spots, topic_path

LONGEST_LEAD: Final = 400  # characters
LONGEST_NOTES: Final = 20_000  # characters of HTML, of all notes together
_TRENDING: Final = 20  # papers

Line = tuple[Paper, tuple[str, ...]]  # a paper, and why it stands there


class Choice(NamedTuple):
    """The days that a message is about; with neither end, the newest. `length` is for trending."""

    first: date | None = None
    last: date | None = None
    trending: bool = False
    name: str = ""  # of the choice, in ids: "2026-W19"


class Letter(NamedTuple):
    """A message before it is cut to size: its page, and a name: the same for the same days."""

    page: MailPage
    name: str
    day: date  # the newest day in it


def name_of(choice: Choice, first: date, last: date) -> str:
    """What tells a message from others of the same site: "2026-05-08", "2026-W19.trending"."""
    days = choice.name or (str(last) if first == last else f"{first}.{last}")
    return f"{days}.trending" if choice.trending else days


def letter(
    library: Library, settings: Settings, site: SiteView, choice: Choice, notes: Notes
) -> Letter:
    """The message on the papers that were listed on some days, and what the editor wrote of them.

    Raises InputError where there are none.
    """
    scene = Scene(library, settings, site)
    first, last = _ends(scene, choice)
    days = [day for day in scene.dated if day.date and first <= day.date <= last]
    if not days:
        known = f"; the newest day is {scene.dated[-1].date}" if scene.dated else ""
        raise InputError(
            f"no list has a day from {first} to {last}" if first < last else f"no list has {last}",
            hint=f"name days that have papers{known}",
        )
    groups = list(_ranked(scene, first, last) if choice.trending else _by_topic(scene, days))
    count = sum(len(lines) for _, _, lines in groups)
    words = scene.words
    papers = words("count.papers", n=count)
    topics = sum(bool(slug) for slug, _, _ in groups)
    when = words.span(first, last) if first < last else words.day_long(last)
    page = MailPage(
        subject=words(
            "mail.subject_trending" if choice.trending else "mail.subject",
            site=site.title,
            dates=when,
            papers=papers,
        ),
        site=site.title,
        words=site.words,
        heading=words("mail.trending", dates=when) if choice.trending else when,
        summary=words(
            "mail.papers_on_topics", papers=papers, topics=words("count.on_topics", n=topics)
        )
        if topics > 1
        else papers,
        notes=() if choice.trending else tuple(_notes(scene, days, notes)),
        groups=tuple(_group(scene, *group) for group in groups),
        url=_page_url(scene, first, last, choice),
        home=site.base_url,
        curator=site.curator,
    )
    return Letter(page, name_of(choice, first, last), days[-1].date or last)


def _notes(scene: Scene, days: Sequence[Day], notes: Notes) -> Iterator[MailNote]:
    """The notes on days; a mail program loads nothing, so without their pictures."""
    root = scene.site.base_url or None
    left = LONGEST_NOTES
    for day in days:
        if day.date is None or day.date not in notes:
            continue
        path = day_path(day.date)
        pieces = portable(notes[day.date][1](), path, scene.site.base_url)
        html = without_pictures(joined(pieces, root)).strip()
        if len(html) > left:
            key = "mail.long_note_linked_html" if root else "mail.long_note_html"
            html = f"<p>{scene.words(key, address=(root or '') + path)}</p>"
        left -= len(html)
        if html:
            yield MailNote(name=scene.words.day_long(day.date) if len(days) > 1 else "", html=html)


def _ends(scene: Scene, choice: Choice) -> tuple[date, date]:
    """The first and the last day of a choice; a ranking of the newest day is one of its week."""
    newest = scene.dated[-1].date if scene.dated else None
    if newest is None:
        raise InputError(
            "there is no day to write about: no list has one", hint="sitegen import puts days in"
        )
    last = choice.last or newest
    if choice.first is not None:
        return choice.first, last
    if choice.trending and choice.last is None:
        return last - timedelta(days=ranking.WEEK[0] - 1), last
    return last, last


def _ranked(scene: Scene, first: date, last: date) -> Iterator[tuple[str, str, Sequence[Line]]]:
    found = ranking.ranked(scene.dated, last, (last - first).days + 1, _TRENDING)
    yield "", "", [(one.paper, tuple(ranking.reasons(one, scene.words))) for one in found]


def _by_topic(scene: Scene, days: Sequence[Day]) -> Iterator[tuple[str, str, Sequence[Line]]]:
    """Slug, name and papers of each group, as a page with all these days would have them."""
    entries: dict[str, Entry] = {}
    for day in days:
        for entry in day.entries:
            entries.setdefault(entry.paper.key, entry)
    groups: dict[str, list[Line]] = {}
    for spot in spots(tuple(entries.values())):
        groups.setdefault(spot.topic, []).append((spot.entry.paper, ()))
    for slug, lines in groups.items():
        topic = scene.topics.get(slug)
        name = topic.name if topic else scene.words("day.other_topics") if len(groups) > 1 else ""
        yield slug if topic else "", name, lines


def _group(scene: Scene, slug: str, name: str, lines: Sequence[Line]) -> MailGroup:
    return MailGroup(
        name=name,
        url=_url(scene, topic_path(slug)) if slug else "",
        papers=tuple(_paper(scene, paper, reasons) for paper, reasons in lines),
    )


def _paper(scene: Scene, paper: Paper, reasons: tuple[str, ...]) -> MailPaper:
    said = lead_of(paper)
    links = [*scene.outgoing.ids(paper)]
    if pdf := scene.outgoing.pdf(paper):
        links.append(WebLink(label="PDF", url=pdf))
    if code := paper.code:
        links.append(WebLink(label=scene.words("card.code"), url=code))
    web = tuple(link for link in links if link.url.startswith(("https://", "http://")))
    return MailPaper(
        title=clean.reading(paper.title),
        url=_url(scene, paper.path) or (web[0].url if web else ""),
        byline=byline(paper.authors, scene.words),
        lead=excerpt(clean.prose(said.text), LONGEST_LEAD),
        lead_skips=said.skips,
        links=web,
        reasons=reasons,
    )


def _page_url(scene: Scene, first: date, last: date, choice: Choice) -> str:
    if choice.trending:
        return _url(scene, trending.PATH)
    return _url(scene, day_path(last) if first == last else "archive.html")


def _url(scene: Scene, path: str) -> str:
    return f"{scene.site.base_url}{path}" if scene.site.base_url else ""


def shortened(page: MailPage, lead: int, papers: int) -> MailPage:
    """The message with leads of so many characters, and so many papers at most.

    Each group keeps its first papers, so that none is lost before all are short.
    """
    total = sum(len(group.papers) for group in page.groups)
    groups = []
    for group in page.groups:
        share = len(group.papers) if papers >= total else -(-len(group.papers) * papers // total)
        kept = tuple(
            msgspec.structs.replace(one, lead=excerpt(one.lead, lead) if lead else "")
            for one in group.papers[:share]
        )
        groups.append(msgspec.structs.replace(group, papers=kept))
    shown = sum(len(group.papers) for group in groups)
    return msgspec.structs.replace(page, groups=tuple(groups), left_out=total - shown)
