"""Whenever a build is killed, the folder holds the old site or the new one, whole.

SITEGEN_KILLS=60 kills it more often than there is time for every day.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from itertools import cycle
from pathlib import Path

from tests.sites import ABSTRACT, build_project, daily_json, files_of, project

ROOT = Path(__file__).parent.parent
DAYS, PAPERS_A_DAY = 5, 10
KILLS = int(os.environ.get("SITEGEN_KILLS", "22"))
LONG = 0.05  # seconds of a phase; in a shorter one it is killed at its beginning


def build_of(root: Path, phase: str = "", seconds: float = 0) -> tuple[int, str | dict[str, float]]:
    """The program's status, and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_at_random", root, phase, f"{seconds:f}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def write(root: Path, version: str) -> None:
    """The content of a version: B has a day more than A, C is another site on every page."""
    for day in range(1, DAYS + (version != "A")):
        papers = [
            {
                "id": f"2605.{day:02}{number:03}",
                "title": f"On the measure of things, part {day}.{number}",
                "summary": f"We show {number} of {day}. {ABSTRACT}",
            }
            for number in range(PAPERS_A_DAY)
        ]
        dump = root / f"content/dumps/2026-05-{day:02}.json"
        dump.write_text(daily_json(f"2026-05-{day:02}", papers))
    if version == "A":
        (root / f"content/dumps/2026-05-{DAYS:02}.json").unlink(missing_ok=True)
    (root / "content/site.toml").write_text(
        f'title = "{"Another" if version == "C" else "One"}"\nbase_url = "https://x.example/"\n'
    )


def test_killed_at_random_moments_of_every_phase(tmp_path):
    source = random.Random(5)
    root = project(tmp_path / "p", dumps__x="")
    (root / "content/dumps/x").unlink()
    versions = {}
    for name in "CBA":
        write(root, name)
        assert build_project(root, out=tmp_path / name, full=True).published
        versions[name] = files_of(tmp_path / name)
    assert len({frozenset(version.items()) for version in versions.values()}) == len(versions)
    status, phases = build_of(root)
    assert status == 0
    assert files_of(root / "site") == versions["A"]

    # Each phase once, at its beginning; then those that write, anywhere in them. Small and large
    # rebuilds in turn.
    moments = [*phases, *source.choices(["read", "render", "publish"], k=KILLS - len(phases))]
    killed = []
    old = "A"
    for phase, new in zip(moments, cycle("BCA"), strict=False):
        write(root, new)
        within = source.random() * 0.7 if phase in killed and phases[phase] > LONG else 0
        status, said = build_of(root, phase, within * phases[phase])
        if status == -signal.SIGKILL:
            killed.append(said)
        site = files_of(root / "site")
        assert site in (versions[old], versions[new]), said

        status, _ = build_of(root)  # no lock is in its way, and no remains
        assert status == 0
        assert files_of(root / "site") == versions[new], said
        assert not [*(root / ".sitegen/outputs/site").glob("stage-*")]
        old = new
    assert len(killed) >= KILLS * 0.85  # a build can be over before its time is
    assert {*killed} == {*phases}
