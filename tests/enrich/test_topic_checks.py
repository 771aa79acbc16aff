from __future__ import annotations

import pytest

from sitegen.enrich.topic_checks import problems
from sitegen.enrich.topics import load_rules
from sitegen.model import Library, Paper, TopicMatch

HEAD = "[[topic]]\nslug = 'a'\nname = 'A'\n"


def said(text, *slugs):
    match = tuple(TopicMatch(slug=slug, words=(), score=1) for slug in slugs)
    paper = Paper(key="k", path="papers/k.html", digest=b"", title="T", topics=match)
    rules = load_rules(text, "content/topics.toml")
    return [str(one) for one in problems(rules.rules, Library(papers=(paper,), days=()))]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("words = ['fine-tuning']\nnot = ['fine-tuning method']", ""),
        ("words = ['fine tuning']\nnot = ['fine-tuning']", "can match nothing"),
        ("words = ['fine tuning', 'x']\nnot = ['fine-tuning']", "not has 'fine-tuning'"),
        ("words = ['agent', 'agents']", "'agents' never counts: 'agent' is found"),
        ("strong = ['agent']\nwords = ['agents']", "'agents' never counts"),
        ("words = ['agent', 'agent system']", ""),
        ("words = ['RAG', 'rag doll']", ""),
        ("title_words = ['agent']\nwords = ['video']", ""),
    ],
)
def test_phrases_that_are_never_reached_are_told_with_their_rule(rule, says):
    found = said(HEAD + rule, "a")
    if not says:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith("warning: content/topics.toml:2: ")
        assert says in found[0]


def test_topics_without_papers_are_told_unless_one_below_has_some():
    text = HEAD + "words = ['x']\n[[topic]]\nslug = 'b'\nname = 'B'\nwords = ['y']\nparent = 'a'\n"
    assert said(text, "b") == []
    assert said(text, "a") == [one for one in said(text, "a") if "no paper is on" in one] != []


def test_rules_that_are_the_same_are_told():
    text = HEAD + "words = ['x']\n[[topic]]\nslug = 'b'\nname = 'B'\nwords = ['X']\n"
    (found,) = said(text, "a", "b")
    assert "topics.toml:6: the topic 'b' has the words of 'a'" in found
