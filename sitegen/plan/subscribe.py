"""subscribe.html and feeds.opml: every feed, and the e-mail form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..pages import Head, Link, Page
from ..pages.feeds import FeedOutline, FeedRow, MailForm, OpmlPage, SubscribePage
from .bundle import Bundle, facts_of
from .feed_catalogue import Feed
from .feed_paths import OPML, day_links, feed_path, links, paper_links
from .scene import Scene

PATH = "subscribe.html"
_HEADINGS = {"trending": "others_read", "query": "saved", "topic": "topics"}


def bundles(scene: Scene, feeds: Sequence[Feed], *, archived: bool) -> Iterator[Bundle]:
    """The page, where there is a feed or a form; the list for readers, where it can be had.

    The list holds absolute addresses, so there is none without a base_url.
    """
    form = _form(scene)
    words = scene.words
    if not feeds and form is None:
        return
    opml = OPML if feeds and scene.site.base_url else ""
    data = SubscribePage(
        site=next((_row(scene, feed) for feed in feeds if feed.kind == "site"), None),
        groups=tuple(
            (words(f"subscribe.{heading}"), rows)
            for kind, heading in _HEADINGS.items()
            if (rows := tuple(_row(scene, feed) for feed in feeds if feed.kind == kind))
        ),
        opml=opml,
        archived=archived,
        form=form,
    )
    further = links(scene.settings, "", scene.site.title, words) if feeds else ()
    head = Head(
        title=words("subscribe.title"),
        description=words("subscribe.about"),
        section=PATH,
        feeds=tuple(link for link in further if link not in scene.site.feeds),
    )
    yield _of_one(Page(path=PATH, kind="subscribe", data=data, head=head))
    if opml:
        yield _of_one(Page(path=opml, kind="opml", data=_outlines(scene, feeds)))


def _of_one(page: Page) -> Bundle:
    return Bundle(
        name=page.path,
        facts=facts_of([page.data, page.head]),
        kinds=frozenset({page.kind}),
        size=1,
        make=lambda: iter((page,)),
    )


def _row(scene: Scene, feed: Feed) -> FeedRow:
    return FeedRow(
        name=feed.short,
        about=feed.about,
        path=feed.html_path if feed.html_path != PATH else "",
        count=len(feed.papers),
        papers=_short(paper_links(scene.settings, feed.name, "")),
        days=_short(day_links(scene.settings, feed.name, "", scene.words)) if feed.by_day else (),
    )


def _short(found: Sequence[Link]) -> tuple[Link, ...]:
    """Links that say the format alone."""
    return tuple(Link(label=link.label.rpartition(", ")[2], path=link.path) for link in found)


def _form(scene: Scene) -> MailForm | None:
    mail = scene.settings.mail
    if not mail.form_action:
        return None
    return MailForm(
        action=mail.form_action,
        field=mail.form_field,
        hidden=tuple(sorted(mail.form_hidden.items())),
    )


def _outlines(scene: Scene, feeds: Sequence[Feed]) -> OpmlPage:
    """Each feed once in each of the two folders, in the format that says most."""
    formats = scene.settings.feed.formats
    form = "atom" if "atom" in formats else formats[0]
    words = scene.words
    folders = [(words("subscribe.by_paper"), False)]
    if scene.settings.feed.days:
        folders.append((words("subscribe.by_day"), True))
    return OpmlPage(
        title=scene.site.title,
        folders=tuple(
            (
                folder,
                tuple(
                    FeedOutline(
                        title=words("feed.by_day", title=feed.title) if by_day else feed.title,
                        about=feed.about,
                        path=feed_path(feed.name, form, by_day=by_day),
                        html_path=feed.html_path,
                    )
                    for feed in feeds
                    if feed.by_day or not by_day
                ),
            )
            for folder, by_day in folders
        ),
    )
