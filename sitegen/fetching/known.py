"""What the dumps of a project hold already, so that nothing is fetched twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from .. import dating, dumps
from ..cache import Cache
from ..config import Project
from ..heads import AnyRecord
from ..identity import fingerprint, normal_ids
from ..readers import hf_json
from ..reading import heads_of

_DATED = r"[0-9]{4}-[0-9]{2}-[0-9]{2}-"
# What `import` adds to a name that is taken.
_AGAIN = r"(?:_[0-9]+)?(?:\.[a-z]+)?"

# Lists that may have a paper again on another day, and say on which.
_LISTED_AGAIN = frozenset({hf_json.SOURCE})

Token = tuple[str, str, str, str]


class Known:
    """The papers of a project's dumps, by the lists that had them."""

    def __init__(self, project: Project) -> None:
        assert project.root is not None  # noqa: S101 - the command line sees to it
        self._folder = project.root / "content" / "dumps"
        self._seen: set[Token] = set()
        cache = Cache(project.root / ".sitegen" / "cache")
        limits = project.settings.limits
        for dump in dumps.find([self._folder], limits) if self._folder.is_dir() else ():
            base = re.sub(_AGAIN + r"\Z", "", dump.name.rsplit("/", 1)[-1])
            self.take(heads_of(dump, cache), re.sub(_DATED, "", base, count=1))

    def take(self, records: Iterable[AnyRecord], name: str) -> None:
        """Note what a dump of the source with this name lists."""
        for record in records:
            if record.listing:
                self._seen.update(tokens(record, name))

    def has(self, record: AnyRecord, name: str) -> bool:
        """Whether a dump of that source, or another that calls its list the same, has the paper."""
        return not self._seen.isdisjoint(tokens(record, name))

    def newest(self, name: str) -> date | None:
        """The day of the newest dump that a source brought."""
        ours = re.compile(_DATED + re.escape(name) + _AGAIN)
        names = (path.name for path in self._folder.rglob("*") if path.is_file())
        days = (dating.iso_date(one) for one in names if ours.fullmatch(one))
        return max((day for day in days if day), default=None)


def tokens(record: AnyRecord, name: str) -> Iterator[Token]:
    """What a paper is known by: its identifiers, or its title where it has none.

    They hold for the dumps of the source with this name, and for every list of the same title.
    """
    ids = normal_ids(record.ids)
    day = str(record.listed) if record.source in _LISTED_AGAIN else ""
    for where in (f"dumps {name}", f"list {record.source}"):
        yield from ((where, scheme, one, day) for scheme, one in ids.items())
        if not ids:
            yield where, "title", fingerprint(record.title), day
