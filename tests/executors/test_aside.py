"""A function at work beside: its result, its failure, and what is left when someone kills."""

from __future__ import annotations

import os
import signal
import time

import pytest

from sitegen.errors import PublicationError
from sitegen.executors import may_fork
from sitegen.executors.aside import Aside
from sitegen.executors.processes import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes cannot be forked here")


def test_it_runs_in_another_process():
    assert Aside(os.getpid).result() != os.getpid()


def test_what_it_raises_arrives():
    def fail():
        raise PublicationError("cannot be read", file="x", hint="look")

    with pytest.raises(PublicationError) as told:
        Aside(fail).result()
    assert str(told.value) == "x: cannot be read (look)"


def test_a_process_that_is_lost_is_made_good():
    own = os.getpid()

    def once():
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert Aside(once).result() == own


def test_it_can_be_ended():
    begun = time.monotonic()
    aside = Aside(lambda: time.sleep(60))
    aside.cancel()
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    ("name", "jobs", "may"),
    [("process", 2, True), ("process", 1, False), ("serial", 4, False), ("dask", 2, False)],
)
def test_who_asked_for_one_process_gets_one(name, jobs, may):
    assert may_fork(name, jobs) is may
