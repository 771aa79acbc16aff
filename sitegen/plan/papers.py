"""papers/SHARD/KEY.html: a page per paper, bundled by the month of its birth; redirects."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from .. import citation
from ..model import Listing, Paper, Withdrawn
from ..pages import (
    Head,
    Link,
    ListingRow,
    OtherAbstract,
    Page,
    PaperPage,
    RedirectPage,
    TopicReason,
    WebLink,
    WithdrawnPage,
)
from .bundle import Bundle, facts, facts_of
from .scene import (
    Scene,
    abstract_html,
    day_path,
    excerpt,
    id_links,
    lead_of,
    marked,
    pdf_url,
    shown_key,
    topic_path,
)


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle per month; undated papers by the first letter of their folder."""
    months: dict[str, list[Paper]] = {}
    for paper in scene.library.papers:
        born = paper.born
        month = f"{born:%Y-%m}" if born else f"undated-{paper.path[7]}"
        months.setdefault(month, []).append(paper)
    for month, papers in months.items():
        yield Bundle(
            name=f"papers/{month}",
            facts=facts(*_facts(scene, papers)),
            kinds=frozenset({"paper", "redirect"}),
            size=sum(1 + len(paper.redirects) for paper in papers),
            make=lambda papers=papers: _pages(scene, papers),  # type: ignore[misc]
        )


def former_bundles(scene: Scene, ways: tuple[tuple[str, str], ...]) -> Iterator[Bundle]:
    """Pages at the addresses of what is no more: papers that an editor hid, aliases."""
    withdrawn = scene.library.withdrawn
    if withdrawn:
        yield Bundle(
            name="withdrawn",
            facts=facts_of(withdrawn),
            kinds=frozenset({"withdrawn"}),
            size=len(withdrawn),
            make=lambda: (_withdrawn(path, gone) for gone in withdrawn for path in gone.paths),
        )
    if ways:
        yield Bundle(
            name="aliases",
            facts=facts_of(ways),
            kinds=frozenset({"redirect"}),
            size=len(ways),
            make=lambda: (_redirect(path, to, to) for path, to in ways),
        )


def _withdrawn(path: str, gone: Withdrawn) -> Page:
    head = Head(title="Withdrawn", description="This paper was withdrawn.", index=False)
    return Page(path=path, kind="withdrawn", data=WithdrawnPage(reason=gone.reason), head=head)


def _redirect(path: str, to: str, title: str) -> Page:
    head = Head(title=title, description="", canonical=to, index=False)
    return Page(path=path, kind="redirect", data=RedirectPage(title=title, path=to), head=head)


def _facts(scene: Scene, papers: list[Paper]) -> Iterator[bytes]:
    # What a page shows beside its paper: its neighbours, its topics, and where it redirects from.
    born: set[object] = set()
    for paper in papers:
        yield paper.digest
        if paper.born not in born:
            born.add(paper.born)
            layout = scene.layout(paper.born)
            yield facts_of([(spot.entry.paper.path, spot.entry.paper.title) for spot in layout])
    yield facts_of([(paper.redirects, paper.topics) for paper in papers])
    if any(paper.born is None for paper in papers):
        yield facts_of([scene.undated_path(paper.key) for paper in papers])


def _pages(scene: Scene, papers: list[Paper]) -> Iterator[Page]:
    for paper in papers:
        yield page(scene, paper)
        for _, path in paper.redirects:
            yield _redirect(path, paper.path, paper.title)


def page(scene: Scene, paper: Paper) -> Page:
    """The page of one paper."""
    layout = scene.layout(paper.born)
    place = scene.place_of(paper)
    data = PaperPage(
        key=shown_key(paper),
        title=paper.title,
        authors=paper.authors,
        abstract_html=abstract_html(paper),
        day=scene.day_links.get(paper.born) if paper.born else None,
        undated_path="" if paper.born else scene.undated_path(paper.key),
        position=layout[place].number,
        published=paper.published,
        ids=id_links(paper),
        pdf=pdf_url(paper),
        code=_repository(paper.code),
        project=_website(paper.project),
        venue=paper.venue,
        topics=tuple(
            TopicReason(
                name=scene.topics[match.slug].name,
                path=topic_path(match.slug),
                words=match.words,
            )
            for match in paper.topics
        ),
        listings=tuple(_row(scene, paper, listing) for listing in paper.listings),
        versions=tuple(
            OtherAbstract(source=other.source, file=other.file, html=marked(other.abstract))
            for other in paper.versions
        ),
        previous=_turn(layout[place - 1].entry.paper) if place else None,
        next=_turn(layout[place + 1].entry.paper) if place + 1 < len(layout) else None,
        bibtex=citation.bibtex(paper),
    )
    head = Head(
        title=paper.title,
        description=excerpt(lead_of(paper).text or paper.title),
        section="archive.html",
        kind="article",
    )
    return Page(path=paper.path, kind="paper", data=data, head=head)


def _row(scene: Scene, paper: Paper, listing: Listing) -> ListingRow:
    return ListingRow(
        day=listing.day,
        path=day_path(listing.day) if listing.day else scene.undated_path(paper.key),
        source=listing.source,
        curator=listing.curator,
        url=listing.url,
        file=listing.file,
        place=listing.place + 1,
        of=listing.of,
    )


def _turn(paper: Paper) -> Link:
    return Link(label=paper.title, path=paper.path)


def _website(url: str) -> WebLink | None:
    if not url:
        return None
    parts = urlsplit(url)
    label = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
    return WebLink(label=excerpt(label, 40) or url, url=url)


def _repository(url: str) -> WebLink | None:
    link = _website(url)
    if link is None or not link.label.startswith("github.com/"):
        return link
    return WebLink(label=link.label.removeprefix("github.com/"), url=url)
