"""`sitegen init`: a new project, whatever its folder is called."""

from __future__ import annotations

import subprocess
from datetime import date
from importlib.resources import files as package_files

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from sitegen.config import load_project
from sitegen.errors import PublicationError, UsageError
from sitegen.starting import EXAMPLES, init

TODAY = date(2026, 8, 18)


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_the_files_of_a_project(tmp_path):
    folder = tmp_path / "deep" / "My Papers"
    done = init(folder, "", TODAY)
    assert list(done.files) == files(folder)
    assert done.base_url == ""
    assert {
        ".github/dependabot.yml",
        ".github/workflows/pages.yml",
        ".gitignore",
        "content/pages/about.md",
        "content/site.toml",
        "content/topics.toml",
    } <= set(done.files)
    settings = load_project(folder).settings
    assert settings.title == "My Papers"
    assert settings.feed_id == "my-papers.example,2026-08-18"
    assert settings.base_url == ""
    assert not any("@" in line for line in (folder / "content/site.toml").read_text().split("\n")
                   if line.startswith(("title", "base_url", "feed_id")))  # fmt: skip


def test_an_address_that_is_known(tmp_path):
    init(tmp_path / "x", "https://münchen.example/papers", TODAY)
    settings = load_project(tmp_path / "x").settings
    assert settings.base_url == "https://xn--mnchen-3ya.example/papers/"
    assert settings.feed_id == "xn--mnchen-3ya.example,2026-08-18"


def test_an_address_is_proposed_by_the_remote(tmp_path):
    git = ["git", "-C", tmp_path]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "remote", "add", "origin", "git@github.com:Ann/papers.git"], check=True)
    assert init(tmp_path, "", TODAY).base_url == "https://ann.github.io/papers/"
    settings = load_project(tmp_path).settings
    assert settings.base_url == "https://ann.github.io/papers/"
    assert settings.feed_id == "ann.github.io,2026-08-18"
    (tmp_path / ".git").rename(tmp_path / "x.git")
    (tmp_path / "below").mkdir()
    (tmp_path / "x.git").rename(tmp_path / "below" / ".git")
    done = init(tmp_path / "below", "https://example.org/", TODAY)
    assert done.base_url == "https://example.org/"


def test_an_address_that_is_none(tmp_path):
    with pytest.raises(UsageError, match="no web address"):
        init(tmp_path / "x", 'example.org"', TODAY)
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb\x7f\x01", "论文", "...", "@FEED_ID@", "'''"])
def test_any_name_of_a_folder_makes_settings_that_load(tmp_path, name):
    init(tmp_path / name, "", TODAY)
    settings = load_project(tmp_path / name).settings
    assert settings.title
    assert settings.feed_id.endswith(".example,2026-08-18")


def test_an_empty_folder_may_be_a_repository_already(tmp_path):
    (tmp_path / ".git").mkdir()
    assert init(tmp_path, "", TODAY)


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match=r"not empty: it holds thesis\.tex") as caught:
        init(tmp_path, "", TODAY)
    assert caught.value.hint
    assert files(tmp_path) == ["thesis.tex"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "x").write_text("x")
    with pytest.raises(UsageError, match="cannot become a project"):
        init(tmp_path / "x", "", TODAY)
    with pytest.raises((UsageError, PublicationError)):
        init(tmp_path / "x" / "y", "", TODAY)
    assert files(tmp_path) == ["x"]


def test_the_examples_are_those_that_are_there():
    there = package_files("sitegen") / "data" / "examples"
    assert sorted(EXAMPLES) == sorted(one.name for one in there.iterdir() if one.is_dir())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_its_own_content_in_the_common_frame(tmp_path, name):
    plain = init(tmp_path / "plain", "", TODAY)
    done = init(tmp_path / name, "https://example.org/x", TODAY, name)
    assert list(done.files) == files(tmp_path / name)
    frame = {one for one in plain.files if not one.startswith("content/")}
    assert frame == {one for one in done.files if not one.startswith("content/")}
    assert "content/dumps/2026-08-18-first-list.txt" not in done.files
    settings = load_project(tmp_path / name).settings
    assert (settings.title, settings.base_url) == (name, "https://example.org/x/")
    assert settings.feed_id == "example.org,2026-08-18"


def test_the_command_lists_examples_and_says_what_it_proposes(tmp_path):
    def run(*arguments):
        return CliRunner().invoke(main, ["init", *map(str, arguments)])

    text = " ".join(run("--help").stdout.split())
    assert all(f"{name} {words}" in text for name, words in EXAMPLES.items())
    assert run(tmp_path / "x", "--example", "labs").exit_code == 2
    assert files(tmp_path) == []
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    url = "git@github.com:ann/papers.git"
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", url], check=True)
    done = run(tmp_path, "--example", "lab")
    assert done.exit_code == 0
    assert "base_url is https://ann.github.io/papers/, as the remote says." in done.stderr
    assert (tmp_path / "content/dumps/publications.bib").is_file()
