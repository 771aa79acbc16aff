from __future__ import annotations

import json
from datetime import date

import pytest

from sitegen.errors import FetchError
from sitegen.fetching.hugging_face import found
from sitegen.fetching.lists import Window
from sitegen.fetching.refusals import RefusedError
from sitegen.fetching.sources import source

from .host import Reply
from .services import daily

SOURCE = source("hf")
TODAY = date(2026, 5, 8)
WEEK = {f"2026-05-0{day}": [f"2605.0000{day}"] for day in range(1, 9)} | {
    "2026-05-02": [],
    "2026-05-03": [],
}


def days(lists):
    return [(day.isoformat(), len(document.entries)) for day, document in lists]


def test_a_list_for_each_day_that_has_one(host, client, waits):
    host.replies["/hf"] = daily(WEEK)
    assert days(found(client, SOURCE, Window(TODAY))) == [
        (f"2026-05-0{day}", 1) for day in (4, 5, 6, 7, 8)
    ]
    assert waits.slept == [1] * 6
    host.asked.clear()
    list(found(client, SOURCE, Window(TODAY, newest=date(2026, 5, 7))))
    assert [asked.query["date"] for asked in host.asked] == [f"2026-05-0{day}" for day in (6, 7, 8)]
    host.asked.clear()
    list(found(client, SOURCE, Window(TODAY, date(2026, 5, 8), date(2026, 5, 7))))
    assert len(host.asked) == 1


def test_a_day_that_has_not_begun_there_is_none(host, client):
    host.replies["/hf"] = daily({"2026-05-07": ["2605.00007"]})
    assert days(found(client, SOURCE, Window(TODAY, date(2026, 5, 7)))) == [("2026-05-07", 1)]
    host.replies["/hf"] = Reply(status=400)
    with pytest.raises(RefusedError):
        list(found(client, SOURCE, Window(TODAY, date(2026, 5, 6))))


def test_a_long_day_has_several_pages(host, client):
    host.replies["/hf"] = daily({"2026-05-08": [f"2605.{n:05}" for n in range(129)]})
    assert days(found(client, SOURCE, Window(TODAY, TODAY))) == [("2026-05-08", 129)]
    assert [asked.query["p"] for asked in host.asked] == ["0", "1"]


def test_a_host_that_knows_no_pages_does_no_harm(host, client):
    body = json.dumps([{"paper": {"id": f"2605.{n:05}"}} for n in range(60)]).encode()
    host.replies["/hf"] = Reply(body)
    assert days(found(client, SOURCE, Window(TODAY, TODAY))) == [("2026-05-08", 60)]
    assert len(host.asked) == 2


@pytest.mark.parametrize("body", [b'{"error": "busy"}', b"<html><br>", b"1"])
def test_what_is_no_list_is_refused(host, client, body):
    host.replies["/hf"] = Reply(body)
    with pytest.raises(FetchError, match="no list of papers"):
        list(found(client, SOURCE, Window(TODAY, TODAY)))
    assert len(host.asked) == 1


def test_many_years_are_refused_before_a_request_for_each_day(host, client):
    with pytest.raises(FetchError, match="too many days") as caught:
        list(found(client, SOURCE, Window(TODAY, date(2023, 5, 4))))
    assert "--since 2025-05-07" in caught.value.hint
    assert host.asked == []
