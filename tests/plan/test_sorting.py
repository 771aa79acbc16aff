from __future__ import annotations

import numpy as np
import pytest

from sitegen.plan.sorting import Sorting, heading, inverted
from sitegen.roster import Person, key_of


@pytest.mark.parametrize(
    ("name", "shown", "letter"),
    [
        ("Jan van der Berg", "Berg, Jan van der", "B"),
        ("Luca De Marco", "De Marco, Luca", "D"),
        ("Zoë Ångström", "Ångström, Zoë", "A"),
        ("Đorđe Łuk", "Łuk, Đorđe", "L"),
        ("Plato", "Plato", "P"),
        ("The Gemini Team", "The Gemini Team", "T"),
        ("Иван Петров", "Петров, Иван", "Cyrillic"),
        ("李 明", "明, 李", "Han"),
        ("4D Vision", "Vision, 4D", "V"),
        ("007", "007", "Other"),
    ],
)
def test_names_stand_under_the_letter_or_script_of_the_family(name, shown, letter):
    assert inverted(name) == shown
    assert heading(name).label == letter


def test_the_order_is_that_of_unicodes_collation():
    names = ["Jan van der Berg", "Anna Berg", "Émile Ángel", "Bo Angelo", "Ole Öberg", "Al Zwei",
             "Иван Петров", "A. Berger", "Anna Berg"]  # fmt: skip
    persons = [Person(key_of(name), name, (), (), np.zeros(0, np.int64)) for name in names]
    assert [one.name for one in Sorting().sorted(reversed(persons))] == [
        "Émile Ángel", "Bo Angelo", "Anna Berg", "Anna Berg", "Jan van der Berg", "A. Berger",
        "Ole Öberg", "Al Zwei", "Иван Петров",
    ]  # fmt: skip
