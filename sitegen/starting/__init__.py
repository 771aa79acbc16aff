"""`sitegen init`: a new project folder that builds at once, empty or after an example."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from .. import git_remotes
from ..config import web_folder
from ..errors import PublicationError, UsageError
from ..identity import slug
from ..model import Value

# The projects in data/examples: their names, and what they show.
EXAMPLES: Final = {
    "lab": "the publications of a group, from its BibTeX file",
    "reading-group": "a weekly programme, from a table, with notes on the meetings",
    "arxiv-category": "a category of arXiv, fetched every day, with topics of its own",
    "conference": "the papers of a conference, from the ACL Anthology, by track",
}


class Started(Value, frozen=True, kw_only=True):
    """A new project: the paths of its files, and where its site will stand ("": not known)."""

    files: tuple[str, ...]
    base_url: str


def init(folder: Path, base_url: str, today: date, example: str = "") -> Started:
    """Write a project into a new or empty folder.

    Without `base_url`, a remote at GitHub says where the site will stand. Raises UsageError when
    the folder holds something already, or the address is none.
    """
    refuse_full(folder)
    name = folder.resolve().name
    base_url = web_folder(base_url) or git_remotes.proposed(git_remotes.remote(folder))
    host = urlsplit(base_url).hostname or f"{slug(name) or 'papers'}.example"
    words = {
        "@TITLE@": _in_toml(name) or "Papers",
        "@BASE_URL@": base_url,
        "@FEED_ID@": f"{host},{today.isoformat()}",
    }
    project = dict(_template(example))
    try:
        for path, source in project.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = source.read_bytes()
            for word, value in words.items():
                data = data.replace(word.encode(), value.encode())
            target.write_bytes(data)
    except OSError as error:
        raise PublicationError(
            f"cannot be written: {error.strerror}",
            file=str(folder),
            hint="check space and permissions",
        ) from error
    return Started(files=tuple(sorted(project)), base_url=base_url)


def refuse_full(folder: Path, kind: str = "project") -> None:
    """Raises UsageError for a folder that holds something already."""
    try:
        held = sorted(p.name for p in folder.iterdir() if p.name != ".git")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(
            f"this cannot become a {kind}: {error.strerror}",
            file=str(folder),
            hint="name a new folder",
        ) from None
    if held:
        raise UsageError(
            f"the folder is not empty: it holds {', '.join(held[:3])}",
            file=str(folder),
            hint="name a new folder",
        )


def _in_toml(text: str) -> str:
    """A text as it stands between quotes in TOML (toml.io/en/v1.0.0#string)."""
    clean = os.fsencode(text).decode(errors="replace").replace("\x7f", "")
    return json.dumps(clean, ensure_ascii=False)[1:-1]


def _template(example: str) -> Iterator[tuple[str, Traversable]]:
    """The files of a new project by their paths: an example has a content/ of its own."""
    data = files("sitegen") / "data"
    for path, source in _tree(data / "project", ""):
        if not example or not path.startswith("content/"):
            yield path, source
    if example:
        yield from _tree(data / "examples" / example, "")


def _tree(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        # Packages leave files out whose names begin with a dot, so theirs begin with "dot-" here.
        name = item.name.replace("dot-", ".", 1) if item.name.startswith("dot-") else item.name
        if item.is_dir():
            yield from _tree(item, f"{prefix}{name}/")
        else:
            yield f"{prefix}{name}", item
