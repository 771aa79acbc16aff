"""`sitegen check` as it is typed: what it prints and how it ends."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sitegen.checking import RULES
from sitegen.cli import main
from tests.checking.cases import at_a, write


def run(*arguments):
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026
    return tmp_path


@pytest.fixture
def faulty(here):
    files = {**at_a('<a href="x.html">x</a>\n<img src=assets/i.svg>'), "x.pdf": 60_000_000}
    return write(here / "site", files)


def test_a_sound_site(here):
    write(here / "site", {})
    status, out, err = run()
    assert (status, out) == (0, "")
    assert "no faults" in err
    assert run("-q") == (0, "", "")


def test_text(faulty):
    status, out, err = run("site")
    assert status == 1
    first, second, third = out.splitlines()
    assert first.startswith("error: site/a.html:6: there is no x.html (")
    assert first.endswith("[broken-link]")
    assert second.endswith("[image-alt]")
    assert third.startswith("warning: site/x.pdf: ")
    assert "2 errors, 1 warning" in err
    assert len(run("-q")[1].splitlines()) == 2


def test_json(faulty):
    status, out, err = run("--json")
    report = json.loads(out)
    assert (status, err) == (1, "")
    assert report["errors"][0] == {
        "file": "site/a.html", "line": 6, "message": "there is no x.html", "severity": "error",
        "hint": report["errors"][0]["hint"], "rule": "broken-link",
    }  # fmt: skip
    assert [one["rule"] for one in report["warnings"]] == ["file-size"]
    assert report["largest"][0] == {"file": "x.pdf", "bytes": 60_000_000}
    assert {"files", "pages", "bytes", "seconds", "ignored"} <= set(report)


def test_github(faulty):
    status, out, _ = run("--github")
    assert status == 1
    assert out.splitlines()[0].startswith("::error file=site/a.html,line=6,title=broken-link::")
    assert out.splitlines()[2].startswith("::warning file=site/x.pdf,title=file-size::")


def test_warnings_fail_under_strict_alone(here):
    write(here / "site", {"x.pdf": 60_000_000})
    assert run()[0] == 0
    assert run("--strict")[0] == 1


def test_a_few_of_the_rules(faulty):
    assert run("--only", "stale", "--strict")[0] == 0
    status, out, err = run("--only", "image-alt", "--only", "stale", "-v")
    assert (status, out.count("\n"), "1 error, 0 warnings" in err) == (1, 1, True)
    status, _, err = run("--only", "stael")
    assert status == 2
    assert "did you mean 'stale'" in err


def test_settings_are_the_projects(here):
    write(here / "site", {"x.pdf": 60_000_000})
    (here / "content").mkdir()
    settings = here / "content/site.toml"
    settings.write_text('[check]\nignore = ["file-size:*.pdf"]\n')
    status, out, err = run("--strict")
    assert (status, out) == (0, "")
    assert "1 more are ignored" in err
    settings.write_text('[check]\nignore = ["file-sizes"]\n')
    status, _, err = run()
    assert status == 2
    assert "did you mean 'file-size'" in err


def test_few_of_many_are_told_to_people(here):
    write(here / "site", at_a("".join(f"\n<a href={n}.html>" for n in range(30))))
    assert run()[1].splitlines()[-1] == "… and 20 more of broken-link (-v lists all)"
    assert len(run("-v")[1].splitlines()) == 30
    assert len(json.loads(run("--json")[1])["errors"]) == 30


def test_no_folder_and_a_wrong_address(here):
    status, _, err = run()
    assert status == 1
    assert "sitegen build" in err
    assert run("--base-url", "example.org")[0] == 2


def test_help_names_every_rule():
    assert all(name in run("--help")[1] for name in RULES)
