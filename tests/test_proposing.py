from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from sitegen.proposing import cname, proposed
from tests.sites import capture, project


@pytest.fixture
def root(tmp_path, git_alone):
    root = project(tmp_path / "p", dumps__x="")
    (root / "content/dumps/2026-05-08.txt").write_text(capture([("A paper", "x " * 200)]))
    return root


def test_without_repository_remote_or_git(root, git_alone, monkeypatch):
    assert proposed(None) == ""
    assert proposed(root) == ""
    git_alone(root, "init")
    assert proposed(root) == ""
    git_alone(root, "remote", "add", "origin", "git@github.com:ann/papers.git")
    assert proposed(root) == "https://ann.github.io/papers/"
    assert proposed(root, "other") == ""
    monkeypatch.setenv("PATH", "")
    assert proposed(root) == ""


def test_a_domain_goes_before_the_remote(root, git_alone):
    git_alone(root, "init")
    git_alone(root, "remote", "add", "origin", "git@github.com:ann/papers.git")
    (root / "content/static").mkdir()
    (root / "content/static/CNAME").write_text("papers.example.org\n")
    assert proposed(root) == "https://papers.example.org/"
    (root / "content/static/CNAME").write_bytes(b"\xff")
    assert cname(root / "content/static/CNAME") == ""


def test_init_takes_it_and_build_tells_it(root, git_alone, tmp_path):
    def run(*arguments):
        done = CliRunner().invoke(main, [*arguments])
        assert done.exit_code == 0
        return done.stderr

    said = 'base_url = "https://ann.github.io/papers/"'
    assert "base_url" not in run("build", "--executor", "serial", "-C", str(root))
    git_alone(root, "init")
    git_alone(root, "remote", "add", "origin", "https://token@github.com/ann/papers")
    assert said in run("build", "--executor", "serial", "-C", str(root))
    assert "base_url" not in run(
        "build", "--executor", "serial", "-C", str(root), "--base-url", "https://example.org/"
    )
    assert "base_url" not in run("build", "--executor", "serial", "-C", str(root), "-q")
    new = tmp_path / "new"
    git_alone(tmp_path, "init", str(new))
    git_alone(new, "remote", "add", "origin", "https://github.com/ann/papers")
    assert "https://ann.github.io/papers/" in run("init", str(new))
    settings = (new / "content/site.toml").read_text()
    assert said in settings
    assert 'feed_id = "ann.github.io,' in settings
    assert "base_url" not in run("build", "--executor", "serial", "-C", str(new))
