"""The measuring harness: its pure parts. What it measures is no test."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bench import corpus, measure, parity, project, report, topics
from bench.measure import Usage
from bench.report import Floor, Run
from bench.site import Digest, State, anew, changed_template, paper_path

from sitegen.config import load_project

PAPERS = list(corpus.made(1040))
FIRST_TITLE = "the Results Unlearning Sogre By Over that Vedlal Lingri Show"


def test_made_papers_are_the_same_each_time_and_in_each_size() -> None:
    assert list(corpus.made(90)) == PAPERS[:90]


def test_made_papers_do_not_change_with_the_python_or_the_code() -> None:
    first = PAPERS[0]
    assert (first.id, str(first.published), str(first.listed)) == (
        "1812.18001",
        "2018-12-31",
        "2019-01-01",
    )
    assert first.title == FIRST_TITLE


def test_made_papers_have_the_shape_of_real_ones() -> None:
    for paper in PAPERS:
        assert 50 <= len(paper.title) <= 100
        assert 3 <= len(paper.authors) <= 8
        assert 1250 <= len(paper.abstract) <= 1950
        assert paper.published < paper.listed
    assert 0.15 < sum("https://" in p.abstract for p in PAPERS) / len(PAPERS) < 0.35


def test_ids_are_unique_over_months_and_look_like_arxivs() -> None:
    ids = [corpus._numbered(number)[0] for number in range(20_000)]
    assert len(set(ids)) == len(ids)
    assert all(len(id_) == 10 and id_[4] == "." for id_ in ids)


def test_a_day_has_forty_papers_in_their_places() -> None:
    first = [p for p in PAPERS if p.listed == corpus.FIRST_DAY]
    assert [p.place for p in first] == list(range(1, 41))
    assert PAPERS[40].listed == corpus.FIRST_DAY + timedelta(days=1)


def test_common_words_are_common() -> None:
    words = " ".join(p.abstract.lower() for p in PAPERS).split()
    assert words.count("the") > 3 * words.count("show") > 0


def test_real_papers_come_with_abstract_first_and_under_made_ids(tmp_path: Path) -> None:
    lines = [
        {"title": "Bare", "authors": [], "abstract": None},
        {"title": "Full", "authors": ["Ada Lovelace"], "abstract": "We compute."},
    ]
    file = tmp_path / "real.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    full, bare = corpus.real(file, 2)
    assert (full.title, full.authors, full.abstract) == ("Full", ("Ada Lovelace",), "We compute.")
    assert (bare.title, bare.abstract, full.id) == ("Bare", "", PAPERS[0].id)
    with pytest.raises(ValueError, match="holds 2 papers, 3 are wanted"):
        list(corpus.real(file, 3))


def test_no_phrase_of_a_topic_is_part_of_another() -> None:
    phrases = [f" {phrase} " for of_topic in topics.TOPICS.values() for phrase in of_topic]
    assert len(topics.TOPICS) == 40
    assert not [(a, b) for a in phrases for b in phrases if a is not b and a in b]


def test_topics_need_the_title_or_two_mentions() -> None:
    match = topics.Matcher(topics.rules(widened=False))
    assert match("A Theorem Proving Robot", "") == ("reasoning", "robotics")
    assert match("Nothing", "A robot.") == ()
    assert match("Nothing", "A robot, the Robot; theorem, proving") == ("robotics",)


def test_every_topic_has_papers_and_most_papers_a_topic() -> None:
    assigned = Digest(PAPERS, 40).topics()
    assert {slug for slugs in assigned for slug in slugs} == set(topics.TOPICS)
    assert 0.85 < sum(map(bool, assigned)) / len(assigned) < 0.97


def test_states_add_a_day_and_widen_a_rule() -> None:
    digest = Digest(PAPERS, 40)
    first, added = State(), State(day_added=True)
    assert len(digest.papers(first)) == len(digest.topics(first)) == 1000
    assert digest.papers(added)[:1000] == digest.papers(first)
    assert len({p.listed for p in digest.papers(added)[1000:]}) == 1
    changed = [
        (a, b)
        for a, b in zip(digest.topics(), digest.topics(State(rule_widened=True)), strict=True)
        if a != b
    ]
    assert changed
    assert all(set(b) - set(a) == {topics.WIDENED} for a, b in changed)


def test_a_dump_is_a_day_of_hugging_face() -> None:
    entry = json.loads(project.dump(PAPERS[:40]))[39]
    paper = PAPERS[39]
    assert entry["title"] == entry["paper"]["title"] == paper.title
    assert entry["paper"]["id"] == paper.id
    assert entry["paper"]["summary"] == paper.abstract
    assert [author["name"] for author in entry["paper"]["authors"]] == list(paper.authors)
    assert entry["paper"]["submittedOnDailyAt"][:10] == str(paper.listed)


def test_a_template_is_changed_in_one_place() -> None:
    assert changed_template("{% x %}<h1 a>b</h1><p>") == '{% x %}<h1 data-changed="1" a>b</h1><p>'
    with pytest.raises(ValueError, match="no element"):
        changed_template("text")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("papers/1812/1812.18001.html", "paper"),
        ("days/2019-01-01.html", "day"),
        ("days/undated.html", "more"),
        ("topics/index.html", "topic index"),
        ("topics/time-series.html", "topic page"),
        ("topics/time-series-2.html", "topic page"),
        ("topics/time-series/page/2.html", "topic page"),
        ("topics/time-series.xml", "topic feed"),
        ("topics/time-series.atom.xml", "topic feed"),
        ("topics/time-series.rss.xml", "more"),
        ("index.html", "home"),
        ("rss.xml", "site feed"),
        ("atom.xml", "site feed"),
        ("sitemap.xml", "sitemap"),
        ("assets/style.css", "more"),
    ],
)
def test_kinds(path: str, kind: str) -> None:
    assert parity.kind(path) == kind


def test_differences_in_numbers_are_said_but_for_more_files_and_other_pagination() -> None:
    same = {"paper": 10, "day": 2, "topic page": 95, "more": 1}
    other = {"paper": 10, "day": 2, "topic page": 135, "more": 50}
    assert parity.differences({"a": same, "b": other}) == []
    fewer = {**other, "day": 1, "topic page": 54}
    assert parity.differences({"a": same, "b": fewer}) == [
        "day: a 2, b 1",
        "topic page: a 95, b 54",
    ]


def test_differences_in_size_are_said() -> None:
    site = {"papers/1/1.html": parity.File(0, 0, 5000), "index.html": parity.File(0, 0, 9)}
    near = {f"papers/1/{n}.html": parity.File(0, 0, 3200) for n in range(2)}
    far = {f"papers/1/{n}.html": parity.File(0, 0, 3300) for n in range(2)}
    assert parity.size_differences({"a": site, "b": near}) == []
    assert parity.size_differences({"a": site, "b": far}) == [
        "bytes of all paper files: a 5,000, b 6,600"
    ]


def test_touched_counts_what_was_written_replaced_made_or_removed(tmp_path: Path) -> None:
    for name in ("kept", "written", "replaced", "removed"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    before = parity.scan(tmp_path)
    assert parity.touched(before, parity.scan(tmp_path)) == 0
    (tmp_path / "written").write_text("xy")
    (tmp_path / "other").write_text("x")
    (tmp_path / "other").rename(tmp_path / "replaced")
    (tmp_path / "removed").unlink()
    (tmp_path / "sub" / "made").write_text("x")
    after = parity.scan(tmp_path)
    assert set(after) == {"kept", "written", "replaced", "sub/made"}
    assert parity.touched(before, after) == 4


def _page(paper: corpus.Paper) -> str:
    authors = ", ".join(f"<a>{author}</a>" for author in paper.authors)
    first, rest = paper.abstract.split(". ", 1)
    return (
        f"<head><title>{paper.title}</title></head><body><h1>{paper.title}</h1>{authors}"
        f"<p><b>{first}.</b> {rest}</p></body>"
    )


def test_pages_are_looked_into(tmp_path: Path) -> None:
    paper = replace(PAPERS[0], title="Don't “ask” R&D")
    page = _page(paper).replace("Don't", "Don&#39;t").replace("&D", "&amp;D")
    assert list(parity.lacks(page, paper, paper.authors)) == []
    assert list(parity.lacks(page.replace("<h1>Don", "<h1>Do"), paper, ())) == ["title"]
    assert list(parity.lacks(page, paper, ("Ada Lovelace",))) == ["authors"]
    assert list(parity.lacks(page.split("</b>")[0], paper, ())) == ["abstract"]

    day = tmp_path / f"days/{paper.listed}.html"
    day.parent.mkdir()
    day.write_text(page)
    assert parity.missing(tmp_path, [paper]) == [f"{paper_path(paper)}: no such file"]


def _run(work: str, tool: str, number: int, wall: float) -> Run:
    usage = Usage(wall=wall, cpu=2 * wall, peak=int(wall * 100e6))
    return Run(work, tool, tool != "sitegen", number, usage, 1200, 5_000_000, 7)


def test_the_table_has_medians_and_ratios_to_the_best_peer_of_the_round() -> None:
    runs = [
        _run("cold", "sitegen", 1, 1.0),
        _run("cold", "hugo", 1, 2.0),
        _run("cold", "eleventy", 1, 4.0),
        _run("cold", "sitegen", 2, 3.0),
        _run("cold", "hugo", 2, 12.0),
        _run("cold", "eleventy", 2, 4.0),
    ]
    lines = report.table(runs, [Floor("sitegen", 0.25, 0.125)]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == list(report.HEADINGS)
    assert cells[2] == [
        *("cold", "sitegen", "2.00", "0.62", "4.00", "0.62", "200", "0.62"),
        *("1,200", "5.0", "7"),
    ]
    assert cells[3][:4] == ["cold", "hugo", "7.00", "2.00"]
    assert cells[5][:5] == ["floor", "writing sitegen's files", "0.25", "", "0.12"]
    assert len({len(line) for line in lines}) == 1


def test_without_peers_there_is_no_ratio() -> None:
    row = report.table([_run("cold", "sitegen", 1, 1.0)]).splitlines()[2]
    assert row.split("|")[4].strip() == ""


def test_what_no_peer_makes_is_held_against_what_they_do_make() -> None:
    runs = [_run("cold", "sitegen", 1, 1.0), _run("cold", "hugo", 1, 2.0)]
    runs += [_run("more", "sitegen", 1, 3.0)]
    row = report.table(runs, against={"more": "cold"}).splitlines()[-1]
    assert [cell.strip() for cell in row.split("|")[1:5]] == ["more", "sitegen", "3.00", "1.50"]


def test_more_is_built_without_what_was_there_before() -> None:
    first, added, more = State(), State(day_added=True), State(more=True)
    assert anew(first, None)
    assert not anew(added, first)
    assert anew(more, added)


def test_settings_ask_for_more_only_where_no_peer_takes_part(tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    tool, digest = project.Sitegen(tmp_path), Digest(PAPERS[:80], 40)

    def wanted() -> tuple[bool, ...]:
        site = load_project(tool.cwd).settings
        return bool(site.search.enabled), bool(site.related.enabled), bool(site.exports.formats)

    tool.write(digest, State(), None)
    assert wanted() == (False, False, False)
    tool.write(digest, State(more=True), State())
    assert wanted() == (True, True, True)


def test_the_memory_of_children_is_added_up(tmp_path: Path) -> None:
    child = "import sys; held = bytearray(64_000_000); print(flush=True); sys.stdin.read()"
    parent = (
        "import subprocess as s, sys, time\n"
        "command = [sys.executable, '-c', sys.argv[1]]\n"
        "start = lambda: s.Popen(command, stdin=s.PIPE, stdout=s.PIPE)\n"
        "children = [start(), start()]\n"
        "for child in children: child.stdout.readline()\n"
        "time.sleep(1)\n"  # both hold their memory: there are samples of it
        "for child in children: child.communicate()\n"
    )
    usage = measure.run([sys.executable, "-c", parent, child], tmp_path, tmp_path / "log")
    assert usage.peak > 128_000_000
    assert min(usage.wall, usage.cpu) > 0


def test_a_command_that_fails_is_reported_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="no such paper"):
        measure.run(
            [sys.executable, "-c", "raise SystemExit('no such paper')"], tmp_path, tmp_path / "log"
        )


def test_long_dumps_are_read_as_what_they_were_made_of() -> None:
    from bench import readers as reading

    from sitegen.readers import readers as installed

    known = {reader.NAME: reader for reader in installed()}
    found = reading.samples()
    assert set(found) == set(known)
    for name, samples in found.items():
        dump = reading.dump_of(name, samples, 150_000)
        assert 100_000 < len(dump) < 500_000, name
        speed = reading.speed(name, known[name], dump, 1)
        assert speed.records > 20, name
        assert speed.cleaned > 0
        assert speed.plain > 0
