"""rss.xml, atom.xml and the topics' feeds: the newest papers that were listed on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from .. import feed_ids
from ..model import Paper
from ..pages import FeedEntry, FeedPage, Page, WebLink
from .bundle import Bundle, facts, facts_of
from .scene import Scene, abstract_html, excerpt, id_links, lead_of, pdf_url, topic_path

FORMATS = ("rss", "atom")


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for the site's feeds and one for those of each topic; none that would be empty."""
    if scene.site_feed:
        yield _bundle(
            scene, scene.site_feed, "", "index.html", scene.site.title, scene.site.description
        )
    for slug, papers in scene.on_topic.items():
        topic = scene.topics[slug]
        entries = scene.newest(papers)
        if entries:
            title = f"{scene.site.title}: {topic.name}"
            about = topic.description or f"Papers on {topic.name}."
            yield _bundle(scene, entries, f"topics/{slug}.", topic_path(slug), title, about)


def _bundle(
    scene: Scene, papers: Sequence[Paper], prefix: str, html_path: str, title: str, about: str
) -> Bundle:
    stamps = [scene.stamps[paper.key] for paper in papers]
    return Bundle(
        name=f"feeds/{prefix.rstrip('.') or 'site'}",
        facts=facts(
            scene.feed_id,
            title,
            about,
            *(paper.digest for paper in papers),
            facts_of([stamps, [paper.topics for paper in papers]]),
        ),
        kinds=frozenset({"feed"}),
        size=len(FORMATS) * (1 + len(papers) // 8),
        make=partial(_pages, scene, papers, prefix, html_path, title, about),
    )


def _pages(
    scene: Scene, papers: Sequence[Paper], prefix: str, html_path: str, title: str, about: str
) -> Iterator[Page]:
    entries = tuple(_entry(scene, paper) for paper in papers)
    for form in FORMATS:
        path = f"{prefix}{form}.xml"
        data = FeedPage(
            format=form,
            id=feed_ids.feed_page_id(scene.feed_id, path),
            title=title,
            description=about,
            html_path=html_path,
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
        summary=excerpt(lead_of(paper.abstract).text or paper.abstract or paper.title, 400),
        content_html=f"<p>{_plain(abstract_html(paper.abstract))}</p>" if paper.abstract else "",
        authors=paper.authors,
        categories=tuple(scene.topics[match.slug].name for match in paper.topics),
        published=stamp,
        updated=stamp,
        links=tuple(links),
    )


def _plain(html: str) -> str:
    """Without the mark of the lead, which needs the site's style sheet."""
    return html.replace('<span class="core">', "").replace("</span>", "")
