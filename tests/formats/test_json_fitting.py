"""Facts of the wrong kind cost themselves, not the record."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.formats.json.fitting import fitted


class _Author(msgspec.Struct):
    name: str = ""
    order: int = 0


class _Paper(msgspec.Struct):
    title: str = ""
    votes: int | None = None
    authors: list[_Author] = []
    tags: list[str] = []
    first: _Author | None = None
    day: str = msgspec.field(default="", name="publishedAt")


def _fitted(facts):
    wrong: list[str] = []
    return fitted(facts, _Paper, wrong), wrong


def test_what_fits_is_taken_and_the_rest_is_told():
    paper, wrong = _fitted({"title": "T", "votes": "many", "publishedAt": 3, "unknown": {}})
    assert paper == _Paper(title="T")
    assert wrong == ["votes: a text where none belongs", "publishedAt: a number where none belongs"]


def test_nothing_is_no_mistake():
    assert _fitted({"title": None, "tags": None}) == (_Paper(), [])


def test_good_elements_of_a_list_stay():
    paper, wrong = _fitted({"tags": ["a", 3, None, "b"]})
    assert (paper.tags, wrong) == (["a", "b"], ["tags: 2 of 4"])


@pytest.mark.parametrize("one", ["Ada", {"name": "Ada"}, {"name": "Ada", "more": []}])
def test_a_name_and_an_object_with_a_name_stand_for_each_other(one):
    paper, wrong = _fitted({"authors": [one, 7]})
    assert (paper.authors, wrong) == ([_Author("Ada")], ["authors: 1 of 2"])
    paper, wrong = _fitted({"tags": [one, 7]})
    assert (paper.tags, wrong) == (["Ada"], ["tags: 1 of 2"])


def test_an_object_within_is_fitted_in_its_turn():
    paper, wrong = _fitted({"first": {"name": "Ada", "order": "x"}})
    assert paper.first == _Author("Ada")
    assert wrong == ["first.order: a text where none belongs"]
