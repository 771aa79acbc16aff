import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.person_names import Name, split


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Yudong Jin", "Jin", "Yudong"),
        ("J. R. R. Tolkien", "Tolkien", "J. R. R."),
        ("Mausam", "Mausam", ""),
        ("Laurens van der Maaten", "van der Maaten", "Laurens"),
        ("Maarten de Rijke", "de Rijke", "Maarten"),
        ("Cícero Nogueira dos Santos", "dos Santos", "Cícero Nogueira"),
        ("Benjamin Van Durme", "Van Durme", "Benjamin"),
        ("Tim Van de Cruys", "Van de Cruys", "Tim"),
        ("Barbara Di Eugenio", "Di Eugenio", "Barbara"),
        ("Florence Le Priol", "Le Priol", "Florence"),
        ("Vinh Van Nguyen", "Nguyen", "Vinh Van"),
        ("Minh Le Nguyen", "Nguyen", "Minh Le"),
        ("Sun Da Jiang", "Jiang", "Sun Da"),
        ("De Rijke", "Rijke", "De"),
        ("鸿飞 林", "林", "鸿飞"),
        ("林 鸿飞", "林", "鸿飞"),
        ("王小明", "王小明", ""),
        ("Xiaoming Wang (王小明)", "Wang (王小明)", "Xiaoming"),
        ("Chee Wee (Ben) Leong", "Leong", "Chee Wee (Ben)"),
        ("Jin, Yudong", "Jin", "Yudong"),
        ("van der Maaten, Laurens", "van der Maaten", "Laurens"),
        ("  Ann \t Doe ", "Doe", "Ann"),
    ],
)
def test_persons(name, family, given):
    assert split(name) == Name(family, given)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gordon S. Novak Jr.", Name("Novak", "Gordon S.", "Jr.")),
        ("John H. Clippinger, Jr.", Name("Clippinger", "John H.", "Jr.")),
        ("Hal Daumé III", Name("Daumé", "Hal", "III")),
        ("Martin van Buren Sr", Name("van Buren", "Martin", "Sr")),
    ],
)
def test_suffixes(name, expected):
    assert split(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Qwen Team",
        "Gemma Team, Google DeepMind",
        "The PLUM Research Group",
        "ATLAS Collaboration",
        "IsoQuest, Inc.",
        "Mistral AI",
        "Smith and Sons",
        "SMITH AND SONS",
        "A, B, C",
    ],
)
def test_groups_stay_whole(name):
    assert split(name) == Name(name, group=True)


PIECES = ("Ann", "van", "de", "Le", "Doe,", "Jr.", "III", "Team", "and", ",", "王", "(x)")


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_no_word_of_a_name_is_lost(name):
    parts = split(name)
    words = f"{parts.family} {parts.given} {parts.suffix}"
    assert sorted(re.split(r"[\s,]+", words.strip(" ,"))) == sorted(
        re.split(r"[\s,]+", " ".join(name.split()).strip(" ,"))
    )


@given(st.text(st.characters(categories=["Lu", "Ll", "Zs"]), min_size=1).filter(str.strip))
def test_every_name_has_a_family_name(name):
    assert split(name).family
