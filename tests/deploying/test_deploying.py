"""Deployments to a real bare repository."""

from __future__ import annotations

import json
import re
import subprocess

import ghp_import
import pytest
from click.testing import CliRunner

from sitegen.cli import main
from sitegen.config import load_project
from sitegen.deploying import Target, branches, deploy, running
from sitegen.errors import PublicationError, UsageError
from sitegen.options import Options
from tests.sites import ABSTRACT, daily_json, files_of, project

SETTINGS = 'title = "Small"\nbase_url = "https://papers.example.org/"\n'


@pytest.fixture
def root(tmp_path, git_alone):
    """A project in a repository whose remote is a bare one beside it."""
    git_alone(tmp_path, "init", "--bare", "remote.git")
    root = project(
        tmp_path / "p",
        SETTINGS,
        **{
            "dumps__2026-05-08.json": day("2026-05-08", "One"),
            "dumps__2026-05-09.json": day("2026-05-09", "Two"),
            "static__CNAME": "papers.example.org\n",
            "pages__about.md": "title: About\n\nWords.\n",
        },
    )
    git_alone(root, "init", "--initial-branch", "main")
    git_alone(root, "config", "user.name", "Ann")
    git_alone(root, "config", "user.email", "ann@example.org")
    (root / ".gitignore").write_text("site/\n.sitegen/\n")
    git_alone(root, "add", "-A")
    git_alone(root, "commit", "-m", "Begin")
    git_alone(root, "remote", "add", "origin", "../remote.git")
    return root


def day(date, title, number=1):
    paper = {"id": f"2605.{int(date[-2:]):05}", "title": title, "summary": ABSTRACT}
    return daily_json(date, [paper] * number)


def done(root, **target):
    return deploy(load_project(root), Options(executor="serial"), Target(**target))


def refused(root, match, **target):
    """What is said when nothing is published."""
    before = subprocess.check_output(["git", "ls-remote", "../remote.git"], cwd=root)
    made = done(root, **target)
    assert (made.state, made.commit) == ("refused", "")
    assert subprocess.check_output(["git", "ls-remote", "../remote.git"], cwd=root) == before
    (problem,) = [one for one in made.problems if one.severity == "error"]
    assert re.search(match, problem.message)
    assert problem.hint
    return made


def test_a_site_is_published_and_grows(root, git_alone):
    remote = root.parent / "remote.git"
    first = done(root)
    assert (first.state, first.before, first.problems) == ("published", "", ())
    assert first.changes.added == first.changes.files
    assert first.address == "https://papers.example.org/"
    git_alone(root.parent, "clone", "-b", "gh-pages", "remote.git", "clone")
    clone = root.parent / "clone"
    held = {path: data for path, data in files_of(clone).items() if path[:5] != ".git/"}
    assert held == files_of(root / "site")
    assert held["CNAME"] == b"papers.example.org\n"
    assert held[".nojekyll"] == b""
    assert git_alone(clone, "log", "--format=%cn <%ce> %s") == (
        f"Ann <ann@example.org> The site of {git_alone(root, 'rev-parse', '--short', 'HEAD')}"
    )

    assert (done(root).state, done(root).commit) == ("unchanged", first.commit)

    (root / "content/pages/about.md").write_text("title: About\n\nOther words.\n")
    planned = done(root, dry_run=True)
    assert (planned.state, planned.commit) == ("planned", "")
    assert git_alone(remote, "rev-parse", "gh-pages") == first.commit
    second = done(root, message="A message\n\nand its body: ü")
    assert second.changes == planned.changes
    assert (second.changes.added, second.changes.changed, second.changes.removed) == (0, 1, 0)
    assert git_alone(remote, "rev-parse", "gh-pages", "gh-pages^").split() == [
        second.commit,
        first.commit,
    ]
    assert git_alone(remote, "log", "-1", "--format=%B", "gh-pages") == (
        "A message\n\nand its body: ü"
    )
    (root / "content/pages/about.md").write_text("title: About\n\nMore words.\n")
    alone = done(root, single_commit=True)
    assert alone.state == "published"
    assert git_alone(remote, "rev-list", "gh-pages") == alone.commit
    assert "not committed" in git_alone(remote, "log", "-1", "--format=%s", "gh-pages")
    # The maintainer's own branches and place are as they were.
    assert git_alone(root, "branch", "--format=%(refname)") == "refs/heads/main"
    assert git_alone(root, "status", "--porcelain") == "M content/pages/about.md"


def test_history_can_be_dropped_without_another_change(root, git_alone):
    done(root)
    (root / "content/pages/about.md").write_text("title: About\n\nOther words.\n")
    done(root)
    alone = done(root, single_commit=True)
    assert alone.state == "published"
    assert git_alone(root.parent / "remote.git", "rev-list", "gh-pages") == alone.commit
    assert done(root, single_commit=True).state == "unchanged"


def test_another_branch_and_remote_and_nobody_to_commit(root, git_alone):
    git_alone(root.parent, "init", "--bare", "other.git")
    git_alone(root, "remote", "add", "host", "../other.git")
    for key in ("user.name", "user.email"):
        git_alone(root, "config", "--unset", key)
    made = done(root, branch="pages/live", remote="host")
    other = root.parent / "other.git"
    assert git_alone(other, "rev-parse", "refs/heads/pages/live") == made.commit
    assert git_alone(other, "log", "--format=%cn <%ce>", made.commit) == (
        "sitegen <sitegen@localhost>"
    )


def test_addresses_that_would_vanish(root):
    done(root)
    (root / "content/dumps/2026-05-08.json").unlink()
    (root / "content/pages/about.md").unlink()
    made = refused(root, "would be no more, and 2 more")
    assert len(made.aliases) == 3
    # They are not forgotten by a build that has been told once.
    again = refused(root, "would be no more, and 2 more")
    assert again.report.rendered == 0
    assert again.aliases == made.aliases
    (root / "content/corrections.toml").write_text("\n".join(made.aliases))
    assert done(root).state == "published"
    about = (root / "site/about.html").read_text()
    assert "archive.html" in about


def test_a_paper_that_would_come_again_in_feeds(root):
    done(root)
    # An older list has the same paper under its title alone: the paper is born there now.
    older = [{"id": "", "title": "One", "summary": ABSTRACT, "authors": ["Ada Lovelace"]}]
    (root / "content/dumps/2026-05-07.json").write_text(daily_json("2026-05-07", older))
    made = refused(root, "would come again in feeds")
    assert 'name = "2605.00008"' in made.aliases[0]
    again = refused(root, "would come again in feeds")
    assert (again.report.rendered, again.aliases) == (0, made.aliases)
    (root / "content/corrections.toml").write_text("\n".join(made.aliases))
    assert done(root).state == "published"


def test_a_branch_that_sitegen_did_not_make(root, git_alone):
    git_alone(root, "push", "origin", "main")
    with pytest.raises(PublicationError, match="files that sitegen did not make") as caught:
        done(root, branch="main")
    assert "--branch" in caught.value.hint
    assert not (root / "site").exists()  # said before anything is built


def test_a_domain_that_was_set_at_the_host(root):
    done(root)
    (root / "content/static/CNAME").unlink()
    made = refused(root, "domain of its own, papers.example.org")
    assert made.changes.removed == 1


def test_a_site_with_faults_or_over_the_limits(root, monkeypatch):
    (root / "content/pages/about.md").write_text("title: About\n\n[x](nowhere.html)\n")
    made = refused(root, "1 fault ")
    assert [one.rule for one in made.audit.errors] == ["broken-link"]
    (root / "content/pages/about.md").write_text("title: About\n\nWords.\n")
    monkeypatch.setattr("sitegen.checking.hosting.SITE_LIMIT", 1000)
    monkeypatch.setattr("sitegen.checking.hosting.SITE_WARNING", 800)
    made = refused(root, "1 fault ")
    assert [one.rule for one in made.audit.errors] == ["site-size"]


def test_a_dump_that_cannot_be_read(root):
    done(root)
    (root / "content/dumps/2026-05-10.json.gz").write_bytes(b"\x1f\x8b broken")
    made = done(root)
    assert (made.state, made.report.published) == ("refused", False)
    assert made.report.errors


def test_a_folder_that_changes_while_it_is_checked(root, git_alone, monkeypatch):
    def meddled(*arguments):
        found = checked(*arguments)
        (root / "site/about.html").write_text("something else")
        return found

    checked = running._checked
    monkeypatch.setattr(running, "_checked", meddled)
    with pytest.raises(PublicationError, match=r"not what was checked: about\.html"):
        done(root)
    assert git_alone(root.parent / "remote.git", "branch") == ""
    assert git_alone(root, "branch", "--format=%(refname)") == "refs/heads/main"


def test_a_remote_that_is_not_there_or_not_reached(root, git_alone):
    with pytest.raises(PublicationError, match="no remote 'upstream'") as caught:
        done(root, remote="upstream")
    assert "origin" in caught.value.hint
    git_alone(root, "remote", "set-url", "origin", "../nowhere.git")
    with pytest.raises(PublicationError, match=r"\(\.\./nowhere\.git\) cannot be asked"):
        done(root)
    git_alone(root, "remote", "remove", "origin")
    with pytest.raises(PublicationError) as caught:
        done(root)
    assert "git remote add origin" in caught.value.hint
    with pytest.raises(PublicationError, match="no git repository"):
        done(project(root.parent / "elsewhere"))
    assert not (root / "site").exists()


def test_a_branch_with_a_name_that_is_none(root):
    with pytest.raises(UsageError, match="cannot be called"):
        done(root, branch="a..b")


def test_somebody_publishes_meanwhile(root, git_alone, monkeypatch):
    done(root)
    (root / "content/pages/about.md").write_text("title: About\n\nOther words.\n")
    remote = root.parent / "remote.git"
    push = branches.Branch._push

    def late(self, draft):
        tree = git_alone(remote, "rev-parse", "gh-pages^{tree}")
        someone = ("-c", "user.name=Bob", "-c", "user.email=b@example.org")
        commit = git_alone(remote, *someone, "commit-tree", "-m", "x", "-p", "gh-pages", tree)
        git_alone(remote, "update-ref", "refs/heads/gh-pages", commit)
        push(self, draft)

    monkeypatch.setattr(branches.Branch, "_push", late)
    for single in (True, False):
        with pytest.raises(PublicationError, match="did not take the branch") as caught:
            done(root, single_commit=single)
        assert "meanwhile" in caught.value.hint
        assert git_alone(remote, "log", "-1", "--format=%cn", "gh-pages") == "Bob"


def test_git_that_fails_in_the_midst(root, git_alone, monkeypatch):
    def fails(*_, **__):
        raise ghp_import.GhpError("no room")

    monkeypatch.setattr(branches.ghp_import, "ghp_import", fails)
    with pytest.raises(PublicationError, match="no room"):
        done(root)
    assert git_alone(root.parent / "remote.git", "branch") == ""


def test_from_another_clone_what_is_online_stays_known(root, git_alone):
    """A machine that only builds has neither the site nor what it was built from."""
    done(root)
    git_alone(root, "push", "origin", "main")
    git_alone(root.parent, "clone", "--depth", "1", "-b", "main", "file://" + str(
        root.parent / "remote.git"), "fresh")  # fmt: skip
    fresh = root.parent / "fresh"
    assert done(fresh).state == "unchanged"
    (fresh / "content/pages/about.md").unlink()
    made = done(fresh)
    assert made.state == "refused"
    assert 'path = "about.html"' in made.aliases[0]


def test_the_command(root, git_alone, monkeypatch):
    def run(*arguments):
        found = CliRunner().invoke(
            main, ["deploy", "-C", str(root), "--executor", "serial", *arguments]
        )
        return found.exit_code, found.stdout, found.stderr

    status, out, err = run("--dry-run")
    assert (status, out) == (0, "")
    assert "would be the only commit of gh-pages of origin (../remote.git)" in err
    status, _, err = run()
    assert status == 0
    assert "https://papers.example.org/" in err
    assert run("-q")[1:] == ("", "")
    assert "has this site already" in run()[2]
    (root / "content/pages/about.md").unlink()
    status, out, err = run("--json")
    assert status == 1
    assert json.loads(out)["state"] == "refused"
    assert json.loads(out)["aliases"]
    status, _, err = run()
    assert status == 1
    assert "error: the published page about.html would be no more" in err
    assert err.count("[[alias]]\npath") == 1
    assert run("--remote", "x")[0] == 1
    assert run("--branch", "a b")[0] == 2
    monkeypatch.chdir(root.parent)
    assert CliRunner().invoke(main, ["deploy"]).exit_code == 2
