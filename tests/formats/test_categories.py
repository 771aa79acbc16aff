from __future__ import annotations

from sitegen.formats.categories import arxiv_categories


def test_categories_are_those_of_arxiv():
    known = ("cs.AI", "cond-mat.mes-hall", "astro-ph", "math-ph", "physics.optics", "q-bio.NC")
    others = ("I.2.7", "68T50", "68T50; I.2.7", "node.js", "cs.", "", "lists", "CS.AI")
    assert arxiv_categories([*known, *others, "cs.AI", " nlin.CD "]) == (*known, "nlin.CD")
