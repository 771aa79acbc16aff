from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from sitegen.i18n import locales

DAY = date(2026, 8, 18)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "Tuesday 18 August 2026"),
        ("de", "Dienstag 18 August 2026"),
        ("de-CH-1996", "Dienstag 18 August 2026"),
        ("zh-Hant-TW", "星期二 18 8月 2026"),
        ("qqq", "Tuesday 18 August 2026"),
    ],
)
def test_dates_are_written_in_the_language_of_the_tag(locale, words):
    assert locales.written(DAY, "EEEE d MMMM y", locale) == words


def test_plural_forms_are_those_of_the_language():
    assert [locales.plural(n, "en") for n in (0, 1, 2)] == ["other", "one", "other"]
    assert [locales.plural(n, "fr") for n in (0, 1, 2)] == ["one", "one", "other"]
    assert [locales.plural(n, "ar") for n in (0, 1, 2, 3, 11, 100)] == [
        "zero", "one", "two", "few", "many", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "number", "fraction"), [("en", "4,576", "0.4"), ("de", "4.576", "0,4")]
)
def test_numbers_have_the_signs_of_the_language(locale, number, fraction):
    assert locales.number(4576, locale) == number
    assert locales.fraction(0.41, 1, locale) == fraction


def test_babel_is_not_loaded_before_it_is_needed():
    code = "import sys, sitegen.pages, sitegen.cli; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
