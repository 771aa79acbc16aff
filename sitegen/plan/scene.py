"""What the planners of all page kinds share: the library as it is laid out on pages.

The order of papers on a day's page, the addresses of days and topics, and papers as cards. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec

from .. import clean, feed_ids, lead
from ..config import Settings
from ..config.data import Offers, offers
from ..digests import digest_of
from ..i18n.words import Words
from ..identity import is_fingerprint
from ..model import Day, Entry, Library, Paper, Topic
from ..pages import DayLink, Link, PaperCard, PaperGroup, SiteView
from . import once, trend
from .outgoing import Outgoing

OTHER_TOPICS = "other"
BYLINE_AUTHORS = 4
SMALLEST_GROUP = 2  # papers that make a group of their own on a page
UNDATED_PER_PAGE = 100


class Spot(NamedTuple):
    """Where a paper stands among the papers of one page, in the order shown."""

    entry: Entry
    topic: str  # of the group it stands in; OTHER_TOPICS for none
    number: int  # counted from 1


class Scene:
    """A library with the settings that bear on its pages. Everything derived is made once."""

    def __init__(self, library: Library, settings: Settings, site: SiteView) -> None:
        self.library = library
        self.settings = settings
        self.site = site
        self.words = site.words
        self.topics: Mapping[str, Topic] = {topic.slug: topic for topic in library.topics}
        self.ways: tuple[Link, ...] = ()  # to the indexes that not every site has
        self.feed_id = settings.feed_id or feed_ids.DEFAULT_FEED_ID
        self._shown: dict[date | None, bytes] = {}
        self._layouts: dict[date | None, tuple[Spot, ...]] = {}
        self._places: dict[date | None, dict[str, int]] = {}

    @cached_property
    def offers(self) -> Offers:
        """What the site offers to programs."""
        settings = self.settings
        return offers(settings.exports, settings.api)

    @cached_property
    def outgoing(self) -> Outgoing:
        """Where papers lead."""
        return Outgoing(self.settings.links)

    @cached_property
    def prints(self) -> Mapping[str, bytes]:
        """A digest of all that is shown of a paper wherever it is shown, by birth key."""
        encode = msgspec.msgpack.Encoder().encode
        names = {slug: encode(topic.name) for slug, topic in self.topics.items()}
        return {
            p.key: digest_of(
                p.digest
                + encode((p.path, p.redirects, p.topics))
                + b"".join([names[match.slug] for match in p.topics])
            )
            for p in self.library.papers
        }

    def shown_on(self, day: Day | None) -> bytes:
        """A digest of what goes into the pages of a day: its papers, in the order of its dumps."""
        if day is None:
            return b""
        found = self._shown.get(day.date)
        if found is None:
            prints = self.prints
            entries = [prints[e.paper.key] + (b"1" if e.new else b"0") for e in day.entries]
            found = self._shown[day.date] = digest_of(b"".join(entries))
        return found

    def day(self, day: date | None) -> Day | None:
        """The papers of a date; those without one for None."""
        return self._days.get(day)

    @cached_property
    def dated(self) -> tuple[Day, ...]:
        """The days with a date, ascending."""
        return tuple(day for day in self.library.days if day.date is not None)

    @cached_property
    def undated(self) -> Day | None:
        """The listings without a date."""
        last = self.library.days[-1] if self.library.days else None
        return last if last and last.date is None else None

    @cached_property
    def day_links(self) -> Mapping[date, DayLink]:
        """The way to each dated day."""
        return {
            day.date: DayLink(date=day.date, path=day_path(day.date), papers=len(day.entries))
            for day in self.dated
            if day.date is not None
        }

    @cached_property
    def _days(self) -> Mapping[date | None, Day]:
        return {day.date: day for day in self.library.days}

    @cached_property
    def _undated_page(self) -> Mapping[str, int]:
        entries = self.undated.entries if self.undated else ()
        return {entry.paper.key: i // UNDATED_PER_PAGE + 1 for i, entry in enumerate(entries)}

    def undated_path(self, key: str) -> str:
        """The undated page on which a paper stands."""
        return undated_path(self._undated_page.get(key, 1))

    @property
    def undated_pages(self) -> int:
        """How many pages the listings without a date fill."""
        return -(-len(self.undated.entries) // UNDATED_PER_PAGE) if self.undated else 0

    @cached_property
    def shards(self) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
        """All papers by month of birth, "2026-08"; the undated ones by a letter, "undated-a"."""
        found: dict[str, list[Paper]] = {}
        for paper in self.library.papers:
            found.setdefault(shard_of(paper), []).append(paper)
        return tuple((name, tuple(papers)) for name, papers in sorted(found.items()))

    @cached_property
    def on_topic(self) -> Mapping[str, tuple[Paper, ...]]:
        """The papers on each topic that has any, in the order of topics.

        Ascending by the day of birth; papers without a day come first. What is on a topic is on
        the one above it, too.
        """
        found: dict[str, list[Paper]] = {slug: [] for slug in self.topics}
        above = {slug: topic.parent for slug, topic in self.topics.items() if topic.parent}
        for paper in sorted(self.library.papers, key=lambda p: p.born or date.min):
            slugs = [match.slug for match in paper.topics]
            if above:
                slugs = list(dict.fromkeys([*slugs, *(above[s] for s in slugs if s in above)]))
            for slug in slugs:
                found[slug].append(paper)
        return {slug: tuple(papers) for slug, papers in found.items() if papers}

    @cached_property
    def near_topics(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For each topic its neighbours, with the number of papers that both have."""
        return trend.neighbours(self.library.papers)

    @cached_property
    def months(self) -> list[date]:
        """The months that small charts show."""
        days = [day.date for day in self.dated if day.date]
        return trend.months(days[0], days[-1]) if days else []

    def has_feed(self, slug: str) -> bool:
        """Whether a topic has papers that a feed can hold."""
        return self.on_topic[slug][-1].born is not None

    def layout(self, day: date | None) -> tuple[Spot, ...]:
        """The papers of a day in the order its page shows them."""
        found = self._layouts.get(day)
        if found is None:
            at = self._days.get(day)
            entries = at.entries if at else ()
            if day is None:
                pages = range(0, len(entries), UNDATED_PER_PAGE)
                found = tuple(s for i in pages for s in spots(entries[i : i + UNDATED_PER_PAGE], i))
            else:
                found = tuple(spots(entries))
            self._layouts[day] = found
        return found

    def place_of(self, paper: Paper) -> int:
        """The index of a paper in the layout of the day of its birth."""
        places = self._places.get(paper.born)
        if places is None:
            layout = self.layout(paper.born)
            places = {spot.entry.paper.key: index for index, spot in enumerate(layout)}
            self._places[paper.born] = places
        return places[paper.key]

    def groups(
        self, layout: Iterable[Spot], *, abstracts: bool, cite: bool
    ) -> tuple[PaperGroup, ...]:
        """Spots as groups of cards under their topics; `cite` as in `card`."""
        found: dict[str, list[PaperCard]] = {}
        for spot in layout:
            card = self.card(
                spot.entry.paper,
                number=spot.number,
                new=spot.entry.new,
                sources=dict.fromkeys(listing.source for listing in spot.entry.listings),
                apart=spot.topic,
                abstract=abstracts,
                cite=cite,
            )
            found.setdefault(spot.topic, []).append(card)
        return tuple(self._group(slug, cards) for slug, cards in found.items())

    def _group(self, slug: str, cards: list[PaperCard]) -> PaperGroup:
        topic = self.topics.get(slug)
        if topic is None:
            return PaperGroup(slug=OTHER_TOPICS, papers=tuple(cards))
        return PaperGroup(slug=slug, name=topic.name, path=topic_path(slug), papers=tuple(cards))

    @cached_property
    def _chips(self) -> Mapping[str, Link]:
        return {
            slug: Link(label=topic.name, path=topic_path(slug))
            for slug, topic in self.topics.items()
        }

    def card(
        self,
        paper: Paper,
        *,
        number: int,
        new: bool,
        sources: Iterable[str],
        apart: str,
        abstract: bool,
        cite: bool = False,
    ) -> PaperCard:
        """A paper in a list; `apart` is the topic that its group already says.

        `cite`: with what reference managers read.
        """
        details = paper.details
        said = lead_of(paper)
        chips = self._chips
        return PaperCard(
            path=paper.path,
            title=clean.reading(paper.title),
            title_html=clean.rich_title(paper.title),
            byline=byline(details.authors, self.words),
            lead=clean.prose(said.text),
            lead_html=clean.rich_lead(said.text),
            lead_skips=said.skips,
            abstract_html=abstract_html(paper) if abstract else "",
            topics=tuple(chips[t.slug] for t in paper.topics if t.slug != apart),
            ids=self.outgoing.ids(paper),
            sources=tuple(sources),
            code=details.code,
            coins=once.coins(paper) if cite and self.settings.metadata.coins else "",
            new=new,
            number=number,
        )


def spots(entries: Iterable[Entry], before: int = 0) -> Iterator[Spot]:
    """Entries by topic: the largest group first, those that share none with others last.

    A paper stands under the first of its topics that makes a group: a day that falls into groups
    of one is no easier to read than a list.
    """
    every = list(entries)
    groups = _groups([[match.slug for match in entry.paper.topics] for entry in every])
    by_topic: dict[str, list[Entry]] = {}
    for entry in every:
        own = (match.slug for match in entry.paper.topics if match.slug in groups)
        by_topic.setdefault(next(own, OTHER_TOPICS), []).append(entry)
    ordered = sorted(
        by_topic.items(), key=lambda item: (item[0] == OTHER_TOPICS, -len(item[1]), item[0])
    )
    number = before
    for slug, group in ordered:
        for entry in group:
            number += 1
            yield Spot(entry, slug, number)


def _groups(papers: list[list[str]]) -> set[str]:
    """The topics that make a group: those that several papers have first.

    Of the papers that are left, those that several have at all, the most common first.
    """
    first = Counter(topics[0] for topics in papers if topics)
    groups = {slug for slug, count in first.items() if count >= SMALLEST_GROUP}
    while True:
        left = [topics for topics in papers if groups.isdisjoint(topics)]
        shared = Counter(slug for topics in left for slug in topics)
        slug = min(shared, key=lambda one: (-shared[one], one), default="")
        if not slug or shared[slug] < SMALLEST_GROUP:
            return groups or set(first)
        groups.add(slug)


class Lead(NamedTuple):
    """The sentence in which the authors say what a paper does."""

    start: int
    end: int
    text: str
    skips: bool  # it is not the abstract's beginning


_NO_LEAD = Lead(0, 0, "", skips=False)


def lead_of(paper: Paper) -> Lead:
    """The lead of a paper's abstract."""
    abstract = paper.abstract
    span = paper.lead
    if span is None:
        return _NO_LEAD
    start, end = span
    return Lead(start, end, abstract[start:end], skips=bool(abstract[:start].strip()))


def abstract_html(paper: Paper) -> str:
    """A paper's abstract with its lead marked."""
    return marked(paper.abstract, paper.lead or (0, 0))


@lru_cache(maxsize=4096)
def marked(abstract: str, span: tuple[int, int] | None = None) -> str:
    """An abstract with its lead marked; made once for all the pages and feeds that show it."""
    start, end = span or lead.find(abstract) or (0, 0)
    if start == end:
        return paragraphs(clean.rich(abstract))
    start, end = clean.whole_spans(abstract, start, end)
    return paragraphs(
        f"{clean.rich(abstract[:start])}"
        f'<span class="core">{clean.rich(abstract[start:end])}</span>'
        f"{clean.rich(abstract[end:])}"
    )


def paragraphs(html: str) -> str:
    """Blank lines as paragraph breaks, for use inside one paragraph's markup."""
    return html.replace("\n\n", "<br><br>") if "\n\n" in html else html


def byline(authors: tuple[str, ...], words: Words, most: int = BYLINE_AUTHORS) -> str:
    """The first authors, and how many more there are, but for one."""
    if len(authors) <= most + 1:
        return ", ".join(authors)
    return words("list.and_more", names=", ".join(authors[:most]), n=len(authors) - most)


def shard_of(paper: Paper) -> str:
    """Where a paper stands among those of the whole site."""
    return month_of(paper.born) if paper.born else f"undated-{paper.path[7]}"


def month_of(day: date) -> str:
    """The month of a day: "2026-08"."""
    return day.isoformat()[:7]


def day_path(day: date) -> str:
    """The page of a day."""
    return f"days/{day.isoformat()}.html"


def undated_path(page: int) -> str:
    """A page of listings without a date, counted from 1."""
    return "days/undated.html" if page == 1 else f"days/undated-{page}.html"


def topic_path(slug: str, page: int = 1) -> str:
    """A page of a topic: 1 is the newest, 2 the oldest, 3 the next."""
    return f"topics/{slug}.html" if page == 1 else f"topics/{slug}-{page}.html"


def excerpt(text: str, limit: int = 200) -> str:
    """The beginning of a text, cut between words, for descriptions."""
    if len(text) <= limit:
        return " ".join(text.split())
    return " ".join(text[: limit - 1].split()).rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def shown_key(paper: Paper) -> str:
    """The birth key as people may read it; a fingerprint says nothing to them."""
    return "" if is_fingerprint(paper.key) else paper.key
