from __future__ import annotations

import tomllib
from datetime import date

import pytest

from sitegen.enrich.suggestions import suggestions, toml_of
from sitegen.enrich.topics import load_rules
from tests.related.library import paper

RULES = load_rules(
    "[[topic]]\nslug = 'video'\nname = 'Video'\nwords = ['video generation']\n", "topics.toml"
)


@pytest.fixture(scope="module")
def found():
    papers = []
    for number in range(6):
        abstract = "We propose a method. Tidal energy farms and a Video generation model"
        if number % 2:
            abstract = "Many tidal energy farm designs, and NeRF cameras. NeRF camera"
        papers.append(paper(number, date(2025, 1, 1), f"Paper {number}", abstract))
    return suggestions(papers, RULES, 10, 3)


def test_frequent_phrases_that_no_rule_covers_are_told_once_and_the_longest(found):
    assert [(one.phrase, one.papers, one.without) for one in found] == [
        ("tidal energy farm", 6, 6),
        ("NeRF camera", 3, 3),
    ]
    assert found[0].examples == ("Paper 0", "Paper 1", "Paper 2")


def test_entries_are_rules_that_find_the_phrase(found):
    text = toml_of(found)
    assert [entry["slug"][:8] for entry in tomllib.loads(text)["topic"]] == ["tidal-en", "nerf-cam"]
    rules = load_rules(text, "topics.toml", RULES)
    (match,) = rules.match("Tidal energy farms", "")
    assert match.slug.startswith("tidal-energy-farm")


def test_what_a_paper_lacks_is_reckoned():
    (one,) = RULES.reckoned("A title", "Video generation and video generation.")
    assert (one.rule.slug, one.total, one.words) == ("video", 2, (("video generation", 2),))
    assert RULES.match("A title", "Video generation and video generation.") == ()
