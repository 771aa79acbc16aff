"""What is new in a list becomes a dump, whole or not at all."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest

from sitegen import dumps
from sitegen.errors import FetchError, Problem, PublicationError
from sitegen.fetching.documents import taken_apart
from sitegen.fetching.dumping import dumped
from sitegen.fetching.known import Known
from sitegen.fetching.lists import DayList, Window
from sitegen.fetching.sources import source

from .conftest import dumps_of
from .services import Paper, atom, new_on_arxiv, rss

TODAY = date(2026, 5, 8)
FEED = source("https://example.org/feed")
MONDAY, FRIDAY = "Mon, 04 May 2026 08:00:00 GMT", "Fri, 08 May 2026 08:00:00 GMT"


@pytest.fixture
def take(project):
    def take(body, which=FEED, since=None):
        found = DayList(TODAY, taken_apart(body))
        return dumped(project, which, found, Known(project), Window(TODAY, since))

    return take


def test_a_list_becomes_a_dated_dump(project, take):
    done = take(rss({"A": MONDAY, "B": FRIDAY}))
    assert (done.name, done.file, done.records) == (
        "2026-05-08-example-org-feed.xml", FEED.text, 2)  # fmt: skip
    assert done.days == (date(2026, 5, 4), TODAY), "entries have their own days"
    assert list(dumps_of(project)) == [done.name]
    assert not list((project.root / ".sitegen" / "fetch" / "incoming").iterdir())


def test_what_is_known_makes_no_second_dump(project, take):
    take(rss({"A": MONDAY, "B": FRIDAY}))
    before = dumps_of(project)
    assert take(rss({"B": FRIDAY, "A": MONDAY}, "Renamed")) is None
    assert dumps_of(project) == before
    more = take(rss({"New one": FRIDAY, "A": MONDAY, "B": FRIDAY}))
    assert (more.name, more.records) == ("2026-05-08-example-org-feed_02.xml", 1)
    held = dumps_of(project)[more.name]
    assert held.count("<item>") == 1
    assert "New one" in held


def test_a_list_that_has_a_paper_twice_has_it_once(take):
    assert take(rss({"A": MONDAY, "a.": FRIDAY})).records == 1


def test_entries_of_before_are_left_out(take):
    assert take(rss({"A": MONDAY, "B": FRIDAY}), since=TODAY).records == 1
    assert take(rss({"C": MONDAY}), since=TODAY) is None


def test_new_versions_of_old_papers_are_no_news(take):
    kinds = {"2605.00001": "new", "2605.00002": "cross", "2401.00001": "replace",
             "2401.00002": "replace-cross"}  # fmt: skip
    assert take(new_on_arxiv(kinds), source("arxiv-feed:cs.CL")).records == 2


def test_days_of_arxiv_are_those_of_the_name(take):
    done = take(atom([Paper("2605.00001", "A")], 1), source("arxiv:cs.CL"))
    assert (done.name, done.days) == ("2026-05-08-arxiv-cs-cl.xml", (TODAY,))


def test_json_of_any_shape(project, take):
    papers = [{"title": "A paper", "abstract": "Words."}, {"title": "Another", "abstract": "x"}]
    take(json.dumps({"date": "2026-05-08", "papers": papers[:1]}).encode())
    more = take(json.dumps({"date": "2026-05-08", "papers": papers}).encode())
    held = json.loads(dumps_of(project)[more.name])
    assert held == {"date": "2026-05-08", "papers": papers[1:]}


def test_nothing_at_all(take):
    assert take(b"[]") is None
    assert take(atom([], 0)) is None


def test_a_format_that_nobody_knows(project, take):
    with pytest.raises(FetchError, match="no format that a reader knows") as caught:
        take(b"\x89PNG and so on")
    assert caught.value.file == FEED.text
    assert dumps_of(project) == {}


def test_what_would_break_the_build_is_no_dump(project, take, monkeypatch):
    broken = Problem(file="x", line=3, message="it is broken", severity="error")
    stream = dumps.Stream(name="x", format="web-feed", items=iter([broken]))
    monkeypatch.setattr(dumps, "stream", lambda _: stream)
    with pytest.raises(FetchError, match="cannot be read: it is broken"):
        take(rss({"A": MONDAY}))
    assert dumps_of(project) == {}
    assert not list((project.root / ".sitegen" / "fetch" / "incoming").iterdir())


def test_a_full_disk_is_told(project, take, monkeypatch):
    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(PublicationError, match="No space left"):
        take(rss({"A": MONDAY}))
    assert dumps_of(project) == {}
