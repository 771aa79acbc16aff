"""The feeds of one small site, as its readers meet them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from sitegen import closing
from tests.render.feed_rules import faults
from tests.sites import build_project, daily_json, files_of, parse, project

BASE = "https://papers.example.org/digest/"
FIRST = date(2026, 8, 17)
SETTINGS = """
title = "Papers & more"
base_url = "https://papers.example.org/digest/"
feed_id = "example.org,2026"

[feed]
entries = 5
days = 3
hub = "https://hub.example.org/"

[mail]
form_action = "https://mail.example.org/subscribe"
form_hidden = {list = "a&b"}

[[feeds]]
title = "Anna's reading"
words = ["diffusion"]
not = ["speech"]
"""
ABOUT = (
    "Video generation with diffusion models",
    "A large language model for robots $\\mathcal{O}(n^2)$",
    "Speech diffusion <b>and</b> graphs",
)


NOTE = """*Two* of these belong [together](../papers/2608/2608.05000.html)
<b style="color:red">today</b>.

![A curve](../curve.png) <script>track()</script> [Why](why.md)
"""


def dump(number: int) -> str:
    day = FIRST + timedelta(days=number)
    papers = [
        {"id": f"2608.{number:02}{place:03}", "title": f"{about}, part {number}"}
        for place, about in enumerate(ABOUT)
    ]
    return daily_json(str(day), papers)


def add(root: Path, number: int) -> None:
    path = root / "content" / "dumps" / f"{FIRST + timedelta(days=number)}.json"
    path.write_text(dump(number), encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A project of six days, built; closed documents hold three listings."""
    patch = pytest.MonkeyPatch()
    patch.setattr(closing, "SIZE", 3)
    root = project(tmp_path_factory.mktemp("feeds") / "p", SETTINGS, dumps__x="")
    (root / "content/dumps/x").unlink()
    for name, text in {"days/2026-08-22.md": NOTE, "pages/days/why.md": "So.\n"}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    for number in range(6):
        add(root, number)
    report = build_project(root)
    assert report.warnings == report.errors == []
    yield root
    patch.undo()


def feeds(root: Path) -> dict[str, bytes]:
    endings = ("rss.xml", "atom.xml", "feed.json")
    return {p: d for p, d in files_of(root / "site").items() if p.endswith(endings) or "/arch" in p}


def ids(data: bytes) -> list[str]:
    if data[:1] == b"{":
        return [item["id"] for item in json.loads(data)["items"]]
    return [entry.id for entry in feedparser.parse(data).entries]


def test_every_feed_keeps_the_specifications(site: Path) -> None:
    found = feeds(site)
    names = {"", "topics/video.", "feeds/annas-reading."}
    for name in names:
        for by_day in ("", "days."):
            files = ("rss.xml", "atom.xml", "feed.json")
            assert {f"{name}{by_day}{file}" for file in files} <= found.keys()
    for path, data in found.items():
        assert faults(data, base_url=BASE) == [], path
        assert path.endswith(".json") or feedparser.parse(data).bozo == 0, path
        assert BASE + path in data.decode(), path  # it says where it is
        assert b"https://hub.example.org/" in data
        assert b"mathcal" not in data
    feed = feedparser.parse(found["atom.xml"])
    assert [entry.title for entry in feed.entries[:2]] == [
        "Video generation with diffusion models, part 5",
        "A large language model for robots O(n²), part 5",
    ]


def test_the_w3cs_validator_finds_nothing(site: Path) -> None:
    source = os.environ.get("SITEGEN_FEED_VALIDATOR")
    if not source:
        pytest.skip("SITEGEN_FEED_VALIDATOR names no validator; see tests/w3c_feeds.py")
    asked = subprocess.run(
        [sys.executable, "-m", "tests.w3c_feeds", source, str(site / "site"), BASE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr


def test_a_feed_holds_the_newest_and_the_atom_feed_reaches_back_to_its_archive(site: Path) -> None:
    found = feeds(site)
    assert len(ids(found["rss.xml"])) == len(ids(found["feed.json"])) == 5
    assert ids(found["atom.xml"]) == ids(found["rss.xml"])
    archived = [one for path in found if "archive" in path for one in ids(found[path])]
    assert len(archived) == len(set(archived)) == 15
    assert len({*archived, *ids(found["atom.xml"])}) == 18
    days = feedparser.parse(found["days.rss.xml"]).entries
    assert [entry.id[-10:] for entry in days] == ["2026-08-22", "2026-08-21", "2026-08-20"]
    content = days[0].content[0].value
    assert days[0].title == "22 August 2026: 3 papers"
    assert content.count('"><b>') == 3
    assert "diffusion &lt;b&gt;and" in content.lower()
    written = json.loads(found["days.feed.json"])["items"][0]["content_html"]
    assert written.startswith(
        f'<p><em>Two</em> of these belong <a href="{BASE}papers/2608/2608.05000.html">together</a>'
        f'\n<b>today</b>.</p>\n<p><img alt="A curve" src="{BASE}curve.png"> '
        f' <a href="{BASE}days/why.html">Why</a></p><hr>'
    )
    assert "together" not in days[1].content[0].value
    of_topic = feedparser.parse(found["topics/video.days.atom.xml"]).entries
    assert of_topic[0].id == "tag:example.org,2026:topics/video/2026-08-22"
    assert {
        entry.id for entry in feedparser.parse(found["feeds/annas-reading.rss.xml"]).entries
    } == {f"tag:example.org,2026:paper/2608.0{n}000" for n in range(1, 6)}


def test_every_format_of_a_feed_has_the_same_entries(site: Path) -> None:
    found = feeds(site)
    for path, data in found.items():
        if path.endswith("rss.xml"):
            other = found[path.replace("rss.xml", "feed.json")]
            assert ids(data) == ids(other)
            assert ids(data) == ids(found[path.replace("rss.xml", "atom.xml")])[: len(ids(data))]


def test_pages_announce_their_feeds_and_the_list_has_them_all(site: Path) -> None:
    found = set(feeds(site))

    def announced(path: str) -> set[str]:
        page = parse((site / "site" / path).read_text())
        links = [e.get("href") for e in page.iter("link") if "feed" in e.get("type", "") or
                 ("+xml" in e.get("type", "") and e.get("rel") == "alternate")]  # fmt: skip
        root = "../" * path.count("/")
        assert all(link.startswith(root) for link in links)
        return {link.removeprefix(root) for link in links}

    of_site = {path for path in found if "/" not in path and not path.startswith("trending")}
    assert of_site | announced("trending.html") == {path for path in found if "/" not in path}
    assert announced("index.html") == announced("subscribe.html") == of_site
    of_video = {path for path in found if path.startswith("topics/video.")}
    assert announced("topics/video.html") == of_video | {"rss.xml", "atom.xml"}
    listed = etree.fromstring((site / "site/feeds.opml").read_bytes())
    addresses = {one.get("xmlUrl") for one in listed.iter("outline")} - {None}
    assert addresses == {BASE + p for p in found if p.endswith("atom.xml") and "/arch" not in p}


def test_the_page_lists_feeds_with_counts_and_shows_the_form(site: Path) -> None:
    text = (site / "site/subscribe.html").read_text()
    page = parse(text)
    form = next(page.iter("form"))
    assert (form.get("action"), form.get("method")) == (
        "https://mail.example.org/subscribe",
        "post",
    )
    fields = {e.get("name"): e.get("value") for e in form.iter("input")}
    assert fields == {"email": None, "list": "a&b"}
    for path in feeds(site):
        assert f'href="{path}"' in text or "archive" in path, path
    rows = {
        "".join(row[0].itertext()).partition("Papers for")[0]: "".join(row[1].itertext()).strip()
        for row in page.iter("tr")
        if row[0].get("scope") == "row"
    }
    assert rows["Anna's reading"] == "6"
    assert rows["Video"] == "6"
    assert (
        "feedly.com/i/subscription/feed%2Fhttps%3A%2F%2Fpapers.example.org%2Fdigest%2Fatom.xml"
        in text
    )


def test_no_id_changes_with_the_host_or_a_title(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "content", tmp_path / "content")
    moved = SETTINGS.replace("papers.example.org/digest", "other.example").replace("& more", "")
    (tmp_path / "content/site.toml").write_text(moved)
    (tmp_path / "content/corrections.toml").write_text(
        '[[fix]]\nkey = "2608.05000"\ntitle = "Video diffusion, renamed"\n'
    )
    build_project(tmp_path)
    before, after = feeds(site), feeds(tmp_path)
    assert before.keys() == after.keys()
    assert {path: ids(data) for path, data in before.items()} == {
        path: ids(data) for path, data in after.items()
    }
    assert b"renamed" in after["rss.xml"]


def test_a_day_more_changes_no_other_id_and_no_closed_document(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "p", copy_function=shutil.copy2)
    root = tmp_path / "p"
    before = feeds(root)
    add(root, 6)
    (root / "content/days/2026-08-22.md").write_text("Said later.\n")
    # A paper that is listed again, with a title that differs, changes no document either.
    again = json.loads(dump(0))
    again[0]["paper"]["summary"] = "Now it says more than before. We show it."
    (root / "content/dumps/2026-08-23-b.json").write_text(
        json.dumps(again).replace(str(FIRST), "2026-08-23")
    )
    build_project(root)
    after = feeds(root)
    assert all(b"Said later." in after[f"days.{form}"] for form in ("rss.xml", "feed.json"))
    closed = [path for path in before if "archive" in path]
    assert len(closed) == 5
    assert all(before[path] == after[path] for path in closed)
    assert len([path for path in after if "archive" in path]) > 5
    seen = {one for path in before for one in ids(before[path])}
    assert seen <= {one for path in after for one in ids(after[path])} | {
        f"tag:example.org,2026:{name}/2026-08-20"
        for name in ("day", *(p.rpartition(".days")[0] for p in before if ".days.rss" in p))
    }
    build_project(root, out=tmp_path / "full", full=True)
    assert files_of(root / "site") == files_of(tmp_path / "full")


def test_without_an_address_feeds_are_valid_and_the_build_says_what_is_missing(
    site: Path, tmp_path: Path
) -> None:
    report = build_project(site, out=tmp_path / "out", base_url="")
    (lacking,) = report.warnings  # one, whatever the number of feeds
    assert "base_url" in lacking.message
    assert lacking.file == "content/site.toml"
    found = {
        p: d
        for p, d in files_of(tmp_path / "out").items()
        if p.endswith(("s.xml", "m.xml", "d.json"))
    }
    assert len(found) == len([path for path in feeds(site) if "archive" not in path])
    for path, data in found.items():
        assert faults(data) == [], path
        assert b"papers.example.org" not in data
    assert not (tmp_path / "out/feeds.opml").exists()
    assert "feeds.opml" not in (tmp_path / "out/subscribe.html").read_text()
    days = json.loads(found["days.feed.json"])["items"]
    assert 'href="http' in days[0]["content_html"]  # to the papers elsewhere
    assert not re.search(r'(?:href|src)="(?!https?:)', days[0]["content_html"])
    assert "belong together\n<b>today</b>.</p>\n<p>A curve" in days[0]["content_html"]
    assert b'src="curve.png' in found["days.atom.xml"]


def test_a_picture_of_ones_own_is_taken_and_missed(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "content", tmp_path / "content")
    wanted = SETTINGS.replace("[feed]", '[feed]\nimage = "logo.png"')
    (tmp_path / "content/site.toml").write_text(wanted)
    (lacking,) = build_project(tmp_path).warnings
    assert "content/static/logo.png" in lacking.message
    assert b"/assets/icon." in feeds(tmp_path)["rss.xml"]
    (tmp_path / "content/static").mkdir()
    (tmp_path / "content/static/logo.png").write_bytes(b"a picture")
    assert build_project(tmp_path).warnings == []
    assert f"<url>{BASE}logo.png</url>".encode() in feeds(tmp_path)["rss.xml"]
