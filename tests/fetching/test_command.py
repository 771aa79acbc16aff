"""`sitegen fetch` as it is typed: what is printed where, and the exit status."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.sites import ABSTRACT, capture

from .conftest import dumps_of
from .host import Reply
from .services import Paper, arxiv, daily, rss

MONDAY = "Mon, 04 May 2026 08:00:00 GMT"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1778198400")  # 8 May 2026


@pytest.fixture
def run(project, monkeypatch):
    monkeypatch.chdir(project.root)

    def run(*arguments):
        result = CliRunner().invoke(main, ["fetch", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result.exit_code, result.stdout, result.stderr

    return run


def test_what_is_new_is_told_and_then_that_nothing_is(host, project, run):
    host.replies["/arxiv"] = arxiv([Paper("2605.00001", "A paper")])
    status, out, err = run("arxiv:cs.CL")
    assert (status, out) == (0, "")
    assert "arxiv:cs.CL → content/dumps/2026-05-08-arxiv-cs-cl.xml (1 record, 2026-05-08)" in err
    assert run("arxiv:cs.CL") == (0, "", "arxiv:cs.CL: nothing new since 2026-05-08\n")
    assert run("-q", "arxiv:cs.CL") == (0, "", "")
    assert len(dumps_of(project)) == 1


def test_a_bare_fetch_asks_the_sources_of_the_settings(host, project, run):
    status, _, err = run()
    assert status == 2
    assert "put [[fetch]] into site.toml" in err
    first = f'[[fetch]]\nsource = "{host.at("/a")}"\n'
    second = f'[[fetch]]\nsource = "{host.at("/b")}"\nname = "b"\n'
    (project.root / "content" / "site.toml").write_text(first + second)
    host.replies |= {"/a": Reply(status=404), "/b": Reply(rss({"A post": MONDAY}))}
    status, _, err = run()
    assert status == 1
    assert f"error: {host.at('/a')}: there is nothing at this address (status 404)" in err
    assert list(dumps_of(project)) == ["2026-05-08-b.xml"]


def test_silence_fails_where_it_is_too_long(host, project, run, monkeypatch):
    host.replies["/hf"] = daily({"2026-05-08": []})
    status, _, err = run("hf", "--since", "2026-05-08", "--fail-after", "3")
    assert status == 1
    assert "error: hf: nothing new ever (look at the source" in err
    host.replies["/hf"] = daily({"2026-05-08": ["2605.00001"]})
    assert run("hf", "--since", "2026-05-08", "--fail-after", "3")[0] == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1778198400 + 4 * 86400))
    host.replies["/hf"] = daily({"2026-05-12": []})
    assert run("hf", "--since", "2026-05-12")[0] == 0
    status, _, err = run("hf", "--since", "2026-05-12", "--fail-after", "3")
    assert status == 1
    assert "nothing new for 4 days" in err
    text = 'contact = "a@b.org"\n[[fetch]]\nsource = "hf"\nfail_after = 4\n'
    (project.root / "content" / "site.toml").write_text(text)
    assert run("hf", "--since", "2026-05-12")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "no source is written like this"),
        (("hf", "--since", "2026-05-09"), "has not come yet"),
        (("titles", "--since", "2026-05-07"), "are for lists"),
        (("hf", "--since", "May"), "is no day"),
    ],
)
def test_what_is_typed_wrong(host, run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert host.asked == []


def test_titles_are_looked_up(host, project, run):
    path = project.root / "content" / "dumps" / "2026-05-08-capture.txt"
    path.parent.mkdir(parents=True)
    names = ("A sure paper on nets", "Another\x1b[31m paper of which nobody knows")
    path.write_text(capture([(name, ABSTRACT) for name in names]))
    host.replies["/arxiv"] = arxiv([Paper("2605.00001", names[0])])
    status, out, err = run("titles", str(path))
    assert status == 0
    assert out.startswith("2026-05-08-capture.txt:")
    assert "\x1b" not in out
    assert "arXiv has no entry under this title" in out
    assert "2 titles looked up: 1 found for sure" in err
    assert "content/dumps/facts-for-2026-05-08-capture.jsonl (1 record, no date)" in err
    status, out, err = run("titles")
    assert "1 title looked up: 0 found for sure" in err
    assert len(host.asked) == 1
    host.replies["/arxiv"] = Reply(b"<html>", headers={"Content-Type": "text/html"})
    path.with_name("2026-05-07.txt").write_text(capture([("A third paper on nets", ABSTRACT)]))
    status, _, err = run("titles")
    assert status == 1
    assert "run it again to go on" in err
