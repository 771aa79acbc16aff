from __future__ import annotations

import pytest

from sitegen.formats.usual_names import NAMES, facts, fields_of, folded


@pytest.mark.parametrize(
    "name", ["Abstract Note", "abstract_note", "abstractNote", "ABSTRACT-NOTE"]
)
def test_spelling_does_not_matter(name: str) -> None:
    assert facts({name: "x"}) == {"abstract": "x"}


def test_the_better_name_is_taken_wherever_it_stands() -> None:
    assert facts({"summary": "b", "abstract": "a"})["abstract"] == "a"
    assert facts({"abstract": "", "summary": "b"})["abstract"] == "b"
    assert facts({"year": 2024, "published": "2024-05-08"}) == {
        "published": "2024-05-08",
        "year": 2024,
    }


def test_empty_values_are_left_out_but_nought_is_not() -> None:
    assert facts({"title": None, "authors": [], "url": "", "upvotes": 0}) == {"upvotes": 0}


def test_members_of_inner_objects_stand_behind() -> None:
    inner = {"title": "Inner", "arxiv_page_url": "u", "details": {"pdf": "deep"}}
    assert facts({"details": inner, "title": "Outer"}) == {"title": "Outer", "arxiv": "u"}


def test_names_are_folded_and_each_stands_once_for_a_field() -> None:
    for field, names in NAMES.items():
        assert len(set(names)) == len(names), field
        assert all(folded(name) == name for name in names)
        assert all(field in dict(fields_of(name)) for name in names)
    assert fields_of("x" * 1_000) == ()
