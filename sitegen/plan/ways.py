"""The ways from the page of a day or a topic to the files that stand beside it."""

from __future__ import annotations

from collections.abc import Sequence

from ..pages import Alternate, Link
from . import references, twins
from .scene import Scene


def day_links(scene: Scene, path: str) -> tuple[Link, ...]:
    """What stands beside the page of a day."""
    return _links(scene, path, exported=scene.offers.days)


def topic_links(scene: Scene, path: str) -> tuple[Link, ...]:
    """What stands beside a page of a topic."""
    return _links(scene, path, exported=scene.offers.topics)


def _links(scene: Scene, path: str, *, exported: bool) -> tuple[Link, ...]:
    stem = path.removesuffix(".html")
    found = references.links(stem, scene.offers.formats) if exported else ()
    return (*found, twins.link(path)) if scene.offers.markdown else found


def alternates(links: Sequence[Link]) -> tuple[Alternate, ...]:
    """The Markdown twin among the links, as pages announce it."""
    return tuple(
        Alternate(type="text/markdown", path=link.path)
        for link in links
        if link.path.endswith(".md")
    )
