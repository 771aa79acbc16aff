"""From a list of a source to a dump of the project: what is new in it, imported as a whole.

A dump is made beside, checked, and goes the way of `sitegen import`, which puts it in place in one
step: whatever happens, there is a whole dump or none.
"""

from __future__ import annotations

import contextlib
from datetime import date

import msgspec

from .. import dating, dumps, importing
from ..config import Project
from ..errors import FetchError, Problem, PublicationError
from ..model import Record
from ..readers import Content, Reader, choose
from .answers import write_whole
from .documents import Document
from .known import Known, Token, tokens
from .lists import DayList, Window
from .sources import Source

# How arXiv's feeds, as they are read, tell the new version of an old paper.
_REPLACED = "Announce type: replace"


def dumped(
    project: Project, source: Source, found: DayList, known: Known, window: Window
) -> importing.Imported | None:
    """The dump that was made of a list; None where all of it is known. Raises FetchError."""
    document = found.document
    name = f"{found.day.isoformat()}-{source.name}.{document.ending}"
    if not document.entries:
        return None
    reader = choose(Content.of(document.holding(document.entries), name))
    if reader is None:
        raise FetchError(
            "the answer is in no format that a reader knows",
            file=source.text,
            hint="sitegen inspect --help lists the formats",
        )
    new, records = _new(document, reader, name, source.name, known, window.since)
    if not new:
        return None
    done = kept(project, name, document.holding(new), source.text, window.today)
    known.take(records, source.name)
    return done


def kept(project: Project, name: str, data: bytes, source: str, today: date) -> importing.Imported:
    """A dump put into the project. Raises FetchError for one that would break the build."""
    assert project.root is not None  # noqa: S101 - the command line sees to it
    path = project.root / ".sitegen" / "fetch" / "incoming" / name
    try:
        write_whole(path, data)
    except OSError as error:
        raise PublicationError(
            f"cannot be written: {error.strerror}",
            file=str(path.parent),
            hint="check space and permissions",
        ) from error
    try:
        _check(
            dumps.DumpFile(name=name, path=path, named=True, limits=project.settings.limits), source
        )
        settings = project.settings.dumps
        rule = dating.DayRule(today=today, year=settings.year, day=settings.day)
        (done,) = importing.import_dumps(project, [path], rule)
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
    return msgspec.structs.replace(done, file=source)


def _check(dump: dumps.DumpFile, source: str) -> None:
    for item in dumps.stream(dump).items:
        if isinstance(item, Problem) and item.severity == "error":
            raise FetchError(
                f"what it gives cannot be read: {item.message}", file=source, hint=item.hint
            )


def _new(
    document: Document,
    reader: Reader,
    name: str,
    source: str,
    known: Known,
    since: date | None,
) -> tuple[list[bytes], list[Record]]:
    """The entries with papers that are not known, and their records."""
    new: list[bytes] = []
    records: list[Record] = []
    met: set[Token] = set()
    for entry in document.entries:
        content = Content.of(document.holding([entry]), name)
        here = [one for one in reader.read(content, name) if isinstance(one, Record) and one.title]
        fresh = [
            one
            for one in here
            if not known.has(one, source)
            and met.isdisjoint(tokens(one, source))
            and not one.comment.startswith(_REPLACED)
            and not (since and one.listed and one.listed < since)
        ]
        if fresh:
            new.append(entry)
            records += here
            met |= {token for one in here for token in tokens(one, source)}
    return new, records
