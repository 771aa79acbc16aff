"""Signs: a text without any is as the rules leave it, whatever the rules are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import clean
from sitegen.clean import tex
from sitegen.clean.signs import Needles, Signs
from tests.clean_cases import CAPTURES, HUNDRED, MADE, OTHERS, TITLES
from tests.test_clean import MESSY


class _Anywhere(Signs):
    """Signs that are seen in every text."""

    def __init__(self) -> None:
        super().__init__([])

    def absent(self, text: str) -> bool:
        return not text


_ANYWHERE = _Anywhere()


def _by_rules(function: Callable[[str], str], text: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean, "_is_clean", _ANYWHERE.absent)
        for module in (clean, tex):
            patch.setattr(module, "_SIGNS_IN_NAMES", _ANYWHERE)
        return function(text)


FUNCTIONS = (clean.text, clean.title, clean.name, clean.person)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_written_cases(function: Callable[[str], str]) -> None:
    for pair in (*CAPTURES, *HUNDRED, *OTHERS, *MADE, *TITLES):
        for text in pair:
            assert function(text) == _by_rules(function, text)


@settings(deadline=None)
@given(MESSY, st.sampled_from(FUNCTIONS))
def test_any_text(text: str, function: Callable[[str], str]) -> None:
    assert function(text) == _by_rules(function, text)


@settings(deadline=None)
@given(st.lists(MESSY, max_size=4), st.sampled_from([(clean.names, clean.name),
                                                     (clean.persons, clean.person)]))  # fmt: skip
def test_a_list_is_cleaned_as_its_names_are(texts: list[str], functions: tuple) -> None:
    together, alone = functions
    assert together(texts) == tuple(filter(None, map(alone, texts)))


def test_a_sign_may_need_a_closer_look() -> None:
    signs = Signs([("{", None), ("sim", lambda text: text.endswith("sim"))])
    assert signs.absent("a similar text")
    assert not signs.absent("a sim")
    assert not signs.absent("similar {")


@pytest.mark.parametrize(
    "text", [" a", "a ", "a\nb", "a  b", "a\x00", "a\u200bb", "\ud800", "\U000f0000", "a\x7fb"]
)
def test_what_nobody_sees_is_always_a_sign(text: str) -> None:
    assert not Signs([]).absent(text)


def test_some_characters_are_cut_off_at_an_end() -> None:
    assert Signs([]).absent("X,a;")
    assert not Signs([], ends=",;").absent("Xa;")
    assert not Signs([], ends=",;").absent(",Xa")
    assert Signs([], ends=",;").absent("Xa,;Xa")


@pytest.mark.parametrize("repeated", [1, 10_000])
def test_needles_are_found_in_short_and_long_texts(repeated: int) -> None:
    needles = Needles(["ab", "b", "abc", "x"])
    assert needles.present("zzab" * repeated) == [0, 1]
    assert needles.present("é" * repeated) == []
    assert needles.present("\ud800b" * repeated) == [1]
