"""What Babel knows of languages: dates by pattern, plural forms, signs in numbers.

Patterns of dates are those of Unicode's CLDR (UTS 35, part 4, "Date Format Patterns"); plural
categories are those of its part 3. Babel is loaded by the first who asks, and nothing is asked of
it twice.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

ENGLISH: Final = "en"


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    """The locale of a BCP 47 tag or of what it begins with; English for one that nobody knows."""
    from babel import Locale, UnknownLocaleError

    parts = name.split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(ENGLISH)


@lru_cache(maxsize=16384)
def written(day: date, pattern: str, locale: str) -> str:
    """A date as a pattern says: "EEEE d MMMM y" is Tuesday 18 August 2026."""
    from babel.dates import format_date

    return format_date(day, pattern, _locale(locale))


@lru_cache(maxsize=4096)
def plural(count: int, locale: str) -> str:
    """The plural category of a count: "one", "few", "other" …."""
    if locale == ENGLISH:
        return "one" if count == 1 else "other"
    return str(_locale(locale).plural_form(count))


@lru_cache(maxsize=64)
def _signs(locale: str) -> tuple[str, str]:
    """What stands between thousands, and before a fraction."""
    if locale == ENGLISH:
        return ",", "."
    known = _locale(locale).number_symbols
    symbols = known.get("latn", known)
    return str(symbols.get("group", ",")), str(symbols.get("decimal", "."))


def number(value: int, locale: str) -> str:
    """4,576."""
    text = f"{value:,}"
    return text if locale == ENGLISH else text.replace(",", _signs(locale)[0])


def fraction(value: float, places: int, locale: str) -> str:
    """0.4, with so many decimal places."""
    text = f"{value:.{places}f}"
    return text if locale == ENGLISH else text.replace(".", _signs(locale)[1])
