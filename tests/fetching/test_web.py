from __future__ import annotations

from datetime import date

import pytest

from sitegen.errors import FetchError
from sitegen.fetching.lists import Window
from sitegen.fetching.sources import source
from sitegen.fetching.web import found

from .host import Reply
from .services import rss

WINDOW = Window(date(2026, 5, 8))


def test_a_feed_under_the_day_of_the_fetch(host, client):
    host.replies["/feed"] = Reply(rss({"A": "Mon, 04 May 2026 08:00:00 GMT"}))
    ((day, document),) = found(client, source(host.at("/feed")), WINDOW)
    assert (day, len(document.entries)) == (WINDOW.today, 1)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<!-- x -->\n<!DOCTYPE html><html><p>Papers</html>"),
        Reply(b"<p>Papers", headers={"Content-Type": "text/html; charset=utf-8"}),
    ],
)
def test_a_web_page_is_no_list(host, client, reply):
    host.replies["/"] = reply
    with pytest.raises(FetchError, match="a web page") as caught:
        list(found(client, source(host.at("/")), WINDOW))
    assert "RSS or Atom" in caught.value.hint
    assert len(host.asked) == 1
