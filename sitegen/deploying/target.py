"""Where a site goes, and what became of it there."""

from __future__ import annotations

from typing import Literal

from ..checking import Audit
from ..errors import Problem
from ..model import Value
from ..report import Report
from .trees import Changes

State = Literal["refused", "unchanged", "planned", "published"]


class Target(Value, frozen=True, kw_only=True):
    """The branch of a remote that takes the site.

    With `single_commit`, the branch has no history: a commit takes the place of the one before.
    """

    remote: str = "origin"
    branch: str = "gh-pages"
    single_commit: bool = False
    message: str = ""  # of the commit; one that names the sources' commit where it is empty
    dry_run: bool = False


class Deployment(Value, frozen=True, kw_only=True):
    """What became of a site that was to be published.

    `aliases` is the TOML that keeps addresses which would vanish; `problems` are the reasons of a
    refusal, and warnings; `before` and `commit` are the branch's old and new commit, "" for none.
    """

    state: State
    report: Report
    audit: Audit | None = None
    problems: tuple[Problem, ...] = ()
    aliases: tuple[str, ...] = ()
    changes: Changes = Changes()
    remote_address: str = ""
    address: str = ""  # where readers find it
    before: str = ""
    commit: str = ""
