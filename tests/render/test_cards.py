from __future__ import annotations

import io

import pytest

from sitegen.errors import SitegenError
from sitegen.pages import CardPage
from sitegen.render import cards
from sitegen.render.theme import find

Image = pytest.importorskip("PIL.Image")

LONG = "A title that goes on and on, " * 20


def card(**fields):
    values = {"site": "S", "heading": "Friday 8 May 2026", "summary": "3 papers", "titles": ("A",)}
    return CardPage(**{**values, "font": "default", **fields})


def drawn(page, ground=None):
    return Image.open(io.BytesIO(cards.render(page, ground))).convert("L")


def test_a_card_has_the_size_that_programs_want_and_is_small():
    data = cards.render(card(titles=(LONG,) * 3), find("paper").files[cards.GROUND])
    picture = Image.open(io.BytesIO(data))
    assert (picture.size, picture.format) == ((1200, 630), "PNG")
    assert len(data) < 60_000


def test_the_same_card_has_the_same_bytes_and_another_has_others():
    assert cards.render(card(), None) == cards.render(card(), None)
    assert cards.render(card(), None) != cards.render(card(summary="4 papers"), None)


@pytest.mark.parametrize("word", [LONG, "x" * 300, "", "   "])
def test_nothing_is_drawn_over_the_edge(word):
    picture = drawn(card(site=word, heading=word, titles=(word,) * 3))
    for edge in ((1150, 0, 1200, 630), (0, 600, 1200, 630), (0, 0, 90, 630)):
        assert picture.crop(edge).getextrema()[0] > 240, edge


def test_a_font_that_is_none_is_an_error_that_names_it(tmp_path):
    (tmp_path / "x.ttf").write_bytes(b"no font")
    with pytest.raises(SitegenError, match=r"x.ttf: this font cannot be used"):
        cards.render(card(font=str(tmp_path / "x.ttf")), None)
