from __future__ import annotations

import pytest

from sitegen.clean import tables
from sitegen.clean.latex import commands, formulas, was_stripped


@pytest.mark.parametrize("name", sorted(tables.SYMBOLS))
def test_every_symbol_is_known_by_its_command(name: str) -> None:
    assert commands(f"a \\{name} b") == f"a {tables.SYMBOLS[name]} b"


@pytest.mark.parametrize("name", sorted(tables.UNMISTAKABLE))
def test_unmistakable_names_need_no_backslash_and_no_company(name: str) -> None:
    assert formulas(f"a {name} b") == f"a {tables.UNMISTAKABLE[name]} b"
    assert formulas(f"a{name}b") == f"a{name}b"


@pytest.mark.parametrize("name", sorted(tables.SHOWN))
def test_arguments_are_shown(name: str) -> None:
    assert commands(f"a \\{name}{{b c}} d") == "a b c d"
    assert formulas(f"a {name}{{b c}} d") == "a b c d"


@pytest.mark.parametrize("name", sorted(tables.SWITCHES))
def test_switches_show_nothing(name: str) -> None:
    assert commands(f"a {{\\{name} b}} c") == "a b c"
    assert commands(f"a \\{name} b") == "a b"


@pytest.mark.parametrize("word", ["times", "similar", "narrow", "approximately", "equipment"])
def test_words_are_no_formulas(word: str) -> None:
    assert formulas(word) == word


def test_most_texts_are_not_looked_at_twice() -> None:
    assert not was_stripped("It takes 10 s, sometimes; a similar development is pi over 2.")
    assert was_stripped("5times")
    assert was_stripped("k leq 3")
