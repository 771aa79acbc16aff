from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.reading import common


def record(line, title="A title", abstract="An abstract."):
    return Record(file="d", line=line, place=0, source="s", title=title, abstract=abstract)


def said(items):
    return [item for item in common.checked(items, "d") if isinstance(item, Problem)]


def test_whole_records_raise_no_problem():
    records = [record(1), record(2)]
    assert list(common.checked(records, "d")) == records


def test_missing_titles_are_told_one_by_one():
    problems = said([record(3, title=""), record(7, title="", abstract="")])
    assert [problem.line for problem in problems] == [3, 7]


def test_one_missing_abstract_is_told_with_its_title():
    (problem,) = said([record(1), record(9, title="Lonely", abstract="")])
    assert problem.line == 9
    assert "“Lonely”" in problem.message


def test_missing_abstracts_are_told_once_with_their_number():
    records = [record(line, abstract="") for line in range(5, 15)] + [record(20)]
    (problem,) = said(records)
    assert problem.line == 5
    assert problem.message == "10 of 11 records have no abstract (lines 5, 6, 7, …)"


def test_problems_pass_through():
    problem = Problem(file="d", line=1, message="m")
    assert list(common.checked([problem], "d")) == [problem]


PEOPLE = {
    "A. Ay, B. Be and C. Ce (1, 2)": ("A. Ay", "B. Be", "C. Ce"),
    "A. Ay, B. Be, and C. Ce": ("A. Ay", "B. Be", "C. Ce"),
    "Ileana Streinu and Louis Theran": ("Ileana Streinu", "Louis Theran"),
    "John Smith, Jr., Ann O'Hara & Li": ("John Smith Jr.", "Ann O'Hara", "Li"),
    "ATLAS Collaboration: G. Aad (CPPM (Marseille))": ("ATLAS Collaboration", "G. Aad"),
    "Anderson Brandy": ("Anderson Brandy",),
    "Example, A., Muster, B. M.": ("A. Example", "B. M. Muster"),
    "B. Aubert, et al": ("B. Aubert",),
    r"C. Bal\'azs, K. {\O}re": ("C. Balázs", "K. Øre"),
    " , ;": (),
}


@pytest.mark.parametrize(("written", "names"), PEOPLE.items())
def test_people(written, names):
    assert common.people(written) == names


NAMES = {
    "Balázs, C.": "C. Balázs",
    "Smith, Jr, John": "John Smith Jr",
    "Van Durme, Benjamin, III": "Benjamin Van Durme III",
    "Smith, Jr": "Smith Jr",
    "Plato": "Plato",
    "": "",
}


@pytest.mark.parametrize(("written", "name"), NAMES.items())
def test_names_are_turned_round(written, name):
    assert common.display_name(written) == name


DAYS = {
    "Mon, 2 Apr 2007 19:18:42 GMT": date(2007, 4, 2),
    "2025-08-20T00:00:00-04:00": date(2025, 8, 20),
    "2025-8-2": date(2025, 8, 2),
    "Tue, 99 Foo 2007": None,
    "2025-13-01": None,
    "soon": None,
    "": None,
}


@pytest.mark.parametrize(("written", "found"), DAYS.items())
def test_days(written, found):
    assert common.day(written) == found


@given(st.text())
def test_nothing_raises(text):
    common.day(text)
    common.people(text)
    common.display_name(text)
    common.beginning(text)
    common.arxiv_categories([text])
    address = common.web_address(text)
    assert address == "" or address.lower().startswith(("http://", "https://"))


def test_addresses_are_of_the_web():
    assert common.web_address(" https://arxiv.org/abs/1 ") == "https://arxiv.org/abs/1"
    assert common.web_address("javascript:alert(1)") == ""
    assert common.web_address('https://a"onclick=') == ""
    assert common.web_address(None) == ""


def test_categories_are_those_of_arxiv():
    known = ("cs.AI", "cond-mat.mes-hall", "astro-ph", "math-ph", "physics.optics", "q-bio.NC")
    others = ("I.2.7", "68T50", "68T50; I.2.7", "node.js", "cs.", "", "lists", "CS.AI")
    assert common.arxiv_categories([*known, *others, "cs.AI", " nlin.CD "]) == (*known, "nlin.CD")


def test_identifiers_are_known_wherever_they_stand():
    find = common.identifiers
    assert find(arxiv="arXiv:2608.00001v2") == {"arxiv": "2608.00001"}
    assert find(doi="https://doi.org/10.48550/arXiv.2608.00001") == {"arxiv": "2608.00001"}
    assert find(doi="10.18653/V1/2025.gem-1.3", acl="2025.gem-1.3") == {
        "doi": "10.18653/v1/2025.gem-1.3",
        "acl": "2025.gem-1.3",
    }
    assert find(url="https://aclanthology.org/P08-1001/") == {"acl": "P08-1001"}
    assert find(arxiv="none", doi="none", acl="none", url="none") == {}
