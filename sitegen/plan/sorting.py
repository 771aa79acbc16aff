"""Names of people in the order of an index: by family name, as Unicode's collation has it.

Particles in small letters do not count ("Jan van der Berg" is under B), those in capitals do ("De
Marco" is under D), and what is in another script than Latin stands behind. What puts letters in
order is the Unicode Collation Algorithm (UTS #10) with its default table, by pyuca.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..person_names import split
from ..search.words import fold

if TYPE_CHECKING:
    from ..roster import Person

_SCRIPTS: Final = {"cjk": "Han", "hiragana": "Kana", "katakana": "Kana"}


class Heading(NamedTuple):
    """What a name stands under: a letter, or a script."""

    label: str
    slug: str
    latin: bool


class Parts(NamedTuple):
    """A name for an index: what it is sorted by, and what stands behind the comma."""

    main: str
    rest: str


@lru_cache(maxsize=1 << 16)
def parts(name: str) -> Parts:
    """A name's parts: "Berg", "Jan van der"."""
    found = split(name)
    words = found.family.split()
    start = 0
    while start < len(words) - 1 and words[start].islower() and not found.group:
        start += 1
    rest = [found.given, *words[:start], found.suffix]
    return Parts(" ".join(words[start:]) or name, " ".join(filter(None, rest)))


def inverted(name: str) -> str:
    """A name as an index has it: "Berg, Jan van der"."""
    main, rest = parts(name)
    return f"{main}, {rest}" if rest else main


@lru_cache(maxsize=1 << 16)
def heading(name: str) -> Heading:
    """The letter or the script under which a name stands."""
    first = next((c for c in parts(name).main if c.isalnum()), "")
    letter = fold(first)[:1]
    if "a" <= letter <= "z":
        return Heading(letter.upper(), letter, latin=True)
    script = unicodedata.name(first, "other").partition(" ")[0].lower() if first else "other"
    script = script.partition("-")[0]
    if not first.isalpha() or not script.isalpha():
        return Heading("Other", "other", latin=False)
    label = _SCRIPTS.get(script, script.title())
    return Heading(label, label.lower(), latin=False)


class Sorting:
    """Puts people in order; the table is read when it is first needed."""

    def __init__(self) -> None:
        self._collator: Any = None

    def sorted(self, persons: Iterable[Person]) -> list[Person]:
        """By family name, then by what else there is, then by key."""
        if self._collator is None:
            from pyuca import Collator

            self._collator = Collator()
        key = self._collator.sort_key

        def place(person: Person) -> tuple[object, ...]:
            main, rest = parts(person.name)
            return key(main), key(rest), person.key

        return sorted(persons, key=place)
