"""What a site says in its readers' language: `words("day.pages")`, `words.day_long(date)`.

A text is plain and may have {placeholders}; one whose key ends in `_html` holds markup. What
depends on a number `n` is a table of texts by CLDR's plural categories. `messages` reads the files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from ..model import Value
from . import locales

Text = str | dict[str, str]  # by plural category where it depends on a number

MARKUP: Final = "_html"  # the end of a key whose text holds markup
PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_MONDAY: Final = date(2024, 1, 1)


class Words(Value, frozen=True, kw_only=True):
    """The texts of one language, by key."""

    language: str  # BCP 47
    direction: str = "ltr"
    locale: str  # what Babel knows the language by
    texts: dict[str, Text]

    def __hash__(self) -> int:
        return hash((self.language, len(self.texts)))

    def __call__(self, key: str, /, **values: Any) -> str:
        """A text with values in its placeholders; `n` is a number, written as the language does.

        Raises KeyError for a key or placeholder that isn't there.
        """
        text = self.texts[key]
        if isinstance(text, dict):
            text = text.get(locales.plural(values["n"], self.locale)) or text["other"]
        if (count := values.get("n")) is not None:
            values["n"] = locales.number(count, self.locale)
        if key.endswith(MARKUP):
            return Markup(text).format(**values)  # noqa: S704 - it escapes what it is given
        return text.format(**values)

    def text(self, key: str) -> str:
        """A text that depends on no number, with its placeholders."""
        found = self.texts[key]
        return found if isinstance(found, str) else found["other"]

    def day_long(self, day: date) -> str:
        """Tuesday 18 August 2026."""
        return locales.written(day, self.text("date.day_long"), self.locale)

    def day_full(self, day: date) -> str:
        """18 August 2026."""
        return locales.written(day, self.text("date.day_full"), self.locale)

    def day_short(self, day: date) -> str:
        """18 Aug 2026."""
        return locales.written(day, self.text("date.day_short"), self.locale)

    def day_month(self, day: date) -> str:
        """Tuesday 18 August."""
        return locales.written(day, self.text("date.day_month"), self.locale)

    def month_name(self, day: date) -> str:
        """August."""
        return locales.written(day, "LLLL", self.locale)

    def month_year(self, day: date) -> str:
        """August 2026."""
        return locales.written(day, self.text("date.month_year"), self.locale)

    def weekday_letter(self, day: date) -> str:
        """The day of the week in one letter: "T" on a Tuesday."""
        return locales.written(day, "ccccc", self.locale)

    def weekdays(self) -> list[tuple[str, str]]:
        """The days of the week from Monday on: their names, and the letters for them."""
        days = [_MONDAY.replace(day=1 + n) for n in range(7)]
        return [
            (locales.written(day, "cccc", self.locale), self.weekday_letter(day)) for day in days
        ]

    def span(self, first: date | None, last: date | None) -> str:
        """18 to 21 August 2026; the parts that agree are said once."""
        if first is None or last is None:
            return self.day_full(last) if last else self("date.none")
        if first == last:
            return self.day_full(last)
        same = "month" if first.month == last.month else "year"
        if first.year != last.year:
            return self("date.span", first=self.day_full(first), last=self.day_full(last))
        ends = [
            locales.written(day, self.text(f"date.span_{same}_{end}"), self.locale)
            for day, end in ((first, "first"), (last, "last"))
        ]
        return self("date.span", first=ends[0], last=ends[1])

    def number(self, value: int) -> str:
        """4,576."""
        return locales.number(value, self.locale)

    def percent(self, share: float) -> str:
        """0.123 as "12 %", shares under one percent with one decimal place."""
        value = share * 100
        if value < 0.05:
            return self("number.little")
        places = 0 if value >= 0.95 else 1
        return self("number.percent", percent=locales.fraction(value, places, self.locale))

    def listed(self, values: Sequence[str]) -> str:
        """A, B and C."""
        if len(values) < 2:
            return "".join(values)
        return self("list.and", before=", ".join(values[:-1]), last=values[-1])
