from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.people import display_name, names, people

TWO = ("Jane Roe", "John Doe")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["Jane Roe", "John Doe"], TWO),
        (["Roe, Jane", "Doe, John"], TWO),
        ("Jane Roe; John Doe", TWO),
        ("Roe, Jane; Doe, John", TWO),
        ("Jane Roe;John Doe;", TWO),
        ("Jane Roe|John Doe", TWO),
        ("Jane Roe, John Doe", TWO),
        ("Jane Roe and John Doe", TWO),
        ("Roe, Jane and Doe, John", TWO),
        ("Jane Roe, John Doe et al.", TWO),
        ("['Jane Roe', 'John Doe']", TWO),
        ([{"name": "Jane Roe"}, {"fullname": "John Doe"}], TWO),
        ([{"given": "Jane", "family": "Roe"}, {"first": "John", "last": "Doe"}], TWO),
        ([{"author": {"id": 1, "name": "Jane Roe"}}, "John Doe"], TWO),
        ([["Roe", "Jane", ""], ["Doe", "John"]], TWO),
        ({"value": ["Jane Roe", "John Doe"]}, TWO),
        ("Roe, Jane", ("Jane Roe",)),
        ("Jane Roe, A. B. Cee and D Ee", ("Jane Roe", "A. B. Cee", "D Ee")),
        ("The ATLAS Collaboration", ("The ATLAS Collaboration",)),
        ({"name": "Jane Roe"}, ("Jane Roe",)),
        (['M{\\"u}ller  Jo', "", "  "], ("Müller Jo",)),
        ("N/A", ()),
        ("", ()),
        (None, ()),
        ([], ()),
    ],
)  # fmt: skip
def test_names(written: Any, expected: tuple[str, ...]) -> None:
    said: list[str] = []
    assert names(written, said.append) == expected
    assert said == []


@pytest.mark.parametrize("written", [7, True, ["Jane", 7], [{"id": 3}], [[]]])
def test_what_is_no_name_is_told(written: Any) -> None:
    said: list[str] = []
    assert names(written, said.append) in {(), ("Jane",)}
    assert len(said) == 1


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "family", "author", "value"]), inner)
    ),
)


@given(_anything)
def test_anything_at_all(written: Any) -> None:
    assert all(isinstance(name, str) and name for name in names(written, str))


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
def test_people_in_one_string(written: str, names: tuple[str, ...]) -> None:
    assert people(written) == names


TURNED = {
    "Balázs, C.": "C. Balázs",
    "Smith, Jr, John": "John Smith Jr",
    "Van Durme, Benjamin, III": "Benjamin Van Durme III",
    "Smith, Jr": "Smith Jr",
    "Plato": "Plato",
    "": "",
}


@pytest.mark.parametrize(("written", "name"), TURNED.items())
def test_names_are_turned_round(written: str, name: str) -> None:
    assert display_name(written) == name


@given(st.text())
def test_no_string_raises(text: str) -> None:
    people(text)
    display_name(text)
