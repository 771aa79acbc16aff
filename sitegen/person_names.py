"""Names of authors taken apart: display order "Given Family" to what bibliographies need.

What a name's parts are cannot be known for sure from its text. The rules here follow BibTeX's
("Given von Family, Jr"), with tables for what it doesn't know: capital particles, groups, Chinese
and Japanese script. Nothing is lost: the parts hold every word of the name.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Name(NamedTuple):
    """A name's parts; `given` and `suffix` may be empty. A group's name is all `family`."""

    family: str
    given: str = ""
    suffix: str = ""
    group: bool = False  # to be kept together: not a person's, or not to be taken apart


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that belong to the family name when they stand right before it.
_PARTICLES: Final = _table(
    """
    af al ap auf aus bin da dal dalla das de degli dei del dela della den der des di do dos du
    el ibn im la le les lo ten ter van vom von vor zu zum zur
    """
)
# Vietnamese family names, before which "Van" and "Le" are middle names.
_VIETNAMESE: Final = _table(
    """
    Bui Cao Dang Dao Dinh Do Doan Duong Hoang Huynh Lai Lam Le Luong Luu Ly Mai Minh Nghiem Ngo
    Nguyen Pham Phan Quach Ta Thai Thanh To Tran Trinh Truong Vo Vu Vuong
    """
)
# Capital particles that are common given names elsewhere: Sun Da Jiang, Kim Do.
_LOWER_ONLY: Final = _table(
    """
    Al Bin Da Do Im Lo
    """
)
_SUFFIXES: Final = _table(
    """
    Jr Jr. Sr Sr. II III IV 2nd 3rd
    """
)
_GROUP_ENDS: Final = _table(
    """
    AI Association Authors Center Centre Collaboration Committee Community Consortium
    Contributors Corporation Foundation GmbH Group Inc Inc. Initiative Institute Lab Laboratory
    Labs Ltd Ltd. Network Organization Project Research Team University Workshop Workshops
    """
)
# BibTeX takes "and" for the end of a name, in whatever case.
_GROUP_WORDS: Final = _table(
    """
    and anD aNd aND And AnD ANd AND Team University Collaboration
    """
)
_OF_GROUPS: Final = _GROUP_ENDS | _GROUP_WORDS | {"The"}
_HAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


def plain(name: str) -> tuple[str, str] | None:
    """Given and family name of what nearly all names are: two words of ASCII; else None."""
    given, _, family = name.partition(" ")
    if (
        given
        and family
        and name.isascii()
        and " " not in family
        and "," not in name
        and given not in _OF_GROUPS
        and family not in _OF_GROUPS
    ):
        return given, family
    return None


def split(name: str) -> Name:
    """The parts of one author's name."""
    parts = plain(name)
    if parts:
        return Name(parts[1], parts[0])
    words = name.split()
    if len(words) < 2:
        return Name("".join(words), group="," in name)
    bare = [word.rstrip(",") for word in words]
    if words[0] == "The" or words[-1] in _GROUP_ENDS or not _GROUP_WORDS.isdisjoint(bare):
        return Name(" ".join(words), group=True)
    suffix = ""
    if words[-1] in _SUFFIXES and len(words) > 2:
        suffix = words.pop()
        words[-1] = words[-1].removesuffix(",") or words[-1]
    if "," in name and any("," in word for word in words):
        return _with_comma(words, suffix)
    if _HAN.fullmatch(words[0]) and len(words) == 2 and _HAN.fullmatch(words[1]):
        # Sources differ in the order, but a family name is hardly ever the longer part.
        given, family = words if len(words[1]) <= len(words[0]) else reversed(words)
        return Name(family, given, suffix)
    start = _family_start(words)
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _with_comma(words: list[str], suffix: str) -> Name:
    """A name already written "Family, Given"; with other commas it is better left alone."""
    family, _, given = " ".join(words).partition(", ")
    if family and given and "," not in family + given:
        return Name(family, given, suffix)
    return Name(" ".join([*words, suffix]).strip(), group=True)


def _family_start(words: list[str]) -> int:
    """Where the family name begins; never at the first word."""
    start = len(words) - 1
    if words[start].startswith("(") and start > 1:  # "Chee (Ben)": a nickname at the end
        return 1
    while start > 1 and _is_particle(words[start - 1], words[start]):
        start -= 1
    return start


def _is_particle(word: str, family: str) -> bool:
    if word.lower() not in _PARTICLES:
        return False
    return word.islower() or (word not in _LOWER_ONLY and family not in _VIETNAMESE)
