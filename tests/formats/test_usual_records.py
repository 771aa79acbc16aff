"""Records from usual names: the quick way and the thorough one say the same."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.formats import usual_records
from sitegen.formats.usual_records import record

FULL = {
    "title": "A  Title",
    "abstract": "An \\emph{abstract} of some length.",
    "authors": ["Lovelace, Ada", "Noether, Emmy"],
    "published": "2025-03-04",
    "url": "https://arxiv.org/abs/2503.01234v2",
    "pdf_url": "https://arxiv.org/pdf/2503.01234",
    "doi": "https://doi.org/10.1000/XYZ",
    "venue": "ICML 2025",
    "keywords": ["a", "b", "a"],
    "upvotes": 3,
    "id": "2503.01234",
}


def _record(members):
    said: list[str] = []
    return record(members, "f", 1, 1, "S", said.append), said


@pytest.mark.parametrize("left_out", [None, *FULL])
def test_both_ways_give_the_same_record(left_out, monkeypatch):
    members = {name: value for name, value in FULL.items() if name != left_out}
    quick = _record(members)
    assert usual_records._reads(tuple(members)) is not None
    monkeypatch.setattr(usual_records, "_reads", lambda _: None)
    assert _record(members) == quick


def test_a_record():
    paper, said = _record(FULL)
    assert said == []
    assert paper.title == "A Title"
    assert paper.abstract == "An *abstract* of some length."
    assert paper.authors == ("Ada Lovelace", "Emmy Noether")
    assert paper.published == date(2025, 3, 4)
    assert paper.ids == {"arxiv": "2503.01234", "doi": "10.1000/xyz"}
    assert (paper.venue, paper.tags, paper.upvotes) == ("ICML 2025", ("a", "b"), 3)


def test_of_two_members_for_one_field_the_one_that_says_something_is_taken():
    paper, _ = _record({"title": "T", "summary": "", "abstract": "Said here at length."})
    assert paper.abstract == "Said here at length."


def test_a_month_of_its_own():
    paper, said = _record({"title": "T", "year": 2024, "month": "May"})
    assert (paper.published, said) == (date(2024, 5, 1), [])


def test_an_abstract_that_says_the_title_or_nothing_is_none():
    assert _record({"title": "T and more", "abstract": "T and more"})[0].abstract == ""
    assert _record({"title": "T", "abstract": "N/A"})[0].abstract == ""


def test_values_that_are_nothing_are_told_by_their_member():
    paper, said = _record({"title": "T", "published": "someday", "authors": "A"})
    assert paper.published is None
    assert len(said) == 1
    assert "someday" in said[0]
