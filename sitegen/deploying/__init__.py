"""`sitegen deploy`: the site, built and checked, as a commit on a branch that a host shows.

Comes in: a project and where to. Goes out: a commit, pushed, or the reasons against it. `branches`
asks and moves git, `trees` compares what is published with what would be, `refusals` knows what
speaks against it, `running` puts them in their order.
"""

from __future__ import annotations

from .running import deploy
from .target import Deployment, Target
from .telling import summary

__all__ = ["Deployment", "Target", "deploy", "summary"]
