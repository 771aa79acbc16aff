"""Why records came to a paper or stayed apart, and what an editor's corrections make of that."""

from __future__ import annotations

import pytest

from sitegen.corrections import Alias, Corrections, Join, Split, unmatched
from sitegen.identity import fingerprint, namesake_key, paper_path
from sitegen.merge import merged
from tests.histories import record

FP = fingerprint("A Title")
ARXIV, DOI, ACL = "2405.00001", "10.1/a", "P18-1001"


def ties(records, corrections=None):
    """How each tie came about, as (file of the record, how, key, why)."""
    found = merged(records, corrections or Corrections()).ties
    return [(tie.record.file, tie.how, tie.key, tie.why) for tie in found]


def papers(records, **corrections):
    """Keys and numbers of listings, and what of the corrections matched nothing."""
    found = merged(records, Corrections(**corrections))
    told = [problem.message for problem in found.problems]
    return [(paper.key, len(paper.listings)) for paper in found.library.papers], told


def test_a_paper_is_told_by_an_identifier():
    records = [
        record(ids={"arxiv": ARXIV, "doi": DOI}),
        record("Other", 1, "b.txt", ids={"doi": DOI}),
    ]
    assert ties(records) == [("b.txt", "identifier", ARXIV, f"doi {DOI}")]


def test_a_paper_is_told_by_its_title():
    assert ties([record(), record(day=1, file="b.txt")]) == [
        ("b.txt", "title", FP, "the titles agree")
    ]


def test_a_namesake_is_told_with_what_speaks_against_it():
    records = [record(authors="Ann Smith"), record(day=1, file="b.txt", authors="Bo Jones")]
    why = "first authors differ: Ann Smith, Bo Jones"
    assert ties(records) == [("b.txt", "apart", FP, why)]


def test_a_record_that_a_correction_splits_off_is_told():
    records = [record(), record(day=1, file="b.txt"), record("Other", 2, "c.txt")]
    split = Split(listings=("b.txt:1", "c.txt:1"))
    assert ties(records, Corrections(split=(split,))) == [
        ("b.txt", "apart", FP, "a correction splits it off")
    ]
    assert papers(records, split=(split,)) == (
        [(FP, 1), (f"{FP}~2", 1), (fingerprint("Other"), 1)],
        [],
    )


def test_papers_that_a_correction_joins_are_told():
    records = [record(), record("Other", 1, "b.txt", ids={"arxiv": ARXIV, "doi": DOI})]
    join = Join(keys=(FP, DOI))  # no record's key is that DOI
    assert ties(records, Corrections(join=(join,))) == [
        ("b.txt", "correction", FP, f"joined by {DOI}")
    ]
    assert papers(records, join=(join,)) == ([(FP, 2)], [])


def test_a_join_takes_along_what_an_identifier_had_brought():
    records = [
        record("One"),
        record("Two", 1, "b.txt", ids={"arxiv": ARXIV}),
        record("Three", 2, "c.txt", ids={"arxiv": ARXIV, "doi": DOI}),
        record("One", 3, "d.txt"),
    ]
    key = fingerprint("One")
    for count in (3, 4):
        assert papers(records[:count], join=(Join(keys=(key, DOI)),)) == ([(key, count)], [])


@pytest.mark.parametrize("first", ["arxiv", "doi"])
def test_the_elder_of_two_papers_keeps_its_name_whichever_is_found_first(first):
    both = {"arxiv": ARXIV, "doi": DOI}
    both = {first: both[first]} | both
    records = [
        record("One", ids={"doi": DOI}),
        record("Two", 1, "b.txt", ids={"arxiv": ARXIV}),
        record("Three", 2, "c.txt", ids=both),
    ]
    (paper,) = merged(records, Corrections()).library.papers
    assert paper.key == DOI
    assert paper.redirects == ((ARXIV, paper_path(ARXIV, "Two")),)


def test_a_join_holds_for_all_its_keys_whichever_comes_first():
    records = [record(name, n, f"{n}.txt") for n, name in enumerate(("One", "Two", "Three"))]
    keys = tuple(fingerprint(name) for name in ("Three", "One", "Two"))
    assert papers(records, join=(Join(keys=keys),)) == ([(keys[1], 3)], [])


def test_what_matches_nothing_is_told_each():
    corrections = {
        "alias": (Alias(path="papers/x.html", key="none", name="new"), Alias(path="a.html", to="")),
        "join": (Join(keys=(FP, "nobody")),),
        "split": (Split(listings=("z.txt:9", "a.txt:7")),),
    }
    _, told = papers([record()], **corrections)
    names = ("alias new", "join nobody", "split a.txt:7", "split z.txt:9")
    assert told == [unmatched(name).message for name in names]


OLD = Alias(path="papers/xx/old.html", key="", name="old")


@pytest.mark.parametrize("key", [ARXIV, DOI, ACL], ids=["arxiv", "doi", "acl"])
def test_an_alias_finds_its_paper_by_any_identifier(key):
    one = record(ids={"arxiv": ARXIV, "doi": DOI, "acl": ACL})
    alias = Alias(path=OLD.path, key=key, name="old")
    library, _, problems = merged([record("Other"), one], Corrections(alias=(alias,)))
    paper = library.papers[0] if library.papers[0].title == "A Title" else library.papers[1]
    assert (paper.key, paper.path) == ("old", OLD.path)
    assert paper.redirects == ((ARXIV, paper_path(ARXIV, "A Title")),)
    assert problems == ()


def test_an_alias_takes_no_name_of_another_paper():
    records = [record(), record("Other", 1, "b.txt", ids={"arxiv": ARXIV})]
    alias = Alias(path=paper_path(FP, "A Title"), key=ARXIV, name=FP)
    assert papers(records, alias=(alias,)) == (
        [(FP, 1), (ARXIV, 1)],
        [unmatched(f"alias {FP}").message],
    )


def test_an_alias_gives_a_paper_a_name_back_that_it_had():
    """Its redirect from there goes, and the address that it had meanwhile redirects."""
    records = [record(), record(day=1, file="b.txt", ids={"arxiv": ARXIV})]
    path = paper_path(ARXIV, "A Title")
    alias = Alias(path=path, key=FP, name=ARXIV)
    (paper,) = merged(records, Corrections(alias=(alias,))).library.papers
    assert (paper.key, paper.path) == (ARXIV, path)
    assert paper.redirects == ((FP, paper_path(FP, "A Title")),)
    # Said of a paper that has it already, it changes nothing.
    same = Alias(path=paper_path(FP, "A Title"), key=ARXIV, name=FP)
    (paper,) = merged(records, Corrections(alias=(same,))).library.papers
    assert (paper.key, paper.redirects) == (FP, ((ARXIV, path),))


def test_papers_of_one_title_have_names_of_their_own():
    people = ["Ann Smith", "Bo Jones", "Bo Jones"]
    records = [record("Preface", n, f"{n}.txt", authors=name) for n, name in enumerate(people)]
    key = fingerprint("Preface")
    jones = namesake_key(key, {"bo", "jones"})
    split = Split(listings=("2.txt:1",))
    found = merged(records, Corrections(split=(split,))).library.papers
    assert [paper.key for paper in found] == [key, jones, f"{key}~2"]
    assert [paper.path for paper in found] == [paper_path(p.key, "Preface") for p in found]


def test_papers_that_nobody_wrote_are_numbered():
    records = [record(day=n, file=f"{n}.txt") for n in range(4)]
    split = Split(listings=("1.txt:1", "2.txt:1"))
    assert papers(records, split=(split,)) == ([(FP, 2), (f"{FP}~2", 1), (f"{FP}~3", 1)], [])


def test_a_paper_known_by_a_foreign_identifier_alone_has_its_titles_key():
    records = [record(ids={"s2": "1"}), record("Other", 1, "b.txt", ids={"s2": "1"})]
    assert papers(records) == ([(FP, 2)], [])


def test_a_join_knows_a_paper_by_its_title_though_it_has_an_identifier():
    records = [record(ids={"arxiv": ARXIV}), record("Other", 1, "b.txt", ids={"doi": DOI})]
    join = Join(keys=(FP, fingerprint("Other")))
    assert papers(records, join=(join,)) == ([(ARXIV, 2)], [])
