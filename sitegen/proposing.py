"""The address that a project's git remote speaks for, where it has none of its own."""

from __future__ import annotations

from pathlib import Path

from .errors import PublicationError
from .pages_address import pages_address
from .repository import Repository

CNAME = "content/static/CNAME"


def proposed(root: Path | None, remote: str = "origin") -> str:
    """The `base_url` for a project folder; "" where nothing is known."""
    if root is None:
        return ""
    try:
        repository = Repository.of(root)
        address = repository.ask("remote", "get-url", remote) or ""
    except (PublicationError, OSError):
        return ""
    return pages_address(address, cname(root / CNAME))


def cname(path: Path) -> str:
    """The domain in a CNAME file; "" where there is none."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
