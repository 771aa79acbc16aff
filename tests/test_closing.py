"""Archive documents of the site's Atom feed: closed once, they stay as they are."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings

from sitegen import closing, enrich
from sitegen.config import ExcludeSettings, Settings
from sitegen.config.feeds import FeedSettings
from sitegen.corrections import Corrections, parse
from sitegen.enrich.topics import load_rules
from sitegen.executors import Serial
from sitegen.i18n.messages import english
from sitegen.merge import merged
from sitegen.plan import feed_catalogue, site_view
from sitegen.plan.feeds import Press
from sitegen.plan.scene import Scene
from sitegen.render.feeds import render
from tests.histories import histories, record

RULES = load_rules('[[topic]]\nslug = "nets"\nname = "Nets"\nwords = ["nets"]', "topics.toml")


class NoCache:
    def load(self, *_):
        return None

    def save(self, *_):
        return None


@pytest.fixture(autouse=True, scope="module")
def _small_documents():
    patch = pytest.MonkeyPatch()
    patch.setattr(closing, "SIZE", 3)
    yield
    patch.undo()


def feeds(records, form="full", exclude=None):
    """The site's Atom feed and its archive, by path; what each bundle promised of its pages."""
    given_settings = Settings(
        base_url="https://example.org/",
        feed=FeedSettings(entries=2, archive=form),
        exclude=exclude or ExcludeSettings(),
    )
    whole = merged(records, Corrections()).library
    library = enrich.with_topics(whole, RULES, Serial(), NoCache())
    library, _ = enrich.filtered(library, given_settings)
    then = closing.Then(records, Corrections(), RULES, given_settings)
    closed = closing.closed(whole, library, then)
    site = site_view(library, given_settings, (), english())
    scene = Scene(library, given_settings, site)
    press = Press(scene, feed_catalogue.Look("", "", ""), closed, {})
    found, promised = {}, {}
    for bundle in press.bundles(feed_catalogue.catalogue(scene, {})):
        pages = {page.path: render(page, site) for page in bundle.make()}
        promised[bundle.facts] = pages
        found |= {p: d for p, d in pages.items() if p == "atom.xml" or "archive" in p}
    return found, promised


def archive(records, **fields):
    return {path: data for path, data in feeds(records, **fields)[0].items() if path != "atom.xml"}


def ids(data):
    return re.findall(r"<id>tag:[^<]*:paper/([^<]*)</id>", data.decode())


def day_of(n, *titles, **fields):
    return [
        record(title, day=n, file=f"{n:03}.txt", place=place, **fields)
        for place, title in enumerate(titles)
    ]


@settings(max_examples=settings().max_examples * 3 // 5)
@given(histories(undated=1))
def test_newer_dumps_change_no_closed_document(history):
    records = []
    before, promises = {}, {}
    for dump in history:
        records += dump
        now, promised = feeds(records)
        closed = {path: data for path, data in now.items() if path != "atom.xml"}
        assert before.items() <= closed.items()
        for facts in promises.keys() & promised.keys():
            assert promises[facts] == promised[facts]
        before, promises = closed, promised


def test_a_new_reader_finds_every_paper_by_following_the_archive():
    records = [r for n in range(8) for r in day_of(n, *(f"Paper {n}-{m}" for m in range(2)))]
    found, _ = feeds(records)
    path, seen = "atom.xml", []
    while path:
        seen += ids(found[path])
        older = re.search(rb'href="https://example.org/([^"]*)" rel="prev-archive"', found[path])
        path = older[1].decode() if older else ""
    assert len(seen) == len(set(seen)) == 16
    assert sorted(found) == ["atom.xml", *(f"feeds/archive/{n}.xml" for n in (1, 2, 3, 4))]
    assert len(ids(found["atom.xml"])) == 4  # the newest, back to the newest document
    assert all(b"<fh:archive/>" in data for path, data in found.items() if path != "atom.xml")


def test_a_document_shows_a_paper_as_it_was_then():
    plain = [r for n in range(4) for r in day_of(n, f"Deep nets {n}", f"Graphs {n}", f"Trees {n}")]
    before = archive(plain)
    better = record("Graphs 0", day=9, file="009.txt", authors="Ann Smith", ids={"doi": "10.1/g"})
    after = archive([*plain, better])
    assert before
    assert before.items() <= after.items()
    assert b"Ann Smith" not in after["feeds/archive/1.xml"]
    # A dump about the past is no newer one: it shows.
    early = record("Graphs 0", day=0, file="000b.txt", authors="Ann Smith")
    assert b"Ann Smith" in archive([*plain, early])["feeds/archive/1.xml"]


def test_papers_that_prove_to_be_one_stay_two_in_what_was_closed():
    plain = day_of(0, "Nets one", "Nets two", "Nets three")
    plain[0] = msgspec.structs.replace(plain[0], ids={"arxiv": "2405.00001"})
    plain[1] = msgspec.structs.replace(plain[1], ids={"doi": "10.1/b"})
    plain += [r for n in range(1, 4) for r in day_of(n, f"Graphs {n}", f"Trees {n}")]
    both = record("Nets one", day=5, file="005.txt", ids={"arxiv": "2405.00001", "doi": "10.1/b"})
    assert archive(plain).items() <= archive([*plain, both]).items()
    assert len(ids(archive([*plain, both])["feeds/archive/1.xml"])) == 3


def test_short_documents_leave_the_abstract_to_the_page_and_none_are_none():
    abstract = "It was dark. We light a lamp. Then it was bright and we all could see the room."
    records = [r for n in range(8) for r in day_of(n, f"Paper {n}", abstract=abstract)]
    full, _ = feeds(records)
    assert b"all could see" in full["feeds/archive/1.xml"]
    for form, count in (("short", len(full)), ("none", 1)):
        found, _ = feeds(records, form)
        assert len(found) == count
        assert not any(b"all could see" in d for p, d in found.items() if p != "atom.xml")
    oldest = feeds(records, "short")[0]["feeds/archive/1.xml"]
    assert b"<summary>It was dark.</summary>" in oldest
    assert b"<content" not in oldest


def test_what_is_filtered_is_in_no_document():
    records = [r for n in range(8) for r in day_of(n, f"Deep nets {n}", f"Graphs {n}")]
    kept = archive(records, exclude=ExcludeSettings(keywords=("graphs",)))
    assert kept
    assert all(b"Graphs" not in data for data in kept.values())
    assert date(2026, 8, 17).isoformat().encode() in kept["feeds/archive/1.xml"]


# ------------------------------------------------------------------- what is merged again


PLAIN = [r for n in range(4) for r in day_of(n, f"Deep nets {n}", f"Graphs {n}", f"Trees {n}")]
AGAIN = record("Graphs 0", day=9, file="009.txt")


def documents(records, corrections=None, **fields):
    """The closed documents of a library, all of it shown; and how many papers are in none."""
    corrections = corrections or Corrections()
    whole = merged(records, corrections).library
    then = closing.Then(records, corrections, RULES, Settings(base_url="https://e.org/", **fields))
    return closing.closed(whole, whole, then)


def shows(document):
    """Titles and first authors, by how they come to be there."""
    return [[(p.title, *p.authors[:1]) for p in some] for some in (document.same, document.more())]


def test_documents_hold_what_was_born_in_them():
    found = documents(PLAIN)
    assert [[title for (title,) in shows(one)[0]] for one in found.documents] == [
        [f"Deep nets {n}", f"Graphs {n}", f"Trees {n}"] for n in range(3)
    ]
    assert [one.size for one in found.documents] == [3, 3, 3]
    assert [one.more() for one in found.documents] == [(), (), ()]
    assert found.live == 3
    assert documents(PLAIN[:8]).documents == documents(PLAIN[:6]).documents != ()
    assert documents(PLAIN[:5]) == ((), 0)


@pytest.mark.parametrize(("place", "merged_again"), [(5, False), (6, True)])
def test_a_document_closes_when_twice_its_size_has_come(place, merged_again):
    """A dump on the day of its close counts as far as its place."""
    days = day_of(0, "Deep nets", "Graphs", "Trees")
    days += day_of(1, *(f"Nets {n}" for n in range(place - 3)), "Graphs", "Last nets", "And last")
    days[place] = record("Graphs", 1, "001.txt", place - 3, authors="Ann Smith")
    days += [r for n in range(2, 5) for r in day_of(n, f"Deep nets {n}", f"Trees {n}")]
    found = shows(documents(days).documents[0])
    if merged_again:
        assert found == [[("Deep nets",), ("Trees",)], [("Graphs",)]]
    else:
        assert found == [[("Deep nets",), ("Graphs", "Ann Smith"), ("Trees",)], []]


def test_the_first_listing_after_the_close_of_a_day_is_newer():
    newer = record("Graphs 0", 2, "002.txt", 0, authors="Ann Smith")
    moved = [msgspec.structs.replace(one, place=one.place + 1) for one in PLAIN[6:9]]
    found = documents([*PLAIN[:6], newer, *moved, *PLAIN[9:]]).documents[0]
    assert shows(found) == [[("Deep nets 0",), ("Trees 0",)], [("Graphs 0",)]]
    assert found.size == 3


def test_a_paper_stays_in_the_document_of_its_birth_alone():
    twice = record("Graphs 0", day=1, file="001.txt", place=3)
    found = documents([*PLAIN, twice, AGAIN])
    titles = [[title for title, *_ in same + more] for same, more in map(shows, found.documents)]
    assert sum(some.count("Graphs 0") for some in titles) == 1
    assert "Graphs 0" in titles[0]


@pytest.mark.parametrize(
    "fields",
    [{"day": None, "file": "undated.txt"}, {"day": None, "file": "facts.txt", "listing": False}],
    ids=["an-undated-list", "facts-without-a-listing"],
)
def test_what_has_no_day_is_known_from_the_beginning(fields):
    known = record("graphs: 0", authors="Ann Smith", **fields)
    before, after = documents([*PLAIN, known]), documents([*PLAIN, known, AGAIN])
    assert ("graphs: 0", "Ann Smith") in shows(before.documents[0])[0]
    assert shows(after.documents[0])[1] == [("graphs: 0", "Ann Smith")]
    # And another author is another document.
    other = record("graphs: 0", authors="Bo Jones", **fields)
    facts = documents([*PLAIN, other, AGAIN]).documents[0].facts
    assert facts != after.documents[0].facts


def test_an_undated_record_that_is_another_papers_today_still_stands_where_it_was():
    undated = record("Graphs 0", day=None, file="u.txt", ids={"doi": "10.1/u"}, authors=())
    later = record("Graphs 0", day=9, file="009.txt", ids={"doi": "10.1/g"})
    assert len(merged([*PLAIN, undated, later], Corrections()).library.papers) == 13
    assert archive([*PLAIN, undated]).items() <= archive([*PLAIN, undated, later]).items()
    (paper,) = documents([*PLAIN, undated, later]).documents[0].more()
    assert [listing.file for listing in paper.listings] == ["000.txt", "u.txt"]
    facts = [
        documents([*PLAIN, *more, later]).documents[0].facts
        for more in ([], [undated], [record("Graphs 0", day=None, file="u.txt", ids=undated.ids,
                                            abstract="Another.")])
    ]  # fmt: skip
    assert len(set(facts)) == 3


def test_a_documents_facts_follow_older_records_and_no_newer_ones():
    def facts(*more, first="", **fields):
        records = [*PLAIN[:1], record("Graphs 0", 0, "000.txt", 1, abstract=first), *PLAIN[2:]]
        return documents([*records, AGAIN, *more], **fields).documents[0].facts

    newer = record("Graphs 0", day=10, file="010.txt", authors="Ann Smith")
    at_once = record("Graphs 0", day=2, file="0019.txt", authors="Ann Smith")  # the next of all
    assert facts() == facts(newer) == facts(at_once)
    assert facts() != facts(first="Another.")
    assert facts() != facts(exclude=ExcludeSettings(keywords=("nothing",)))
    assert facts() != facts(record("Graphs 0", day=0, file="000b.txt", authors="Ann Smith"))


def test_corrections_hold_in_closed_documents():
    def found(text):
        return documents([*PLAIN, AGAIN], parse(text)).documents[0]

    key = merged(PLAIN, Corrections()).library.papers[1].key
    fixed = found(f'[[fix]]\nkey = "{key}"\ntitle = "Mended"\n')
    assert shows(fixed)[1] == [("Mended",)]
    assert shows(found(f'[[hide]]\nkey = "{key}"\n'))[1] == []
    assert fixed.facts != found("").facts


def test_records_that_cannot_bear_on_a_document_are_let_go():
    whole = merged([*PLAIN, AGAIN], Corrections()).library
    then = closing.Then([*PLAIN, AGAIN], Corrections(), RULES, Settings())
    closing.closed(whole, whole, then)
    assert [one.title for one in then._records] == ["Graphs 0", "Graphs 0"]


def test_what_bears_on_a_document_is_kept_however_far_it_is():
    """By a name of a name: the middle one has the first's title, and the last one's DOI."""
    last = record("Deep nets: a survey", None, "u.txt", ids={"doi": "10.1/m"}, authors="Ann Smith")
    middle = record("Graphs 0", None, "u.txt", 1, ids={"doi": "10.1/m"})
    found = documents([*PLAIN, last, middle, AGAIN]).documents[0]
    assert shows(found)[1][0][1:] == ("Ann Smith",)
