"""`sitegen fetch`: new dumps from sources on the web.

Comes in: a project and sources. Goes out: a dump for each list that had something new, and a plain
word for each source that could not be asked. Answers are kept under `.sitegen/fetch`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final

from ..config import Project
from ..errors import FetchError, PublicationError, SitegenError
from ..importing import Imported
from ..locking import Lock
from ..model import Value
from . import arxiv, hugging_face, web
from .answers import Answers
from .client import Client, Clock
from .dumping import dumped
from .known import Known
from .lists import DayList, Window
from .sources import Kind, Source

__all__ = ["Clock", "Fetched", "Told", "fetch", "open_client"]

Told = Callable[[str], None]
Found = Callable[[Client, Source, Window], Iterator[DayList]]

_FOUND: Final[dict[Kind, Found]] = {
    "arxiv": arxiv.found,
    "arxiv-feed": arxiv.announced,
    "hf": hugging_face.found,
    "web": web.found,
}


class Fetched(Value, frozen=True, kw_only=True):
    """What a source brought: its new dumps, and the error that ended it, if one did.

    `newest` is the day of the newest dump that it ever brought.
    """

    source: Source
    dumps: tuple[Imported, ...]
    newest: date | None
    error: SitegenError | None = None

    def silent_for(self, today: date) -> int | None:
        """The days since there was something new; None where there never was."""
        return None if self.newest is None else (today - self.newest).days


def fetch(
    project: Project,
    sources: Sequence[Source],
    today: date,
    *,
    since: date | None = None,
    clock: Clock = Clock(),  # noqa: B008 - a frozen value
    told: Told = lambda _: None,
) -> Iterator[Fetched]:
    """Ask each source, one after the other; a source that fails does not keep the others back.

    Raises PublicationError where the project cannot be written or is being fetched for already.
    """
    with open_client(project, clock, told) as client:
        known = Known(project)
        for source in sources:
            window = Window(today=today, since=since, newest=known.newest(source.name))
            done: list[Imported] = []
            error: SitegenError | None = None
            try:
                with client.answers.run(source.name, clock.now()):
                    for found in _FOUND[source.kind](client, source, window):
                        one = dumped(project, source, found, known, window)
                        done += [one] if one is not None and one.new else []
            except FetchError as failed:
                error = failed
            yield Fetched(
                source=source, dumps=tuple(done), newest=known.newest(source.name), error=error
            )
        client.answers.prune(clock.now())


@contextmanager
def open_client(project: Project, clock: Clock, told: Told) -> Iterator[Client]:
    """A client that introduces itself as the project says, while nobody else fetches for it."""
    assert project.root is not None  # noqa: S101 - the command line sees to it
    folder = project.root / ".sitegen" / "fetch"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublicationError(
            f"cannot be written: {error.strerror}",
            file=str(folder),
            hint="check space and permissions",
        ) from error
    lock = Lock(folder / "lock", "another fetch (process {}) is at work")
    lock.acquire()
    contact = project.settings.contact or project.settings.base_url
    try:
        with Client(Answers(folder / "answers"), contact=contact, clock=clock, told=told) as client:
            yield client
    finally:
        lock.release()
