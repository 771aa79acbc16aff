"""`sitegen serve`: the site as its host will serve it, made anew whenever something changes.

Comes in: a project, or dumps, and a built folder. Goes out: answers on a socket. `answers` knows
what a host says, `server` the sockets, `watching` the files, `building` the process that builds,
`state` what open pages hear, and `session` puts them together. Nothing is written but by builds.
"""

from __future__ import annotations

from .building import Outcome, first, with_files
from .server import bind
from .session import Session

__all__ = ["Outcome", "Session", "bind", "first", "with_files"]
