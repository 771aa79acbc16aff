"""Running tasks in processes: order, failure, and what is left when someone kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from sitegen.errors import InputError, SitegenError, UsageError
from sitegen.executors import Serial, executor
from sitegen.executors.processes import Processes, can_fork

forks = pytest.mark.skipif(not can_fork(), reason="processes cannot be forked here")


def both():
    return [Serial(), pytest.param(Processes(3), marks=forks)]


@pytest.mark.parametrize("tasks", both())
@pytest.mark.parametrize("count", [0, 1, 2, 500])
def test_results_stand_in_the_order_of_the_items(tasks, count):
    offset = 7  # a closure, which could not be pickled
    assert list(tasks.map(lambda n: n + offset, range(count))) == [n + 7 for n in range(count)]


@forks
def test_tasks_run_in_other_processes():
    ran = set(Processes(2).map(lambda _: os.getpid(), range(4)))
    assert os.getpid() not in ran


@pytest.mark.parametrize("tasks", both())
def test_an_exception_arrives_with_all_it_says(tasks):
    def fail(number):
        if number == 3:
            raise InputError("broken", file="a.txt", line=3, hint="mend it")
        return number

    with pytest.raises(InputError) as caught:
        list(tasks.map(fail, range(100)))
    assert str(caught.value) == "a.txt:3: broken (mend it)"
    assert list(tasks.map(lambda n: n, range(3))) == [0, 1, 2]  # and it goes on


@forks
def test_a_worker_that_is_killed_is_told():
    def work(number):
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(SitegenError, match="ended from outside") as caught:
        list(Processes(2).map(work, range(4)))
    assert "--jobs" in caught.value.hint


LONG = """
import os, sys, time
from pathlib import Path
from sitegen.executors.processes import Processes
from sitegen.locking import Lock
lock = Lock(Path(sys.argv[1]))
lock.acquire()
def work(number):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0 if "idle" in sys.argv and number else 60)
list(Processes(2).map(work, range(2)))
"""


@forks
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(tmp_path, number):
    from sitegen.locking import Lock

    with subprocess.Popen(
        [sys.executable, "-c", LONG, tmp_path / "lock"], stdout=subprocess.PIPE, text=True
    ) as parent:
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(number)
        parent.wait()
    for _ in range(100):
        if not any(map(_lives, workers)):
            break
        time.sleep(0.05)
    assert not any(map(_lives, workers))
    lock = Lock(tmp_path / "lock")
    lock.acquire()  # which an orphan would hold for good
    lock.release()


def _lives(process):
    try:
        with open(f"/proc/{process}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@forks
def test_ctrl_c_ends_without_a_word_from_the_workers(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", LONG, tmp_path / "lock", "idle"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        for _ in range(2):
            parent.stdout.readline()
        time.sleep(0.2)  # one is at work, the other waits
        os.killpg(parent.pid, signal.SIGINT)  # as a terminal does
        said = parent.stderr.read()  # until all of them have ended
    assert said.count("Traceback") <= 1
    assert "KeyboardInterrupt" in said


def test_which_executor():
    assert isinstance(executor("serial", 8), Serial)
    assert isinstance(executor("process", 1), Serial)
    assert isinstance(executor("process", 2), Processes if can_fork() else Serial)
    with pytest.raises(UsageError, match="jobs"):
        executor("process", 0)
