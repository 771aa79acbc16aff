"""A small site as pages: every kind of page, and links that lead to one another.

What the planners make of real dumps is tested elsewhere; here every field is set by hand, so that
a theme is tested with all that a page can hold.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from sitegen.pages import (
    ArchiveMonth,
    ArchivePage,
    ArchiveYear,
    DayLink,
    DayPage,
    EmptyPage,
    Head,
    Link,
    ListingRow,
    Page,
    PaperCard,
    PaperGroup,
    PaperPage,
    RankedPaper,
    Ranking,
    RedirectPage,
    SearchPage,
    SiteView,
    StripDay,
    TextPage,
    TopicPage,
    TopicReason,
    TopicRow,
    TopicsPage,
    TrendingPage,
    WebLink,
    WithdrawnPage,
)
from sitegen.pages.feeds import FeedRow, MailForm, SubscribePage
from sitegen.plan.policy import policy

FIRST, SECOND = date(2025, 5, 8), date(2025, 5, 12)
DAYS = {
    day: DayLink(date=day, path=f"days/{day}.html", papers=papers)
    for day, papers in ((FIRST, 2), (SECOND, 3))
}
MONTH = Link(label="", path="archive.html#m2025-05")
REASONING = Link(label="Reasoning", path="topics/reasoning.html")
VIDEO = Link(label="Video & film", path="topics/video.html")
ARXIV = WebLink(label="arXiv 2505.00001", url="https://arxiv.org/abs/2505.00001")
DOI = WebLink(label="doi:10.1/a(b)", url="https://doi.org/10.1/a%28b%29")
ABSTRACT = (
    'Much was tried. <span class="core">We show that 1 &lt; 2.</span> More at '
    '<a href="https://example.org/x?a=1&amp;b=2" rel=noopener>example.org</a>.<br><br>The end.'
)

SITE = SiteView(
    title="Small & <papers>",
    description="A site for tests.",
    language="en",
    base_url="",
    curator="A person & friends",
    navigation=(
        Link(label="Latest", path="index.html"),
        Link(label="Archive", path="archive.html"),
        Link(label="Topics", path="topics/index.html"),
    ),
    search="search.html",
    reading="reading-list.html",
    footer=(Link(label="About", path="about.html"),),
    feeds=(Link(label="Small, RSS", path="rss.xml"), Link(label="Small, Atom", path="atom.xml")),
    policy=policy("https://lists.example.org/subscribe"),
)


def set_in(page: Page, /, **fields: Any) -> Page:
    """The page with other data in these fields."""
    return msgspec.structs.replace(page, data=msgspec.structs.replace(page.data, **fields))


def card(name: str, **fields: Any) -> PaperCard:
    values: dict[str, Any] = {
        "title": f"A paper named {name}",
        "byline": "Ada Lovelace, Émilie du Châtelet",
        "lead": "We show that 1 < 2.",
        "lead_skips": True,
        "abstract_html": ABSTRACT,
        "topics": (VIDEO,),
        "ids": (ARXIV,),
        "sources": ("One list", "Another list"),
        "code": "https://github.com/someone/thing",
    }
    return PaperCard(path=f"papers/2505/{name}.html", **{**values, **fields})


def _numbered(*cards: PaperCard, start: int = 1) -> tuple[PaperCard, ...]:
    return tuple(msgspec.structs.replace(c, number=n) for n, c in enumerate(cards, start))


def digest(day: date, *, abstracts: bool = True) -> DayPage:
    """The first day has one new paper of two, the second three new ones."""
    cards = [card("a"), card("b", new=False, ids=(), code="", sources=(), topics=())]
    if day == SECOND:
        cards = [card("c"), card("d", byline="", lead="", abstract_html=""), card("e", lead="")]
    if not abstracts:
        cards = [msgspec.structs.replace(c, abstract_html="") for c in cards]
    numbered = _numbered(*cards)
    return DayPage(
        date=day,
        papers=len(cards),
        new=sum(c.new for c in cards),
        topic_count=1,
        sources=("One list", "Another list"),
        curators=("A person & friends",),
        note_html="<p>An <em>editor’s</em> note.</p>" if day == FIRST else "",
        groups=(
            PaperGroup(
                slug="reasoning", name="Reasoning", path=REASONING.path, papers=numbered[:1]
            ),
            PaperGroup(slug="other", papers=numbered[1:]),
        ),
        strip=(
            StripDay(date=FIRST, papers=2, path=DAYS[FIRST].path, current=day == FIRST),
            StripDay(date=date(2025, 5, 9), papers=0),
            StripDay(date=SECOND, papers=3, path=DAYS[SECOND].path, current=day == SECOND),
        ),
        previous=DAYS[FIRST] if day == SECOND else None,
        next=DAYS[SECOND] if day == FIRST else None,
        month=MONTH,
    )


def paper(name: str = "a", **fields: Any) -> Page:
    day = FIRST if name in "ab" else SECOND
    order = "ab" if name in "ab" else "cde"
    place = order.index(name)

    def neighbour(at: int) -> Link | None:
        if not 0 <= at < len(order):
            return None
        return Link(label=f"A paper named {order[at]}", path=f"papers/2505/{order[at]}.html")

    values: dict[str, Any] = {
        "key": "arxiv:2505.00001",
        "title": f"A paper named {name}",
        "authors": ("Ada Lovelace", "Émilie du Châtelet"),
        "byline": (
            Link(label="Ada Lovelace", path="authors/a/ada-lovelace.html"),
            Link(label="Émilie du Châtelet", path=""),
        ),
        "abstract_html": ABSTRACT,
        "day": DAYS[day],
        "position": place + 1,
        "published": date(2025, 5, 7),
        "ids": (ARXIV, DOI),
        "pdf": "https://arxiv.org/pdf/2505.00001",
        "code": WebLink(label="someone/thing", url="https://github.com/someone/thing"),
        "project": WebLink(label="thing.example", url="https://thing.example/"),
        "venue": "Journal of Tests",
        "topics": (
            TopicReason(name="Reasoning", path=REASONING.path, words=("reason", "proof")),
            TopicReason(name="Video & film", path=VIDEO.path, words=()),
        ),
        "listings": (
            ListingRow(
                day=day, path=DAYS[day].path, source="One list", curator="A person & friends",
                url="https://list.example/1", file="one.txt", place=1, of=2,
            ),
            ListingRow(
                day=None, path="days/undated.html", source="Another list", curator="",
                url="", file="two.txt", place=2, of=2,
            ),
        ),
        "previous": neighbour(place - 1),
        "next": neighbour(place + 1),
        "bibtex": "@misc{a,\n  title = {A < B & C}\n}",
        "names": (("citation_arxiv_id", "2505.00001"), ("citation_doi", "10.1/a(b)")),
        "json_ld": '{"@type":"ScholarlyArticle"}',
        "elsewhere": (WebLink(label="Another index", url="https://index.example/a?b&c"),),
    }  # fmt: skip
    data = PaperPage(**{**values, **fields})
    head = Head(title=data.title, description="What & why.", kind="article")
    return Page(path=f"papers/2505/{name}.html", kind="paper", data=data, head=head)


def day(at: date = FIRST, **fields: Any) -> Page:
    page = Page(
        path=f"days/{at}.html",
        kind="day",
        data=digest(at),
        head=Head(title=f"{at}", description=f"Papers of {at}.", section="archive.html"),
    )
    return set_in(page, **fields)


def undated(number: int = 1, **fields: Any) -> Page:
    other = 3 - number
    turn = Link(label=str(other), path=f"days/undated{'-2' if other == 2 else ''}.html")
    page = day(
        FIRST,
        date=None,
        strip=(),
        previous=None,
        next=None,
        month=None,
        note_html="",
        page=number,
        page_count=2,
        newer=turn if number == 1 else None,
        older=turn if number == 2 else None,
    )
    path = f"days/undated{'-2' if number == 2 else ''}.html"
    return set_in(msgspec.structs.replace(page, path=path), **fields)


def home(**fields: Any) -> Page:
    page = Page(
        path="index.html",
        kind="home",
        data=msgspec.structs.replace(digest(SECOND, abstracts=False), whole=False),
        head=Head(title="", description="", section="index.html"),
    )
    return set_in(page, **fields)


def archive(**fields: Any) -> Page:
    months = (ArchiveMonth(first=date(2025, 5, 1), papers=5, days=tuple(DAYS.values())),)
    data = ArchivePage(
        papers=5,
        days=2,
        first=FIRST,
        last=SECOND,
        years=(ArchiveYear(year=2025, papers=5, days=2, months=months),),
        undated=Link(label="2", path="days/undated.html"),
        undated_papers=2,
    )
    head = Head(title="Archive", description="All days.", section="archive.html")
    return set_in(Page(path="archive.html", kind="archive", data=data, head=head), **fields)


def topic(number: int = 1, **fields: Any) -> Page:
    path = REASONING.path if number == 1 else "topics/reasoning-2.html"
    first = number == 1
    data = TopicPage(
        name="Reasoning",
        path=REASONING.path,
        description="Thinking & its <limits>.",
        rule="A paper is here when its title has “reason”.",
        papers=5 if first else 0,
        share=0.125 if first else 0,
        dates="8 to 12 May 2025",
        groups=(
            PaperGroup(
                slug=f"d{SECOND}", path=DAYS[SECOND].path, day=SECOND, papers=_numbered(card("c"))
            ),
            PaperGroup(
                slug="undated", path="days/undated.html", papers=_numbered(card("a"), start=2)
            ),
        ),
        newer=None if first else Link(label="12 May 2025", path=REASONING.path),
        older=Link(label="8 May 2025", path="topics/reasoning-2.html") if first else None,
        first=first,
    )
    feeds = (
        Link(label="Reasoning, RSS", path="topics/reasoning.rss.xml"),
        Link(label="Reasoning, Atom", path="topics/reasoning.atom.xml"),
    )
    head = Head(
        title="Reasoning",
        description="",
        section="topics/index.html",
        feeds=feeds if first else (),
    )
    return set_in(Page(path=path, kind="topic", data=data, head=head), **fields)


def feed_row(name: str, path: str, by_day: bool = True) -> FeedRow:
    names = (("RSS", "rss.xml"), ("Atom", "atom.xml"), ("JSON Feed", "feed.json"))
    of_papers = tuple(Link(label=label, path=f"{path}.{file}") for label, file in names)
    of_days = tuple(Link(label=label, path=f"{path}.days.{file}") for label, file in names)
    return FeedRow(
        name=name,
        about="What <it> is about",
        path=REASONING.path if path.startswith("topics/") else "",
        count=1234,
        papers=of_papers,
        days=of_days if by_day else (),
    )


def subscribe(**fields: Any) -> Page:
    data = SubscribePage(
        site=feed_row("Small", "all"),
        groups=(
            ("Saved searches", (feed_row("Anna & Bo", "feeds/anna", by_day=False),)),
            ("Topics", tuple(feed_row(f"Topic {n}", "topics/reasoning") for n in range(3))),
        ),
        opml="feeds.opml",
        archived=True,
        form=MailForm(action="https://mail.example.org/x?a&b", field="EMAIL", hidden=(("l", "&"),)),
    )
    feeds = tuple(
        link
        for row in (data.site, *(row for _, rows in data.groups for row in rows))
        for link in (*row.papers, *row.days)
    )
    opml = Link(label="All", path="feeds.opml")
    head = Head(
        title="Subscribe",
        description="Feeds.",
        section="subscribe.html",
        feeds=(*dict.fromkeys(feeds), opml),
    )
    return set_in(Page(path="subscribe.html", kind="subscribe", data=data, head=head), **fields)


def search(**fields: Any) -> Page:
    data = SearchPage(papers=6, has_topics=True, example="a & b", index='{"name": "<&>"}')
    head = Head(title="Search", description="Search.", section="search.html")
    return set_in(Page(path="search.html", kind="search", data=data, head=head), **fields)


FEEDS = (Link(label="Trending, Atom", path="atom.xml"),)


def trending() -> Page:
    papers = tuple(
        RankedPaper(card=card(name), reasons=("57 votes", "in 2 lists") if name == "a" else ())
        for name in "ab"
    )
    rankings = tuple(
        Ranking(
            slug=slug,
            name=name,
            dates="29 September to 31 October 2025",
            papers=papers,
            feeds=FEEDS,
        )
        for slug, name in (("today", "Today"), ("month", "This month"))
    )
    head = Head(title="Trending", description="What drew interest.", section="trending.html")
    data = TrendingPage(rankings=rankings)
    return Page(path="trending.html", kind="trending", data=data, head=head)


def plain(path: str, kind: str, data: Any) -> Page:
    return Page(path=path, kind=kind, data=data, head=Head(title="T", description="D", index=False))


def pages() -> list[Page]:
    """A whole site of every kind: all links between its pages lead somewhere."""
    video = topic(newer=None, older=None, name=VIDEO.label, path=VIDEO.path)
    rows = (
        TopicRow(name="Reasoning", path=REASONING.path, papers=5, description="x", newest=SECOND),
        TopicRow(name="Video & film", path=VIDEO.path, papers=1, description="", newest=None),
        TopicRow(name="Not yet", path="topics/none.html", papers=0, description="", newest=None),
    )
    return [
        home(),
        day(FIRST),
        day(SECOND),
        undated(1),
        undated(2),
        *(paper(name) for name in "abcde"),
        archive(),
        topic(1),
        topic(2),
        msgspec.structs.replace(video, path=VIDEO.path),
        Page(
            path="topics/index.html",
            kind="topics",
            data=TopicsPage(topics=rows, papers=6, unassigned=2),
            head=Head(title="Topics", description="All topics.", section="topics/index.html"),
        ),
        subscribe(),
        search(),
        trending(),
        plain("reading-list.html", "reading", EmptyPage()),
        plain("papers/xy/gone.html", "withdrawn", WithdrawnPage(reason="A copy.")),
        Page(
            path="about.html",
            kind="text",
            data=TextPage(title="About & more", html="<p>Made of <b>words</b>.</p>"),
            head=Head(title="About & more", description="About.", section="about.html"),
        ),
        Page(
            path="404.html",
            kind="404",
            data=EmptyPage(),
            head=Head(title="Not found", description="Not found.", index=False),
        ),
        Page(
            path="papers/xy/old-name.html",
            kind="redirect",
            data=RedirectPage(title="A paper named a", path="papers/2505/a.html"),
            head=Head(title="A paper named a", description="", index=False),
        ),
    ]


def empty() -> Page:
    """The home page of a site without papers."""
    return Page(
        path="index.html",
        kind="empty",
        data=EmptyPage(),
        head=Head(title="", description="", section="index.html"),
    )
