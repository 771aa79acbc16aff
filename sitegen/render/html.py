"""Pages to HTML: `HtmlRenderer(theme, site).render(page)` gives the bytes of a page's file.

Pure: the same theme, site and page give the same bytes, and nothing is read or written.

Templates use ordinary inheritance (`{% extends "base.html" %}` and blocks). What stands outside of
the blocks, and in blocks that name nothing of the page, depends on the site and on where the page
stands, so that it is rendered once for each *seat* (kind of page, depth, current section) and kept
as a `Shell`: the texts between the other blocks. A page then costs those blocks only. Theme
authors meet one rule: outside of blocks there are `site`, `root`, `section`, `kind` and `asset()`,
but no `page`, `head`, `path`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from ..cache import Cache
from ..errors import SitegenError
from ..pages import Head, Page, SiteView
from ..theme_folders import TEMPLATE
from .compiler import Compiler, Plain, Template
from .filters import TESTS, filters
from .template_errors import explained
from .templates import Compiled
from .templates import Template as Source
from .theme import Theme
from .worded import NAME

Block = Callable[[Context], Iterator[str]]

NOT_FOUND: Final = "404"
# Stands in a shell for a block while the texts around it are rendered. NUL is in no document.
_MARK: Final = "\0{}\0"
_MARKS: Final = re.compile("\0([^\0]*)\0")


class Shell(NamedTuple):
    """A template rendered but for its blocks.

    `pieces` are texts, each with the block that follows it; `tail` ends the page. `names` is
    what the templates set or imported at their top level; `blocks` are all blocks by name, the
    innermost template's first, as Jinja wants them for `super()`.
    """

    template: jinja2.Template
    pieces: tuple[tuple[bytes, Block], ...]
    tail: bytes
    names: dict[str, Any]
    blocks: dict[str, list[Block]]


class HtmlRenderer:
    """Renders the pages of one site with one theme."""

    def __init__(self, theme: Theme, site: SiteView, cache: Cache | None = None) -> None:
        self.theme = theme
        self.site = site
        self._environment = _environment(theme, site, direct=True)
        if cache is not None:
            self._environment.bytecode_cache = Compiled(cache, site.words)
        self._shells: dict[tuple[str, str, str], Shell] = {}

    def __reduce__(self) -> tuple[type[HtmlRenderer], tuple[Theme, SiteView]]:
        """Compiled templates stay at home: another process makes its own."""
        return type(self), (self.theme, self.site)

    def prepare(self, kinds: Iterable[str]) -> None:
        """Compile the templates of these kinds; raises as `render` does."""
        try:
            for kind in kinds:
                for name in sorted(self.theme.closure(f"{kind}{TEMPLATE}")):
                    self._environment.get_template(name)
        except Exception as error:
            raise explained(error, theme=self.theme.name) from error

    def render(self, page: Page) -> bytes:
        """The page's file. Raises SitegenError, with file and line, for an error in a template."""
        try:
            try:
                return self._render(page)
            except AttributeError:  # where something may not be there, Jinja's own way is needed
                self._environment = _environment(self.theme, self.site, direct=False)
                self._shells.clear()
                return self._render(page)
        except Exception as error:
            raise explained(error, theme=self.theme.name) from error

    def _render(self, page: Page) -> bytes:
        head = page.head or Head(title="", description="")
        seat = (page.kind, self._root(page), head.section)
        shell = self._shells.get(seat) or self._shells.setdefault(seat, self._shell(*seat))
        context = shell.template.new_context(
            {**shell.names, "page": page.data, "head": head, "path": page.path}, shared=True
        )
        context.blocks = shell.blocks
        out: list[bytes] = []
        for text, block in shell.pieces:
            # Block by block: text in one alphabet is encoded several times faster than
            # a page whose frame has another. Lone surrogates end as question marks.
            out += text, "".join(block(context)).encode(errors="replace")
        out.append(shell.tail)
        return b"".join(out)

    def _root(self, page: Page) -> str:
        """What leads from the page to the built folder: "../../".

        A page that is shown at any depth needs the site's absolute path, if that is known.
        """
        if page.kind == NOT_FOUND and self.site.base_url:
            return urlsplit(self.site.base_url).path or "/"
        return "../" * page.path.count("/")

    def _shell(self, kind: str, root: str, section: str) -> Shell:
        template = self._environment.get_template(f"{kind}{TEMPLATE}")
        names = {
            **template.globals,
            "site": self.site, "root": root, "section": section, "kind": kind,
        }  # fmt: skip
        context = template.new_context(names, shared=True)
        varying = self.theme.varying(template.name or "")
        marked = context.blocks = _Marked(template.blocks, context, varying)
        texts = _MARKS.split("".join(template.root_render_func(context)))
        changed = [text for text in texts[1::2] if text not in marked]
        changed += [text for text in texts[::2] if "\0" in text]
        if changed:
            raise SitegenError(
                f"outside of blocks, the text of a block was changed: {changed[0]!r}",
                hint="put what changes it into a block",
                file=template.filename or "",
            )
        blocks = {name: found[name in varying :] for name, found in marked.items()}
        *before, tail = (text.encode() for text in texts[::2])
        pieces = tuple(zip(before, (blocks[name][0] for name in texts[1::2]), strict=True))
        return Shell(template, pieces, tail, {**names, **context.vars}, blocks)


class _Marked(dict[str, list[Block]]):
    """The blocks of a template, each in which pages differ with one in front that writes a mark.

    Jinja puts the blocks of the templates that are extended behind them, through `setdefault`.
    """

    def __init__(
        self, blocks: Mapping[str, Block], context: Context, varying: Collection[str]
    ) -> None:
        super().__init__()
        self.context = context
        self.varying = varying
        for name, block in blocks.items():
            self.setdefault(name, []).append(block)

    def setdefault(self, name: str, default: list[Block] | None = None, /) -> list[Block]:
        """The blocks of this name: a mark to begin with."""
        front = [self._mark(name)] if name in self.varying else []
        return super().setdefault(name, [*front, *(default or [])])

    def _mark(self, name: str) -> Block:
        def block(context: Context) -> Iterator[str]:
            if context is not self.context:
                raise SitegenError(
                    f"the block {name!r} stands in a loop outside of blocks",
                    hint="put a block around the loop",
                )
            yield _MARK.format(name)

        return block


class _Loader(jinja2.BaseLoader):
    """Gives Jinja the templates of a theme under the names of their files."""

    def __init__(self, templates: Mapping[str, Source]) -> None:
        self.templates = templates

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002 -- Jinja's protocol
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Jinja's protocol: the text, its file, and a test whether it still holds."""
        found = self.templates.get(template)
        if found is None:
            raise jinja2.TemplateNotFound(template)
        return found.text, found.file, None


def _foreign(site: SiteView) -> Markup:
    """The attribute of what papers' authors wrote, where that is in another language."""
    tag = site.paper_language
    same = tag.split("-")[0].lower() == site.words.language.split("-")[0].lower()
    return Markup("") if same or not tag else Markup(' lang="{}"').format(tag)


def _environment(theme: Theme, site: SiteView, *, direct: bool) -> jinja2.Environment:
    """Jinja as templates meet it: escaping is on, and what is undefined is an error.

    `direct` compiles them in the faster way; see `compiler`.
    """
    environment = jinja2.Environment(
        loader=_Loader(theme.templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.code_generator_class = Compiler if direct else Plain
    if direct:
        environment.template_class = Template
    words = site.words
    environment.filters.update(filters(words))
    environment.tests.update(TESTS)
    environment.globals[NAME] = words
    environment.globals["foreign"] = _foreign(site)
    environment.globals["weekdays"] = words.weekdays
    environment.globals["asset"] = theme.asset_path
    return environment
