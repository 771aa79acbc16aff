"""Sources become dumps: again and again, broken off at any point, and while others fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from sitegen.config import load_project
from sitegen.errors import PublicationError
from sitegen.fetching import fetch
from sitegen.fetching.sources import configured, source
from sitegen.locking import Lock
from tests.sites import build_project

from .conftest import dumps_of
from .host import Reply, Waits, eventually
from .services import Paper, arxiv, daily, new_on_arxiv, rss

TODAY = date(2026, 5, 8)
MONDAY, FRIDAY = "Mon, 04 May 2026 08:00:00 GMT", "Fri, 08 May 2026 08:00:00 GMT"
SCRIPT = Path(__file__).with_name("fetching_in_a_process.py")


@pytest.fixture
def run(project, waits):
    def run(*texts, today=TODAY, since=None):
        sources = [source(text) for text in texts]
        return list(fetch(project, sources, today, since=since, clock=waits.clock))

    return run


def papers(number):
    return [
        Paper(f"2605.{n:05}", f"Number {n}", f"2026-05-0{4 + n % 4}T12:{n // 60:02}:{n % 60:02}Z")
        for n in range(number)
    ]


def test_every_kind_of_source_and_a_site_of_them(host, project, run):
    host.replies |= {
        "/arxiv": arxiv(papers(8)),
        "/feeds/cs.CL": Reply(new_on_arxiv({"2605.00100": "new"})),
        "/hf": daily({f"2026-05-0{day}": [f"2605.0020{day}"] for day in range(2, 9)}),
        "/blog": Reply(rss({"A post": MONDAY})),
    }
    texts = ("arxiv:cs.CL", "arxiv-feed:cs.CL", "hf", host.at("/blog"))
    done = run(*texts)
    assert [one.error for one in done] == [None] * 4
    assert [len(one.dumps) for one in done] == [4, 1, 7, 1]
    assert [one.newest for one in done] == [TODAY] * 4
    assert all(asked.headers["user-agent"].endswith("(+mailto:ann@example.org)")
               for asked in host.asked)  # fmt: skip
    report = build_project(project.root, strict=True, base_url="https://p.example/")
    assert (report.errors, report.warnings) == ([], [])
    assert (report.papers, report.listings, report.days) == (17, 17, 7)

    before = dumps_of(project)
    again = run(*texts)
    assert [one.dumps for one in again] == [()] * 4
    assert dumps_of(project) == before
    assert [one.silent_for(date(2026, 5, 11)) for one in again] == [3] * 4


def test_a_list_that_grows_brings_what_is_new_in_it(host, project, run):
    host.replies["/hf"] = daily({"2026-05-08": ["2605.00001"]})
    run("hf", since=TODAY)
    host.replies["/hf"] = daily({"2026-05-08": ["2605.00002", "2605.00001"]}, upvotes=99)
    ((dump,),) = [one.dumps for one in run("hf", since=TODAY)]
    assert (dump.name, dump.records) == ("2026-05-08-hf-daily-papers_02.json", 1)
    assert "2605.00001" not in dumps_of(project)[dump.name]


def test_a_source_that_fails_keeps_the_others_not_back(host, run):
    host.replies["/blog"] = Reply(rss({"A post": MONDAY}))
    first, second = run(host.at("/gone"), host.at("/blog"))
    assert "nothing at this address" in first.error.message
    assert (first.dumps, first.newest, first.silent_for(TODAY)) == ((), None, None)
    assert (second.error, len(second.dumps)) == (None, 1)


def test_what_came_before_a_failure_stays(host, project, run):
    whole = daily({f"2026-05-0{day}": [f"2605.0000{day}"] for day in range(2, 9)})
    host.replies["/hf"] = [*[whole] * 3, Reply(status=500)]
    (done,) = run("hf")
    assert "status 500" in done.error.message
    assert [dump.name[:10] for dump in done.dumps] == ["2026-05-02", "2026-05-03", "2026-05-04"]
    host.replies["/hf"] = whole
    host.asked.clear()
    (done,) = run("hf")
    assert len(dumps_of(project)) == 7
    days = [asked.query["date"] for asked in host.asked]
    assert days == [f"2026-05-0{day}" for day in (5, 6, 7, 8)], "what came is not asked again"


def test_what_is_unchanged_is_not_sent_again(host, project, run):
    body = rss({"A post": MONDAY})
    host.replies["/blog"] = [Reply(body, headers={"ETag": '"1"'}), Reply(status=304)]
    run(host.at("/blog"))
    (done,) = run(host.at("/blog"))
    assert (done.error, done.dumps) == (None, ())
    assert host.asked[1].headers["if-none-match"] == '"1"'
    for name in dumps_of(project):
        (project.root / "content" / "dumps" / name).unlink()
    assert len(run(host.at("/blog"))[0].dumps) == 1, "a dump that was removed comes back"


def test_only_one_fetches_at_a_time(project, run):
    folder = project.root / ".sitegen" / "fetch"
    folder.mkdir(parents=True)
    lock = Lock(folder / "lock")
    lock.acquire()
    with pytest.raises(PublicationError, match="another fetch"):
        run("hf")
    lock.release()


def test_names_and_limits_come_from_the_settings(host, project):
    text = f'[[fetch]]\nsource = "{host.at("/blog")}"\nname = "blog"\nfail_after = 3\n'
    (project.root / "content" / "site.toml").write_text(text)
    host.replies["/blog"] = Reply(rss({"A post": FRIDAY}))
    project = load_project(project.root)
    (one,) = fetch(project, configured(project), TODAY, clock=Waits().clock)
    assert one.dumps[0].name == "2026-05-08-blog.xml"
    assert one.source.fail_after == 3


# -------------------------------------------------------------------------- killed


def start(project, *texts):
    return subprocess.Popen(
        [sys.executable, SCRIPT, project.root, TODAY.isoformat(), *texts], stderr=subprocess.PIPE
    )


def assert_whole(project):
    """Every dump can be read and built."""
    if dumps_of(project):
        assert build_project(project.root).errors == []


def test_killed_while_a_page_comes_it_completes_without_asking_for_the_others_again(host, project):
    every = arxiv(papers(450))
    host.replies["/arxiv"] = [every, every, Reply(b"x" * 100, how="drips")]
    process = start(project, "arxiv:cs.CL")
    eventually(lambda: len(host.asked) == 3)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert dumps_of(project) == {}
    host.replies["/arxiv"] = every
    host.asked.clear()
    process = start(project, "arxiv:cs.CL")
    assert process.communicate()[1] == b""
    assert [asked.query["start"] for asked in host.asked] == ["400"]
    assert len(dumps_of(project)) == 4
    assert build_project(project.root).papers == 450


@pytest.mark.parametrize("part", range(6))
def test_killed_anywhere_it_leaves_whole_dumps_and_completes(host, project, part):
    """`part` of the time that a whole fetch takes."""
    days = {f"2026-05-0{day}": [f"2605.0{day}{n:03}" for n in range(40)] for day in range(2, 9)}
    host.replies["/hf"] = daily(days)
    process = start(project, "hf")
    if part:
        eventually(lambda: len(host.asked) >= part + 1)
        time.sleep(part * 0.003)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    held = dumps_of(project)
    assert_whole(project)
    process = start(project, "hf")
    assert process.communicate()[1] == b""
    after = dumps_of(project)
    assert held.items() <= after.items()
    assert_whole(project)
    assert not list((project.root / "content" / "dumps").glob(".*"))
    report = build_project(project.root)
    assert (report.papers, report.listings, report.days) == (280, 280, 7)
