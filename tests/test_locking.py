"""A lock that ends with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from sitegen.errors import PublicationError
from sitegen.locking import Lock

HOLD = """
import sys, time
from pathlib import Path
from sitegen.locking import Lock
lock = Lock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_one_at_a_time(tmp_path):
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(PublicationError, match=f"process {os.getpid()}") as caught:
        second.acquire()
    assert caught.value.hint
    first.release()
    first.release()  # once more does nothing
    second.acquire()
    second.release()


def test_it_ends_with_a_killed_process(tmp_path):
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(PublicationError, match=f"process {holder.pid}"):
            Lock(path).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    lock = Lock(path)
    lock.acquire()
    lock.release()


def test_a_lock_file_of_someone_else_is_no_crash(tmp_path):
    path = tmp_path / "lock"
    path.write_bytes(b"\xff\xfe" * 100)
    lock = Lock(path)
    lock.acquire()
    assert path.read_text() == f"{os.getpid()}\n"
    path.write_bytes(b"\xff\xfe" * 100)
    with pytest.raises(PublicationError, match="another build"):
        Lock(path).acquire()
    lock.release()


def test_a_lock_that_cannot_be_opened(tmp_path):
    with pytest.raises(PublicationError, match="cannot be locked"):
        Lock(tmp_path / "missing" / "lock").acquire()
