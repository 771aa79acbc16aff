from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

import msgspec
import pytest

from sitegen import roster
from sitegen.cache import Cache
from sitegen.executors import Serial
from sitegen.model import Details, Library, Listing, Paper
from sitegen.roster import key_of, path_of

NONE = Cache(None)


def paper(number, authors, ids=(), categories=(), day=0):
    born = None if day is None else date(2025, 1, 1) + timedelta(days=day)
    details = Details(authors=tuple(authors), author_ids=tuple(ids), categories=tuple(categories))
    return Paper(
        key=f"k{number}",
        path=f"papers/k{number}.html",
        digest=repr(details).encode(),
        title=f"T{number}",
        listings=(Listing(day=born, file="a", line=1, place=0, of=1, source="s"),),
        fetch=partial(msgspec.structs.replace, details),
    )


def of(papers, cache=NONE):
    return roster.roster(Library(papers=tuple(papers), days=()), Serial(), cache)


def told(found, least=1):
    return {
        one.key: (one.name, one.names, one.ids, [found.papers[n].key for n in one.papers])
        for one in found.persons(least)
    }


def test_ways_to_write_a_name_are_one_but_initials_are_none():
    found = of(
        [
            paper(0, ["José Núñez", "J. Núñez"]),
            paper(1, ["Jose Nunez"]),
            paper(2, ["JOSÉ NÚÑEZ", "José Núñez"]),
        ]
    )
    assert told(found) == {
        "j-nunez": ("J. Núñez", (), (), ["k0"]),
        "jose-nunez": ("José Núñez", ("JOSÉ NÚÑEZ", "Jose Nunez"), (), ["k0", "k1", "k2"]),
    }
    assert list(told(found, 3)) == ["jose-nunez"]


def test_one_identifier_is_of_all_that_bear_the_name_and_several_tell_people_apart():
    one = [paper(0, ["Li Wei"], ["orcid:1"]), paper(1, ["Li Wei", "Bo"], ["", ""])]
    assert told(of(one))["li-wei"] == ("Li Wei", (), ("orcid:1",), ["k0", "k1"])
    two = [*one, paper(2, ["Li Wei"], ["acl:li-wei-mit"])]
    assert {key: keys for key, (*_, keys) in told(of(two)).items()} == {
        "bo": ["k1"],
        "li-wei": ["k1"],
        "li-wei orcid:1": ["k0"],
        "li-wei acl:li-wei-mit": ["k2"],
    }


def test_papers_stand_in_the_order_of_birth_those_without_a_day_last():
    found = of([paper(0, ["A B"], day=None), paper(1, ["A B"], day=3), paper(2, ["A B"], day=1)])
    assert told(found)["a-b"][3] == ["k2", "k1", "k0"]


def test_what_is_kept_gives_the_same_and_damage_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(roster, "_BLOCK", 4)
    papers = [
        paper(n, [f"Ann {n % 3}x", "Bo Day"], categories=["cs.CL"][: n % 2], day=n)
        for n in range(11)
    ]
    cache = Cache(tmp_path)
    whole = told(of(papers))
    assert told(of(papers[:9], cache)) == told(of(papers[:9]))
    assert told(of(papers, cache)) == whole
    assert of(papers, cache).categories == {"cs.CL": [1, 3, 5, 7, 9]}
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(b"")
    assert told(of(papers, cache)) == whole


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jan van der Berg", "jan-van-der-berg"),
        ("Jean‐Luc O’Neil", "jean-luc-o-neil"),
        ("Łukasz  Ångström", "lukasz-angstrom"),
        ("李 明", "李-明"),
        ("...", ""),
    ],
)
def test_names_are_folded(name, key):
    assert key_of(name) == key


def test_paths_are_safe_and_differ_where_keys_do():
    assert path_of("jan-berg") == "authors/j/jan-berg.html"
    keys = ["con", "李-明", "李-民", "a" * 99 + "-b", "a" * 99 + "-c", "jan-berg orcid:1", "-x"]
    paths = [path_of(key) for key in keys]
    assert len(set(paths)) == len(keys)
    assert all(re.fullmatch(r"authors/[a-z0-9]/[a-z0-9-]{4,80}\.html", path) for path in paths)
    assert path_of("con") != "authors/c/con.html"
