"""Editorial pages, 404.html, assets, static files, robots.txt: what does not come from dumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from ..model import Artifact, Value
from ..pages import EmptyPage, FilePage, Head, Page, PlainPage, SiteView, TextPage
from .bundle import Bundle, facts, facts_of

READING: Final = "reading-list.html"


class Text(Value, frozen=True, kw_only=True):
    """An editorial page as it was found: its HTML is made on demand."""

    path: str
    title: str
    description: str
    menu: str  # its name in the navigation; "" when it isn't there
    footer: bool  # whether the footer leads to it
    digest: bytes
    html: Callable[[], str]


class StaticFile(Value, frozen=True, kw_only=True):
    """A file to copy: read on demand."""

    path: str
    digest: bytes
    read: Callable[[], bytes]


def text_bundles(texts: tuple[Text, ...]) -> Iterator[Bundle]:
    """A bundle for each editorial page."""
    for text in texts:
        yield Bundle(
            name=f"text/{text.path}",
            facts=facts(text.path, text.digest),
            kinds=frozenset({"text"}),
            size=1,
            make=partial(_text, text),
        )


def _text(text: Text) -> Iterator[Page]:
    yield Page(
        path=text.path,
        kind="text",
        data=TextPage(title=text.title, html=text.html()),
        head=Head(title=text.title, description=text.description, section=text.path),
    )


def fixed_bundles(
    assets: tuple[Artifact, ...], static: tuple[StaticFile, ...], site: SiteView
) -> Iterator[Bundle]:
    """404.html; the reading list; the theme's assets; the project's static files; .nojekyll."""
    words = site.words
    head = Head(title=words("missing.head"), description=words("missing.about"), index=False)
    missing = Page(path="404.html", kind="404", data=EmptyPage(), head=head)
    yield Bundle(
        name="404",
        facts=b"",
        kinds=frozenset({"404"}),
        size=1,
        make=lambda: iter((missing,)),
    )
    if site.reading:
        head = Head(title=words("reading.title"), description=words("reading.privacy"), index=False)
        kept = Page(path=site.reading, kind="reading", data=EmptyPage(), head=head)
        yield Bundle(
            name="reading",
            facts=b"",
            kinds=frozenset({"reading"}),
            size=1,
            make=lambda: iter((kept,)),
        )
    yield Bundle(
        name="assets",
        facts=facts_of([(asset.path, asset.data) for asset in assets]),
        kinds=frozenset({"file"}),
        size=len(assets),
        make=lambda: (
            Page(path=asset.path, kind="file", data=FilePage(data=asset.data)) for asset in assets
        ),
    )
    yield Bundle(
        name="static",
        facts=facts_of([(file.path, file.digest) for file in static]),
        kinds=frozenset({"file"}),
        size=1 + len(static),
        make=partial(_static, static),
    )


def _static(static: tuple[StaticFile, ...]) -> Iterator[Page]:
    # GitHub Pages would leave out folders whose names begin with "_" otherwise.
    if all(file.path != ".nojekyll" for file in static):
        yield Page(path=".nojekyll", kind="plain", data=PlainPage(text=""))
    for file in static:
        yield Page(path=file.path, kind="file", data=FilePage(data=file.read()))
