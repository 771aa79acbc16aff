from __future__ import annotations

from datetime import date

import pytest

from sitegen.i18n.messages import english, spoken
from sitegen.pages import ArchiveMonth, DayLink, Link, StripDay
from sitegen.render.filters import (
    bars,
    citation_date,
    citation_id,
    feed_label,
    feed_type,
    filters,
    is_web,
    scale_top,
    weeks,
)
from tests.sample_pages import archive, set_in


def link(day, papers):
    return DayLink(date=day, path=f"days/{day}.html", papers=papers)


def archive_of(*papers):
    months = [
        ArchiveMonth(first=date(2025, 1, 1), papers=sum(papers), days=(link(date(2025, 1, 2), n),))
        for n in papers
    ]
    (year,) = archive().data.years
    return set_in(
        archive(), years=(type(year)(year=2025, papers=0, days=0, months=tuple(months)),)
    ).data


def test_dates_and_numbers_are_those_of_the_language():
    day = date(2026, 8, 18)
    names = ("day_long", "day_full", "day_short", "day_month")
    assert [filters(english())[name](day) for name in names] == [
        "Tuesday 18 August 2026",
        "18 August 2026",
        "18 Aug 2026",
        "Tuesday 18 August",
    ]
    german = filters(spoken("de", [])[0])
    assert german["day_full"](day) == "18. August 2026"
    assert german["number"](4576) == "4.576"


def test_citation_date_is_written_for_indexers():
    assert citation_date(date(2026, 8, 1)) == "2026/08/01"


@pytest.mark.parametrize(
    ("path", "label", "media_type"),
    [
        ("rss.xml", "RSS", "application/rss+xml"),
        ("topics/x.rss.xml", "RSS", "application/rss+xml"),
        ("topics/x.atom.xml", "Atom", "application/atom+xml"),
        ("feed.json", "JSON Feed", "application/feed+json"),
    ],
)
def test_feeds_are_known_by_the_end_of_their_path(path, label, media_type):
    feed = Link(label="", path=path)
    assert (feed_label(feed), feed_type(feed)) == (label, media_type)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://arxiv.org/abs/2405.15738", ("citation_arxiv_id", "2405.15738")),
        ("https://doi.org/10.1/a%28b%29", ("citation_doi", "10.1/a(b)")),
        ("https://aclanthology.org/2025.gem-1.3/", None),
    ],
)
def test_identifiers_for_indexers_come_from_their_addresses(url, found):
    assert citation_id(url) == found


def test_bars_are_relative_to_the_highest():
    day = StripDay(date=date(2025, 1, 1), papers=0)
    strip = [StripDay(date=day.date, papers=n) for n in (129, 43, 0)]
    assert [height for _, height in bars(strip)] == [100, 33, 0]
    assert bars([]) == []
    assert bars([day]) == [(day, 0)]


def test_one_crowded_day_does_not_flatten_the_calendar():
    assert scale_top(archive_of(*[20] * 39, 129)) == 20
    assert scale_top(archive_of(129)) == 200
    assert scale_top(archive_of(9000)) == 9000
    assert scale_top(archive_of()) == 4


def test_weeks_of_a_month_start_on_monday():
    day = link(date(2026, 8, 18), 79)
    rows = weeks(ArchiveMonth(first=date(2026, 8, 1), papers=79, days=(day,)))
    assert all(len(row) == 7 for row in rows)
    assert rows[0] == [(0, None)] * 5 + [(1, None), (2, None)]
    assert [cell for row in rows for cell in row if cell[1]] == [(18, day)]
    assert rows[3][1] == (18, day)


def test_only_web_and_mail_addresses_may_be_linked_to():
    assert all(map(is_web, ("https://a.example", "http://a.example", "mailto:a@example.org")))
    assert not any(map(is_web, ("", "javascript:alert(1)", "data:text/html,x", "//a.example", "a")))
