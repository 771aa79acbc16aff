"""Titles of a capture become papers with authors and identifiers, and stay where they were."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sitegen.errors import FetchError
from sitegen.fetching import titles as module
from sitegen.fetching.titles import bare, facts, folder, look_up
from sitegen.importing import import_dumps
from tests.sites import ABSTRACT, build_project, capture, daily_json, files_of

from .conftest import dumps_of
from .host import Reply
from .services import ATOM, Paper, arxiv, atom

TODAY = date(2026, 5, 20)
SURE = Paper("2605.00001", "α-Nets: What Attention Can't Do, and Why", "2026-05-06T10:00:00Z",
             ("Ada Lovelace", "Charles Babbage"))  # fmt: skip
TITLES = [
    "Alpha-nets: what attention can't do and why",
    "A paper that was never on arXiv",
    "Twice the Same Title",
    "On Nets",
    "Written After the List Was Made",
]
ON_ARXIV = [
    SURE,
    Paper("2605.00002", "Twice the same title"),
    Paper("2401.00003", "Twice the Same Title", "2024-01-01T00:00:00Z"),
    Paper("2605.00004", "On Nets"),
    Paper("2605.00005", "Written after the list was made", "2026-05-19T00:00:00Z"),
    Paper("2605.00006", "Something else entirely"),
]


@pytest.fixture
def captured(project):
    """A project with a capture of these titles, on 8 May."""
    path = project.root / "content" / "dumps" / "2026-05-08-capture.txt"
    path.parent.mkdir(parents=True)
    path.write_text(capture([(title, ABSTRACT) for title in TITLES]))
    return project


def looked_up(project, client, records=None, today=TODAY):
    records = bare(project, [], today) if records is None else records
    return list(look_up(client, folder(project), records, today))


def test_what_is_sure_completes_the_papers_and_moves_none(host, client, captured):
    build_project(captured.root, base_url="https://p.example/")
    pages = set(files_of(captured.root / "site"))
    before = dumps_of(captured)
    host.replies["/arxiv"] = arxiv(ON_ARXIV)
    done = looked_up(captured, client)
    assert [one.record.title for one in done] == TITLES
    assert [bool(one.found) for one in done] == [True, False, False, False, False]
    (dump,) = facts(captured, done, TODAY)
    assert (dump.name, dump.records, dump.days) == ("facts-for-2026-05-08-capture.jsonl", 1, ())
    assert dump.problems == ()

    after = dumps_of(captured)
    assert before.items() <= after.items(), "the capture stays as it was"
    (line,) = map(json.loads, after[dump.name].splitlines())
    assert line["authors"] == ["Ada Lovelace", "Charles Babbage"]
    assert (line["ids"], line["published"]) == ({"arxiv": "2605.00001"}, "2026-05-06")
    assert line["listing"] is False
    assert "abstract" not in line

    report = build_project(captured.root, strict=True, base_url="https://p.example/")
    assert (report.papers, report.listings, report.days) == (5, 5, 1)
    assert (report.warnings, report.aliases) == ([], [])
    site = files_of(captured.root / "site")
    assert set(site) - pages == {"papers/2605/2605.00001.html"} | {
        path for path in set(site) - pages if path.startswith(("assets/", "categories/", "search/"))
    }
    (page,) = [path for path in pages if "alpha-nets" in path]
    assert b"Charles Babbage" in site[page]
    assert page.encode().rpartition(b"/")[2] in site["papers/2605/2605.00001.html"]


def test_what_is_in_doubt_says_why(host, client, captured):
    host.replies["/arxiv"] = arxiv(ON_ARXIV)
    _, *doubtful = looked_up(captured, client)
    assert [(one.doubt, one.near) for one in doubtful] == [
        ("arXiv has no entry under this title", ()),
        ("arXiv has 2 entries under this title",
         ("2401.00003 Twice the Same Title", "2605.00002 Twice the same title")),
        ("the title is too short to be sure", ("2605.00004 On Nets",)),
        ("arXiv's entry is of 2026-05-19, after the list",
         ("2605.00005 Written after the list was made",)),
    ]  # fmt: skip


def test_near_misses_are_told(host, client, project):
    near = Paper("2605.00001", "Long Contexts Without Much Memory: Revisited")
    host.replies["/arxiv"] = Reply(atom([near, SURE], 2), headers=ATOM)
    record = bare_of(project, "Long contexts without much memory")
    (one,) = looked_up(project, client, [record])
    assert one.near == ("2605.00001 Long Contexts Without Much Memory: Revisited",)


def bare_of(project, *names):
    path = project.root / "list.txt"
    path.write_text(capture([(name, ABSTRACT) for name in names]))
    found = bare(project, [path], TODAY)
    assert len(found) == len(names)
    return found[0] if len(names) == 1 else found


def test_titles_are_asked_together_and_kept(host, client, project, waits):
    names = [f"The {word}th paper on networks of some kind" for word in "abcdefghi"]
    records = bare_of(project, *names)
    host.replies["/arxiv"] = arxiv([Paper(f"2605.{n:05}", name) for n, name in enumerate(names)])
    done = looked_up(project, client, records)
    assert all(one.found for one in done)
    assert (len(host.asked), waits.slept) == (2, [3])
    assert looked_up(project, client, records) == done
    assert len(host.asked) == 2


def test_what_was_not_there_is_asked_for_again_after_some_days(host, client, project):
    record = bare_of(project, "A paper that came later to arXiv")
    host.replies["/arxiv"] = arxiv([])
    for day, asked in ((20, 1), (26, 1), (27, 2)):
        assert not looked_up(project, client, [record], date(2026, 5, day))[0].found
        assert len({one.query["search_query"] for one in host.asked}) == 1
        assert len(host.asked) == asked


def test_common_words_do_not_crowd_titles_out(host, client, project):
    records = bare_of(project, "Deep networks learn things", "Deep networks learn nothing")
    every = arxiv([Paper(f"2605.{n:05}", one.title) for n, one in enumerate(records)])

    def crowded(asked):
        if " OR " in asked.query["search_query"]:
            return Reply(atom([SURE], 5000), headers=ATOM)
        return every(asked)

    host.replies["/arxiv"] = crowded
    assert all(one.found for one in looked_up(project, client, records))
    assert len(host.asked) == 3


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("On the Way to Models", "ti:models AND ti:way"),
        ("What Can't Be Said: a $k$-NN Study", "ti:study AND ti:what AND ti:said"),
        ("Über Größe und Maß der Dinge", "ti:dinge AND ti:uber AND ti:und AND ti:der"),
        ("GPT-4o in the Wild", "ti:wild AND ti:gpt AND ti:4o"),
        ("注意力", ""),
        ("a b AND) OR (cat:x", "ti:cat AND ti:b AND ti:x"),
        ("On the Way to the Models", "ti:models AND ti:way"),
    ],
)
def test_the_words_that_are_asked_for(title, query):
    assert module._query(title) == query


def test_a_title_without_words_is_not_asked_for(host, client, project):
    (one,) = looked_up(project, client, [bare_of(project, "注意力就是你所需要的一切")])
    assert (one.found, host.asked) == (None, [])


def test_papers_that_are_known_are_not_looked_up(host, captured, tmp_path):
    listed = tmp_path / "2026-05-09.json"
    listed.write_text(daily_json("2026-05-09", [{"id": "2605.00009", "title": TITLES[0]}]))
    rule = module.dating.DayRule(today=TODAY)
    import_dumps(captured, [listed], rule)
    again = captured.root / "content" / "dumps" / "2026-05-10-capture.txt"
    again.write_text(capture([(TITLES[1], ABSTRACT)], "May 10"))
    assert [record.title for record in bare(captured, [], TODAY)] == TITLES[1:]
    assert [record.title for record in bare(captured, [again], TODAY)] == [TITLES[1]]


def test_a_host_that_fails_ends_the_search_but_not_what_was_found(host, client, project):
    names = [f"Paper number {n} about nets of {word}" for n, word in enumerate("abcdefghij")]
    records = bare_of(project, *names)
    every = arxiv([Paper(f"2605.{n:05}", name) for n, name in enumerate(names)])
    host.replies["/arxiv"] = [every, Reply(status=404)]
    done = []
    with pytest.raises(FetchError) as caught:
        done.extend(look_up(client, folder(project), records, TODAY))
    assert len(done) == 8
    assert module.partial(done, caught.value).hint.endswith("run it again to go on")
    host.replies["/arxiv"] = every
    host.asked.clear()
    assert len(looked_up(project, client, records)) == 10
    assert len(host.asked) == 1
