"""Where GitHub Pages will show the site of a repository."""

from __future__ import annotations

import subprocess

import pytest

from sitegen.git_remotes import custom_domain, of_project, proposed, remote


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/Ann-Lee/My.Papers.git",
        "https://github.com/Ann-Lee/My.Papers",
        "https://github.com/Ann-Lee/My.Papers/",
        "https://ann:secret@GitHub.com/Ann-Lee/My.Papers.git",
        "http://github.com:80/Ann-Lee/My.Papers",
        "git@github.com:Ann-Lee/My.Papers.git",
        "github.com:Ann-Lee/My.Papers",
        "git@github.com:/Ann-Lee/My.Papers.git",
        "git@github.com-work:Ann-Lee/My.Papers.git",
        "ssh://git@github.com/Ann-Lee/My.Papers.git",
        "ssh://git@ssh.github.com:443/Ann-Lee/My.Papers.git",
        "git://github.com/Ann-Lee/My.Papers.git",
    ],
)
def test_pages_of_a_project_stand_below_its_name(url):
    assert proposed(url) == "https://ann-lee.github.io/My.Papers/"


@pytest.mark.parametrize("name", ["ann.github.io", "Ann.GitHub.io.git"])
def test_pages_of_a_person_stand_at_the_root(name):
    assert proposed(f"git@github.com:Ann/{name}") == "https://ann.github.io/"
    assert proposed(f"git@github.com:bob/{name}").startswith("https://bob.github.io/")
    assert proposed(f"git@github.com:bob/{name}") != "https://bob.github.io/"


@pytest.mark.parametrize(
    "url",
    ["", "github.com", "https://github.com/ann", "https://github.com/ann/a/b", "/srv/papers.git",
     "../papers", "git@gitlab.com:ann/papers.git", "https://github.com.example.org/ann/papers",
     "https://example.org/github.com/ann/papers", "https://github.com/ann/..", "C:\\papers",
     "https://github.com/-ann/papers", "https://github.com/ann/pa pers", "file:///srv/papers",
     "https://gist.github.com/ann/0123"],
)  # fmt: skip
def test_nothing_is_proposed_for_anything_else(url):
    assert proposed(url) == ""


def test_a_custom_domain_goes_first():
    assert proposed("git@github.com:ann/papers.git", "papers.example.org") == (
        "https://papers.example.org/"
    )
    assert proposed("", "münchen.example") == "https://xn--mnchen-3ya.example/"
    assert proposed("git@github.com:ann/papers.git", 'x"y') == ""


def test_what_a_folder_says(tmp_path):
    assert (remote(tmp_path), custom_domain(tmp_path)) == ("", "")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert remote(tmp_path) == ""
    url = "git@github.com:ann/papers.git"
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", url], check=True)
    assert remote(tmp_path) == url
    assert remote(tmp_path, "upstream") == ""
    (tmp_path / "below").mkdir()
    assert remote(tmp_path / "below") == ""
    (tmp_path / "content" / "static").mkdir(parents=True)
    (tmp_path / "content" / "static" / "CNAME").write_bytes(b"\xef\xbb\xbfpapers.example.org\r\n")
    assert custom_domain(tmp_path) == "papers.example.org"
    assert of_project(tmp_path) == "https://papers.example.org/"


def test_without_git(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", "")
    assert remote(tmp_path) == ""
