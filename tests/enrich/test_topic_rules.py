"""The topics file: what it may say, and what is said of its mistakes."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.enrich.topics import load_rules
from sitegen.errors import UsageError

VIDEO = """
[[topic]]
slug = "video"
name = "Video"
description = "Moving pictures"
words = ["video", "film"]
strong = ["text-to-video"]
title_words = ["clip"]
not = ["video game"]
"""


def test_a_file_adds_to_the_base_and_changes_it():
    base = load_rules(VIDEO + '[[topic]]\nslug = "art"\nname = "Art"\nwords = ["art"]', "base")
    text = """
    [[topic]]
    slug = "music"
    name = "Music"
    words = ["music"]
    [[topic]]
    slug = "video"
    name = "Film"
    more = ["movie"]
    """
    rules = load_rules(text, "topics.toml", base)
    assert [topic.slug for topic in rules.topics] == ["video", "art", "music"]
    film = rules.rules[0]
    assert film.name == "Film"
    assert film.words == ("video", "film", "movie")
    assert film.excluded == ("video game",)
    assert rules.match("Movies and movies", "")


def test_a_file_replaces_the_base_or_drops_from_it():
    music = '[[topic]]\nslug = "music"\nname = "Music"\nwords = ["music"]'
    base = load_rules(VIDEO, "base")
    alone = load_rules("replace = true\n" + music, "topics.toml", base)
    assert [topic.slug for topic in alone.topics] == ["music"]
    dropped = load_rules('drop = ["video"]\n' + music, "topics.toml", base)
    assert dropped.topics == alone.topics
    assert load_rules("", "topics.toml", base).topics == base.topics


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        ("[[topic]\n", 1, "TOML", ""),
        ("\n\nx = [1,\n", 4, "TOML", ""),
        ("relpace = true\n", 1, "'relpace'", "'replace'"),
        ("replace = 1\n", 1, "true or false", ""),
        ('drop = ["vidoe"]\n', 1, "no topic 'vidoe'", "'video'"),
        ("topic = 3\n", 1, "[[topic]]", ""),
        ("[[topic]]\n\nname = 'A'\nwords = ['a']\n", 1, "no slug", "slug"),
        ("[[topic]]\nslug = 'a'\nname = 'A'\n\nword = ['a']\n", 5, "'word'", "'words'"),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = 'a'\n", 4, "list of texts", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['a', 1]\n", 4, "list of texts", ""),
        ("[[topic]]\nslug = 'a'\nname = ''\nwords = ['a']\n", 3, "text in quotes", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['a']\nleast = 0\n", 5, "1 or more", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['a']\nleast = true\n", 5, "whole", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['a']\nweight = -1\n", 5, "above 0", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['a']\ntitle = inf\n", 5, "above 0", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\n", 1, "no words", "words"),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = []\nnot = ['a']\n", 1, "no words", "words"),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['--']\n", 4, "'--'", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['x']\nnot = ['X']\n", 5, "twice", ""),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nwords = ['x']\nstrong = ['x']\n", 5, "twice", ""),
        ("[[topic]]\nslug = 'A b'\nname = 'A'\nwords = ['a']\n", 2, "slug", "a-z"),
        ("[[topic]]\nslug = 'index'\nname = 'A'\nwords = ['a']\n", 2, "slug", "another"),
        ("[[topic]]\nslug = 'a-2'\nname = 'A'\nwords = ['a']\n", 2, "slug", "another"),
        ("[[topic]]\nslug = 'a'\nname = 'A'\nmore = ['a']\n", 4, "nothing for more", "words"),
        ("[[topic]]\nslug = 'vidio'\nwords = ['a']\n", 2, "no name", "'video'"),
        (
            "topic = [{slug = 'a', name = 'A', words = ['a']}, {slug = 'a', name = 'A', word = 1}]",
            0,
            "'word'",
            "'words'",
        ),
        ("[[topic]]\nslug = 'video'\n\n[[topic]]\nname = 'V'\nslug = 'video'\n", 6, "twice", ""),
        ("replace = true\n", 0, "no topic", "[[topic]]"),
    ],
)
def test_errors_name_the_file_the_line_and_what_to_do(text, line, says, hint):
    with pytest.raises(UsageError) as caught:
        load_rules(text, "content/topics.toml", load_rules(VIDEO, "base"))
    error = caught.value
    assert (error.file, error.line) == ("content/topics.toml", line)
    assert says in error.message
    assert hint in error.hint


@settings(deadline=None)
@given(st.text(alphabet="[]topic=\"'\n sluganmewords,1#.{}", max_size=80))
def test_a_file_is_rules_or_a_usage_error(text):
    with suppress(UsageError):
        load_rules(text, "topics.toml")


TREE = """
synonyms = [["LLM", "large language model"], ["film", "movie"]]
[[topic]]
slug = "language"
name = "Language"
[[topic]]
slug = "models"
name = "Models"
parent = "language"
words = ["LLM", "film"]
not = ["LLM agent"]
"""


def test_a_topic_without_words_has_parts_and_synonyms_count_as_what_they_mean():
    above, below = load_rules(TREE, "topics.toml").rules
    assert (above.phrases, below.parent) == ((), "language")
    assert below.words == ("LLM", "film", "large language model", "movie")
    assert below.excluded == ("LLM agent",)
    topics = load_rules(TREE, "topics.toml").topics
    assert "below this one" in topics[0].rule
    assert topics[1].parent == "language"


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (('parent = "language"', 'parent = "languages"'), 9, "a parent that there is not"),
        (('parent = "language"', 'parent = "models"'), 9, "cannot be a parent"),
        (('parent = "language"', ""), 3, "has no words"),
        (('["LLM", "large language model"]', '["LLM"]'), 2, "a list of lists"),
        (('["film", "movie"]', '["film", 3]'), 2, "a list of lists"),
    ],
)
def test_trees_and_synonyms_that_cannot_be_are_errors(change, line, says):
    with pytest.raises(UsageError, match=says) as caught:
        load_rules(TREE.replace(*change), "content/topics.toml")
    assert caught.value.line == line
