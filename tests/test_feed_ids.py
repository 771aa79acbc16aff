import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import UsageError
from sitegen.feed_ids import (
    DEFAULT_FEED_ID,
    check_feed_id,
    entry_id,
    feed_page_id,
    stamp,
    stamps,
)
from sitegen.model import Day, Entry, Listing, Paper

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


def entry(key, *days, new=True):
    listings = tuple(Listing(day=day, file="f", line=1, place=0, of=1, source="s") for day in days)
    paper = Paper(key=key, path=key, digest=b"", title=key, listings=listings)
    return Entry(paper=paper, listings=listings, new=new)


def test_a_paper_keeps_the_time_of_its_first_day():
    first, second = date(2026, 5, 8), date(2026, 5, 9)
    days = [
        Day(date=first, entries=(entry("a", first), entry("b", first, second))),
        Day(date=second, entries=(entry("b", first, second, new=False), entry("c", second))),
        Day(date=None, entries=(entry("d", None),)),
    ]
    assert stamps(days) == {
        "a": "2026-05-08T12:00:00Z",
        "b": "2026-05-08T11:59:59Z",
        "c": "2026-05-09T11:59:59Z",
    }


def test_papers_that_join_a_day_change_no_time():
    day = date(2026, 5, 8)
    before = stamps([Day(date=day, entries=(entry("a", day), entry("b", day)))])
    after = stamps([Day(date=day, entries=(entry("a", day), entry("b", day), entry("c", day)))])
    assert before.items() <= after.items()
