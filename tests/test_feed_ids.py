import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import UsageError
from sitegen.feed_ids import (
    DEFAULT_FEED_ID,
    check_feed_id,
    day_id,
    day_stamp,
    entry_id,
    feed_page_id,
    published,
    stamp,
    updated,
)
from sitegen.merge import merge
from tests.histories import MONDAY, record

# RFC 4151, section 2.1: "tag:" taggingEntity ":" specific, specific = *( pchar / "/" / "?" )
TAG_URI = re.compile(
    r"tag:[A-Za-z0-9._@-]+,\d{4}(-\d\d){0,2}:([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*"
)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2405.15738", "tag:example.org,2026:paper/2405.15738"),
        ("astro-ph/0601001", "tag:example.org,2026:paper/astro-ph/0601001"),
        ("10.1145/x(y)", "tag:example.org,2026:paper/10.1145/x%28y%29"),
        ("P08-1001", "tag:example.org,2026:paper/P08-1001"),
        ("10.1/<a>#b?c%d e", "tag:example.org,2026:paper/10.1/%3Ca%3E%23b%3Fc%25d%20e"),
        ("é", "tag:example.org,2026:paper/%C3%A9"),
    ],
)
def test_entry_ids_stay_as_they_are(key, expected):
    assert entry_id("example.org,2026", key) == expected


def test_feeds_have_ids_of_their_own():
    assert feed_page_id("example.org,2026", "topics/video.atom.xml") == (
        "tag:example.org,2026:feed/topics/video.atom.xml"
    )


@given(st.text(st.characters(codec=None)))
def test_every_key_makes_a_tag_uri(key):
    assert TAG_URI.fullmatch(entry_id(DEFAULT_FEED_ID, key))


@given(st.text("aA/%2F:é\ud800"), st.text("aA/%2F:é\ud800"))
def test_different_keys_make_different_ids(one, other):
    same = entry_id(DEFAULT_FEED_ID, one) == entry_id(DEFAULT_FEED_ID, other)
    assert same == (one == other)


@pytest.mark.parametrize(
    "text",
    [
        DEFAULT_FEED_ID,
        "example.org,2026",
        "example.org,2026-05",
        "example.org,2024-02-29",
        "a-b.c3.example,1999",
        "ann.b_c-d@example.org,2026-05-01",
        "localhost,2026",
    ],
)
def test_good_feed_ids_pass(text):
    check_feed_id(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no date"),
        ("example.org", "no date"),
        ("https://example.org,2026", "is an address"),
        ("example.org/papers,2026", "neither a domain"),
        (",2026", "neither a domain"),
        ("-a.example,2026", "neither a domain"),
        ("a..example,2026", "neither a domain"),
        ("a@b@c.example,2026", "neither a domain"),
        ("example.org,2026,2026", "neither a domain"),
        ("bücher.example,2026", "neither a domain"),
        ("example.org\n,2026", "neither a domain"),
        ("example.org,", "is no date"),
        ("example.org,26", "is no date"),
        ("example.org, 2026", "is no date"),
        ("example.org,2026\n", "is no date"),
        ("example.org,2026-5", "is no date"),
        ("example.org,2026-13", "is no date"),
        ("example.org,2026-02-29", "is no date"),
        ("example.org,0000", "is no date"),
        ("example.org,٢٠٢٦", "is no date"),
    ],
)
def test_bad_feed_ids_are_refused_with_advice(text, message):
    with pytest.raises(UsageError, match=message) as caught:
        check_feed_id(text)
    assert caught.value.hint


def test_internationalized_domains_get_their_own_advice():
    with pytest.raises(UsageError) as caught:
        check_feed_id("bücher.example,2026")
    assert "xn--" in caught.value.hint


@given(st.text(max_size=40))
def test_what_passes_makes_a_tag_uri(text):
    try:
        check_feed_id(text)
    except UsageError:
        return
    assert TAG_URI.fullmatch(entry_id(text, "k"))


def test_stamps_descend_from_noon():
    day = date(2026, 5, 8)
    assert [stamp(day, position) for position in (0, 1, 60, 43_200)] == [
        "2026-05-08T12:00:00Z",
        "2026-05-08T11:59:59Z",
        "2026-05-08T11:59:00Z",
        "2026-05-08T00:00:00Z",
    ]


def test_a_huge_day_stays_on_its_date():
    assert stamp(date(2026, 5, 8), 200_000) == "2026-05-08T00:00:00Z"


@given(st.dates(), st.integers(0, 43_200), st.integers(0, 43_200))
def test_stamps_of_a_day_are_distinct_and_ordered(day, one, other):
    early, late = (datetime.fromisoformat(stamp(day, place)) for place in (one, other))
    assert (early > late) == (one < other)
    assert early.date() == late.date() == day


def test_a_days_entry_ends_in_the_date_whatever_feed_it_is_in():
    day = date(2026, 5, 8)
    assert day_id("example.org,2026", "", day) == "tag:example.org,2026:day/2026-05-08"
    assert day_id("example.org,2026", "topics/video", day) == (
        "tag:example.org,2026:topics/video/2026-05-08"
    )


def test_days_that_change_on_one_day_have_times_of_their_own():
    newest = date(2026, 5, 8)
    days = [date(2026, 5, 8), date(2026, 5, 7), date(2026, 4, 1)]
    stamps = [day_stamp(day, newest) for day in days]
    assert stamps == sorted(stamps, reverse=True)
    assert len(set(stamps)) == 3
    assert stamps[0] == day_stamp(newest, newest) == "2026-05-08T12:00:00Z"


def times(*records):
    return {p.title: (published(p), updated(p)) for p in merge(records).papers}


ONE = {"ids": {"arxiv": "2405.00001"}}


def test_a_paper_keeps_the_time_of_its_first_listing():
    first = [record("A"), record("B", place=1, **ONE)]
    found = times(*first, record("B", day=1, file="b.txt", **ONE))
    assert found["A"] == ("2026-08-17T12:00:00Z", "2026-08-17T12:00:00Z")
    assert found["B"] == ("2026-08-17T11:59:59Z", "2026-08-17T11:59:59Z")


def test_a_paper_is_updated_when_a_newer_dump_changes_what_is_shown():
    first = [record("A"), record("B", place=1)]
    more = record("B", day=1, file="b.txt", place=2, authors="Ann Smith")
    again = record("B", day=2, file="c.txt", authors="Ann Smith", upvotes=7, tags=("new",))
    found = times(*first, record("C", day=1, file="b.txt"), more, again)
    assert found["B"] == ("2026-08-17T11:59:59Z", "2026-08-18T11:59:59Z")
    # Facts without a day are no news: they count as known from the beginning.
    undated = record("A", day=None, file="z.bib", authors="Bo Jones")
    assert times(*first, undated)["A"] == ("2026-08-17T12:00:00Z",) * 2


def test_two_papers_that_prove_to_be_one_change_no_time_of_a_third():
    first = [record("A", ids={"arxiv": "2405.00001"}), record("B", place=1, ids={"doi": "10.1/b"})]
    third = record("C", place=2)
    both = record("A", day=1, file="b.txt", ids={"arxiv": "2405.00001", "doi": "10.1/b"})
    assert times(*first, third)["C"] == times(*first, third, both)["C"]
    assert times(*first, third, record("D", file="b.txt"))["C"] == times(*first, third)["C"]
    assert MONDAY.isoformat() in times(third)["C"][0]
