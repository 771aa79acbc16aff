from __future__ import annotations

from datetime import date

import numpy as np

from sitegen.related.terms import NONE, counted, hashed, unpacked, usual
from sitegen.related.vectors import MOST_TERMS, weighed
from tests.related import library as made

DAY = date(2025, 1, 1)


def weights(vectors, number=0):
    ends = [0, *vectors.ends.tolist()]
    span = slice(ends[number], ends[number + 1])
    return dict(zip(vectors.hashes[span].tolist(), vectors.weights[span].tolist(), strict=True))


def test_mentions_are_counted_and_those_in_the_title_more():
    paper = made.paper(0, DAY, "Whales", "A whale and whales and a shark, 2024; the x")
    counts = counted([paper, made.paper(1, DAY, "", ""), paper])
    assert counts.ends.tolist() == [2, 2, 4]
    of = dict(zip(counts.hashes[:2].tolist(), counts.times[:2].tolist(), strict=True))
    assert of == {hashed("whale"): 5, hashed("shark"): 1}
    again = unpacked(counts.packed())
    assert all((one == other).all() for one, other in zip(again, counts, strict=True))


def test_rare_terms_weigh_more_than_usual_ones_and_those_of_completed_years_less():
    assert usual().of(np.array([hashed("model")]))[0] > 500
    paper = made.paper(0, DAY, "A model of whales", "")
    counts = counted([paper])
    plain = weights(weighed(counts, NONE))
    assert plain[hashed("whale")] > 3 * plain.get(hashed("model"), 0)
    before = NONE
    for _ in range(50):
        before = before.plus(counted([paper] * 20))
    assert before.papers == 1000
    assert weights(weighed(counts, before))[hashed("whale")] < plain[hashed("whale")]


def test_a_vector_keeps_its_heaviest_terms():
    rare = " ".join(f"zq{number}a" for number in range(40))
    paper = made.paper(0, DAY, "", f"{rare} zq1a zq2a the model")
    kept = weights(weighed(counted([paper]), NONE))
    assert len(kept) == MOST_TERMS
    assert {hashed("zq1a"), hashed("zq2a")} <= kept.keys()
    assert hashed("model") not in kept


def test_a_text_of_two_words_does_not_outweigh_a_long_one():
    short = made.paper(0, DAY, "Zqwhale zqshark", "")
    found = weights(weighed(counted([short]), NONE))
    assert max(found.values()) < 180
