"""What the maintainer writes: Markdown pages, notes on days, files to copy.

Finds them and gives values that the planner takes; Markdown becomes HTML only when a page is
made. The text is the maintainer's own, so that HTML in it stays.
"""

from __future__ import annotations

import posixpath
import re
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from .config import Project
from .dating import iso_date
from .errors import Problem, UsageError
from .plan import Notes, StaticFile, Text

_META = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*)")
_HEADING = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_MD_LINK = re.compile(r'((?:href|src)=")(?![a-z][a-z0-9+.-]*:|/|#)([^"#?]+)\.md(["#?])')
_EXTENSIONS = ("attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists",
               "smarty", "tables", "toc")  # fmt: skip
# Characters that a name in a URL and on every file system can have.
_PATH = re.compile(r"[A-Za-z0-9._/-]+")


class Page(NamedTuple):
    """A Markdown file taken apart: what stands above the first blank line, and the text."""

    meta: dict[str, str]
    body: str
    line: int  # where the text begins


def split_meta(text: str) -> Page:
    """`key: value` lines at the top, optionally fenced by `---`, then the text."""
    lines = text.split("\n")
    at = 1 if lines[0].strip() == "---" else 0
    meta: dict[str, str] = {}
    while at < len(lines) and (found := _META.fullmatch(lines[at].rstrip())):
        meta[found[1].lower()] = found[2].strip().strip("\"'")
        at += 1
    if not meta:
        return Page({}, text, 1)
    if at < len(lines) and lines[at].strip() == "---":
        at += 1
    elif at < len(lines) and lines[at].strip():
        return Page({}, text, 1)
    return Page(meta, "\n".join(lines[at:]).lstrip("\n"), at + 1)


def texts(project: Project) -> tuple[Text, ...]:
    """The editorial pages under `content/pages/`, by path."""
    folder = project.content("pages")
    found = []
    for path in sorted(folder.rglob("*.md")) if folder else ():
        name = path.relative_to(folder).as_posix() if folder else ""
        raw = _read(path, f"content/pages/{name}")
        page = split_meta(raw)
        heading = _HEADING.search(page.body)
        title = page.meta.get("title") or (heading[1] if heading else Path(name).stem)
        found.append(
            Text(
                path=_checked_path(name.removesuffix(".md") + ".html", f"content/pages/{name}"),
                title=title,
                description=page.meta.get("description", title),
                menu=page.meta.get("menu", ""),
                footer="/" not in name,
                digest=blake2b(raw.encode(), digest_size=12).digest(),
                html=partial(to_html, page.body, title),
            )
        )
    return tuple(found)


def notes(project: Project) -> tuple[Notes, tuple[Problem, ...]]:
    """The editor's notes under `content/days/`, by day, and files whose name is no day."""
    folder = project.content("days")
    found: dict[date, tuple[bytes, partial[str]]] = {}
    problems = []
    for path in sorted(folder.glob("*.md")) if folder else ():
        name = f"content/days/{path.name}"
        day = iso_date(path.stem)
        if day is None or day.isoformat() != path.stem:
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
        body = split_meta(raw).body
        found[day] = (blake2b(raw.encode(), digest_size=12).digest(), partial(to_html, body))
    return found, tuple(problems)


def static(project: Project) -> tuple[StaticFile, ...]:
    """The files under `content/static/`, by path; symbolic links are followed."""
    folder = project.content("static")
    return tuple(
        StaticFile(
            path=_checked_path(path.relative_to(folder).as_posix(), f"content/static/{path.name}"),
            digest=blake2b(path.read_bytes(), digest_size=12).digest(),
            read=path.read_bytes,
        )
        for path in (sorted(folder.rglob("*")) if folder else ())
        if folder and path.is_file()
    )


def to_html(body: str, title: str = "") -> str:
    """Markdown as HTML; links to other `.md` files lead to their pages.

    A first heading that repeats the title is left out: the page shows the title itself.
    """
    import markdown

    heading = _HEADING.match(body)
    if heading and heading[1] == title:
        body = body[heading.end() :]
    html: str = markdown.markdown(body, extensions=_EXTENSIONS, output_format="html")
    return _MD_LINK.sub(_html_link, html)


def _html_link(found: re.Match[str]) -> str:
    return f"{found[1]}{posixpath.normpath(found[2])}.html{found[3]}"


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", file=name, hint="save it as UTF-8") from None


def _checked_path(path: str, name: str) -> str:
    if _PATH.fullmatch(path) is None:
        raise UsageError(
            "the name of this file makes no address",
            file=name,
            hint="use letters a-z, digits, hyphens and dots alone",
        )
    return path
