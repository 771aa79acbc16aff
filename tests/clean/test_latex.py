from __future__ import annotations

import pytest

from sitegen.clean import tables
from sitegen.clean.latex import commands, formulas, may_index, was_stripped


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Sa\'\i{}d", "Saíd"),
        (r"{\'e}t{\'{e}}", "été"),
        (r"{\'e and", "{é and"),
        (r"caf\'e}", "café}"),
        (r"\'q is none", r"\'q is none"),
        (r"S{\o}ren \L{}awa S\o ren \O rsted", "Søren Ława Søren Ørsted"),
        (r"our \abc beats \ab", r"our abc beats \ab"),
        (r"our \XYZ beats", "our XYZ beats"),
        (r"\tool beats a\nFoo or \nFoo", r"tool beats a\nFoo or \nFoo"),
    ],
)
def test_accents_letters_and_names_of_tools(text: str, expected: str) -> None:
    assert commands(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("64 times 64 px", "64 × 64 px"),
        ("64 times 32 px", "64 times 32 px"),
        ("1.64 times 64 px", "1.64 times 64 px"),
        ("64 times 64% of", "64 times 64% of"),
        ("sqrt{a+b} and sqrt{ab} or sqrt{∞}", "√(a+b) and √ab or √∞"),
        ("frac{a+1}{2}", "(a+1)/2"),
        ("the 5^{th} and 1^st", "the 5th and 1st"),
        ("x^theta", "x^θ"),
        ("x_theta and ab_theta", "x_θ and ab_theta"),
        ("x^{a} and x^{ab}", "x^a and x^(ab)"),
        ("x_{a} and x_{ab}", "x_a and x_ab"),
    ],
)
def test_what_is_left_of_formulas(text: str, expected: str) -> None:
    assert formulas(text) == expected


def test_an_index_without_braces_is_a_sign_where_it_would_change() -> None:
    assert may_index("the ell_2 norm")
    assert may_index("x_theta")
    assert not may_index("x_i and a_name")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"so {\em open only", "so open only"),
        (r"the \textcolor{red}{hot {one}} is", "the hot {one} is"),
        (r"settings\footnote{here} are", "settings (here) are"),
        (r"co\-op\!erate", "cooperate"),
        (r"costs \$5 or \$6", "costs $5 or $6"),
        (r"costs \$5 for $x", r"costs \$5 for $x"),
    ],
    ids=["open group", "colour", "footnote", "hyphens", "money", "money beside a formula"],
)
def test_commands_of_running_text(text: str, expected: str) -> None:
    assert commands(text) == expected
