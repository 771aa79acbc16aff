from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sitegen.cache import Cache
from sitegen.executors import Serial, executor
from sitegen.related import finding
from tests.related import library as made

NONE = Cache(None)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Blocks and groups of which a small library has several."""
    monkeypatch.setattr(finding, "_BLOCK", 64)
    monkeypatch.setattr(finding, "_GROUP", 30)
    monkeypatch.setattr(finding, "_TOGETHER", 2)


@pytest.fixture(scope="module")
def whole():
    return made.library(600)


def told(relations, papers):
    return {
        paper.key: (
            [(one.paper.key, one.terms) for one in relations.earlier(paper)],
            [one.key for one in relations.later(paper)],
        )
        for paper in papers
    }


def related(library, cache=NONE, tasks=None, later=0):
    return finding.related(library, 5, later, tasks or Serial(), cache)


def test_related_papers_are_of_the_same_subject_and_not_later_and_never_the_paper_itself(whole):
    relations = related(whole)
    same = total = 0
    for number, paper in enumerate(whole.papers):
        others = [one.paper for one in relations.earlier(paper)]
        assert paper not in others
        assert len({other.key for other in others}) == len(others) <= 5
        assert all(other.born <= paper.born for other in others)
        total += len(others)
        same += sum((int(other.key[1:]) - number) % len(made.SUBJECTS) == 0 for other in others)
    assert total > 4 * len(whole.papers)
    assert same / total > 0.95  # by chance, a fifth


def test_a_new_day_changes_no_list_and_what_is_kept_gives_the_same_as_nothing(whole, tmp_path):
    """Built up day by day over one cache, across the turn of a year."""
    cache = Cache(tmp_path)
    days = sorted({paper.born for paper in whole.papers})
    before = {}
    for last in [days[0], days[30], days[31], days[60], days[61], days[-1]]:
        known = made.of(paper for paper in whole.papers if paper.born <= last)
        now = told(related(known, cache), known.papers)
        assert before.items() <= now.items()
        assert now == told(related(known), known.papers)
        before = now
    assert days[0].year < days[-1].year


def test_every_executor_finds_the_same(whole):
    several = executor("process", 2)
    assert told(related(whole, tasks=several), whole.papers) == told(related(whole), whole.papers)


def test_a_text_that_changes_is_looked_at_anew(whole, tmp_path):
    cache = Cache(tmp_path)
    related(whole, cache)
    other = made.paper(3, whole.papers[3].born, *("robot gripper", "grasp locomotion robot"))
    changed = made.of([*whole.papers[:3], other, *whole.papers[4:]])
    assert told(related(changed, cache), changed.papers) == told(related(changed), changed.papers)


def test_papers_without_a_day_are_compared_among_themselves_by_file():
    title, text = "Grasping with a robot", "A gripper for grasp and manipulation by a robot"
    papers = [
        made.paper(0, date(2025, 1, 1), title, text),
        made.paper(1, None, title, text, "a.txt"),
        made.paper(2, None, title, text, "b.txt"),
        made.paper(3, None, title, text, "b.txt"),
    ]
    relations = related(made.of(papers), later=3)
    assert [[one.paper.key for one in relations.earlier(paper)] for paper in papers] == [
        [],
        [],
        ["k3", "k1"],
        ["k2", "k1"],
    ]
    assert [[one.key for one in relations.later(paper)] for paper in papers] == [
        [], ["k2", "k3"], [], []
    ]  # fmt: skip


def test_those_that_followed_have_the_paper_in_their_lists(whole):
    relations = related(whole, later=2)
    followed = 0
    for paper in whole.papers:
        for other in relations.later(paper):
            assert other.born > paper.born
            assert paper in [one.paper for one in relations.earlier(other)]
            followed += 1
    assert followed > len(whole.papers)


def test_facts_tell_what_is_shown_and_nothing_else(whole):
    relations = related(whole)
    some = whole.papers[300:307]
    known = made.of(whole.papers[:400])
    assert relations.facts(some) == related(known).facts(some)
    assert relations.facts(some) != relations.facts(whole.papers[307:314])
    # A title counts, though no term of it changes.
    near = relations.earlier(some[0])[0].paper
    text, at = near.abstract, int(near.key[1:])
    retitled = made.paper(at, near.born, f"{near.title} of", text)
    renamed = made.of([*whole.papers[:at], retitled, *whole.papers[at + 1 :]])
    assert told(related(renamed), some) == told(relations, some)
    assert related(renamed).facts(some) != relations.facts(some)


def test_nothing_comes_of_nothing():
    assert related(made.of([])).facts([])
    alone = made.paper(0, date(2025, 1, 1), "1 + 1", "")
    relations = related(made.of([alone]), later=3)
    assert relations.earlier(alone) == relations.later(alone) == []


def test_what_is_kept_and_damaged_is_made_anew(whole, tmp_path):
    cache = Cache(tmp_path)
    expected = told(related(whole, cache), whole.papers)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) > 20
    for number, path in enumerate(kept):
        path.write_bytes(b"" if number % 2 else path.read_bytes()[:-1])
    assert told(related(whole, cache), whole.papers) == expected


def test_reasons_are_terms_of_both_papers(whole):
    relations = related(whole)
    paper = whole.papers[500]
    for one in relations.earlier(paper):
        assert 1 < len(one.terms) <= 5
        words = finding.counted([paper, one.paper])
        first = words.ends[0]
        assert set(one.terms) <= set(words.hashes[:first].tolist())
        assert set(one.terms) <= set(words.hashes[first:].tolist())
    assert np.issubdtype(words.hashes.dtype, np.integer)
