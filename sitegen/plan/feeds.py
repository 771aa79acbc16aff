"""rss.xml, atom.xml and the topics' feeds: the newest papers that were listed on a day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from .. import feed_ids
from ..model import Paper, Value
from ..pages import FeedEntry, FeedPage, Page, WebLink
from .bundle import Bundle, facts, facts_of
from .scene import Scene, abstract_html, excerpt, id_links, lead_of, pdf_url, topic_path

FORMATS = ("rss", "atom")


class Feed(Value, frozen=True, kw_only=True):
    """A feed in every format: what it is about, and the papers it holds, newest first."""

    prefix: str  # of its files' paths
    html_path: str  # the page that shows the same
    title: str
    about: str
    papers: tuple[Paper, ...]


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for the site's feeds and one for those of each topic; none that would be empty."""
    return (_bundle(scene, feed) for feed in _feeds(scene) if feed.papers)


def _feeds(scene: Scene) -> Iterator[Feed]:
    yield Feed(
        prefix="",
        html_path="index.html",
        title=scene.site.title,
        about=scene.site.description,
        papers=scene.site_feed,
    )
    for slug, papers in scene.on_topic.items():
        topic = scene.topics[slug]
        yield Feed(
            prefix=f"topics/{slug}.",
            html_path=topic_path(slug),
            title=f"{scene.site.title}: {topic.name}",
            about=topic.description or f"Papers on {topic.name}.",
            papers=scene.newest(papers),
        )


def _bundle(scene: Scene, feed: Feed) -> Bundle:
    stamps = [scene.stamps[paper.key] for paper in feed.papers]
    return Bundle(
        name=f"feeds/{feed.prefix.rstrip('.') or 'site'}",
        facts=facts(
            scene.feed_id,
            feed.title,
            feed.about,
            *(paper.digest for paper in feed.papers),
            facts_of([stamps, [paper.topics for paper in feed.papers]]),
        ),
        kinds=frozenset({"feed"}),
        size=len(FORMATS) * (1 + len(feed.papers) // 8),
        make=partial(_pages, scene, feed),
    )


def _pages(scene: Scene, feed: Feed) -> Iterator[Page]:
    entries = tuple(_entry(scene, paper) for paper in feed.papers)
    for form in FORMATS:
        path = f"{feed.prefix}{form}.xml"
        data = FeedPage(
            format=form,
            id=feed_ids.feed_page_id(scene.feed_id, path),
            title=feed.title,
            description=feed.about,
            html_path=feed.html_path,
            updated=max(entry.updated for entry in entries),
            entries=entries,
        )
        yield Page(path=path, kind="feed", data=data)


def _entry(scene: Scene, paper: Paper) -> FeedEntry:
    stamp = scene.stamps[paper.key]
    links = list(id_links(paper))
    if pdf := pdf_url(paper):
        links.append(WebLink(label="PDF", url=pdf))
    if paper.code:
        links.append(WebLink(label="Code", url=paper.code))
    return FeedEntry(
        id=feed_ids.entry_id(scene.feed_id, paper.key),
        path=paper.path,
        title=paper.title,
        summary=excerpt(lead_of(paper).text or paper.abstract or paper.title, 400),
        content_html=f"<p>{_plain(abstract_html(paper))}</p>" if paper.abstract else "",
        authors=paper.authors,
        categories=tuple(scene.topics[match.slug].name for match in paper.topics),
        published=stamp,
        updated=stamp,
        links=tuple(links),
    )


def _plain(html: str) -> str:
    """Without the mark of the lead, which needs the site's style sheet."""
    return html.replace('<span class="core">', "").replace("</span>", "")
