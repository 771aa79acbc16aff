from __future__ import annotations

from sitegen.related.terms import hashed
from sitegen.related.words import in_words


def written(stems, title, abstract):
    found = in_words([hashed(stem) for stem in stems], title, abstract)
    return [found.get(hashed(stem)) for stem in stems]


def test_terms_are_written_as_in_the_paper_and_small_where_it_has_them_so():
    title = "Tokenizers for BERT"
    abstract = "Tokenizers matter. Good tokenizers help BERT."
    assert written(["token", "bert"], title, abstract) == ["tokenizers", "BERT"]


def test_a_word_of_its_own_goes_before_one_with_a_hyphen():
    assert written(["shot"], "Zero-shot learning", "One shot is enough") == ["shot"]
    assert written(["shot"], "Zero-shot learning", "") == ["Zero-shot"]


def test_what_is_not_there_has_no_word():
    assert in_words([hashed("whale")], "A title", "and a text") == {}
    assert in_words([], "A title", "and a text") == {}


def test_of_several_alike_the_first_one_is_told_and_the_abstract_goes_before_the_title():
    assert written(["token"], "Tokenizing", "tokenizers and a tokenizer") == ["tokenizers"]
    assert written(["token"], "tokenizing", "a tokenizer and tokenizers") == ["tokenizer"]
    assert written(["token"], "tokenizing", "Tokenizers") == ["tokenizing"]


def test_what_was_met_in_one_paper_is_not_told_of_another():
    assert written(["whale"], "Whales", "") == ["Whales"]
    assert written(["whale"], "A title", "and a text") == [None]
