"""Where GitHub Pages shows a repository, by the address of its remote. Pure.

https://docs.github.com/en/pages/getting-started-with-github-pages/what-is-github-pages#types-of-github-pages-sites
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

PAGES: Final = "github.io"

# What git takes for a remote (https://git-scm.com/docs/git-fetch#_git_urls). Behind the host an ssh
# configuration may have a name of its own: github.com-work.
_REMOTE: Final = re.compile(
    r"""(?: (?:https?|git|ssh|git\+ssh)://(?:[^@/]*@)?(?:www\.|ssh\.)?github\.com(?:-[\w.-]+)?
            (?::\d+)?/
          | (?:[\w.+-]+@)?github\.com(?:-[\w.-]+)?:/?
        )
        (?P<owner>[A-Za-z0-9][A-Za-z0-9-]*)/(?P<name>[\w.-]+?)(?:\.git)?/?""",
    re.VERBOSE | re.IGNORECASE,
)
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def pages_address(remote: str, cname: str = "") -> str:
    """The address of a repository's site; "" for a remote that is not at GitHub.

    `cname` is what the file CNAME says: the site's own domain. A repository called OWNER.github.io
    stands at the root of its owner's host, every other one under its name.
    """
    domain = cname.strip().lower()
    if _DOMAIN.fullmatch(domain):
        return f"https://{domain}/"
    found = _REMOTE.fullmatch(remote.strip())
    if found is None:
        return ""
    owner, name = found["owner"].lower(), found["name"]
    root = f"https://{owner}.{PAGES}/"
    return root if name.lower() == f"{owner}.{PAGES}" else f"{root}{name}/"


def doubt(base_url: str, remote: str, cname: str = "") -> str:
    """Why a site with this address may not be found there; "" where nothing speaks against it.

    The owner of a repository may have a domain for all of them, of which nothing is known here:
    there, other repositories stand under their names.
    """
    expected = pages_address(remote, cname)
    if not base_url or not expected or base_url == expected:
        return ""
    url = urlsplit(base_url)
    host = url.hostname or ""
    if cname or host.endswith(f".{PAGES}"):
        return f"base_url is {base_url}, but GitHub shows this repository at {expected}"
    if url.path == "/" and urlsplit(expected).path != "/":
        return f"nothing tells GitHub about {host}: it would show this site at {expected}"
    return ""
