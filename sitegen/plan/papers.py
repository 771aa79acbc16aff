"""papers/SHARD/KEY.html: a page per paper, bundled by the day of its birth; redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from .. import clean
from ..model import Listing, Paper, Withdrawn
from ..pages import (
    Head,
    Link,
    ListingRow,
    OtherAbstract,
    Page,
    PaperPage,
    RedirectPage,
    RelatedLink,
    TopicReason,
    WebLink,
    WithdrawnPage,
)
from . import metadata, once
from .bundle import Bundle, facts, facts_of
from .scene import (
    Scene,
    abstract_html,
    byline,
    day_path,
    excerpt,
    lead_of,
    marked,
    shown_key,
    topic_path,
)

if TYPE_CHECKING:
    from ..related import Relations
    from .authors import Authors

DESCRIPTION: Final = 100  # characters, of a paper without authors


_WORDS: Final = 3  # that are told of a related paper
_NAMED: Final = 2  # authors in the description


def bundles(
    scene: Scene, related: Relations | None = None, people: Authors | None = None
) -> Iterator[Bundle]:
    """A bundle per day of birth; undated papers by the first letter of their folder."""
    groups: dict[date | str, list[Paper]] = {}
    for paper in scene.library.papers:
        groups.setdefault(paper.born or f"undated-{paper.path[7]}", []).append(paper)
    for group, papers in groups.items():
        day = group if isinstance(group, date) else None
        yield Bundle(
            name=f"papers/{group}",
            facts=facts(
                scene.shown_on(scene.day(day)),
                *_undated(scene, papers, day),
                *([related.facts(papers)] if related else ()),
                *([people.leading(papers)] if people else ()),
            ),
            kinds=frozenset({"paper", "redirect"}),
            size=sum(1 + len(paper.redirects) for paper in papers),
            make=partial(_pages, scene, papers, related, people),
        )


def _undated(scene: Scene, papers: Sequence[Paper], day: date | None) -> Iterator[bytes]:
    """Where undated papers stand, which is told by all that are undated."""
    if day is None:
        yield facts_of([(paper.key, scene.undated_path(paper.key)) for paper in papers])


def former_bundles(scene: Scene, ways: tuple[tuple[str, str], ...]) -> Iterator[Bundle]:
    """Pages at the addresses of what is no more: papers that an editor hid, aliases."""
    withdrawn = scene.library.withdrawn
    if withdrawn:
        yield Bundle(
            name="withdrawn",
            facts=facts_of(withdrawn),
            kinds=frozenset({"withdrawn"}),
            size=len(withdrawn),
            make=lambda: (
                _withdrawn(scene, path, gone) for gone in withdrawn for path in gone.paths
            ),
        )
    if ways:
        yield Bundle(
            name="aliases",
            facts=facts_of(ways),
            kinds=frozenset({"redirect"}),
            size=len(ways),
            make=lambda: (_redirect(path, to, to) for path, to in ways),
        )


def _withdrawn(scene: Scene, path: str, gone: Withdrawn) -> Page:
    words = scene.words
    head = Head(title=words("withdrawn.head"), description=words("withdrawn.about"), index=False)
    return Page(path=path, kind="withdrawn", data=WithdrawnPage(reason=gone.reason), head=head)


def _redirect(path: str, to: str, title: str) -> Page:
    head = Head(title=title, description="", canonical=to, index=False)
    return Page(path=path, kind="redirect", data=RedirectPage(title=title, path=to), head=head)


def _pages(
    scene: Scene, papers: Sequence[Paper], related: Relations | None, people: Authors | None
) -> Iterator[Page]:
    for paper in papers:
        yield page(scene, paper, related, people)
        for _, path in paper.redirects:
            yield _redirect(path, paper.path, clean.reading(paper.title))


def page(
    scene: Scene, paper: Paper, related: Relations | None = None, people: Authors | None = None
) -> Page:
    """The page of one paper."""
    layout = scene.layout(paper.born)
    place = scene.place_of(paper)
    details = paper.details
    title = clean.reading(paper.title)
    ids = scene.outgoing.ids(paper)
    data = PaperPage(
        key=shown_key(paper),
        title=title,
        title_html=clean.rich_title(paper.title),
        authors=details.authors,
        byline=people.byline(paper, details.authors) if people else (),
        abstract_html=abstract_html(paper),
        day=scene.day_links.get(paper.born) if paper.born else None,
        undated_path="" if paper.born else scene.undated_path(paper.key),
        position=layout[place].number,
        published=paper.published,
        ids=ids,
        pdf=scene.outgoing.pdf(paper),
        code=_repository(details.code),
        project=_website(details.project),
        venue=details.venue,
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
            for other in details.versions
        ),
        previous=_turn(layout[place - 1].entry.paper) if place else None,
        next=_turn(layout[place + 1].entry.paper) if place + 1 < len(layout) else None,
        bibtex=once.bibtex(paper),
        names=metadata.highwire(paper, details.venue),
        json_ld=(
            metadata.json_ld(paper, title, details) if scene.settings.metadata.json_ld else ""
        ),
        elsewhere=scene.outgoing.elsewhere(paper, title),
        related=_related(paper, details.abstract, related) if related else (),
        followed_by=tuple(map(_turn, related.later(paper))) if related else (),
    )
    head = Head(
        title=title,
        description=_description(scene, paper, details.authors) or title,
        kind="article",
    )
    return Page(path=paper.path, kind="paper", data=data, head=head)


def _description(scene: Scene, paper: Paper, authors: tuple[str, ...]) -> str:
    """Whose paper it is; the abstract says the rest, from which search engines take their own."""
    if authors:
        return byline(authors, scene.words, _NAMED)
    return excerpt(clean.prose(lead_of(paper).text), DESCRIPTION)


def _related(paper: Paper, abstract: str, related: Relations) -> tuple[RelatedLink, ...]:
    from ..related import in_words

    found = related.earlier(paper)
    words = in_words((term for one in found for term in one.terms), paper.title, abstract)
    return tuple(
        RelatedLink(
            label=one.paper.title,
            path=one.paper.path,
            words=tuple(dict.fromkeys(words[term] for term in one.terms if term in words))[:_WORDS],
        )
        for one in found
    )


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
        here=listing.day == paper.born,
    )


def _turn(paper: Paper) -> Link:
    return Link(label=clean.reading(paper.title), path=paper.path)


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
