from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.words import LONGEST, Words, fold, split

TERMS = [
    ("Running models", [["run"], ["model"]]),
    ("the studies of a study", [[], ["studi"], [], [], ["studi"]]),
    ("SentenceVAE", [["sentenceva", "sentenc", "vae"]]),
    ("DeBERTa and LaTeX", [["deberta"], [], ["latex"]]),
    ("pre-training", [["pre", "pretrain"], ["train"]]),
    ("in-context", [["incontext"], ["context"]]),
    ("state-of-the-art", [["state"], [], [], ["art"]]),
    ("GPT-4o (2024)", [["gpt", "gpt4o"], ["4o"], ["2024"]]),
    ("a -- b-", [[], ["b"]]),
    ("Erdős, Straße, ŁÓDŹ, naïve", [["erdo"], ["strass"], ["lodz"], ["naiv"]]),
    ("e\u0301tude et\u0301", [["etud"], ["et"]]),
    ("model's", [["model"], []]),
    ("x² ½ ①", [["x2"], ["12"], ["1"]]),
    ("视频生成", [["视频"], ["频生"], ["生成"]]),
    ("用LLM生成", [["用"], ["llm"], ["生成"]]),
    ("한국어", [["한국"], ["국어"]]),
    ("Нейронные сети", [["неиронные"], ["сети"]]),
    ("ﬁne ＡＢＣ", [["fine"], ["abc"]]),
    ("", []),
    ("?!— …", []),
]


def places(text: str) -> list[list[str]]:
    """The terms at each place."""
    words = Words()
    found: list[list[str]] = []
    for token in split(text):
        given = words(token)
        here: list[list[str]] = [[] for _ in range(given.width)]
        for at, term in given.terms:
            here[at].append(term)
        found += here
    return found


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_a_text_gives_these_terms_at_these_places(text: str, expected: list[list[str]]) -> None:
    assert places(text) == expected


def test_words_are_spelled_as_they_stand_without_accents_case_and_stop_words() -> None:
    words = Words()
    assert words("Fine-Tuning").spellings == ("fine", "tuning")
    assert words("Étude").spellings == ("etude",)
    assert words("the").spellings == ()
    assert words("视频").spellings == ()


@given(st.text())
def test_whatever_stands_there_terms_are_short_folded_and_within_their_token(text: str) -> None:
    words = Words()
    for token in split(text):
        given = words(token)
        assert len(set(given.terms)) == len(given.terms)
        for at, term in given.terms:
            assert 0 <= at < given.width
            assert 0 < len(term) <= LONGEST
            assert fold(term) == term


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
