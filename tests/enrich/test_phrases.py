"""How a phrase reads a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.enrich.phrases import PhraseIndex, has_words, tokens


def found(phrase: str, text: str) -> bool:
    return bool(PhraseIndex([(phrase, None)]).find(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("art", "We make art."),
        ("language model", "Language Models are few-shot learners"),
        ("language model", "a language-model judge"),
        ("fine-tuning", "fine-tuning"),
        ("fine-tuning", "fine tuning"),
        ("fine-tuning", "Finetuning"),
        ("text-to-video", "TEXT TO VIDEO"),
        ("GPT-4", "with GPT4"),
        ("RAG", "how RAGs fail"),
        ("GANs", "a GAN"),
        ("ViT", "(ViT)"),
        ("study", "studies"),
        ("studies", "one study"),
        ("box", "bounding boxes"),
        ("hypothesis", "hypotheses"),
        ("quantization", "post-training quantisation"),
        ("summarise", "summarizing, then we summarize"),
        ("Gaussian splatting", "gaussian Splatting"),
        ("naïve Bayes", "Naïve Bayes"),
        ("LLM quantization", "LLM Quantisation"),
        ("3D", "in 3D, not 2D"),
        ("GPT-3.5", "GPT-3.5 and GPT-4"),
    ],
)
def test_found(phrase, text):
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("art", "We start."),
        ("language model", "in any language. Models differ"),
        ("language model", "language, model"),
        ("RAG", "a rag doll"),
        ("RAG", "Rag"),
        ("ViT", "VIT and vit"),
        ("news", "a new method"),
        ("language model", "languages model"),
        ("text-to-video", "text-video"),
        ("fine tuning", "finetuning"),
    ],
)
def test_not_found(phrase, text):
    assert not found(phrase, text)


@settings(deadline=None)
@given(st.text(alphabet="aA-_. ,;é0\n\x1c\x1f", max_size=60))
def test_ascii_and_other_text_are_cut_up_alike(text):
    assert [*tokens(text), "é"] == tokens(text + " é")


def test_finds_stand_in_order_the_longest_first():
    index = PhraseIndex([("model", 1), ("language model", 2), ("LANGUAGE", 3), ("language", 4)])
    assert index.find("a LANGUAGE model.") == [(1, 3, [2]), (1, 2, [4, 3]), (2, 3, [1])]
    assert index.find("language") == [(0, 1, [4])]
    assert index.find("LANGUAGE and more") == [(0, 1, [4, 3])]  # as it was before
    assert index.find("") == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", ".", "A-b"]), max_size=12))
def test_the_index_agrees_with_a_plain_search(words):
    text = " ".join(words)
    phrases = ["a", "a b", "b c a", "c"]
    cut = [token.lower() for token in tokens(text)]
    expected = {
        (start, start + len(phrase.split()), phrase)
        for phrase in phrases
        for start in range(len(cut))
        if cut[start : start + len(phrase.split())] == phrase.split()
    }
    got = PhraseIndex((phrase, phrase) for phrase in phrases).find(text)
    assert {(start, end, one) for start, end, all_ in got for one in all_} == expected


def test_has_words():
    assert has_words("a-b")
    assert not has_words("-- .")
