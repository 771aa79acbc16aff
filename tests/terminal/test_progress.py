"""What is seen of a build under way: on a real pseudo-terminal, in a log, and not at all."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from sitegen.terminal.pace import Pace
from sitegen.terminal.progress import LINES_BETWEEN, Watch
from tests.sites import daily_json, project

CODE = """
import sys
from sitegen import cli
from sitegen.terminal import progress
progress.PATIENCE = progress.BETWEEN = 0
cli.main(["build", *sys.argv[1:]], standalone_mode=False)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    dump = daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}])
    settings = 'title = "Small"\nbase_url = "https://p.example/"\n'
    folder = tmp_path_factory.mktemp("progress") / "p"
    return project(folder, settings, **{"dumps__2026-05-08.json": dump})


def on_a_terminal(*arguments, term="xterm-256color", columns=100):
    """What a command writes to a terminal that is its stderr, and to its stdout."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CI", "TTY_COMPATIBLE"}
    }
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**environment, "TERM": term},
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # EIO: nobody has the other end any more
                break
            seen += part
        out = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0
    return seen.decode(), out.decode()


def test_a_terminal_shows_phases_and_pace_and_is_clean_in_the_end(root):
    seen, out = on_a_terminal("-c", CODE, "-C", str(root), "--full")
    assert out == ""
    for phase in ("read", "merge", "plan", "render", "publish"):
        assert phase in seen
    assert re.search(r"[\d,]+ of [\d,]+ pages", seen)
    assert re.search(r"[\d,]+ pages/s", seen)
    assert re.search(r"\d:\d\d left", seen)
    _, _, rest = seen.rpartition("\x1b[2K")  # the line is wiped …
    assert rest.lstrip("\r\n\x1b[?25h").startswith("1 paper from 1 listing")
    # … and the cursor is there all the time, for builds that are killed.
    assert seen.find("\x1b[?25h", seen.find("\x1b[?25l")) < seen.find("publish")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_narrow_terminal_leaves_out_what_does_not_fit(root, columns):
    seen, _ = on_a_terminal("-c", CODE, "-C", str(root), "--full", columns=columns)
    display = re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", seen[: seen.rfind("\x1b[2K")])
    assert "render" in display
    assert re.search(r"of \d+ pages", display)
    assert "…" not in display
    assert max(map(len, re.split(r"[\r\n]+", display))) <= columns


@pytest.mark.parametrize("options", [["-q"], ["--json"]])
def test_silence(root, options):
    seen, out = on_a_terminal("-c", CODE, "-C", str(root), "--full", *options)
    assert seen == ""
    assert bool(out) == (options == ["--json"])


def test_a_terminal_that_only_prints_gets_no_display(root):
    seen, _ = on_a_terminal("-c", CODE, "-C", str(root), "--full", term="dumb")
    assert "pages/s" not in seen
    assert "1 paper from 1 listing" in seen


def test_what_draws_is_loaded_where_it_draws_alone(root):
    code = "import atexit, sys\natexit.register(lambda: print('rich' in sys.modules))" + CODE
    build = ("-C", str(root), "--full")
    assert on_a_terminal("-c", code, *build)[1] == "True\n"
    patient = code.replace("PATIENCE = progress.BETWEEN = 0", "PATIENCE = 3600")
    assert on_a_terminal("-c", patient, *build)[1] == "False\n"
    command = [sys.executable, "-c", code, *build]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def told(*steps, **options):
    """The lines that a log has of (seconds since the last step, phase, done, total)."""
    stream, clock = io.StringIO(), Clock()
    with Watch(stream=stream, clock=clock, **options) as watch:
        for seconds, *step in steps:
            clock.now += seconds
            watch(*step)
        clock.now += 2
    return stream.getvalue().splitlines()


STEPS = [
    (0, "read", 0, 0),
    (3, "read", 10, 10),
    (0, "merge", 0, 0),
    (0.2, "render", 0, 0),
    (LINES_BETWEEN - 4, "render", 1_000, 60_000),
    (1, "render", 2_000, 60_000),
    (1, "render", 3_000, 60_000),
    (LINES_BETWEEN, "render", 9_000, 60_000),
    (0, "publish", 0, 0),
]


def test_a_log_has_a_line_now_and_then():
    assert told(*STEPS) == [
        "render: 2,000 of 60,000 pages, 286 pages/s, 3:23 left",
        "render: 9,000 of 60,000 pages, 500 pages/s, 1:42 left",
    ]


def test_a_log_has_a_line_for_each_long_phase_if_asked():
    lines = told(*STEPS, verbose=True)
    assert [line for line in lines if "done in" in line] == [
        "read: done in 3.0 s",
        "render: done in 18.0 s",
        "publish: done in 2.0 s",
    ]
    assert len(lines) == 5


def test_quiet_is_quiet():
    assert told(*STEPS, quiet=True, verbose=True) == []


def test_a_pace_without_numbers_is_a_name():
    assert str(Pace("merge")) == "merge"
    assert str(Pace("read", 0, 10, 1.0)) == "read: 0 of 10 dumps"
    assert str(Pace("read", 10, 10, 0.0)) == "read: 10 of 10 dumps, 0:00 left"
