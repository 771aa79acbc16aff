"""Dates, numbers and texts in words."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from markupsafe import Markup

from sitegen.i18n.messages import english, spoken
from sitegen.i18n.words import Words

DAY = date(2026, 8, 8)
WORDS = english()


def test_forms_of_dates():
    assert WORDS.day_long(DAY) == "Saturday 8 August 2026"
    assert WORDS.day_full(DAY) == "8 August 2026"
    assert WORDS.day_short(DAY) == "8 Aug 2026"
    assert WORDS.day_month(DAY) == "Saturday 8 August"
    assert WORDS.month_name(DAY) == "August"
    assert WORDS.month_year(DAY) == "August 2026"
    assert WORDS.weekday_letter(DAY) == "S"


def test_the_days_of_the_week_begin_with_monday():
    assert WORDS.weekdays()[0] == ("Monday", "M")
    assert "".join(letter for _, letter in WORDS.weekdays()) == "MTWTFSS"


SPANS = [
    (DAY, DAY, "8 August 2026", "8. August 2026", "2026年8月8日"),
    (DAY, date(2026, 8, 11), "8 to 11 August 2026", "8. bis 11. August 2026", "2026年8月8日至11日"),
    (
        date(2026, 7, 30), DAY, "30 July to 8 August 2026", "30. Juli bis 8. August 2026",
        "2026年7月30日至8月8日",
    ),
    (
        date(2025, 8, 30), DAY, "30 August 2025 to 8 August 2026",
        "30. August 2025 bis 8. August 2026", "2025年8月30日至2026年8月8日",
    ),
    (None, DAY, "8 August 2026", "8. August 2026", "2026年8月8日"),
    (None, None, "no date", "ohne Datum", "无日期"),
]  # fmt: skip


@pytest.mark.parametrize("row", SPANS)
def test_spans_say_once_what_agrees(row):
    first, last, *said = row
    spoken_in = [spoken(language, [])[0] for language in ("en", "de", "zh")]
    assert [words.span(first, last) for words in spoken_in] == said


def test_counts_take_the_plural_form_of_their_number():
    assert WORDS("count.papers", n=1) == "1 paper"
    assert WORDS("count.papers", n=0) == "0 papers"
    assert WORDS("count.papers", n=4576) == "4,576 papers"
    assert spoken("de", [])[0]("count.on_topics", n=1200) == "zu 1.200 Themen"
    assert spoken("zh", [])[0]("count.papers", n=1) == "1 篇论文"


def test_markup_of_a_text_stays_and_what_is_put_into_it_is_escaped():
    said = WORDS("day.curated_html", curators="<b>")
    assert said == Markup("Curated by <bdi>&lt;b&gt;</bdi>")
    assert WORDS("day.sources", sources="<b>") == "From <b>"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.125, "12 %"), (1, "100 %"), (0.0096, "1 %"), (0.004, "0.4 %"), (0.0001, "less than 0.1 %")],
)
def test_percent(share, words):
    assert WORDS.percent(share) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_listed(values, words):
    assert WORDS.listed(values) == words


def test_words_travel_between_processes():
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(WORDS), type=Words) == WORDS
