"""Themes: finding one, its templates and assets, and what each kind of page depends on.

A theme is a folder: one template per kind of page (`paper.html`, `day.html` …), whatever they
extend, include or import, and the files they refer to by `{{ asset('style.css') }}`. A folder
of one's own needs to hold only what differs from the default theme. Reading folders is all that
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
import jinja2.meta

from .. import theme_folders
from ..errors import SitegenError
from ..model import Artifact, Value
from ..theme_folders import TEMPLATE
from .scripts import asset_path, published
from .template_errors import explained

# The code that turns templates into bytes: a change of it renders everything again.
CODE: Final = ("compiler.py", "filters.py", "html.py", "scripts.py", "theme.py")


class Template(Value, frozen=True, kw_only=True):
    """A template's text, and the file it was read from for messages."""

    file: str
    text: str


class Theme(Value, frozen=True, kw_only=True):
    """A theme: its templates, and its assets as they are published, by the names of their files."""

    name: str
    templates: dict[str, Template]
    files: dict[str, bytes]

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
            references = _references(self.templates[name])
            if references is None:
                return set(self.templates)
            ahead.extend(references)
        return reached


def find(name: str) -> Theme:
    """The theme of that name, or in that folder, completed by the default theme.

    Raises UsageError for one that is neither.
    """
    templates: dict[str, Template] = {}
    files: dict[str, bytes] = {}
    for path in theme_folders.files(name):
        if path.suffix == TEMPLATE:
            templates.setdefault(path.name, _template(path))
        else:
            files.setdefault(path.name, path.read_bytes())
    return Theme(name=name, templates=templates, files=published(files))


def _template(path: Path) -> Template:
    try:
        return Template(file=str(path), text=path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SitegenError(
            "the template is not UTF-8", hint="save it as UTF-8", file=str(path)
        ) from error


@lru_cache(maxsize=256)
def _references(template: Template) -> frozenset[str] | None:
    """The templates that this one names; None where a name is computed."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(template.text, None, template.file)
    except jinja2.TemplateError as error:
        raise explained(error) from error
    names = set(jinja2.meta.find_referenced_templates(tree))
    return None if None in names else frozenset(name for name in names if name)


@lru_cache(maxsize=1)
def _code_digest() -> bytes:
    digest = hashlib.sha256(version("jinja2").encode())
    for name in CODE:
        digest.update(pkgutil.get_data(__package__ or "", name) or b"")
    return digest.digest()
