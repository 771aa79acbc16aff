"""Making pages: which bundles are out of date, what renders them, and where they go.

Comes in: the plan, and what is known of the published folder. Goes out: a filled stage, and the
entries of its manifest. Bundles whose digest is known are taken over unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from ..cache import code_digest
from ..digests import digest_of, digest_of_values
from ..errors import SitegenError
from ..executors import Executor, Serial
from ..pages import SiteView
from ..plan import Bundle
from ..publication.manifest import BundleEntry, FileEntry, stale
from ..publication.staging import Stage
from ..render import Renderer
from .run import Progress

_WORTH_PROCESSES = 100  # pages; fewer are made before others have begun
_FIXED = frozenset({"file", "plain"})  # kinds that are not rendered

Rendered = tuple[str, bytes]  # a file's path and content


class _Made(NamedTuple):
    """The files of a bundle, None for those that it had, and how many of them are new."""

    files: dict[str, FileEntry] | None
    rendered: int


class Work:
    """What there is to make: bundles, what is known of them already, and how to render."""

    def __init__(
        self,
        renderer: Renderer,
        site: SiteView,
        bundles: Sequence[Bundle],
        kept: Mapping[str, BundleEntry],
    ) -> None:
        self._renderer = renderer
        self._kept = kept
        self._files = {path: f for bundle in kept.values() for path, f in bundle.files.items()}
        self._bundles = bundles
        self._site = digest_of_values([site])
        kinds = sorted({kind for bundle in bundles for kind in bundle.kinds})
        self._print = {kind: renderer.fingerprint(kind).encode() for kind in kinds}
        self._code = code_digest().encode()
        self._digests = {bundle.name: self._digest(bundle) for bundle in bundles}
        self._stale = set(stale(kept, self._digests))
        self.rendered = 0

    def _digest(self, bundle: Bundle) -> bytes:
        kinds = b"".join(kind.encode() + self._print[kind] for kind in sorted(bundle.kinds))
        return digest_of(bundle.facts + self._site + self._code + kinds)

    def run(self, stage: Stage, tasks: Executor, progress: Progress) -> dict[str, BundleEntry]:
        """Fill the stage; what is in it, by bundle."""
        stale = [bundle for bundle in self._bundles if bundle.name in self._stale]
        self._renderer.prepare(kind for bundle in stale for kind in bundle.kinds)
        todo = stale if stage.filled else self._bundles
        total = sum(bundle.size for bundle in todo)
        entries: dict[str, BundleEntry] = {}
        seen: dict[str, str] = {}
        done = 0
        made = self._made(stage, todo, Serial() if total < _WORTH_PROCESSES else tasks)
        for bundle in self._bundles:
            known = stage.filled and bundle.name not in self._stale
            new, rendered = _Made(None, 0) if known else next(made)
            files = self._kept[bundle.name].files if new is None else new
            entries[bundle.name] = BundleEntry(self._digests[bundle.name], files)
            self.rendered += rendered
            for path in files:
                _refuse_clash(path, seen)
            done += 0 if known else bundle.size
            progress("render", done, total)
        _refuse_folders(seen)
        return entries

    def _made(self, stage: Stage, todo: Sequence[Bundle], tasks: Executor) -> Iterator[_Made]:
        """Each bundle of `todo`, in order, put into the stage."""
        if tasks.writes:
            yield from chain.from_iterable(
                tasks.map(
                    lambda some: [self._put(stage, one, self._artifacts(one)) for one in some],
                    _together(todo),
                )
            )
            return
        # Elsewhere pages are rendered and sent here; files are not sent to and fro.
        far = [one for one in todo if one.name in self._stale and not one.kinds <= _FIXED]
        sent = iter(
            chain.from_iterable(tasks.map(partial(_rendered, self._renderer), _together(far)))
        )
        for bundle in todo:
            away = bundle.name in self._stale and not bundle.kinds <= _FIXED
            yield self._put(stage, bundle, next(sent) if away else self._artifacts(bundle))

    def _artifacts(self, bundle: Bundle) -> Iterable[Rendered]:
        return _render(self._renderer, bundle) if bundle.name in self._stale else ()

    def _put(self, stage: Stage, bundle: Bundle, artifacts: Iterable[Rendered]) -> _Made:
        """Put a bundle's files into the stage: new ones, or those that it had."""
        try:
            if bundle.name in self._stale:
                return self._write(stage, artifacts)
            for path, entry in self._kept[bundle.name].files.items():
                stage.keep(path, entry)
        except FileExistsError as error:
            path = Path(error.filename2 or error.filename).relative_to(stage.folder).as_posix()
            raise _clash(path, path) from None
        return _Made(None, 0)

    def _write(self, stage: Stage, artifacts: Iterable[Rendered]) -> _Made:
        files: dict[str, FileEntry] = {}
        rendered = 0
        for path, data in artifacts:
            if path in files:
                raise _clash(path, path)
            known = self._files.get(path)
            files[path] = entry = stage.write(path, data, known)
            rendered += entry is not known
        return _Made(files, rendered)


def _render(renderer: Renderer, bundle: Bundle) -> Iterator[Rendered]:
    """The pages of a bundle, rendered. The only way to do so, whatever runs it."""
    for page in bundle.make():
        yield page.path, renderer.render(page)


def _rendered(renderer: Renderer, bundles: Sequence[Bundle]) -> list[list[Rendered]]:
    """The same of several bundles, all at once."""
    return [list(_render(renderer, bundle)) for bundle in bundles]


def _together(bundles: Sequence[Bundle]) -> list[list[Bundle]]:
    """Neighbours of one month in one task: its papers' and its days' pages show the same texts."""
    return [list(some) for _, some in groupby(bundles, key=lambda b: b.name.partition("/")[2] or b)]


def _refuse_clash(path: str, seen: dict[str, str]) -> None:
    """Two names that differ only in case are one file on many systems."""
    folded = path.casefold()
    if folded in seen:
        raise _clash(path, seen[folded])
    seen[folded] = path


def _refuse_folders(seen: Mapping[str, str]) -> None:
    """A file cannot be the folder of others."""
    folders = {folded.rpartition("/")[0]: path for folded, path in seen.items()}
    for folder, path in folders.items():
        above = folder
        while above:
            if above in seen:
                raise _clash(seen[above], path)
            above = above.rpartition("/")[0]


def _clash(path: str, other: str) -> SitegenError:
    both = path if path == other else f"{path} and {other}"
    return SitegenError(
        f"two pages have one path: {both}",
        hint="rename the file under content/pages or content/static that makes one of them",
    )
