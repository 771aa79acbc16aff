"""Social cards: a PNG of 1200 by 630 pixels, text on what the theme drew (`card-day.png`).

Pillow draws (the extra `cards`), with the font that it brings along unless the project has one.
The same card has the same bytes with the same Pillow.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from .. import clean
from ..errors import SitegenError
from ..pages import CardPage

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

    Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

GROUND: Final = "card-day.png"
OWN_FONT: Final = "default"  # Pillow's
_LEFT, _RIGHT = 96, 1104  # pixels
_INK, _SOFT, _RUBRIC = "#16191b", "#555d63", "#b0261b"
_COLOURS: Final = 64  # of the picture's palette: text needs no more to be smooth


def can_draw() -> bool:
    """Whether Pillow is installed."""
    return find_spec("PIL") is not None


def render(card: CardPage, ground: bytes | None) -> bytes:
    """The card on its ground. Raises SitegenError for a font that cannot be used."""
    from PIL import Image, ImageDraw

    if ground is None:
        picture = Image.new("RGB", (1200, 630), "#fcfdfc")
    else:
        with Image.open(io.BytesIO(ground)) as drawn:
            picture = drawn.convert("RGB")
    draw = ImageDraw.Draw(picture)
    small = _font(card.font, 34)
    draw.text((_LEFT, 64), _fitted(draw, card.site, small), _SOFT, small)
    heading = _font(card.font, 68)
    draw.text((_LEFT, 124), _fitted(draw, card.heading, heading), _INK, heading)
    draw.text((_LEFT, 216), card.summary, _RUBRIC, _font(card.font, 38))
    font = _font(card.font, 36)
    y = 300
    for title in card.titles:
        for line in _lines(draw, clean.reading(title), font):
            draw.text((_LEFT, y), line, _INK, font)
            y += 42
        y += 14
    out = io.BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=16)
def _font(file: str, size: int) -> Font:
    from PIL import ImageFont

    if file == OWN_FONT:
        return ImageFont.load_default(size)
    try:
        return ImageFont.truetype(file, size)
    except OSError as error:
        raise SitegenError(
            f"this font cannot be used for cards: {error}",
            file=file,
            hint="name a TrueType or OpenType file in cards.font, or take it out",
        ) from None


def _fitted(draw: ImageDraw.ImageDraw, text: str, font: Font) -> str:
    """As much of a text as a line holds."""
    return next(_lines(draw, text, font, most=1), "")


def _lines(draw: ImageDraw.ImageDraw, text: str, font: Font, most: int = 2) -> Iterator[str]:
    """A text in lines; what is over becomes an ellipsis."""
    rest = " ".join(text.split())
    for number in range(most):
        if not rest:
            return
        cut = _cut(draw, rest, font)
        line, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        if rest and number == most - 1:
            while line and draw.textlength(line + "…", font) > _RIGHT - _LEFT:
                line = line[:-1]
            line = line.rstrip() + "…"
        yield line


def _cut(draw: ImageDraw.ImageDraw, text: str, font: Font) -> int:
    """How many characters fit into a line: whole words, where one fits."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if draw.textlength(text[:middle], font) <= _RIGHT - _LEFT:
            low = middle
        else:
            high = middle - 1
    if low == len(text):
        return low
    space = text.rfind(" ", 0, low + 1)
    return space if space > 0 else low
