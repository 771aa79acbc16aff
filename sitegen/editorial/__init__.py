"""What the maintainer writes: Markdown pages, notes on days, files to copy.

Finds them and gives values that the planner takes; Markdown becomes HTML only when a page is
made. The text is the maintainer's own, so that HTML in it stays.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from ..config import Project
from ..dating import iso_date
from ..errors import Problem, UsageError
from ..plan import Notes, StaticFile, Text
from . import links
from .outside import without_opener

_META = re.compile(r"([A-Za-z][\w-]*):[ \t]*+(.*)")
_QUOTED = re.compile(r"^([\"'])(.*)\1$")
_KEYS = frozenset({"title", "description", "menu"})
_HEADING = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_MD_LINK = re.compile(r'((?:href|src)=")(?![a-z][a-z0-9+.-]*:|/|#)([^"#?]+)\.md(["#?])')
_EXTENSIONS = ("attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists",
               "smarty", "tables", "toc")  # fmt: skip
# Characters that a name in a URL and on every file system can have.
_PATH = re.compile(r"[A-Za-z0-9._/-]+")


class Page(NamedTuple):
    """A Markdown file taken apart: what is said about it at its top, and the text."""

    meta: dict[str, str]
    body: str


def split_meta(text: str) -> Page:
    """`key: value` lines at the top, then the text.

    Between two lines `---` they may have any keys, so that pages from elsewhere do; without, only
    the known ones are taken, so that a text which begins "Note: …" stays whole.
    """
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), 0)
        if end:
            found = [_META.fullmatch(line.rstrip()) for line in lines[1:end]]
            return _page([each for each in found if each], lines[end + 1 :])
    meta = []
    for line in lines:
        known = _META.fullmatch(line.rstrip())
        if known is None or known[1].lower() not in _KEYS:
            break
        meta.append(known)
    if any(line.strip() for line in lines[len(meta) : len(meta) + 1]):
        return Page({}, text)
    return _page(meta, lines[len(meta) :])


def _page(meta: Sequence[re.Match[str]], lines: Sequence[str]) -> Page:
    values = {each[1].lower(): _QUOTED.sub(r"\2", each[2].strip()) for each in meta}
    return Page(values, "\n".join(lines).lstrip("\n"))


def texts(project: Project) -> tuple[Text, ...]:
    """The editorial pages under `content/pages/`, by path."""
    found = []
    for path, name in _files(project, "pages"):
        if not name.endswith(".md"):
            continue
        where = f"content/pages/{name}"
        raw = _read(path, where)
        page = split_meta(raw)
        title = page.meta.get("title") or _heading(_FENCE.sub("", page.body)) or Path(name).stem
        found.append(
            Text(
                path=_checked_path(name.removesuffix(".md") + ".html", where),
                title=title,
                description=page.meta.get("description", title),
                menu=page.meta.get("menu", ""),
                footer="/" not in name,
                digest=blake2b(raw.encode(), digest_size=12).digest(),
                html=partial(to_html, page.body, title),
            )
        )
    return tuple(found)


def _heading(body: str) -> str:
    """The first heading of the first rank."""
    found = _HEADING.search(body)
    return found[1].rstrip("# \t") if found else ""


def notes(project: Project) -> tuple[Notes, tuple[Problem, ...]]:
    """The editor's notes under `content/days/`, by day, and files whose name is no day."""
    found: dict[date, tuple[bytes, partial[str]]] = {}
    problems = []
    for path, at in _files(project, "days"):
        name = f"content/days/{at}"
        if not at.endswith(".md"):
            continue
        day = iso_date(path.stem)
        if day is None or at != f"{day}.md":
            problems.append(
                Problem(
                    file=name,
                    line=0,
                    message="the file's name is no date, so the note is on no day",
                    hint="name it YYYY-MM-DD.md",
                )
            )
            continue
        raw = _read(path, name)
        # A note has nothing to be said about it: only what is fenced off as such is left out.
        body = split_meta(raw).body if raw.startswith("---") else raw
        found[day] = (blake2b(raw.encode(), digest_size=12).digest(), partial(to_html, body))
    return found, tuple(problems)


def static(project: Project) -> tuple[StaticFile, ...]:
    """The files under `content/static/`, by path; links to files are followed."""
    found = []
    for path, name in _files(project, "static", hidden=True):
        where = f"content/static/{name}"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _unreadable(error, where) from None
        digest = blake2b(data, digest_size=12).digest()
        found.append(
            StaticFile(path=_checked_path(name, where), digest=digest, read=path.read_bytes)
        )
    return tuple(found)


def dangling(project: Project) -> Iterator[Problem]:
    """Links in pages and notes to Markdown files that are not there."""
    pages = {name: path for path, name in _files(project, "pages") if name.endswith(".md")}
    notes = {f"days/{name}": path for path, name in _files(project, "days") if name.endswith(".md")}
    for name, path in pages.items():
        where = f"content/pages/{name}"
        yield from links.dangling(_read(path, where), where, posixpath.dirname(name), pages)
    for name, path in notes.items():
        where = f"content/{name}"
        yield from links.dangling(_read(path, where), where, "days", pages)


def to_html(body: str, title: str = "") -> str:
    """Markdown as HTML; links to other `.md` files lead to their pages.

    A first heading that repeats the title is left out: the page shows the title itself.
    """
    import markdown

    heading = _HEADING.match(body)
    if heading and _heading(heading[0]) == title:
        body = body[heading.end() :]
    html: str = markdown.markdown(body, extensions=_EXTENSIONS, output_format="html")
    return without_opener(_MD_LINK.sub(_html_link, html))


def _html_link(found: re.Match[str]) -> str:
    return f"{found[1]}{posixpath.normpath(found[2])}.html{found[3]}"


def _files(project: Project, name: str, *, hidden: bool = False) -> list[tuple[Path, str]]:
    """The files of a folder under `content/`, with their paths in it, by these."""
    folder = project.content(name)
    found = []
    for path in folder.rglob("*") if folder else ():
        parts = path.relative_to(folder).parts if folder else ()
        if path.is_file() and (hidden or not any(part.startswith(".") for part in parts)):
            found.append((path, "/".join(parts)))
    return sorted(found, key=lambda file: file[1])


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(error, name) from None


def _unreadable(error: Exception, name: str) -> UsageError:
    if isinstance(error, UnicodeDecodeError):
        return UsageError("this is no UTF-8 text", file=name, hint="save it as UTF-8")
    why = getattr(error, "strerror", "") or str(error)
    return UsageError(f"cannot be read: {why}", file=name, hint="check its permissions")


def _checked_path(path: str, name: str) -> str:
    if _PATH.fullmatch(path) is None:
        raise UsageError(
            "the name of this file makes no address",
            file=os.fsencode(name).decode(errors="replace"),
            hint="use letters a-z, digits, hyphens and dots alone",
        )
    return path
