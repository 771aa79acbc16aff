"""Themes: finding one, its templates and assets, and what each kind of page depends on.

A theme is a folder: one template per kind of page (`paper.html`, `day.html` …), whatever they
extend, include or import, and the files they refer to by `{{ asset('style.css') }}`. It needs to
hold only what differs from the theme that it inherits from: `day.html` then is its own or else the
inherited one, `paper/day.html` always that of the theme `paper`. Reading folders is all that
this module touches; a `Theme` is a value from then on, so that it travels to other processes.
"""

from __future__ import annotations

import hashlib
import pkgutil
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import jinja2
import msgspec

from .. import theme_folders
from ..cache import Cache
from ..errors import SitegenError
from ..i18n.messages import english
from ..i18n.words import Words
from ..model import Artifact, Value
from ..theme_folders import TEMPLATE
from . import colours
from .scripts import asset_path, published
from .template_errors import explained
from .templates import Look, Looks, Template, look, looks

# The code that turns templates into bytes: a change of it renders everything again.
CODE: Final = (
    "compiler.py", "filters.py", "html.py", "scripts.py", "templates.py", "theme.py", "worded.py",
)  # fmt: skip


class Theme(Value, frozen=True, kw_only=True):
    """A theme: its templates, and its assets as they are published, by the names of their files."""

    name: str
    templates: dict[str, Template]
    files: dict[str, bytes]
    looks: Looks = msgspec.field(default_factory=dict)  # what is known of templates already

    def asset_path(self, name: str) -> str:
        """Where an asset stands in the built folder: a name that changes with its bytes.

        Raises SitegenError for an asset that the theme doesn't have.
        """
        data = self.files.get(name)
        if data is None:
            known = ", ".join(sorted(self.files)) or "none"
            raise SitegenError(f"the theme has no asset {name!r}", hint=f"its assets: {known}")
        return asset_path(name, data)

    def assets(self) -> list[Artifact]:
        """The files that the theme's pages refer to, in the order of their names."""
        return [
            Artifact(path=self.asset_path(name), data=data)
            for name, data in sorted(self.files.items())
        ]

    def shows(self, kind: str) -> bool:
        """Whether it has a template for a kind of page; some kinds need none."""
        return f"{kind}{TEMPLATE}" in self.templates

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of pages that it has templates for."""
        return frozenset(name.removesuffix(TEMPLATE) for name in self.templates)

    def fingerprint(self, kind: str) -> str:
        """A digest of all that pages of this kind depend on, their data and the site aside.

        That is the template with all that it extends, includes and imports, the names of the
        assets, Jinja's version, and the code here. Raises SitegenError for a kind without a
        template and for a template that cannot be read.
        """
        digest = hashlib.sha256(_code_digest())
        for name in sorted(self.closure(f"{kind}{TEMPLATE}")):
            digest.update(f"\0{name}\0{self.templates[name].text}".encode())
        for name in sorted(self.files):
            digest.update(f"\0{self.asset_path(name)}".encode())
        return digest.hexdigest()

    def varying(self, first: str) -> set[str]:
        """The blocks of a template, and of all that it reaches, in which pages differ."""
        try:
            names = self.closure(first)
        except SitegenError:  # who meets what is wrong while rendering can say where
            names = set(self.templates)
        reached = (self.templates[name] for name in names)
        return {block for template in reached for block in self._look(template).varying}

    def _look(self, template: Template) -> Look:
        return self.looks.get(template.digest) or look(template)

    def closure(self, first: str) -> set[str]:
        """The template and those it reaches; all there are where a name is computed."""
        reached: set[str] = set()
        ahead = [first]
        while ahead:
            name = ahead.pop()
            if name in reached:
                continue
            if name not in self.templates:
                raise explained(jinja2.TemplateNotFound(name), theme=self.name)
            reached.add(name)
            references = self._look(self.templates[name]).references
            if references is None:
                return set(self.templates)
            ahead.extend(references)
        return reached


def find(name: str, words: Words | None = None, cache: Cache | None = None) -> Theme:
    """The theme of that name, or in that folder, with all that it inherits.

    `words` are the texts of its scripts, English ones where there are none. What the cache has of
    its templates is not made again. Raises UsageError for one that is neither.
    """
    templates: dict[str, Template] = {}
    files: dict[str, bytes] = {}
    folders = theme_folders.chain(name)
    for place, folder in enumerate(folders):
        for path in folder.files():
            if path.suffix != TEMPLATE:
                files.setdefault(path.name, path.read_bytes())
                continue
            template = _template(path)
            templates.setdefault(path.name, template)
            if place:  # what is overridden can still be extended
                templates[f"{folder.name}/{path.name}"] = template
    colours.override(files, folders)
    return Theme(
        name=name,
        templates=templates,
        files=published(files, words or english()),
        looks=looks(templates.values(), cache) if cache else {},
    )


def _template(path: Path) -> Template:
    try:
        return Template(file=str(path), text=path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SitegenError(
            "the template is not UTF-8", hint="save it as UTF-8", file=str(path)
        ) from error


@lru_cache(maxsize=1)
def _code_digest() -> bytes:
    digest = hashlib.sha256(version("jinja2").encode())
    for name in CODE:
        digest.update(pkgutil.get_data(__package__ or "", name) or b"")
    return digest.digest()
