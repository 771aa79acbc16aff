"""Builds projects in a process of its own, which forks workers: that needs one without threads.

Run as a program: each line of its input is a JSON list of a project folder and options; each
answer is "done", or what went wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from sitegen.building import build, making
from sitegen.config import load_project
from sitegen.options import Options
from sitegen.publication import store

ROOT = Path(__file__).parent.parent


class Builder:
    """The process; a context."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.builder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def build(self, root: Path, **options: Any) -> None:
        self._process.stdin.write(json.dumps([str(root), options]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer == "done\n", answer


def main() -> None:
    making._WORTH_PROCESSES = 1
    store._WORTH_A_PROCESS = 0
    for line in sys.stdin:
        root, options = json.loads(line)
        answer = "done"
        try:
            if not build(load_project(Path(root)), Options(**options)).published:
                answer = "not published"
        except Exception as error:  # noqa: BLE001 - whoever asked raises it
            answer = repr(error)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
