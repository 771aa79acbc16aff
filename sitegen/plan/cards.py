"""cards/YYYY-MM-DD.png: a day as programs show it where somebody links to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from ..pages import CardPage, Page
from .bundle import Bundle, facts_of
from .scene import Scene

MOST_TITLES: Final = 3


def path(scene: Scene, day: date | None) -> str:
    """A day's card; "" where the site has none."""
    return f"cards/{day}.png" if scene.site.cards and day else ""


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle of one card for each day, where the site has any."""
    for day in scene.dated if scene.site.cards else ():
        assert day.date is not None  # noqa: S101
        data = _card(scene, day.date)
        yield Bundle(
            name=f"cards/{day.date}",
            facts=facts_of([data]),
            kinds=frozenset({"card"}),
            size=1,
            make=partial(_pages, Page(path=path(scene, day.date), kind="card", data=data)),
        )


def _pages(page: Page) -> Iterator[Page]:
    yield page


def _card(scene: Scene, day: date) -> CardPage:
    words = scene.words
    layout = scene.layout(day)
    return CardPage(
        site=scene.site.title,
        heading=words.day_long(day),
        summary=words("count.papers", n=len(layout)),
        titles=tuple(spot.entry.paper.title for spot in layout[:MOST_TITLES]),
        font=scene.site.cards,
    )
