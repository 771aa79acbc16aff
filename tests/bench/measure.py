"""Runs one command as a whole process tree and measures it.

Wall seconds; CPU seconds (user and system) of the process and all descendants that were waited
for; peak memory of all of them together. For the memory, a thread adds up the proportional set
sizes (PSS, in which a page that n processes share counts 1/n in each) in /proc/*/smaps_rollup
of the tree; its samples are `INTERVAL` apart and at most a tenth of its time long. A peak between
two samples is missed, so the largest maxrss of a single process, which the kernel keeps
exactly, is the least that is reported.

This module is its own program: the command is started from a fresh, small interpreter, because a
child inherits the maxrss of the process that it was forked from.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import mkdtemp

INTERVAL = 0.05  # seconds
TRIAL_FILES = 200
DEAR = 100e-6  # seconds; 20 to 40 µs are usual
PATIENCE = 90  # seconds
LAST_WORDS = 2000  # characters of a failed command's output that are kept


class Failed(Exception):  # noqa: N818
    """A measured command ended with a status other than 0."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took: seconds, seconds, bytes."""

    wall: float
    cpu: float
    peak: int


def run(command: Sequence[str], cwd: Path, log: Path) -> Usage:
    """Runs the command from a process of its own; its output goes to `log`.

    Raises `Failed` with the end of what it printed.
    """
    os.sync()  # what earlier runs wrote isn't to be paid for by this one
    launcher = [sys.executable, "-S", "-E", __file__, str(cwd), str(log), *command]
    done = subprocess.run(launcher, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(log.read_text(errors="replace")[-LAST_WORDS:] or done.stderr)
    return Usage(**json.loads(done.stdout))


def seconds_a_file(folder: Path) -> float:
    """What the making of an empty file costs in a folder at the moment; leaves the files there."""
    trial = Path(mkdtemp(dir=folder))
    start = time.perf_counter()
    for number in range(TRIAL_FILES):
        os.close(os.open(trial / str(number), os.O_WRONLY | os.O_CREAT))
    return (time.perf_counter() - start) / TRIAL_FILES


def settle(folder: Path) -> float:
    """Waits until new files are cheap, `PATIENCE` seconds at most; returns what one costs.

    They are dear for a minute after many were deleted, see `site.aside`.
    """
    end = time.monotonic() + PATIENCE
    while (cost := seconds_a_file(folder)) > DEAR and time.monotonic() < end:
        time.sleep(5)
    return cost


def _launch(cwd: str, log: str, command: list[str]) -> tuple[Usage, int]:
    with open(log, "wb") as output:  # noqa: PTH123
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT)
        ended = threading.Event()
        peaks = [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, ended, peaks))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        ended.set()
        watcher.join()
    peak = max(peaks[0], usage.ru_maxrss * 1024)
    cpu = usage.ru_utime + usage.ru_stime
    return Usage(wall, cpu, peak), os.waitstatus_to_exitcode(status)


def _watch(pid: int, ended: threading.Event, peaks: list[int]) -> None:
    pause = 0.0
    while not ended.wait(pause):
        start = time.perf_counter()
        peaks[0] = max(peaks[0], sum(_pss(member) for member in _tree(pid)))
        pause = max(INTERVAL, 9 * (time.perf_counter() - start))


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:  # it has ended
        return


def _pss(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup") as fields:  # noqa: PTH123
            return next((int(f.split()[1]) * 1024 for f in fields if f.startswith("Pss:")), 0)
    except OSError:
        return 0


if __name__ == "__main__":
    measured, exit_status = _launch(sys.argv[1], sys.argv[2], sys.argv[3:])
    sys.stdout.write(json.dumps(asdict(measured)))
    sys.exit(1 if exit_status else 0)
