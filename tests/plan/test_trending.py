from __future__ import annotations

import feedparser
import pytest
from lxml import html

from tests.sites import build_project, daily_json, files_of, project

SETTINGS = 'title = "T"\nbase_url = "https://x.example/p/"\nfeed_id = "x.example,2026"\n'


def paper(number, votes):
    return {"id": f"2605.{number:05}", "title": f"On subject number {number}", "upvotes": votes}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = project(tmp_path_factory.mktemp("trending"), SETTINGS)
    dumps = root / "content/dumps"
    dumps.mkdir()
    for day, numbers in {"2026-04-01": [1], "2026-05-05": [2, 3], "2026-05-08": [4, 3]}.items():
        (dumps / f"{day}.json").write_text(daily_json(day, [paper(n, n * n) for n in numbers]))
    assert build_project(root).published
    return root


def titles(page, section):
    found = html.fromstring(page.read_text()).xpath(f"//section[h2/@id='{section}']//h3")
    return [one.text_content() for one in found]


def test_three_periods_and_nothing_older(root):
    page = root / "site/trending.html"
    assert titles(page, "today") == ["On subject number 4", "On subject number 3"]
    assert titles(page, "week") == [f"On subject number {n}" for n in (4, 3, 2)]
    assert "number 1" not in page.read_text()
    assert "listed on 2 days" in page.read_text()
    assert 'href="trending.html"' in (root / "site/index.html").read_text()


@pytest.mark.parametrize(("name", "count"), [("-today", 2), ("", 3), ("-month", 3)])
def test_each_period_has_a_feed_of_papers_with_their_usual_ids_and_no_days(root, name, count):
    feed = feedparser.parse((root / f"site/trending{name}.atom.xml").read_bytes())
    assert not feed.bozo
    everything = feedparser.parse((root / "site/atom.xml").read_bytes())
    assert {one.id for one in feed.entries} < {one.id for one in everything.entries}
    assert len(feed.entries) == count
    assert not (root / f"site/trending{name}.days.atom.xml").exists()
    assert f"trending{name}.days" not in (root / "site/feeds.opml").read_text()
    for page in ("feeds.opml", "subscribe.html", "trending.html"):
        assert f"trending{name}.atom.xml" in (root / "site" / page).read_text()


def test_what_is_built_on_is_what_is_built_anew(root, tmp_path):
    dump = root / "content/dumps/2026-05-09.json"
    dump.write_text(daily_json("2026-05-09", [paper(2, 400), paper(5, 1)]))
    assert build_project(root).published
    assert build_project(root, out=tmp_path / "full", full=True).published
    assert files_of(root / "site") == files_of(tmp_path / "full")
    assert titles(root / "site/trending.html", "today") == [
        f"On subject number {n}" for n in (2, 5)
    ]
