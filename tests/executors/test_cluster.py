"""Tasks on a real cluster of two processes: the same bytes, whatever becomes of its workers."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys

import pytest

from sitegen.building import build, making
from sitegen.config import load_project
from sitegen.errors import InputError, SitegenError, UsageError
from sitegen.executors import cluster as clusters
from sitegen.executors import executor, worker
from sitegen.options import Options
from tests.sites import build_project, daily_json, files_of, project

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

LOCAL = {
    "threads_per_worker": 1,
    "processes": True,
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    "scheduler_kwargs": {"dashboard": False},
    "silence_logs": logging.CRITICAL,
}


@contextlib.contextmanager
def _cluster():
    """A client of two worker processes; a task is given up by the scheduler when its worker is."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=2, **LOCAL) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def cluster():
    with _cluster() as client:
        yield client


@pytest.fixture
def tasks(cluster):
    with contextlib.closing(executor(f"dask:{address(cluster)}", None)) as found:
        yield found


def address(cluster):
    return cluster.scheduler.address


def processes(cluster):
    cluster.wait_for_workers(2)
    return set(cluster.run(os.getpid).values())


def test_results_stand_in_the_order_of_the_items(tasks):
    for count in (0, 1, 2, 500):
        offset = 7  # a closure, which pickle alone could not take
        assert list(tasks.map(lambda n: n + offset, range(count))) == [n + 7 for n in range(count)]  # noqa: B023


def test_function_and_items_are_sent_to_each_worker_once(tasks, cluster):
    library = bytes(12_000_000)  # so large that the cluster would warn of it
    seen = set(tasks.map(lambda _: (os.getpid(), id(library)), range(300)))
    assert {process for process, _ in seen} == processes(cluster)
    assert len(seen) == 2


def test_an_exception_arrives_with_all_it_says(tasks):
    def fail(number):
        if number == 3:
            raise InputError("broken", file="a.txt", line=3, hint="mend it")
        if number == 5:
            raise FileNotFoundError(number)
        return number

    with pytest.raises(InputError) as caught:
        list(tasks.map(fail, range(100)))
    assert str(caught.value) == "a.txt:3: broken (mend it)"
    with pytest.raises(FileNotFoundError):
        list(tasks.map(fail, range(4, 100)))
    assert list(tasks.map(fail, range(3))) == [0, 1, 2]  # and it goes on


def papers(day, count=9):
    words = ("video", "speech", "agents", "protein")
    return daily_json(
        f"2026-05-{day:02}",
        [
            {"id": f"2605.{day:02}{n:03}", "title": f"On {words[n % 4]} number {n} of day {day}"}
            for n in range(count)
        ],
    )


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "_WORTH_PROCESSES", 1)
    files = {f"dumps__2026-05-{day:02}.json": papers(day) for day in range(1, 12)}
    note = {"days__2026-05-02.md": "See *this*.", "static__robots.txt": "User-agent: *\n"}
    text = {"pages__about.md": "# About\n\nText.\n"}
    settings = 'title = "Far"\nbase_url = "https://x.example/"\n'
    return project(tmp_path / "p", settings, **files, **note, **text)


def test_a_cluster_writes_the_same_bytes(root, cluster, tmp_path):
    far = {"executor": f"dask:{address(cluster)}", "out": tmp_path / "far"}
    first = build_project(root, **far, strict=True)
    assert first.published
    # A process of its own, since nothing is forked safely beside a cluster's threads.
    command = [sys.executable, "-m", "sitegen", "build", "-C", root, "--full", "-q"]
    subprocess.run([*command, "--executor", "process", "--jobs", "2"], check=True)
    build_project(root, executor="serial", out=tmp_path / "serial", full=True)
    assert files_of(tmp_path / "far") == files_of(root / "site") == files_of(tmp_path / "serial")

    (root / "content/dumps/2026-05-12.json").write_text(papers(12))
    (root / "content/dumps/2026-05-03.json").unlink()
    (root / "content/site.toml").write_text('title = "Another"\n')
    build_project(root, **far)
    build_project(root, executor="serial", out=tmp_path / "serial", full=True)
    assert files_of(tmp_path / "far") == files_of(tmp_path / "serial")


@pytest.mark.parametrize("number", [1, 2])
def test_a_killed_worker_costs_time_and_no_pages(root, cluster, tmp_path, number):
    killed = []

    def kill(phase, done, total):
        if phase == "render" and 0 < done < total and not killed:
            killed.extend(list(processes(cluster))[:number])
            for process in killed:
                os.kill(process, signal.SIGKILL)

    options = Options(executor=f"dask:{address(cluster)}", out=tmp_path / "far", full=True)
    assert build(load_project(root), options, kill).published
    assert len(killed) == number
    build_project(root, executor="serial", out=tmp_path / "serial")
    assert files_of(tmp_path / "far") == files_of(tmp_path / "serial")


def test_what_kills_every_worker_is_given_up(monkeypatch):
    monkeypatch.setattr(clusters, "LOSSES", 1)
    # A cluster of its own: a worker that is killed while it begins is not begun again.
    with (
        _cluster() as doomed,
        contextlib.closing(executor(f"dask:{address(doomed)}", None)) as tasks,
        pytest.raises(SitegenError, match="again and again") as caught,
    ):
        list(tasks.map(lambda _: os.kill(os.getpid(), signal.SIGKILL), range(2)))
    assert "memory" in caught.value.hint


def test_a_worker_that_would_make_other_pages_refuses(tmp_path):
    parcel = worker.Parcel("one", "another version", "")
    with pytest.raises(SitegenError, match="another version") as caught:
        worker.run(tuple(parcel), b"", range(1))
    assert "same versions" in caught.value.hint
    parcel = worker.Parcel("two", worker.code_digest(), f"{tmp_path}/there/witness")
    with pytest.raises(SitegenError, match="does not see") as caught:
        worker.run(tuple(parcel), b"", range(1))
    assert caught.value.file == f"{tmp_path}/there"


def test_workers_see_the_folder_that_is_shared(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "run", None)  # here; what workers run stays
    with contextlib.closing(executor(f"dask:{address(cluster)}", None, tmp_path / "x")) as tasks:
        assert list(tasks.map(abs, [-1, -2])) == [1, 2]
        (witness,) = (tmp_path / "x").iterdir()
        witness.unlink()
        with pytest.raises(SitegenError, match="does not see"):
            list(tasks.map(abs, [-1, -2]))
        witness.touch()
    assert not list((tmp_path / "x").iterdir())


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(clusters, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(clusters, "WORKERS_SECONDS", 0.5)


@pytest.mark.parametrize("listens", [False, True])
def test_an_address_that_does_not_answer(impatient, listens):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if listens:
            other.listen()
        place = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(SitegenError, match="no cluster answers within") as caught:
            executor(f"dask:{place}", None)
    assert caught.value.file == place
    assert "dask scheduler" in caught.value.hint


@pytest.mark.parametrize("place", ["host", "tcp://host:port", "gopher://host:70"])
def test_what_is_no_address(place):
    with pytest.raises(UsageError, match="no address of a cluster"):
        executor(f"dask:{place}", None)


def test_a_cluster_without_workers(impatient):
    with (
        distributed.LocalCluster(n_workers=0, **LOCAL) as empty,
        pytest.raises(SitegenError, match="no workers") as caught,
    ):
        executor(f"dask:{empty.scheduler_address}", None)
    assert empty.scheduler_address in caught.value.hint


def test_a_cluster_that_goes_away(impatient):
    with distributed.LocalCluster(n_workers=1, **LOCAL) as local:
        tasks = executor(f"dask:{local.scheduler_address}", None)
        results = tasks.map(abs, range(-300, 0))
        assert next(results) == 300
    with pytest.raises(SitegenError, match="cluster was lost") as caught:
        list(results)
    assert caught.value.file == local.scheduler_address
    tasks.close()


def test_without_the_extra(monkeypatch):
    monkeypatch.setattr(clusters, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="not installed") as caught:
        executor("dask", None)
    assert "sitegen[dask]" in caught.value.hint


def test_a_cluster_of_our_own_comes_and_goes_silently(root, tmp_path):
    (root / "content/dumps/2026-05-12.json").write_text(papers(12, 400))
    command = [sys.executable, "-m", "sitegen", "build", "-C", root, "--executor", "dask"]
    done = subprocess.run(
        [*command, "--jobs", "2", "--quiet", "-o", tmp_path / "far"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    build_project(root, executor="serial")
    assert files_of(tmp_path / "far") == files_of(root / "site")
