"""sitegen turns dumps of paper lists into a static site that researchers read.

`read(path)` gives what a dump holds, `build(project)` makes a site; the other names are the
values that these give and take. Each is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import build, read
    from .config import Project, load_project
    from .errors import Problem, SitegenError
    from .model import Details, Library, Listing, Paper, Record
    from .report import Report

__version__ = "0.1.0"

__all__ = [
    "Details",
    "Library",
    "Listing",
    "Paper",
    "Problem",
    "Project",
    "Record",
    "Report",
    "SitegenError",
    "build",
    "load_project",
    "read",
]

_FROM = {
    "api": ("build", "read"),
    "config": ("Project", "load_project"),
    "errors": ("Problem", "SitegenError"),
    "model": ("Details", "Library", "Listing", "Paper", "Record"),
    "report": ("Report",),
}
_MODULES = {name: module for module, names in _FROM.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name, from the module that has it (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
