"""arXiv's API: days, pages, and what it does when it is busy."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sitegen.errors import FetchError
from sitegen.fetching import arxiv as module
from sitegen.fetching.arxiv import announced, announcement, found
from sitegen.fetching.lists import Window
from sitegen.fetching.sources import source

from .host import Reply
from .services import ATOM, Paper, arxiv, atom, new_on_arxiv

SOURCE = source("arxiv:cs.CL")
TODAY = date(2026, 5, 8)  # a Friday


@pytest.mark.parametrize(
    ("submitted", "listed"),
    [
        ("2026-05-07T17:59:00Z", "2026-05-08"),  # Thursday, 13:59 in New York
        ("2026-05-07T18:00:00Z", "2026-05-08"),
        ("2026-05-07T18:00:01Z", "2026-05-11"),  # a minute late for Friday's: Monday's
        ("2026-05-08T12:00:00Z", "2026-05-11"),
        ("2026-05-08T20:00:00Z", "2026-05-12"),  # Friday afternoon, and the weekend: Tuesday's
        ("2026-05-09T12:00:00Z", "2026-05-12"),
        ("2026-05-10T23:00:00Z", "2026-05-12"),
        ("2026-05-11T12:00:00Z", "2026-05-12"),
        ("2026-01-07T18:59:00Z", "2026-01-08"),  # in winter New York is five hours behind
        ("2026-01-07T19:01:00Z", "2026-01-09"),
        ("2026-05-07T19:59:00+02:00", "2026-05-08"),
    ],
)
def test_the_day_of_announcement(submitted, listed):
    assert announcement(datetime.fromisoformat(submitted)).isoformat() == listed


def ids(lists):
    return {
        day.isoformat(): [entry.split(b"/abs/")[1][:10].decode() for entry in document.entries]
        for day, document in lists
    }


def test_papers_stand_on_the_days_they_were_announced_on(host, client):
    host.replies["/arxiv"] = arxiv(
        [
            Paper("2605.00003", "C", "2026-05-07T17:00:00Z"),
            Paper("2605.00001", "A", "2026-05-05T17:00:00Z"),
            Paper("2605.00002", "B", "2026-05-06T17:00:00Z"),
            Paper("2604.00009", "Old", "2026-04-01T17:00:00Z"),
        ]
    )
    assert ids(found(client, SOURCE, Window(TODAY))) == {
        "2026-05-06": ["2605.00001"],
        "2026-05-07": ["2605.00002"],
        "2026-05-08": ["2605.00003"],
    }
    (asked,) = host.asked
    assert asked.query["search_query"] == (
        "(cat:cs.CL) AND submittedDate:[202605010000 TO 202605082359]"
    )


def test_what_comes_late_goes_to_the_newest_day(host, client):
    host.replies["/arxiv"] = arxiv(
        [Paper("2605.00001", "On hold", "2026-05-05T17:00:00Z"),
         Paper("2605.00002", "New", "2026-05-07T17:00:00Z")]
    )  # fmt: skip
    window = Window(TODAY, newest=date(2026, 5, 7))
    assert ids(found(client, SOURCE, window)) == {
        "2026-05-07": ["2605.00001"],
        "2026-05-08": ["2605.00002"],
    }


def test_since_is_a_day_of_announcement(host, client):
    days = [date(2026, 4, 1) + timedelta(days=number) for number in range(35)]
    host.replies["/arxiv"] = arxiv(
        [Paper(f"2605.000{day:%j}"[:10], "A", f"{day}T12:00:00Z") for day in days]
    )
    lists = ids(found(client, SOURCE, Window(TODAY, date(2026, 4, 14), date(2026, 5, 7))))
    assert list(lists)[:2] == ["2026-04-14", "2026-04-15"]
    assert len(lists["2026-04-14"]) == 3, "a Saturday's, a Sunday's, and a Monday's"


def test_all_pages_are_read(host, client, waits):
    papers = [
        Paper(f"2605.{n:05}", f"Number {n}", f"2026-05-07T{n // 60:02}:{n % 60:02}:00Z")
        for n in range(450)
    ]
    host.replies["/arxiv"] = arxiv(papers)
    ((_, document),) = found(client, SOURCE, Window(TODAY))
    assert len(document.entries) == 450
    assert [asked.query["start"] for asked in host.asked] == ["0", "200", "400"]
    assert waits.slept == [3, 3]


def test_an_empty_page_that_should_not_be_is_asked_again(host, client, waits):
    full = atom([Paper("2605.00001", "A")], 1)
    host.replies["/arxiv"] = [Reply(atom([], 1), headers=ATOM), Reply(full, headers=ATOM)]
    ((_, document),) = found(client, SOURCE, Window(TODAY))
    assert len(document.entries) == 1
    assert waits.slept == [4]


def test_half_a_feed_is_asked_again_though_the_host_says_it_is_whole(host, client):
    full = atom([Paper("2605.00001", "A"), Paper("2605.00002", "B")], 2)
    host.replies["/arxiv"] = [Reply(full[: len(full) // 2]), Reply(full)]
    ((_, document),) = found(client, SOURCE, Window(TODAY))
    assert len(document.entries) == 2


@pytest.mark.parametrize(
    "reply",
    [Reply(b"<html><body>Be right back<br>", headers={"Content-Type": "text/html"}),
     Reply(b"Rate exceeded."), Reply(b"[]"), Reply(b"<rss><channel/></rss>")],
)  # fmt: skip
def test_what_is_no_feed_is_refused(host, client, reply):
    host.replies["/arxiv"] = reply
    with pytest.raises(FetchError, match="no Atom feed"):
        list(found(client, SOURCE, Window(TODAY)))
    assert len(host.asked) == 1


def test_arxivs_word_on_a_wrong_query(host, client):
    error = (
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        b"<id>http://arxiv.org/api/x</id><title>ArXiv Query: search_query=((</title><entry>"
        b"<id>http://arxiv.org/api/errors#malformed</id><title>Error</title>"
        b"<summary>malformed query near ((</summary></entry></feed>"
    )
    host.replies["/arxiv"] = Reply(error, status=400)
    with pytest.raises(FetchError, match=r"does not understand the query: malformed query near"):
        list(found(client, source("arxiv:(("), Window(TODAY)))


def test_too_much_is_refused_before_it_is_fetched(host, client, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    host.replies["/arxiv"] = arxiv([Paper(f"2605.0000{n}", "A") for n in range(4)])
    with pytest.raises(FetchError, match="finds 4 papers") as caught:
        list(found(client, SOURCE, Window(TODAY)))
    assert "--since" in caught.value.hint


def test_a_time_that_cannot_be_read_is_todays(host, client):
    host.replies["/arxiv"] = Reply(atom([Paper("2605.00001", "A", "yesterday")], 1))
    assert list(ids(found(client, SOURCE, Window(TODAY)))) == ["2026-05-08"]


def test_the_feed_of_an_announcement(host, client):
    host.replies["/feeds/cs.CL+cs.LG"] = Reply(new_on_arxiv({"2605.00001": "new"}), headers=ATOM)
    ((day, document),) = announced(client, source("arxiv-feed:cs.CL+cs.LG"), Window(TODAY))
    assert (day, len(document.entries)) == (TODAY, 1)
