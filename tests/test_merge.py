"""Records to papers: who is joined, under which name, and that names never change."""

from __future__ import annotations

import random
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.corrections import Corrections, Join, Split
from sitegen.identity import fingerprint, paper_path
from sitegen.merge import merge, merged
from sitegen.model import Library, Record, Said, TopicMatch
from tests.histories import MONDAY, TITLES, dump, dumps, histories, record


def arxiv(number, title="A Title", day=0, **fields):
    return record(title, day, ids={"arxiv": number}, **fields)


def keys(*records):
    return [paper.key for paper in merge(records).papers]


FP = fingerprint("A Title")
MANY = settings().max_examples * 3 // 2


@pytest.mark.parametrize(
    ("why", "one", "other"),
    [
        ("titles agree", record(), record(day=1)),
        ("spellings fold", record("α-Nets: a Study"), record(r"$\alpha$-nets – A study.", day=1)),
        ("arXiv ids agree", arxiv("2405.00001"), arxiv("2405.00001", "Retitled", day=1)),
        ("DOIs agree", record(ids={"doi": "10.1/a"}), record("B", ids={"doi": "10.1/a"}, day=1)),
        ("a title and an id", record(), arxiv("2405.00001", day=1)),
        ("an id and a title", arxiv("2405.00001"), record(day=1)),
        ("an author and none", record(authors="Ann Smith"), record(day=1)),
        ("initials", record(authors="Ann Smith"), record(authors="A. Smith", day=1)),
        ("order of names", record(authors="Li Fei-Fei"), record(authors="Fei-Fei Li", day=1)),
        ("accents", record(authors="Eva Müller"), record(authors="E. Muller", day=1)),
        (
            "journal and conference",
            record(ids={"acl": "O03-1003"}, authors="Ann Smith"),
            record(ids={"acl": "O04-2001"}, authors="Ann Smith", day=1),
        ),
        (
            "preprint and journal",
            arxiv("2405.00001", authors="Ann Smith"),
            record(ids={"doi": "10.1/a"}, authors="Ann B. Smith", day=1),
        ),
    ],
)
def test_joined(why, one, other):
    library = merge([one, other])
    assert len(library.papers) == 1, why
    assert len(library.papers[0].listings) == 2
    assert library == merge([other, one])


@pytest.mark.parametrize(
    ("why", "one", "other"),
    [
        ("titles differ", record("Part I"), record("Part II", day=1)),
        ("arXiv ids differ", arxiv("2405.00001"), arxiv("2405.00002", day=1)),
        (
            "arXiv ids differ, whoever wrote them",
            arxiv("2405.00001", authors="Ann Smith"),
            arxiv("2405.00002", authors="Ann Smith", day=1),
        ),
        ("first authors", record(authors="Ann Smith"), record(authors="Bo Jones", day=1)),
        ("only given names", record(authors="Wei Wang"), record(authors="Wei Zhang", day=1)),
        (
            "columns of a journal, by nobody",
            record("Advertisements", ids={"acl": "J86-2014"}),
            record("Advertisements", ids={"acl": "J86-3011"}, day=1),
        ),
    ],
)
def test_kept_apart(why, one, other):
    library = merge([one, other])
    assert len(library.papers) == 2, why
    assert len({paper.path for paper in library.papers}) == 2
    assert library == merge([other, one])


def test_the_first_record_gives_the_name():
    later = arxiv("2405.00001", day=1)
    library = merge([later, record()])
    (paper,) = library.papers
    assert paper.key == FP
    assert paper.path == paper_path(FP, "A Title")
    assert paper.redirects == (("2405.00001", "papers/2405/2405.00001.html"),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (record(day=0), arxiv("2405.00001", day=1)),  # by day
        (record(day=0, file="a"), arxiv("2405.00001", day=0, file="b")),  # by name
        (record(day=0, place=0), arxiv("2405.00001", day=0, place=1)),  # by place
        (record(day=0, file="b"), arxiv("2405.00001", day=1, file="a")),  # day before name
        (record(day=5), arxiv("2405.00001", day=None)),  # undated last
        (record(day=None, file="a"), arxiv("2405.00001", day=None, file="b")),
    ],
)
def test_the_order_of_the_fold(first, second):
    assert keys(second, first) == [FP]


def test_the_last_day_of_the_calendar_is_before_no_day():
    last = record("B", listed=date.max)
    library = merge([record("A", day=None, file="0"), last])
    assert [day.date for day in library.days] == [date.max, None]
    assert [paper.title for paper in library.papers] == ["B", "A"]


def test_three_papers_become_one():
    one = record("First Title", day=0)
    two = record("Second Title", day=1, ids={"doi": "10.1/a"})
    three = arxiv("2405.00001", "Third Title", day=2)
    before = merge([one, two, three])
    assert len(before.papers) == 3
    bridge = record(
        "First Title", day=3, ids={"doi": "10.1/a", "arxiv": "2405.00001"}, authors="Ann Smith"
    )
    (paper,) = merge([one, two, three, bridge]).papers
    assert paper.key == before.papers[0].key
    assert {path for _, path in paper.redirects} == {p.path for p in before.papers[1:]}
    assert [listing.day for listing in paper.listings] == [
        r.listed for r in (one, two, three, bridge)
    ]
    assert paper.ids == {"doi": "10.1/a", "arxiv": "2405.00001"}


def test_a_joined_paper_keeps_all_its_identifiers():
    # The bridge gave the elder the younger's arXiv id, which another namesake contradicts.
    elder = record("First Title", day=0, ids={"doi": "10.1/a"})
    younger = arxiv("2405.00001", "Second Title", day=1)
    bridge = record("First Title", day=2, ids={"doi": "10.1/a", "arxiv": "2405.00001"})
    bridge = msgspec.structs.replace(bridge, title="Third", fingerprint=fingerprint("Third"))
    other = arxiv("2405.00002", "First Title", day=3)
    library = merge([elder, younger, bridge, other])
    assert [len(paper.listings) for paper in library.papers] == [3, 1]


def test_a_record_takes_a_contradiction_away():
    one = record(day=0, ids={"doi": "10.1/a"}, authors="Ann Smith")
    two = record(day=1, authors="Bo Jones")
    assert len(merge([one, two]).papers) == 2
    also = record(day=2, ids={"doi": "10.1/a"}, authors="Bo Jones")
    assert len(merge([one, two, also]).papers) == 1


def test_an_undated_paper_moves_when_it_gets_a_day():
    undated = record("3-D Models", day=None)
    old = merge([undated]).papers[0]
    dated = arxiv("2405.00001", "3D Models", day=0)
    (paper,) = merge([undated, dated]).papers
    assert paper.key == "2405.00001"
    assert (old.key, old.path) in paper.redirects


def test_an_undated_paper_moves_from_an_address_with_other_words():
    # One fingerprint, two slugs: the old address would be gone without a trace.
    undated = record("3-D Models", day=None)
    old = merge([undated]).papers[0]
    (paper,) = merge([undated, record("3D Models", day=0)]).papers
    assert paper.key == old.key
    assert paper.path != old.path
    assert (old.key, old.path) in paper.redirects


def test_namesakes_without_identifiers_have_keys_of_their_own():
    people = ["Ann Smith", "Bo Jones", "Cy Young"]
    records = [record("Preface", day=n, authors=name) for n, name in enumerate(people)]
    library = merge(records)
    assert [paper.authors for paper in library.papers] == [(name,) for name in people]
    assert library.papers[0].key == fingerprint("Preface")
    assert len({paper.path for paper in library.papers}) == 3
    # Whoever comes later, the third keeps the name it has without the second.
    assert merge([records[0], records[2]]).papers[1].key == library.papers[2].key
    again = merge([*records, record("Preface", day=9, authors="C. Young")])
    assert len(again.papers[2].listings) == 2


def test_a_hostile_author_makes_no_long_key():
    records = [record(authors=name) for name in ("a" * 100_000, "b" * 100_000)]
    assert max(map(len, keys(*records))) < 60


def test_thousands_of_namesakes_end_soon_and_lose_nothing():
    # Comparing each with each would take hours.
    letters = "abcdefghijklmnopqrst"
    names = [f"{x}{y}{z} {x}{z}{y}w" for x in letters for y in letters for z in letters]
    records = [record("Preface", authors=name, place=n) for n, name in enumerate(names)]
    records += [record("Preface", authors="zz zz", place=n) for n in range(len(names), 9_000)]
    library = merge(records)
    assert library.listings == 9_000
    assert sum(len(paper.listings) for paper in library.papers) == 9_000
    assert len({paper.path for paper in library.papers}) == len(library.papers)


def test_a_paper_on_ten_thousand_days_ends_soon():
    library = merge([record(day=n) for n in range(10_000)])
    assert len(library.days) == 10_000
    assert [entry.new for day in library.days for entry in day.entries].count(True) == 1


def test_the_best_record_gives_the_values():
    text = record("A title", day=0, abstract="captured", upvotes=7)
    full = arxiv(
        "2405.00001",
        "A Title",
        day=1,
        authors=("Ann Smith", "Bo Jones"),
        published=MONDAY,
        upvotes=3,
    )
    newer = record("A TITLE", day=2, abstract="captured later", code="https://example.org/x")
    (paper,) = merge([text, full, newer]).papers
    assert paper.title == "A Title"
    assert paper.authors == ("Ann Smith", "Bo Jones")
    assert paper.published == MONDAY
    assert paper.code == "https://example.org/x"
    assert paper.upvotes == 7
    assert paper.abstract == "captured later"


ID = "2405.00001"
FULL = {
    "published": MONDAY,
    "authors": ("Ann Smith",),
    "abstract": "It says.",
    "url": "https://x.org",
}


@pytest.mark.parametrize(
    ("why", "better", "worse"),
    [
        # Each "worse" one is better in all that counts less.
        (
            "the archive before a list that has more",
            arxiv(ID, "A title", source="arXiv cs.DL"),
            arxiv(ID, "A TITLE", day=1, **FULL),
        ),
        (
            "the Anthology is an archive",
            record("A title", ids={"acl": "O03-1003"}, source="ACL Anthology"),
            record("A TITLE", ids={"acl": "O03-1003"}, day=1, **FULL),
        ),
        (
            "a list with an identifier before one with more and without",
            arxiv(ID, "A title"),
            record("A TITLE", day=1, **FULL),
        ),
        (
            "without its identifier an archive is a list",
            arxiv(ID, "A title"),
            record("A TITLE", day=1, source="arXiv cs.DL", **FULL),
        ),
        (
            "a record that says more before a newer one",
            arxiv(ID, "A title", published=MONDAY),
            arxiv(ID, "A TITLE", day=1),
        ),
        (
            "the newer of two alike",
            arxiv(ID, "A title", day=1),
            arxiv(ID, "A TITLE", day=0),
        ),
        (
            "one with a day before one without",
            arxiv(ID, "A title"),
            arxiv(ID, "A TITLE", day=None),
        ),
    ],
)
def test_whose_title_is_shown(why, better, worse):
    said = {better.digest: Said(lead=(0, 1)), worse.digest: Said(lead=(0, 2))}
    for records in ([better, worse], [worse, better]):
        (paper,) = merged(records, Corrections(), said).library.papers
        assert paper.title == "A title", why
        bare = worse.abstract and not better.abstract  # the lead is of the abstract that is shown
        assert paper.lead == (None if bare else (0, 1)), why


def test_each_record_gives_what_better_ones_lack():
    best = arxiv(ID, "A title", source="arXiv cs.DL")
    second = record(day=1, abstract="It says.", ids={"arxiv": ID, "doi": "10.1/a"})
    third = record(day=2, authors="Ann Smith", published=MONDAY, upvotes=0)
    (paper,) = merge([best, second, third]).papers
    assert paper.ids == {"arxiv": ID, "doi": "10.1/a"}
    assert (paper.abstract, paper.authors) == ("It says.", ("Ann Smith",))
    assert (paper.published, paper.upvotes) == (MONDAY, 0)
    assert paper.names == third.names


def test_what_one_record_says_is_taken_as_it_is():
    only = arxiv(ID, "A title", abstract="It says.")
    said = {only.digest: Said(topics=(), lead=(0, 3))}
    (paper,) = merged([only], Corrections(), said).library.papers
    assert (paper.lead, paper.heard) == ((0, 3), True)
    (paper,) = merged([only], Corrections(), {}).library.papers
    assert (paper.lead, paper.heard) == (None, False)


def test_the_topics_of_a_record_become_those_of_its_paper():
    only = arxiv(ID, "A title", abstract="It says.")
    match = TopicMatch(slug="nets", words=("net",), score=2.0)
    (paper,) = merged([only], Corrections(), {only.digest: Said((match,))}).library.papers
    assert paper.topics == (match,)


def test_a_listing_says_where_it_stands_and_who_put_it_there():
    only = record(place=3, curator="Kay", url="https://x.org/a", source="B list")
    (listing,) = merge([only]).papers[0].listings
    assert (listing.file, listing.line, listing.place, listing.of) == ("a.txt", 4, 3, 4)
    assert (listing.source, listing.curator, listing.url) == ("B list", "Kay", "https://x.org/a")


def test_the_digest_follows_the_day_that_a_record_was_given():
    # Days are settled behind the reader, which made the record's own digest.
    monday = record(day=0)
    tuesday = msgspec.structs.replace(monday, listed=MONDAY + timedelta(days=1))
    one, other = (merge([day]).papers[0].digest for day in (monday, tuesday))
    assert one != other


def test_of_texts_without_an_abstract_none_is_a_version():
    first = arxiv(ID, "A title", abstract="It says.", day=1)
    (paper,) = merge([first, arxiv(ID, "A title")]).papers
    assert paper.versions == ()


def test_records_without_a_title_become_no_paper_but_count_in_their_dump():
    library = merge([record("", place=0), record(place=1), record("", place=2)])
    assert library.listings == 1
    (paper,) = library.papers
    assert (paper.listings[0].place, paper.listings[0].of) == (1, 3)


def test_a_record_made_without_fingerprint_is_no_ones_namesake():
    assert len(keys(record("A", fingerprint=""), record("B", fingerprint="", day=1))) == 2


def test_days_ascend_with_their_papers_as_listed():
    records = [
        record("B", day=0, place=1),
        record("A", day=0, place=0),
        record("A", day=1, file="x"),
        record("C", day=1, file="w"),
        record("A", day=1, file="y"),
        record("D", day=None),
    ]
    library = merge(records)
    shown = [
        (day.date, [(e.paper.title, len(e.listings), e.new) for e in day.entries])
        for day in library.days
    ]
    assert shown == [
        (MONDAY, [("A", 1, True), ("B", 1, True)]),
        (MONDAY + timedelta(days=1), [("C", 1, True), ("A", 2, False)]),
        (None, [("D", 1, True)]),
    ]


def test_the_digest_follows_what_a_paper_shows():
    one = merge([record()]).papers[0].digest
    assert merge([record()]).papers[0].digest == one
    assert merge([record(day=1)]).papers[0].digest != one
    assert merge([record(abstract="x")]).papers[0].digest != one
    assert merge([record(), record("B", place=1)]).papers[0].digest != one  # "1 of 2"
    assert merge([record(), record("B", file="b")]).papers[0].digest == one


def addresses(library: Library) -> dict[str, str]:
    """Every published address, and the key that it is made from."""
    found = {}
    for paper in library.papers:
        for key, path in ((paper.key, paper.path), *paper.redirects):
            assert path not in found, "two things at one address"
            found[path] = key
    return found


@settings(max_examples=MANY)
@given(histories())
def test_appending_changes_no_address_and_no_feed_id(history):
    records: list[Record] = []
    old = None
    for found in history:
        records += found
        new = merge(records)
        if old is not None:
            now = addresses(new)
            names = {paper.key: paper.path for paper in new.papers}
            gone = {key for paper in new.papers for key, _ in paper.redirects}
            for paper in old.papers:
                # The page is where it was, or leads to the elder paper that it turned out to be.
                assert names.get(paper.key, paper.path) == paper.path
                assert paper.key in names or paper.key in gone
                assert paper.path in now
            assert addresses(old).keys() <= now.keys()
        old = new


@settings(max_examples=MANY)
@given(histories(undated=3))
@example([dump(None, 1, [{"title": "3-D Models"}]), dump(0, 2, [{"title": "3D Models"}])])
def test_no_address_of_an_undated_paper_is_lost(history):
    records: list[Record] = []
    old: dict[str, str] = {}
    for found in history:
        records += found
        new = addresses(merge(records))
        # Of namesakes that nothing but their first authors tells apart, the one that is dated
        # first takes the plain name; the key made from an author may fall away.
        assert {path for path, key in old.items() if "~" not in key} <= new.keys()
        old = new


@given(histories(undated=2), st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_given_does_not_matter(history, chance: random.Random):
    records = [record for found in history for record in found]
    library = merge(records)
    chance.shuffle(records)
    assert merge(records) == library


@given(histories(undated=2))
def test_everything_is_in_exactly_one_paper(history):
    records = [record for found in history for record in found]
    library = merge(records)
    titled = sorted((r.file, r.place) for r in records if r.title)
    listed = sorted((lst.file, lst.place) for p in library.papers for lst in p.listings)
    shown = sorted(
        (lst.file, lst.place) for d in library.days for e in d.entries for lst in e.listings
    )
    assert titled == listed == shown
    assert library.listings == len(titled)
    for paper in library.papers:
        assert any(entry.paper is paper for day in library.days for entry in day.entries)


@given(histories(undated=2))
def test_merging_is_idempotent(history):
    records = [record for found in history for record in found]
    once, twice = merge(records), merge(records + records)
    assert addresses(once) == addresses(twice)
    assert [paper.title for paper in once.papers] == [paper.title for paper in twice.papers]


@given(histories(undated=2))
def test_one_identifier_is_in_one_paper(history):
    library = merge(record for found in history for record in found)
    # Each value of the fields has a paper; a paper with two arXiv ids shows the best one.
    for scheme in ("arxiv", "doi", "acl"):
        shown = [paper.ids[scheme] for paper in library.papers if scheme in paper.ids]
        assert len(shown) == len(set(shown))


KEYS = [
    "2405.00001", "2405.00002", "10.1000/a", "10.1000/b", "P18-1001", "2025.gem-1.3",
    *(fingerprint(title) for title in TITLES),
]  # fmt: skip
corrected = st.builds(
    lambda joins, splits: Corrections(
        join=tuple(Join(keys=tuple(keys)) for keys in joins),
        split=tuple(Split(listings=(f"{file:03}.txt:{line}",)) for file, line in splits),
    ),
    st.lists(st.lists(st.sampled_from(KEYS), min_size=2, max_size=3), max_size=2),
    st.lists(st.tuples(st.integers(10, 14), st.integers(1, 4)), max_size=2),
)


@given(histories(undated=2), corrected, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_to_corrections(history, corrections, chance: random.Random):
    records = [record for found in history for record in found]
    every = merged(records, corrections)
    chance.shuffle(records)
    assert merged(records, corrections) == every


@given(histories(), corrected)
def test_appending_changes_no_address_under_corrections(history, corrections):
    records: list[Record] = []
    old: dict[str, str] = {}
    for found in history:
        records += found
        new = addresses(merged(records, corrections).library)
        assert old.keys() <= new.keys()
        old = new


# ------------------------------------------------------------------- facts without a listing


def facts(title="A Title", **fields):
    return record(title, None, "facts.jsonl", listing=False, **fields)


def test_facts_complete_a_paper_and_list_nothing():
    known = {"ids": {"arxiv": "2405.00001"}, "authors": "Ann Smith", "source": "arXiv"}
    bare = [record(day=0), record("Another", 0, place=1)]
    library, _, problems = merged([*bare, facts(**known)], Corrections())
    paper = library.papers[0]
    assert (paper.key, paper.path) == (FP, merge(bare).papers[0].path)
    assert (paper.ids, paper.authors) == ({"arxiv": "2405.00001"}, ("Ann Smith",))
    assert paper.redirects == (("2405.00001", paper_path("2405.00001", "A Title")),)
    assert paper.listings == merge(bare).papers[0].listings
    assert paper.digest != merge(bare).papers[0].digest, "its page is made again"
    assert [[e.paper.key for e in day.entries] for day in library.days] == [
        [paper.key, library.papers[1].key]
    ]
    assert (library.listings, problems) == (2, ())


def test_facts_begin_no_paper_even_beside_undated_lists():
    library = merge([record(day=None, file="z.txt"), facts(ids={"arxiv": "2405.00001"})])
    assert [(paper.key, len(paper.listings)) for paper in library.papers] == [(FP, 1)]
    alone = [facts("Unheard of"), facts("Neither", place=1)]
    library, _, (problem,) = merged([record(), *alone], Corrections())
    assert (len(library.papers), len(library.days), library.listings) == (1, 1, 1)
    assert (problem.file, problem.line) == ("facts.jsonl", 0)
    assert problem.message == "facts about 2 papers that no dump lists"
    assert problem.hint == "bring the list back, or remove them"
    _, _, (problem,) = merged([record(), alone[0]], Corrections())
    assert problem.message == "facts about 1 paper that no dump lists"


def shown(*records):
    (paper,) = merge(records).papers
    return paper.details


@pytest.mark.parametrize(
    ("changed", "records"),
    [
        (None, [record(abstract="An abstract.")]),
        (None, [record(abstract="An abstract."), record(day=3, abstract="An abstract.")]),
        (3, [record(abstract="An abstract."), record(day=3, abstract="Another.")]),
        (3, [record(), record(day=3, abstract="The first.")]),
        (3, [record(), record(day=3, authors="Ann Smith"), record(day=5)]),
        (5, [record(), record(day=3, ids={"doi": "10.1/a"}), record(day=5, abstract="Later.")]),
        (3, [record(), record(day=3, ids={"doi": "10.1/a"})]),
        (None, [record(day=None, abstract="Known."), record(), record(day=3)]),
    ],
    ids=["once", "again", "revised", "completed", "authors", "twice", "ids", "undated"],
)
def test_the_day_of_the_last_change(changed, records):
    given = [msgspec.structs.replace(one, file=f"{n}.txt") for n, one in enumerate(records)]
    assert shown(*given).changed == (changed and MONDAY + timedelta(days=changed))


def test_other_abstracts_are_kept_once_each():
    first = record(abstract="What is new.")
    again = record(day=1, file="b.txt", abstract="what is  NEW")
    older = record(day=2, file="c.txt", abstract="What was said before.", source="B list")
    last = record(day=3, file="d.txt", abstract="What was said before.")
    details = shown(first, again, older, last)
    assert details.abstract == "What was said before."  # the newest that is complete
    (other,) = details.versions
    assert (other.file, other.source, other.abstract) == ("b.txt", "A list", "what is  NEW")


def test_ids_of_authors_are_those_of_the_byline_that_is_shown():
    known = record(day=1, file="b.txt", authors=("Ann Smith",), author_ids=("orcid:1",))
    same = record(day=2, file="c.txt", authors=("Ann Smith",))
    assert shown(known, same).author_ids == ("orcid:1",)
    other = record(day=2, file="c.txt", authors=("A. Smith",), abstract="Complete.")
    assert (shown(known, other).authors, shown(known, other).author_ids) == (("A. Smith",), ())
    assert shown(record(), record(day=1, file="b.txt")).author_ids == ()


@given(histories(undated=2), dumps)
def test_facts_change_no_day_and_no_published_address(history, known):
    records = [record for found in history for record in found]
    added = [facts(**entry, place=place) for place, entry in enumerate(known)]
    old, new = merge(records), merge([*records, *added])
    assert old.listings == new.listings
    for before, after in zip(old.days, new.days, strict=True):
        assert before.date == after.date
        assert {lst for entry in before.entries for lst in entry.listings} == {
            lst for entry in after.entries for lst in entry.listings
        }
    assert addresses(old).keys() <= addresses(new).keys()
    assert {paper.key for paper in new.papers} <= {paper.key for paper in old.papers}
