"""Tasks on a cluster of dask.distributed (https://distributed.dask.org), which is an extra.

Function and items are packed once for each `map` and sent once to each worker; after that,
positions travel there and results travel back. A task does nothing but give a result: when the
worker that has it is lost, another one does it again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import tempfile
import threading
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ..cache import code_digest
from ..errors import SitegenError, UsageError
from . import worker

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 10.0  # for a scheduler to answer
WORKERS_SECONDS = 30.0  # for a first worker to come, or another when all are gone
LOSSES: Final = 5  # of work sent out, after which a build gives up

# Many small tasks travel together; few enough at once that no worker waits long for the last.
_CHUNKS_PER_WORKER: Final = 64
_MOST_TOGETHER: Final = 16
_AHEAD: Final = 4  # tasks for each worker that are sent before the first one's result is taken


class Dask:
    """Tasks on the cluster at an address, or on one of our own with that many processes.

    `shared` is a folder that the workers must see. Raises UsageError without dask.distributed,
    SitegenError where no cluster answers. One of our own begins with the first `map`.
    """

    writes = False

    def __init__(self, address: str, jobs: int, shared: Path | None = None) -> None:
        if find_spec("distributed") is None:
            raise UsageError(
                "--executor dask needs dask.distributed, which is not installed",
                hint="install it: pip install 'sitegen[dask]'",
            )
        self.local = not address
        self._address = address
        self._jobs = jobs
        self._shared = shared
        self._begun = contextlib.ExitStack()
        self._client: Client | None = None
        self._witness = ""
        if address:
            self._connected()

    def close(self) -> None:
        """Leave the cluster; end one of our own."""
        self._client = None
        self._begun.close()

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """See Executor. Raises SitegenError where the cluster is lost."""
        if len(items) < 2:
            yield from map(function, items)
            return
        import cloudpickle

        client = self._connected()
        parcel = worker.Parcel(uuid.uuid4().hex, code_digest(), self._witness)
        with self._told():
            workers = max(1, len(client.nthreads()))
        each = len(items) // (workers * _CHUNKS_PER_WORKER)
        each = max(1, min(each, _MOST_TOGETHER))
        ranges = [
            range(start, min(start + each, len(items))) for start in range(0, len(items), each)
        ]
        yield from self._results(
            parcel, cloudpickle.dumps((function, items)), ranges, workers * _AHEAD
        )

    def _results(
        self, parcel: worker.Parcel, packed: bytes, ranges: Sequence[range], ahead: int
    ) -> Iterator[Any]:
        """What the tasks give, in order.

        What was packed is the result of a task itself, so that workers hand it on to each other
        and the scheduler has it made again where it is lost. What the scheduler gives up, since
        too many workers ended under it, is begun again a few times.
        """
        from distributed import CancelledError, KilledWorker

        client = self._connected()
        keep, run = _functions()
        there: Future | None = None
        waiting: deque[Future] = deque()
        done = losses = 0
        while done < len(ranges):
            try:
                with self._told(Exception):  # a client whose scheduler is gone takes nothing
                    if there is None:
                        with warnings.catch_warnings(action="ignore"):  # it is large, once
                            there = client.submit(keep, packed, pure=False)
                    while len(waiting) < ahead and done + len(waiting) < len(ranges):
                        positions = ranges[done + len(waiting)]
                        waiting.append(
                            client.submit(run, tuple(parcel), there, positions, pure=False)
                        )
                found = self._result(waiting[0])
            except (CancelledError, KilledWorker):
                losses += 1
                if losses > LOSSES:
                    raise SitegenError(
                        "workers of the cluster ended again and again, perhaps for want of memory",
                        hint="give each worker more memory, or take fewer of them",
                    ) from None
                there = None
                waiting.clear()
                continue
            waiting.popleft().release()
            done += 1
            yield from found

    def _result(self, future: Future) -> Sequence[Any]:
        """What a task gives, when it does: it may take long, while there are workers."""
        with self._told():
            while True:
                try:
                    error = future.exception(timeout=WORKERS_SECONDS)
                    break
                except TimeoutError:
                    if not self._connected().nthreads():
                        raise
            if error is None:
                found: Sequence[Any] = future.result(timeout=WORKERS_SECONDS)
                return found
        if isinstance(error, ImportError):
            raise SitegenError(
                f"a worker cannot load sitegen: {error}",
                file=self._address,
                hint="install the same sitegen where the workers run",
            )
        raise error

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._begun.enter_context(
                _own(self._jobs) if self.local else _client(self._address)
            )
            if self._shared is not None:
                self._witness = self._begun.enter_context(_witness(self._shared))
        return self._client

    @contextlib.contextmanager
    def _told(self, kind: type[Exception] = OSError) -> Iterator[None]:
        """The cluster's own failures as ours. TimeoutError and CommClosedError are OSErrors."""
        try:
            yield
        except kind as error:
            raise SitegenError(
                f"the cluster was lost: {error}",
                file=self._address,
                hint="see whether its scheduler and its workers run, and build again",
            ) from None


def _functions() -> tuple[Callable[[bytes], bytes], Callable[..., Any]]:
    """What keeps the packed function and items in a worker, and what runs a task there.

    A function inside of a function travels as code: one that is named would have to be imported
    while the message that brings it is read, and a worker that cannot do that ends. So nothing of
    ours is among what it is given, either.
    """

    def keep(packed: bytes) -> bytes:
        return packed

    def run(*task: Any) -> Any:
        from sitegen.executors import worker

        return worker.run(*task)

    return keep, run


@contextlib.contextmanager
def _own(jobs: int) -> Iterator[Client]:
    """A cluster on this machine, for us alone."""
    from distributed import Client, LocalCluster

    _silence()
    with contextlib.ExitStack() as begun:
        try:
            with _deaf_to_ctrl_c():
                cluster = begun.enter_context(
                    LocalCluster(
                        n_workers=jobs,
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address="127.0.0.1:0",  # without one, a port that is known
                        scheduler_kwargs={"dashboard": False},
                        memory_limit=0,  # a worker that is ended at a limit would only begin again
                        silence_logs=logging.CRITICAL,
                    )
                )
            client = begun.enter_context(Client(cluster, set_as_default=False))
        except (OSError, RuntimeError) as error:
            raise SitegenError(
                f"a cluster of our own cannot be started: {error}",
                hint="give fewer --jobs, or --executor process",
            ) from None
        yield client


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes begun meanwhile leave Ctrl-C to us, who end them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _client(address: str) -> Iterator[Client]:
    """A connection to somebody's cluster. Raises SitegenError where there is none."""
    from distributed import Client

    _silence()
    try:
        # A Client waits for ever for a word of what is no scheduler. In a thread, since there may
        # be a loop in this one: that of a notebook.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _greeted(address)).result()
        with warnings.catch_warnings(action="ignore"):  # of other versions, which `worker` refuses
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except ValueError as error:
        raise UsageError(
            f"no address of a cluster: {error}", file=address, hint="such as tcp://127.0.0.1:8786"
        ) from None
    except OSError:
        raise SitegenError(
            f"no cluster answers within {CONNECT_SECONDS:g} seconds",
            file=address,
            hint="start one (dask scheduler), or give its address: --executor dask:tcp://HOST:PORT",
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        except OSError:
            raise SitegenError(
                "the cluster has no workers",
                file=address,
                hint=f"start some: dask worker {address} --nworkers 4 --nthreads 1",
            ) from None
        yield client


async def _greeted(address: str) -> None:
    await asyncio.wait_for(_shake_hands(address), CONNECT_SECONDS)


async def _shake_hands(address: str) -> None:
    """Connect as a Client does, and leave."""
    from distributed import Security
    from distributed.comm import connect, get_address_host_port

    get_address_host_port(address)  # raises ValueError for what is none
    ways = Security().get_connection_args("client")
    comm = await connect(address, timeout=CONNECT_SECONDS, **ways)
    await comm.close()


@contextlib.contextmanager
def _witness(folder: Path) -> Iterator[str]:
    """A file in a folder, by which workers see that they see it; "" where none can be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(prefix="witness-", dir=folder)  # noqa: SIM115
    except OSError:
        yield ""
        return
    with file:
        yield file.name


def _silence() -> None:
    """What goes wrong in a cluster is told by us, once."""
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
