"""Builds a project, and is killed some way into a phase.

Run as a program with a project folder, a phase ("" for none) and seconds from its beginning.
Prints a line of JSON: the phases and how long each took; or the phase in which it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from sitegen.building import build, making
from sitegen.config import load_project
from sitegen.options import Options
from sitegen.publication import store


def main(root: str, fatal: str, seconds: str) -> None:
    making._WORTH_PROCESSES = 1
    store._WORTH_A_PROCESS = 0
    own = os.getpid()
    now = ""

    def kill(*_: object) -> None:
        if os.getpid() == own:
            os.write(1, json.dumps(now).encode())
            os.kill(own, signal.SIGKILL)

    def progress(phase: str, done: int, _: int) -> None:
        nonlocal now
        if phase == fatal != now and not done:
            if float(seconds):
                signal.setitimer(signal.ITIMER_REAL, float(seconds))
            else:
                now = phase
                kill()
        now = phase

    signal.signal(signal.SIGALRM, kill)
    report = build(load_project(Path(root)), Options(executor="process", jobs=2), progress)
    assert report.published, report.errors
    signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.write(json.dumps(report.phases))


if __name__ == "__main__":
    main(*sys.argv[1:])
