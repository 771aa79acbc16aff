"""Runs a workflow of GitHub Actions here: its commands as they stand, with stand-ins for actions.

As much of GitHub's rules as the workflow of `sitegen init` uses: jobs in order with `needs`, `if`
with the implied success(), outputs, `continue-on-error`, caches by prefix, fresh machines. See
docs.github.com/en/actions/reference/workflows-and-actions.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.tar_files import extract

CHECKOUT = Path(__file__).parents[1]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_STATUS = re.compile(r"\b(?:success|failure|always|cancelled)\(\)")
_NAME = re.compile(r"\b[a-z_]+(?:\.[\w-]+)+")
_SECONDS = 60  # for one command


def a_machine(folder: Path) -> dict[str, str]:
    """The environment of a machine with Python and git, and a wheel of this checkout in SITEGEN."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, CHECKOUT], check=True
    )
    (wheel,) = folder.glob("*.whl")
    home = folder / "python"
    venv.create(home, symlinks=True)
    # What sitegen needs is there already: nothing comes from the network.
    libraries = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})["purelib"]
    Path(libraries, "libraries.pth").write_text(sysconfig.get_paths()["purelib"])
    script = home / "bin" / "pip"
    more = "--quiet --disable-pip-version-check --no-deps --no-index --no-compile"
    # Every machine is this one: what is installed once need not be again.
    script.write_text(
        f'#!/bin/sh\n[ -e "{home}/bin/sitegen" ] && exit\n'
        f'exec "{home}/bin/python" -m pip "$@" {more} --ignore-installed\n'
    )
    script.chmod(0o755)
    return {
        "PATH": f"{home}/bin{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "no_proxy": "*",
        "SITEGEN": str(wheel),
    }


@dataclass
class Step:
    name: str
    outcome: str = "skipped"  # before continue-on-error
    output: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Job:
    result: str = "skipped"
    steps: list[Step] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)

    def step(self, name: str) -> Step:
        return next(one for one in self.steps if one.name == name)


@dataclass
class Runner:
    """`remote` is a bare repository, `folder` one to work in; `meanwhile` happens before a step."""

    workflow: Path
    remote: Path
    folder: Path
    env: Mapping[str, str]
    variables: Mapping[str, str]
    pages_url: str
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)
    runs: int = 0

    @property
    def published(self) -> Path:
        return self.folder / "published"

    def run(self, event: str) -> dict[str, Job]:
        """All jobs of one run, for an event of that name."""
        self.runs += 1
        jobs: dict[str, Job] = {}
        workflow = YAML(typ="safe").load(self.workflow)
        for name, plan in workflow["jobs"].items():
            before = [plan["needs"]] if "needs" in plan else []
            values = {
                "github": {
                    "event_name": event,
                    "ref": "refs/heads/main",
                    "run_id": str(self.runs),
                    "run_attempt": "1",
                },
                "vars": dict(self.variables),
                "needs": {
                    one: {"result": jobs[one].result, "outputs": jobs[one].outputs}
                    for one in before
                },
            }
            # A job that was skipped or failed takes all that follow along, unless they say more.
            good = all(job.result == "success" for job in jobs.values()) if before else True
            jobs[name] = Job()
            if _holds(plan.get("if", ""), values, good=good):
                self._job(name, {"env": workflow["env"], **plan}, values, jobs[name])
        return jobs

    def _job(self, name: str, plan: Mapping[str, Any], values: dict[str, Any], job: Job) -> None:
        place = self.folder / f"{self.runs}-{name}"
        place.mkdir(parents=True)
        after: list[Callable[[], None]] = []
        job.result = "success"
        values["steps"] = {}
        for number, one in enumerate(plan["steps"]):
            step = Step(name=one.get("name") or one.get("uses", "").partition("@")[0])
            job.steps.append(step)
            self.meanwhile.pop(step.name, lambda: None)()
            if _holds(one.get("if", ""), values, good=job.result == "success"):
                given = {**plan["env"], **one.get("env", {})}
                env = {key: _filled(value, values) for key, value in given.items()}
                options = {key: _filled(v, values) for key, v in one.get("with", {}).items()}
                if "run" in one:
                    self._command(one["run"], place / f"{number}.sh", env, step)
                else:
                    self._action(step, options, place / "work", after)
            if step.outcome == "failure" and not one.get("continue-on-error"):
                job.result = "failure"
            if "id" in one:
                values["steps"][one["id"]] = {"outcome": step.outcome, "outputs": step.outputs}
        for action in after if job.result == "success" else ():
            action()
        job.outputs = {key: _filled(text, values) for key, text in plan.get("outputs", {}).items()}

    def _command(self, text: str, script: Path, env: Mapping[str, str], step: Step) -> None:
        script.write_text(text)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=script.parent / "work" if (script.parent / "work").is_dir() else script.parent,
            env={**self.env, **env, "CI": "true", "GITHUB_ACTIONS": "true"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_SECONDS,
            check=False,
        )  # fmt: skip
        step.output = done.stdout
        step.outcome = "success" if done.returncode == 0 else "failure"

    def _action(
        self, step: Step, options: Mapping[str, str], work: Path, after: list[Callable[[], None]]
    ) -> None:
        step.outcome = "success"
        match step.name:
            case "actions/checkout":
                branch = options["ref"].removeprefix("refs/heads/")
                command = ["git", "clone", "-q", "--depth=1", f"--branch={branch}"]
                subprocess.run([*command, self.remote.as_uri(), work], check=True, env={**self.env})
            case "actions/setup-python":
                pass
            case "actions/cache":
                self._restore(options, work)
                after.append(lambda: self._save(options, work))
            case "actions/configure-pages":
                step.outputs["base_url"] = self.pages_url
            case "actions/upload-pages-artifact":
                self._pack(work / options["path"])
            case "actions/deploy-pages":
                self._unpack()
                step.outputs["page_url"] = f"{self.pages_url}/"
            case _:
                raise AssertionError(step.name)

    def _restore(self, options: Mapping[str, str], work: Path) -> None:
        caches = sorted((self.folder / "caches").glob("*.tar"), key=lambda one: one.stat().st_mtime)
        found = [one for one in caches if one.name.startswith(options["restore-keys"].strip())]
        if found:
            subprocess.run(["tar", "-xf", found[-1], "-C", work], check=True)

    def _save(self, options: Mapping[str, str], work: Path) -> None:
        (self.folder / "caches").mkdir(exist_ok=True)
        target = self.folder / "caches" / f"{options['key']}.tar"
        # What is not there is left out; a cache of nothing is not saved.
        paths = [path for path in options["path"].split() if (work / path).exists()]
        if paths:
            subprocess.run(["tar", "-cf", target, "-C", work, *paths], check=True)

    def _pack(self, site: Path) -> None:
        """As the action does it: what is hidden stays behind, links become files."""
        command = ["tar", "--dereference", "--hard-dereference", "--exclude=.[^/]*"]
        target = self.folder / "artifact.tar"
        subprocess.run([*command, "-cf", target, "-C", site, "."], check=True)

    def _unpack(self) -> None:
        shutil.rmtree(self.published, ignore_errors=True)
        with tarfile.open(self.folder / "artifact.tar") as archive:
            extract(archive, self.published)


def _holds(condition: str, values: Mapping[str, Any], *, good: bool) -> bool:
    found = _EXPRESSION.fullmatch(condition)
    text = found[1] if found else condition
    if not good and not _STATUS.search(text):
        return False
    return bool(_value(text, values)) if text else True


def _filled(text: object, values: Mapping[str, Any]) -> str:
    return _EXPRESSION.sub(lambda found: str(_value(found[1], values)), str(text))


def _value(expression: str, values: Mapping[str, Any]) -> Any:
    """What an expression gives; a name that is not known is empty."""
    text = expression.replace("!cancelled()", "True").replace("&&", "and").replace("||", "or")
    text = _NAME.sub(lambda found: repr(_looked_up(found[0], values)), text)
    return eval(text, {"__builtins__": {}})  # noqa: S307 - the workflow is our own


def _looked_up(name: str, values: Any) -> str:
    for part in name.split("."):
        values = values.get(part, {})
    return str(values or "")
