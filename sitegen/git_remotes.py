"""Where GitHub Pages will show the site of a git repository, by the name of its remote.

`proposed` is pure; `remote` and `custom_domain` look into a folder. The network is not asked.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

from .config import web_folder
from .errors import UsageError

_HOST: Final = "github.com"
_PAGES: Final = "github.io"
_OVER_HTTPS: Final = "ssh.github.com"  # GitHub's ssh where port 22 is closed
# What an ssh configuration may call it, for those with several keys: github.com-work.
_NAMED: Final = f"{_HOST}-"
_SECONDS: Final = 10  # for git, which has to read one small file

# A URL with a scheme, or a user, a host and a path as scp takes them (git-scm.com/docs/git-clone,
# "Git URLs").
_URL = re.compile(r"(?:https?|ssh|git)://(?:[^@/]*@)?([^/:@]+)(?::\d+)?/++(.+)", re.IGNORECASE)
_SCP = re.compile(r"(?:[^@/:]+@)?([^/:@]+):/*+(.+)")
_OWNER = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_PATH = re.compile(rf"({_OWNER})/([A-Za-z0-9._-]+?)(?:\.git)?/*")


def proposed(remote: str, domain: str = "") -> str:
    """The address of the site on GitHub Pages; "" for a remote that is none of GitHub's.

    A custom domain goes before all: `https://example.org/`. The repository `OWNER.github.io` is
    shown at its root, any other below the name of the repository (docs.github.com/en/pages,
    "What is GitHub Pages?").
    """
    if domain:
        return _address(f"https://{domain}/")
    found = _URL.fullmatch(remote) or _SCP.fullmatch(remote)
    host = found[1].lower() if found else ""
    if not found or not (host in {_HOST, _OVER_HTTPS} or host.startswith(_NAMED)):
        return ""
    path = _PATH.fullmatch(found[2])
    if not path or path[2] in {".", ".."}:
        return ""
    home = f"{path[1].lower()}.{_PAGES}"
    below = "" if path[2].lower() == home else f"{path[2]}/"
    return _address(f"https://{home}/{below}")


def of_project(root: Path, name: str = "origin") -> str:
    """The address that a project folder speaks for; "" where nothing is known."""
    return proposed(remote(root, name), custom_domain(root))


def remote(folder: Path, name: str = "origin") -> str:
    """The address of a remote of the repository that lies in a folder; "" without one, or git."""
    if not (folder / ".git").exists():  # one further up is another project's
        return ""
    command = ["git", "-C", str(folder), "remote", "get-url", name]
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it comes from dumps
            command, capture_output=True, check=False, timeout=_SECONDS, encoding="utf-8"
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout.strip()


def custom_domain(project: Path) -> str:
    """The domain in `content/static/CNAME`, as GitHub Pages reads it; "" without one."""
    try:
        text = (project / "content" / "static" / "CNAME").read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    return next(iter(text.split()), "")


def _address(url: str) -> str:
    try:
        return web_folder(url)
    except UsageError:
        return ""
