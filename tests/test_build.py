from __future__ import annotations

import gzip
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import feedparser
import pytest

from sitegen import dumps
from sitegen.dating import DayRule, settle
from sitegen.errors import InputError, SitegenError, UsageError
from tests.sites import (
    ABSTRACT,
    abstracts,
    build_files,
    build_project,
    capture,
    daily_json,
    files_of,
    parse,
    project,
    text_of,
)

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def a_fixed_clock(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026


@pytest.fixture(scope="module")
def captures(shared, tmp_path_factory):
    """The four captures as a site: its folder and the report."""
    os.environ["SOURCE_DATE_EPOCH"] = "1795219200"
    out = tmp_path_factory.mktemp("captures") / "site"
    return out, build_files(
        out, *sorted((shared / "dumps/text").glob("*.txt")), base_url="https://example.org/p"
    )


def captured_pairs(shared: Path) -> list[tuple[str, str]]:
    pairs = []
    for path in sorted((shared / "dumps/text").glob("*.txt")):
        lines = [line for line in path.read_text().split("\n") if line.strip()][5:]
        pairs += list(zip(lines[::2], lines[1::2], strict=True))
    return pairs


def test_the_captures_hold_320_listings_of_218_papers(captures):
    out, report = captures
    assert (report.listings, report.papers, report.days) == (320, 218, 2)
    assert len(list(out.glob("papers/*/*.html"))) == 218
    assert sorted(path.name for path in (out / "days").glob("*.html")) == [
        "2026-05-08.html",
        "2026-05-28.html",
        "undated.html",
    ]
    assert len(report.warnings) == 4
    assert not report.errors


def test_every_captured_title_stands_in_a_page_of_its_own(captures, shared):
    out, _ = captures
    headings = Counter()
    for path in out.glob("papers/*/*.html"):
        for heading in parse(path.read_text()).iter("h1"):
            headings["".join(heading.itertext()).strip()] += 1
    titles = {title for title, _ in captured_pairs(shared)}
    mended = {title.replace("scriptsizeFLaws", "FLaws") for title in titles}
    assert mended == set(headings)
    assert set(headings.values()) == {1}


def test_nothing_of_the_captures_leftovers_is_visible(captures):
    out, _ = captures
    seen = 0
    for path in out.glob("papers/*/*.html"):
        for element in abstracts(path.read_text()):
            seen += 1
            text = "".join(element.itertext())
            for leftover in ("\\%", "{\\em", "hf-proxy", "``", "{https", "\\url"):
                assert leftover not in text, path
            linked = [a.get("href") for a in element.iter("a")]
            assert all(url.startswith(("http://", "https://")) for url in linked)
            for a in list(element.iter("a")):
                a.text = ""
            rest = "".join(element.itertext())
            assert "https://" not in rest, path
            assert "http://" not in rest, path
    assert seen == 218


def test_most_captured_papers_find_a_topic_and_none_finds_more_than_five(captures, shared):
    out, _ = captures
    with_topic = 0
    for path in out.glob("papers/*/*.html"):
        facts = [e for e in parse(path.read_text()).iter("dl") if e.get("class") == "facts"]
        targets = [a.get("href") for dl in facts for a in dl.iter("a")]
        topics = [target for target in targets if target.startswith("../../topics/")]
        with_topic += bool(topics)
        assert len(topics) <= 5
    assert with_topic >= 0.85 * 218


def test_json_records_come_to_their_days(shared, tmp_path):
    folder = shared / "dumps/hf-json"
    report = build_files(tmp_path / "site", folder)
    assert report.listings == 370
    assert not report.errors
    for dump in dumps.find([folder]):
        reading = dumps.read(dump)
        records, _ = settle(reading.records, reading.name, DayRule(today=TODAY))
        assert {record.listed for record in records} <= {date.fromisoformat(dump.path.stem)}


def test_a_paper_in_both_formats_is_one_paper(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/2026-05-08-list.txt").write_text(
        capture([("A Paper on $R^3$ Things", ABSTRACT), ("Another Paper", ABSTRACT)])
    )
    (tmp_path / "a/2026-05-09.json").write_text(
        daily_json("2026-05-09", [{"id": "2605.00001", "title": "A paper on R³ things."}])
    )
    out = tmp_path / "site"
    report = build_files(out, tmp_path / "a")
    assert (report.papers, report.listings) == (2, 3)
    pages = sorted(path.relative_to(out).as_posix() for path in out.glob("papers/*/*.html"))
    first = next(path for path in pages if "a-paper-on" in path)
    redirect = (out / "papers/2605/2605.00001.html").read_text()
    assert f'href="../../{first}"' in redirect
    page = text_of((out / first).read_text())
    assert "Ada Lovelace" in page
    assert "8 May 2026" in page
    assert "9 May 2026" in page


def test_all_sample_dumps_of_both_formats_together(shared, tmp_path):
    report = build_files(tmp_path / "site", shared / "dumps/text", shared / "dumps/hf-json")
    assert report.listings == 320 + 370
    assert not report.errors


def test_the_same_dumps_give_the_same_bytes_in_any_order(shared, tmp_path):
    files = sorted((shared / "dumps/text").glob("*.txt"))
    build_files(tmp_path / "one", *files)
    (tmp_path / "elsewhere").mkdir()
    build_files(tmp_path / "elsewhere/two", *reversed(files))
    build_files(tmp_path / "three", *files, executor="process", jobs=3)
    expected = files_of(tmp_path / "one")
    assert files_of(tmp_path / "elsewhere/two") == expected
    assert files_of(tmp_path / "three") == expected


def test_a_build_with_nothing_changed_touches_nothing(tmp_path):
    root = project(tmp_path / "p", dumps__a_2026_05_08__x="")
    (root / "content/dumps/2026-05-08.json").write_text(
        daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}])
    )
    first = build_project(root)
    before = {p: p.stat() for p in (root / "site").rglob("*")}
    inode = (root / "site").stat().st_ino
    again = build_project(root)
    assert (again.rendered, again.removed, again.unchanged) == (0, 0, first.files)
    assert (root / "site").stat().st_ino == inode
    for path, status in before.items():
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
    assert again.warnings == first.warnings
    assert again.papers == first.papers == 1


WORDS = [
    "agent",
    "benchmark",
    "video",
    "speech",
    "image",
    "graph",
    "retrieval",
    "quantization",
    "robot",
    "policy",
    "diffusion",
    "language",
    "vision",
    "causal",
    "federated",
    "safety",
    "protein",
    "molecule",
    "translation",
    "reasoning",
    "memory",
]


def random_day(source: random.Random, day: date, count: int) -> str:
    papers = []
    for number in range(count):
        words = " ".join(source.choice(WORDS) for _ in range(5))
        papers.append(
            {
                "id": f"{day:%y%m}.{day.day:02}{number:03}",
                "title": f"{words.title()} {day:%d} {number}",
                "summary": f"We study {words}. " + ABSTRACT,
            }
        )
    return daily_json(day.isoformat(), papers)


def test_a_day_added_to_two_thousand_papers_renders_what_it_changes(tmp_path):
    source = random.Random(7)
    root = project(tmp_path / "p", 'title = "Two thousand"\nbase_url = "https://example.org/"\n')
    folder = root / "content/dumps"
    folder.mkdir()
    days = [date(2026, 1 + n // 25, 1 + n % 25) for n in range(51)]
    for day in days[:50]:
        (folder / f"{day}.json").write_text(random_day(source, day, 40))
    first = build_project(root)
    assert first.papers == 2000
    before = files_of(root / "site")

    (folder / f"{days[50]}.json").write_text(random_day(source, days[50], 40))
    second = build_project(root)
    after = files_of(root / "site")
    changed = {path for path in after if before.get(path) != after[path]}
    assert second.papers == 2040
    assert second.rendered == len(changed)
    # 40 papers and their day; the strips of nine days before; topics' first pages (at most two
    # are closed by this day), feeds, references and texts; the API's month; home, archive, the
    # index of topics, the page about data, the sitemap; the day's week, month and year and those
    # before, trends, and the pages of authors.
    assert len([path for path in changed if path.startswith("papers/")]) == 40
    assert len([path for path in changed if path.startswith("days/")]) <= 10
    of_search = {path for path in changed if path.startswith("search/")}
    assert len(changed - of_search) <= 335
    # Of the index, the last segment alone; the one it replaces goes.
    assert len({path.split("/")[1] for path in of_search}) == 1
    gone = before.keys() - after.keys()
    assert len({path.split("/")[1] for path in gone if path.startswith("search/")}) == 1
    assert all(path.startswith("search/") for path in gone)
    assert second.removed == len(gone)

    full = build_project(root, out=tmp_path / "full", full=True)
    assert full.rendered == full.files
    assert files_of(tmp_path / "full") == after


def test_every_feed_parses_and_names_each_entry_once(captures):
    out, report = captures
    feeds = sorted([*out.rglob("*rss.xml"), *out.rglob("*atom.xml")])
    assert len(feeds) + len([*out.rglob("*feed.json")]) == report.feeds > 10
    for path in feeds:
        found = feedparser.parse(path.read_bytes())
        assert found.bozo == 0, (path, found.get("bozo_exception"))
        ids = [entry.id for entry in found.entries]
        assert ids, path
        assert len(ids) == len(set(ids))
        assert all(re.match(r"tag:[^,]+,\d{4}", one) for one in ids)
        kind = "days" if "days." in path.name else "papers"
        assert all(
            entry.link.startswith(f"https://example.org/p/{kind}/") for entry in found.entries
        )
    site = feedparser.parse((out / "atom.xml").read_bytes())
    assert len(site.entries) == 100
    stamps = [entry.updated for entry in site.entries]
    assert stamps == sorted(stamps, reverse=True)
    assert len(set(stamps)) == len(stamps)
    assert any(len(entry.content[0].value) > 1300 for entry in site.entries)


def test_papers_without_a_day_are_in_no_feed_and_an_empty_feed_is_not_written(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(capture([("A paper on video generation", ABSTRACT)], day=""))
    report = build_files(tmp_path / "site", path)
    assert report.feeds == 0
    assert not list((tmp_path / "site").rglob("*.xml"))
    assert "rss" not in (tmp_path / "site/index.html").read_text()


def test_no_link_leads_nowhere(captures):
    out, _ = captures
    ids: dict[Path, set[str]] = {}
    broken = []
    for path in out.rglob("*.html"):
        for element in parse(path.read_text()).iter():
            for name in ("href", "src"):
                target = element.get(name)
                if target is None or re.match(r"[a-z]+:", target):
                    continue
                where, _, fragment = target.partition("#")
                if path.name == "404.html":
                    assert where.startswith("/p/") or not where
                    where = where.removeprefix("/p/")
                file = (path.parent / where).resolve() if where else path
                if not file.is_file():
                    broken.append((path, target))
                elif fragment:
                    if file not in ids:
                        ids[file] = {e.get("id") for e in parse(file.read_text()).iter()}
                    if fragment not in ids[file]:
                        broken.append((path, target))
    assert not broken


def test_a_day_page_of_many_papers_stays_light(captures):
    out, _ = captures
    pages = {n: len(gzip.compress((out / n).read_bytes(), 6)) for n in ("days/2026-05-28.html",)}
    assert pages["days/2026-05-28.html"] <= 60_000
    home = len(gzip.compress((out / "index.html").read_bytes(), 6))
    assert home <= 20_000


def test_two_files_of_one_name_are_two_dumps(tmp_path):
    for folder, title in (("a", "First paper"), ("b", "Second paper")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2026-05-08.json").write_text(
            daily_json("2026-05-08", [{"id": f"2605.0000{len(title)}", "title": title}])
        )
    one = tmp_path / "a/2026-05-08.json"
    other = tmp_path / "b/2026-05-08.json"
    build_files(tmp_path / "x", one, other)
    build_files(tmp_path / "y", other, one)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "y")


def test_a_warning_under_strict_publishes_nothing(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(capture([("A paper", ABSTRACT)], day=""))
    report = build_files(tmp_path / "site", path, strict=True)
    assert not report.published
    assert not (tmp_path / "site").exists()
    assert build_files(tmp_path / "site", path).published
    before = files_of(tmp_path / "site")
    path.write_text(capture([("Another paper", ABSTRACT)], day=""))
    assert not build_files(tmp_path / "site", path, strict=True).published
    assert files_of(tmp_path / "site") == before
    # An unchanged build reports its warnings again, and strict takes them as seriously.
    path.write_text(capture([("A paper", ABSTRACT)], day=""))
    assert not build_files(tmp_path / "site", path, strict=True).published


def test_an_unknown_file_is_an_error_when_named_and_counted_in_a_folder(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d/2026-05-08.json").write_text(
        daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}])
    )
    (tmp_path / "d/notes.bin").write_bytes(b"\x00\x01\x02nothing")
    report = build_files(tmp_path / "site", tmp_path / "d")
    assert report.published
    assert report.unclaimed == ["notes.bin"]
    report = build_files(tmp_path / "site2", tmp_path / "d/notes.bin")
    assert not report.published
    assert report.errors[0].file == "notes.bin"


def test_what_is_not_there_or_not_ours_is_said(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        build_files(tmp_path / "site", tmp_path / "missing.txt")
    with pytest.raises(UsageError, match="nothing to build"):
        build_files(tmp_path / "site")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("precious")
    dump = tmp_path / "list.txt"
    dump.write_text(capture([("A paper", ABSTRACT)]))
    with pytest.raises(SitegenError, match="did not make"):
        build_files(tmp_path / "mine", dump)
    assert files_of(tmp_path / "mine") == {"thesis.txt": b"precious"}


def test_two_pages_on_one_path_are_refused(tmp_path):
    root = project(tmp_path / "p", pages__archive_md="")
    (root / "content/pages").mkdir(exist_ok=True)
    (root / "content/pages/archive.md").write_text("# My archive")
    (root / "content/dumps").mkdir()
    (root / "content/dumps/2026-05-08.json").write_text(
        daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}])
    )
    with pytest.raises(SitegenError, match=r"one path: archive\.html"):
        build_project(root)


@pytest.mark.parametrize("name", ["about.html", "about.html/more/x.txt", "About.HTML/x.txt"])
def test_a_file_of_the_projects_where_a_page_is_is_refused(tmp_path, name):
    root = project(tmp_path / "p", **{"pages__about.md": ""})
    for number in range(3):  # the third begins with the folder that went out
        (root / "content/pages/about.md").write_text(f"# About\n\n{number}")
        build_project(root)
    before = files_of(root / "site")
    path = root / "content/static" / name
    path.parent.mkdir(parents=True)
    path.write_text("a file")
    for out in (None, tmp_path / "other"):
        with pytest.raises(SitegenError, match=r"one path: .*about"):
            build_project(root, out=out)
    assert files_of(root / "site") == before


def test_a_project_without_papers_builds_a_site_that_says_so(tmp_path):
    root = project(tmp_path / "p")
    report = build_project(root)
    assert report.published
    assert (report.papers, report.listings) == (0, 0)
    assert (root / "site/index.html").is_file()


def test_a_topic_with_another_name_changes_the_pages_that_show_it(tmp_path):
    rule = '[[topic]]\nslug = "felines"\nname = "{}"\nstrong = ["cats"]\n'
    dump = daily_json("2026-05-08", [{"id": "2605.00001", "title": "All about cats"}])
    root = project(
        tmp_path / "p", **{"topics.toml": rule.format("Cats"), "dumps__2026-05-08.json": dump}
    )
    build_project(root)
    (root / "content/topics.toml").write_text(rule.format("Felines"))
    build_project(root)
    changed = files_of(root / "site")
    build_project(root, full=True)
    assert changed == files_of(root / "site")


def test_hostile_text_stays_text(tmp_path):
    evil = '<script>alert(1)</script> & "quotes" <img src=x onerror=alert(1)> \x00\x1b[31m \ud800'
    (tmp_path / "2026-05-08.json").write_text(
        json.dumps(
            [
                {
                    "paper": {
                        "id": "2605.00001",
                        "title": f"Title {evil}",
                        "summary": f"We say {evil} javascript:alert(1) " + ABSTRACT,
                        "authors": [{"name": f"Name {evil}"}],
                        "publishedAt": "2026-05-08T00:00:00.000Z",
                        "submittedOnDailyAt": "2026-05-08T00:00:00.000Z",
                        "githubRepo": "javascript:alert(1)",
                        "projectPage": "data:text/html,<script>1</script>",
                    },
                    "publishedAt": "2026-05-08T00:00:00.000Z",
                    "title": "x",
                }
            ]
        )
    )
    out = tmp_path / "site"
    build_files(out, tmp_path / "2026-05-08.json")
    for path in out.rglob("*.html"):
        tree = parse(path.read_text())
        assert not list(tree.iter("img")), path
        scripts = list(tree.iter("script"))
        for script in [one for one in scripts if one.get("type") == "application/ld+json"]:
            assert evil.partition(" \x00")[0] in json.loads(script.text)["headline"]
            scripts.remove(script)
        assert all(e.get("src", "").startswith(("../", "assets/")) for e in scripts), path
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            target = element.get("href") or ""
            assert not target.startswith(("javascript:", "data:")), path
        assert b"\x00" not in path.read_bytes()
        assert b"\x1b" not in path.read_bytes()


def test_what_the_settings_drop_is_counted_again_when_nothing_changed(tmp_path):
    root = project(tmp_path / "p", 'exclude.keywords = ["robot"]\n', dumps__x="")
    (root / "content/dumps/2026-05-08.json").write_text(
        daily_json(
            "2026-05-08",
            [{"id": "2605.00001", "title": "A robot"}, {"id": "2605.00002", "title": "A graph"}],
        )
    )
    for _ in range(2):
        report = build_project(root)
        assert report.papers == 1
        assert report.filtered == {"exclude.keywords": 1}
    assert not list((root / "site").rglob("*2605.00001*"))


def test_a_build_that_finds_all_as_it_was_loads_nothing_that_makes_pages(tmp_path):
    project(tmp_path)
    build_project(tmp_path)
    code = (
        "import sys; from pathlib import Path; from sitegen.building import build;"
        "from sitegen.config import load_project; from sitegen.options import Options;"
        "report = build(load_project(Path(sys.argv[1])), Options());"
        "assert report.rendered == 0;"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "sitegen.building.comparing" in loaded
    assert not loaded & {"sitegen.clean", "sitegen.building.phases", "jinja2", "lxml", "feedgen"}
