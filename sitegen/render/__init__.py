"""Pages to artifacts: the kind of a page says what renders it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from ..cache import Cache
from ..digests import digest_of
from ..pages import CardPage, FilePage, Page, PlainPage, SiteView
from . import cards
from .html import HtmlRenderer
from .theme import Theme

__all__ = ["Renderer", "Theme"]

_MODULES = {"feed": ".feeds", "opml": ".opml", "sitemap": ".sitemap"}
_WITHOUT_THEME = frozenset({"card", "feed", "opml", "sitemap", "plain", "file"})


class Renderer:
    """Renders any page of a site. Pure: the same page gives the same bytes.

    With a cache, templates that were compiled in an earlier build are taken from there.
    """

    def __init__(self, theme: Theme, site: SiteView, cache: Cache | None = None) -> None:
        self._theme = theme
        self._site = site
        self._cache = cache
        self._html: HtmlRenderer | None = None

    def __reduce__(self) -> tuple[type[Renderer], tuple[Theme, SiteView]]:
        """The cache stays at home: another machine does not have it."""
        return type(self), (self._theme, self._site)

    def fingerprint(self, kind: str) -> str:
        """A digest of what renders a kind of page, its data and the site aside."""
        if kind == "card":
            ground = self._theme.files.get(cards.GROUND, b"")
            own = b"" if self._site.cards == cards.OWN_FONT else Path(self._site.cards).read_bytes()
            return digest_of(ground + own + version("pillow").encode()).hex()
        return "" if kind in _WITHOUT_THEME else self._theme.fingerprint(kind)

    def prepare(self, kinds: Iterable[str]) -> None:
        """Load what renders these kinds of page: before processes are forked, once for all."""
        wanted = set(kinds)
        if "feed" in wanted:
            from . import feeds  # noqa: F401
        self._pages().prepare(sorted(wanted - _WITHOUT_THEME))

    def render(self, page: Page) -> bytes:
        """The bytes of a page's file. Raises SitegenError for an error in a template."""
        if page.kind in _MODULES:  # each is loaded by the first page that needs it
            module = import_module(_MODULES[page.kind], __package__)
            data: bytes = module.render(page, self._site)
            return data
        if isinstance(page.data, CardPage):
            return cards.render(page.data, self._theme.files.get(cards.GROUND))
        if isinstance(page.data, PlainPage):
            return page.data.text.encode()
        if isinstance(page.data, FilePage):
            return page.data.data
        return self._pages().render(page)

    def _pages(self) -> HtmlRenderer:
        if self._html is None:
            self._html = HtmlRenderer(self._theme, self._site, self._cache)
        return self._html
