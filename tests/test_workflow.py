"""The workflow that `sitegen init` writes: it is valid, asks for little, and does what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sitegen.starting import init
from tests.fetching.host import Host, Reply
from tests.fetching.services import rss
from tests.workflow_runner import CHECKOUT, Job, Runner, a_machine

FRAME = CHECKOUT / "sitegen" / "data" / "project" / "dot-github"
PAGES = FRAME / "workflows" / "pages.yml"
CI = CHECKOUT / ".github" / "workflows" / "ci.yml"
FRIDAY = date(2026, 8, 21)


@pytest.fixture
def workflow() -> Any:
    return YAML(typ="safe").load(PAGES)


@pytest.fixture
def host() -> Iterator[Host]:
    found = Host()
    yield found
    found.close()


def steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", PAGES),
        ("vendor.github-workflows", CI),
        ("vendor.dependabot", FRAME / "dependabot.yml"),
    ],
)
def test_it_follows_the_published_schema(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_it_runs_on_push_daily_and_by_a_button(workflow: Any) -> None:
    assert workflow["on"]["push"] == {"branches": ["main"]}
    ((minute, hour, *rest),) = (one["cron"].split() for one in workflow["on"]["schedule"])
    assert rest == ["*", "*", "*"]
    assert 0 < int(minute) < 60
    assert 0 <= int(hour) < 24
    assert "workflow_dispatch" in workflow["on"]
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_actions_are_pinned_to_commits_and_say_their_version() -> None:
    text = PAGES.read_text()
    used = re.findall(r"uses: (.+)", text)
    assert len(used) == 9
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one
    assert len(set(used)) == len({one.partition("@")[0] for one in used}), "one version of each"


def test_our_own_workflow_is_pinned_to_the_same_and_may_only_read() -> None:
    text = CI.read_text()
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert set(used) <= set(re.findall(r"uses: (.+)", PAGES.read_text()))
    own = YAML(typ="safe").load(text)
    assert own["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 30 for job in own["jobs"].values())
    assert "${{" not in "".join(one.get("run", "") for one in steps(own))


def test_every_job_has_its_limits_and_no_more_rights_than_it_needs(workflow: Any) -> None:
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "fetch": {"contents": "write"},
        "build": {"contents": "read", "pages": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert all(5 <= job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())
    build = workflow["jobs"]["build"]["steps"]
    (checkout,) = (one for one in build if one.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"]["persist-credentials"] is False


def test_nothing_from_outside_becomes_part_of_a_command(workflow: Any) -> None:
    assert [one["run"] for one in steps(workflow) if "${{" in one.get("run", "")] == []


# --------------------------------------------------------------------------------- the runs


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return a_machine(tmp_path_factory.mktemp("machine"))


class Maintainer:
    """Somebody with a project that was just begun, its repository, and what runs there."""

    def __init__(self, folder: Path, machine: dict[str, str]) -> None:
        self.project = folder / "papers"
        init(self.project, "", FRIDAY)
        remote = folder / "papers.git"
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", remote], check=True)
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", str(remote))
        self.push("Begin")
        env = {key: value for key, value in machine.items() if key != "SITEGEN"}
        self.runner = Runner(
            workflow=self.project / ".github/workflows/pages.yml",
            remote=remote,
            folder=folder / "runs",
            env=env,
            variables={"SITEGEN": machine["SITEGEN"]},
            pages_url="https://ann.github.io/papers",
        )
        self.on(FRIDAY)

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
        command = ["git", *identity, "-C", self.project, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def push(self, what: str) -> None:
        self.git("add", ".")
        self.git("commit", "-qm", what)
        self.git("push", "-q", "origin", "HEAD:main")

    def write(self, name: str, text: str) -> None:
        with (self.project / "content" / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def on(self, day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        self.runner.env = {**self.runner.env, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}

    def published(self, name: str) -> str:
        return (self.runner.published / name).read_text(encoding="utf-8")


@pytest.fixture
def ann(tmp_path: Path, machine: dict[str, str]) -> Maintainer:
    return Maintainer(tmp_path, machine)


def results(run: dict[str, Job]) -> list[str]:
    return [job.result for job in run.values()]


def test_pushes_and_a_day_without_sources(ann: Maintainer) -> None:
    runner = ann.runner
    known, runner.variables = runner.variables, {}
    run = runner.run("push")
    assert results(run) == ["skipped", "failure", "skipped"]
    assert "set the variable SITEGEN" in run["build"].step("Install sitegen").output

    runner.variables = known
    run = runner.run("push")
    assert results(run) == ["skipped", "success", "success"]
    assert "https://ann.github.io/papers/" in ann.published("index.html")
    assert "AlphaEvolve" in ann.published("index.html")
    assert "no faults" in run["build"].step("Look for faults").output

    run = runner.run("schedule")
    assert results(run) == ["success", "success", "success"]
    assert "nothing to do" in run["fetch"].step("Fetch new papers").output
    assert ": 0 rendered," in run["build"].step("Build the site").output
    assert ann.git("ls-remote", "origin", "main").split()[0] == ann.git("rev-parse", "HEAD").strip()

    # A fault keeps the site as it was, and the run says where it is.
    ann.write("pages/broken.md", "title: x\n\n[x](nowhere.html)\n")
    ann.push("Break a link")
    run = runner.run("push")
    assert results(run) == ["skipped", "failure", "skipped"]
    assert "::error file=site/broken.html" in run["build"].step("Look for faults").output
    assert not (runner.published / "broken.html").exists()


def test_a_source_brings_something_and_dries_up(ann: Maintainer, host: Host) -> None:
    runner = ann.runner
    feed = rss({"On tides and their tables": "Fri, 21 Aug 2026 08:00:00 GMT"})
    host.replies["/feed"] = Reply(feed, headers={"Content-Type": "application/rss+xml"})
    ann.write("site.toml", f'\n[[fetch]]\nsource = "{host.at("/feed")}"\nname = "tides"\n')
    ann.write("site.toml", "fail_after = 4\n\n[check]\nstale_after = 6\n")
    ann.push("Fetch")
    assert results(runner.run("push")) == ["skipped", "success", "success"]
    assert host.asked == []

    # Somebody pushes while papers are fetched.
    ann.write("pages/meanwhile.md", "title: Meanwhile\n\nx\n")
    runner.meanwhile["Commit new dumps"] = lambda: ann.push("Write meanwhile")
    run = runner.run("schedule")
    assert results(run) == ["success", "success", "success"]
    ann.git("pull", "-q", "origin", "main")
    assert ann.git("log", "--format=%an: %s", "-3").splitlines() == [
        "github-actions[bot]: Add new papers", "Ann: Write meanwhile", "Ann: Fetch",
    ]  # fmt: skip
    new = ann.git("show", "--format=", "--name-only", "HEAD").split()
    assert new == ["content/dumps/2026-08-21-tides.xml"]
    build = run["build"].step("Build the site").output
    assert re.search(r"\d+ rendered, [1-9]\d* unchanged", build), "an increment"
    assert "tides" in ann.published("days/2026-08-21.html")
    assert (runner.published / "meanwhile.html").is_file()
    assert not list(runner.published.rglob(".*"))

    # A week later there was nothing new: all is published again, and the run fails twice over.
    ann.on(date(2026, 8, 28))
    shutil.rmtree(runner.published)
    run = runner.run("schedule")
    assert results(run) == ["failure", "success", "failure"]
    assert "nothing new for 7 days" in run["fetch"].step("Fetch new papers").output
    assert run["fetch"].step("Commit new dumps").output == "There is nothing new.\n"
    assert run["build"].step("Look how old the newest day is").outcome == "failure"
    assert "::error::" in run["publish"].steps[-1].output
    assert "tides" in ann.published("days/2026-08-21.html")
