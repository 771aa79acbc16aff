from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen import dating, terminal
from sitegen.cli import main
from tests.sites import ABSTRACT, capture, daily_json, files_of, project


@pytest.fixture(autouse=True)
def a_fixed_clock(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.exit_code, result.stdout, result.stderr


def a_dump(folder: Path, name: str = "2026-05-08.json", title: str = "A paper") -> Path:
    path = folder / name
    path.write_text(daily_json("2026-05-08", [{"id": "2605.00001", "title": title}]))
    return path


def test_build_prints_its_report_as_json(here):
    a_dump(here)
    status, out, _ = run("build", "2026-05-08.json", "-o", "out", "--json")
    report = json.loads(out)
    assert status == 0
    assert report["papers"] == report["listings"] == report["days"] == 1
    expected = [
        "papers",
        "listings",
        "days",
        "topics",
        "authors",
        "pages",
        "feeds",
        "rendered",
        "unchanged",
        "removed",
        "bytes",
        "warnings",
        "errors",
        "seconds",
        "phases",
        "peak_rss_mb",
    ]
    assert set(expected) <= set(report)
    assert set(report["phases"]) >= {"read", "merge", "plan", "render", "publish"}
    files = files_of(here / "out")
    assert report["bytes"] == sum(map(len, files.values()))
    assert report["rendered"] == len(files)


def test_warnings_name_file_line_message_and_hint(here):
    (here / "list.txt").write_text(capture([("A paper", ABSTRACT)]))
    status, out, err = run("build", "list.txt", "-o", "out", "--json")
    warning, lacking = json.loads(out)["warnings"]
    assert status == 0
    assert "base_url" in lacking["message"]
    assert "--base-url" in lacking["hint"]
    assert warning["file"] == "list.txt"
    assert warning["line"] >= 1
    assert "2026-05-08" in warning["message"]
    assert "--year" in warning["hint"]
    assert re.search(r"warning: list\.txt:\d+: ", err)
    status, _, err = run("build", "list.txt", "-o", "out", "--year", "2024")
    assert status == 0
    assert "--year" not in err
    assert (here / "out/days/2024-05-08.html").is_file()


def test_results_go_to_stdout_and_all_else_to_stderr(here):
    a_dump(here)
    status, out, err = run("build", "2026-05-08.json", "-o", "out")
    assert (status, out) == (0, "")
    assert "1 paper from 1 listing on 1 day" in err
    status, out, err = run("build", "2026-05-08.json", "-o", "out", "-q")
    assert (status, out, err) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["build"], 2, "nothing to build"),
        (["build", "missing.txt"], 1, "no such file"),
        (["build", "noise.bin"], 1, "no reader knows"),
        (["build", "2026-05-08.json", "--theme", "nowhere"], 2, "there is no theme"),
        (["build", "2026-05-08.json", "--date", "May 8"], 2, "2026-05-08"),
        (["build", "--nonsense"], 2, "No such option"),
        (["build", "-C", "."], 2, "there is no project"),
        (["import", "2026-05-08.json"], 2, "sitegen init"),
        (["inspect", "missing.txt"], 1, "no such file"),
        (["inspect", "noise.bin"], 1, "no reader knows"),
        (["init", "."], 2, "not empty"),
    ],
)
def test_what_is_wrong_has_a_status_and_a_remedy(here, arguments, status, said):
    a_dump(here)
    (here / "noise.bin").write_bytes(bytes(range(256)))
    found, _, err = run(*arguments)
    assert found == status
    assert said in err
    assert "Traceback" not in err


def test_a_wrong_setting_names_file_line_and_the_nearest_key(here):
    project(here / "p", 'title = "x"\ntitel = "y"\n')
    status, _, err = run("build", "-C", "p")
    assert status == 2
    assert "content/site.toml:2:" in err
    assert "'title'" in err


def test_strict_fails_on_a_warning(here):
    (here / "list.txt").write_text(capture([("A paper", ABSTRACT)]))
    status, out, _ = run("build", "list.txt", "-o", "out", "--strict", "--json")
    assert status == 1
    assert json.loads(out)["published"] is False
    assert not (here / "out").exists()


def test_the_project_is_found_from_a_folder_below(here, monkeypatch):
    root = project(here / "p", dumps__x="")
    a_dump(root / "content/dumps")
    monkeypatch.chdir(root / "content/dumps")
    assert run("build", "-q")[0] == 0
    assert (root / "site/index.html").is_file()


def test_files_take_the_place_of_the_projects_dumps_under_its_settings(here):
    root = project(here / "p", 'title = "Of the project"\n', dumps__x="")
    a_dump(root / "content/dumps", title="From the project")
    a_dump(here, "2026-05-09.json", title="From the command line")
    assert run("build", "2026-05-09.json", "-C", "p", "-q")[0] == 0
    page = (root / "site/index.html").read_text()
    assert "Of the project" in page
    assert "From the command line" in page
    assert "From the project" not in page


def test_a_day_is_for_the_dumps_that_are_named(here):
    a_dump(project(here / "p", dumps__x="") / "content/dumps")
    status, _, err = run("build", "-C", "p", "--date", "2026-06-01")
    assert status == 2
    assert "all dumps of the project on one day" in err
    assert "sitegen import" in err


def test_a_note_on_a_day_without_papers_is_a_warning(here):
    notes = {"days__2026-05-08.md": "A note.\n", "days__2026-05-09.md": "A note.\n"}
    a_dump(project(here / "p", dumps__x="", **notes) / "content/dumps")
    status, _, err = run("build", "-C", "p")
    assert status == 0
    assert "warning: content/days/2026-05-09.md: no list has the day 2026-05-09" in err
    assert "2026-05-08.md" not in err


def test_inspect_shows_records_and_their_places(here):
    (here / "d").mkdir()
    a_dump(here / "d")
    status, out, _ = run("inspect", "d")
    assert status == 0
    assert out.startswith("d/2026-05-08.json:1  2026-05-08  2605.00001  A paper")
    status, out, _ = run("inspect", "d", "--jsonl")
    (record,) = map(json.loads, out.splitlines())
    assert record["file"] == "d/2026-05-08.json"
    assert record["line"] == 1
    assert record["key"] == "2605.00001"
    assert record["ids"] == {"arxiv": "2605.00001"}
    assert record["authors"] == ["Ada Lovelace"]
    assert record["listed"] == record["published"] == "2026-05-08"
    assert record["abstract"] == ABSTRACT
    assert record["url"] == "https://huggingface.co/papers/2605.00001"


def test_inspect_merged_says_why_records_are_one_paper_or_two(here):
    (here / "2026-05-07-a.txt").write_text(capture([("A paper", ABSTRACT), ("Alone", ABSTRACT)]))
    a_dump(here)
    (here / "2026-05-09.json").write_text(
        daily_json("2026-05-09", [{"id": "2605.00009", "title": "A paper", "authors": ["B C"]}])
    )
    (here / "2026-05-10.json").write_text(
        daily_json("2026-05-10", [{"id": "2605.00001", "title": "A paper, revised"}])
    )
    status, out, _ = run("inspect", "--merged", *sorted(map(str, here.iterdir())))
    assert status == 0
    assert "begins the paper" in out
    assert "the titles agree" in out
    assert "different arXiv ids" in out
    assert "arxiv 2605.00001" in out
    assert "Alone" not in out


def test_inspect_help_names_every_format():
    _, out, _ = run("inspect", "--help")
    assert "hf-json" in out
    assert "text capture" in out


def test_import_writes_the_day_into_the_name_once(here, monkeypatch):
    root = project(here / "p")
    dumps = root / "content/dumps"
    (here / "list.txt").write_text(capture([("A paper", ABSTRACT)]))
    status, _, err = run("import", "list.txt", "-C", "p")
    assert status == 0
    assert [path.name for path in dumps.iterdir()] == ["2026-05-08-list.txt"]
    assert "year" in err
    status, _, err = run("import", "list.txt", "-C", "p")
    assert status == 0
    assert "already there" in err
    assert len(list(dumps.iterdir())) == 1
    # From then on nothing depends on the clock.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    status, out, _ = run("build", "-C", "p", "--json", "--base-url", "https://example.org/")
    assert json.loads(out)["warnings"] == []
    assert (root / "site/days/2026-05-08.html").is_file()


def test_import_with_a_date_pins_it_above_the_records_own(here):
    root = project(here / "p")
    a_dump(here)
    assert run("import", "2026-05-08.json", "-C", "p", "--date", "2026-06-01")[0] == 0
    (name,) = [path.name for path in (root / "content/dumps").iterdir()]
    assert dating.pinned_date(name) == date(2026, 6, 1)
    assert run("build", "-C", "p", "-q")[0] == 0
    assert (root / "site/days/2026-06-01.html").is_file()


def test_a_new_project_builds_at_once(here):
    status, _, err = run("init", "my-papers")
    assert status == 0
    assert "sitegen build" in err
    status, out, _ = run("build", "-C", "my-papers", "--json")
    report = json.loads(out)
    assert status == 0
    assert report["papers"] == 2
    assert report["errors"] == []
    (lacking,) = report["warnings"]  # the one thing that nobody can know yet
    assert lacking["file"] == "content/site.toml"
    assert "base_url" in lacking["message"]
    text = (here / "my-papers/content/site.toml").read_text()
    assert re.search(r'^feed_id = "my-papers\.example,2026-11-21"$', text, re.MULTILINE)
    assert (here / "my-papers/.github/workflows/pages.yml").is_file()
    assert (here / "my-papers/.gitignore").is_file()


def test_terminal_output_obeys_no_title(here):
    a_dump(here, title="A title \x1b[31mred\x1b[0m \x07 bell")
    for arguments in (["inspect", "2026-05-08.json"], ["build", "2026-05-08.json", "-o", "o"]):
        _, out, err = run(*arguments)
        assert "\x1b[31m" not in out + err
        assert "\x07" not in out + err


def test_python_dash_m_and_version(here):
    for arguments in (["--version"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", *arguments],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "sitegen" in done.stdout


def test_build_tells_the_address_that_the_remote_speaks_for(here, git_alone):
    a_dump(project(here / "p", dumps__x="") / "content/dumps")
    said = 'base_url = "https://ann.github.io/papers/"'
    build = ("build", "-C", "p", "--executor", "serial")
    assert "base_url =" not in run(*build)[2]
    git_alone(here / "p", "init")
    git_alone(here / "p", "remote", "add", "origin", "https://token@github.com/ann/papers")
    assert said in run(*build)[2]
    assert said not in run(*build, "--base-url", "https://example.org/")[2]
    assert run(*build, "-q")[2] == ""
    (here / "p/content/site.toml").write_text(f"{said}\n")
    assert "base_url" not in run(*build)[2]


def test_serve_builds_shows_opens_and_ends_cleanly(here):
    a_dump(here)
    opener = here / "bin/xdg-open"  # what opens addresses on Linux
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" > {here}/part && mv {here}/part {here}/opened\n')
    opener.chmod(0o755)
    command = [sys.executable, "-m", "sitegen", "serve", "2026-05-08.json", "-o", "o"]
    server = subprocess.Popen(
        [*command, "--port", "0", "--open", "--base-url", "https://example.org/papers/"],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "PATH": f"{opener.parent}:/bin"},
    )  # fmt: skip
    try:
        address = ""
        deadline = time.monotonic() + 30
        while not address and time.monotonic() < deadline:
            found = re.search(r"http://127\.0\.0\.1:\d+/papers/", server.stderr.readline())
            address = found[0] if found else ""
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert "A paper" in answer.read().decode()
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        a_dump(here, title="Another title")
        while "Another title" not in (here / "o/index.html").read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert (here / "opened").read_text() == f"{address}\n"
    finally:
        server.send_signal(signal.SIGINT)
        rest = server.communicate(timeout=10)[1]
    assert (server.returncode, "warning" in rest) == (0, False)


def test_serve_warns_where_others_can_see(capsys):
    for host in ("127.0.0.1", "localhost", "::1"):
        terminal.serving("http://x/", host)
    assert "warning" not in capsys.readouterr().err
    terminal.serving("http://x/", "0.0.0.0")  # noqa: S104 - what it is about
    assert "warning: others on your network can see this" in capsys.readouterr().err


def test_serve_ends_where_nothing_can_be_shown(here):
    (here / "list.txt").write_text(capture([("A paper", ABSTRACT)]))
    status, _, err = run("serve", "list.txt", "-o", "out", "--strict", "--port", "0")
    assert status == 1
    assert "warning: list.txt" in err
    assert run("serve", "missing.txt")[0] == 1
    assert run("serve", "list.txt", "--theme", "nowhere")[0] == 2
