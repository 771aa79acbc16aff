"""`sitegen init`: a new project folder that builds at once."""

from __future__ import annotations

import json
import os
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from .config import web_folder
from .errors import PublicationError, UsageError
from .identity import slug


def init(folder: Path, base_url: str, today: date) -> list[str]:
    """Write a project into a new or empty folder; the paths of its files.

    Raises UsageError when the folder holds something already, or the address is none.
    """
    _refuse_full(folder)
    name = folder.resolve().name
    base_url = web_folder(base_url)
    host = urlsplit(base_url).hostname or f"{slug(name) or 'papers'}.example"
    words = {
        "@TITLE@": _in_toml(name) or "Papers",
        "@BASE_URL@": base_url,
        "@FEED_ID@": f"{host},{today.isoformat()}",
    }
    written = []
    try:
        for path, source in _tree(files("sitegen") / "data" / "project", ""):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8")
            for word, value in words.items():
                text = text.replace(word, value)
            target.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    except OSError as error:
        raise PublicationError(
            f"cannot be written: {error.strerror}",
            file=str(folder),
            hint="check space and permissions",
        ) from error
    return written


def _refuse_full(folder: Path) -> None:
    try:
        held = sorted(p.name for p in folder.iterdir() if p.name != ".git")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(
            f"this cannot become a project: {error.strerror}",
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


def _tree(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        # Packages leave files out whose names begin with a dot, so theirs begin with "dot-" here.
        name = item.name.replace("dot-", ".", 1) if item.name.startswith("dot-") else item.name
        if item.is_dir():
            found += _tree(item, f"{prefix}{name}/")
        else:
            found.append((f"{prefix}{name}", item))
    return found
