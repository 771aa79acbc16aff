"""What speaks against publishing a site: pure rules on the old tree and the new one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from ..config import SETTINGS_FILE
from ..corrections import Alias
from ..errors import Problem
from ..git_remotes import proposed
from .trees import NO_JEKYLL, Tree

CNAME: Final = "content/static/CNAME"
_PAGES: Final = ".github.io"
_ADDED_BY_HOSTS: Final = frozenset({"CNAME", NO_JEKYLL})
# What only the site itself refers to, under names that change with what it says.
_MADE_ANEW: Final = ("assets/", "sitemap")
_NO_ADDRESSES: Final = frozenset({"404.html"})  # shown for addresses that are none


def foreign(old: Tree, *, ours: bool, branch: str) -> Iterator[Problem]:
    """A branch that holds something, and nothing that sitegen made."""
    if old.keys() - _ADDED_BY_HOSTS and not ours:
        yield _refusal(
            f"the branch {branch} holds files that sitegen did not make, "
            f"such as {min(old.keys() - _ADDED_BY_HOSTS)}",
            "give another --branch, or remove this one if nobody needs it",
        )


def lost_domain(old: Tree, new: Tree, domain: str) -> Iterator[Problem]:
    """A domain that was set at the host, which writes it to the branch, and is not in the site."""
    if "CNAME" in old and "CNAME" not in new:
        yield _refusal(
            f"the branch has a domain of its own, {domain}, which would be lost",
            f"put it into {CNAME}: a line with {domain}",
        )


def vanished(
    old: Tree,
    new: Tree,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    leads_to: Callable[[str], str],
    known: Sequence[Alias] = (),
) -> list[Alias]:
    """Aliases for what would be lost of the published site: addresses of pages, and feed ids.

    `names` are the birth keys of papers by path, as published and as they are now. `leads_to` tells
    the page that a page of the new site redirects to, "" for one that does not. `known` are aliases
    that the build proposed: they stand for what is known nowhere else.
    """
    published, now = names
    proposals = {alias.path: alias for alias in known}
    found: dict[str, Alias] = {}
    for path in sorted(old):
        if path.endswith(".html") and path not in new and path not in _NO_ADDRESSES:
            found[path] = proposals.get(path) or Alias(path=path, to="archive.html")
        elif path in proposals:
            found[path] = proposals[path]
    for path, key in published.items():
        if path in found or path not in new or now.get(path) == key:
            continue
        to = leads_to(path)
        # A paper that proved to be another one that was published leads there, as it should.
        if to in now and to not in published:
            found[path] = Alias(path=path, key=now[to], name=key)
    return list(found.values())


def vanishing(aliases: Collection[Alias]) -> Iterator[Problem]:
    """Addresses or feed ids that would be lost."""
    if not aliases:
        return
    first = next(iter(aliases))
    more = f", and {len(aliases) - 1:,} more" if len(aliases) > 1 else ""
    what = (
        f"the published page {first.path} would be no more"
        if first.to
        else f"the paper {first.name} would come again in feeds, as {first.key}"
    )
    yield _refusal(
        f"{what}{more}",
        "bring back the dump or setting that had it, or paste the [[alias]] lines below into "
        "content/corrections.toml",
    )


def silenced(old: Tree, new: Tree) -> Iterator[Problem]:
    """Feeds, pictures and the like that would be no more, from which no alias can lead on."""
    gone = [
        path
        for path in sorted(old.keys() - new.keys() - _ADDED_BY_HOSTS)
        if not path.endswith(".html") and not path.startswith(_MADE_ANEW)
    ]
    if gone:
        more = f", and {len(gone) - 1:,} more" if len(gone) > 1 else ""
        yield Problem(
            file=gone[0],
            line=0,
            message=f"this published file would be no more{more}",
            hint="bring it back if others refer to it, as to a feed or a picture",
        )


def misplaced(base_url: str, remote: str, domain: str) -> Iterator[Problem]:
    """A site that has no address though one is known, or another one: warnings."""
    expected = proposed(remote, domain)
    said = _doubt(base_url, expected, domain)
    hint = f'write base_url = "{expected}"'
    if not base_url:  # what it lacks without one, the build has said
        said = f"base_url is not set; readers will find this site at {expected}" if expected else ""
    elif said and not domain:
        hint += f", or put your own domain into {CNAME}"
    if said:
        yield Problem(file=SETTINGS_FILE, line=0, message=said, hint=hint)


def _doubt(base_url: str, expected: str, domain: str) -> str:
    """Why a site may not be found at its address; "" where nothing speaks against it.

    The owner of a repository may have a domain for all of them, of which nothing is known here:
    there, repositories stand under their names.
    """
    if not expected or base_url == expected:
        return ""
    url = urlsplit(base_url)
    if domain or (url.hostname or "").endswith(_PAGES):
        return f"base_url is {base_url}, but GitHub shows this repository at {expected}"
    if url.path == "/" and urlsplit(expected).path != "/":
        return f"nothing tells GitHub about {url.hostname}: it would show this site at {expected}"
    return ""


def _refusal(message: str, hint: str) -> Problem:
    return Problem(file="", line=0, message=message, hint=hint, severity="error")
