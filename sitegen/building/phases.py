"""The phases of a build in their order. The only place that knows them all.

gather → library → index → relate → plan → render → publish; how dumps become the library is told in
`library`, which others use alone. Each stage is a pure function over frozen values, `dumps` and
`store` aside; what is wrong with what they made stands in `site_problems`, and is collected here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing as ended
from typing import TYPE_CHECKING, NamedTuple

from .. import closing, corrections
from ..cache import Cache
from ..config import Project
from ..enrich import queries
from ..executors import Executor, executor, may_fork
from ..model import Library
from ..plan import Closed, Contents, Queries, has_search, plan, site_view
from ..publication.manifest import BundleEntry, Manifest, without
from ..publication.store import Output
from ..render import Renderer
from ..search import Index, indexed
from . import site_problems
from .auditing import audit
from .inputs import Inputs, gather
from .library import read_library
from .making import Work
from .run import Run

if TYPE_CHECKING:
    from ..related import Relations  # which loads NumPy, where it is wanted alone
    from ..roster import Roster


class Known(NamedTuple):
    """What is known before anything is made."""

    old: Manifest  # of the published folder
    inputs: bytes  # the digest of all that goes into the site


class _Old(NamedTuple):
    """The published folder, held against its manifest."""

    manifest: Manifest
    kept: Mapping[str, BundleEntry]  # what of it can be trusted
    strangers: Iterable[str]  # what in it is not ours
    inputs: bytes  # the digest of all that goes into the new site


def make(run: Run, project: Project, output: Output, known: Known, cache: Cache) -> None:
    """Make what changed, and publish it if nothing speaks against it."""
    options = run.options
    output.look(known.old, beside=may_fork(options.executor, options.jobs))
    with run.phase("gather"):
        inputs = gather(project, options, cache)
    with ended(executor(options.executor, options.jobs, cache.folder)) as tasks:
        library, closed = _library(run, inputs, tasks, cache)
        inputs = inputs.of_size(len(library.papers))
        with run.phase("queries"):
            found = queries.found(library, inputs.settings.feeds, cache)
            run.report.add(list(queries.problems(library, inputs.settings.feeds, found)))
        if run.good:
            with run.phase("index"):
                searched = has_search(library, inputs.settings)
                index = indexed(library, tasks, cache) if searched else None
            relations = _related(run, inputs, library, tasks, cache)
            extra = _Extra(
                index, relations, _roster(run, inputs, library, tasks, cache), found, closed
            )
            old = _looked_at(run, output, known)
            work = _planned(run, inputs, library, extra, old.kept, cache)
            _publish(run, output, old, library, work, tasks, inputs)
    if run.report.published:
        cache.prune()


def _looked_at(run: Run, output: Output, known: Known) -> _Old:
    with run.phase("compare"):
        damaged, strangers = output.damaged(known.old)
    kept = {} if run.options.full else without(known.old.bundles, damaged)
    return _Old(known.old, kept, strangers, known.inputs)


class _Extra(NamedTuple):
    """What the plan needs beside the library."""

    search: Index | None  # None: the site has none
    related: Relations | None  # None: the settings want none
    roster: Roster | None  # None: the settings want neither authors nor categories
    queries: Queries
    closed: Closed


def _related(
    run: Run, inputs: Inputs, library: Library, tasks: Executor, cache: Cache
) -> Relations | None:
    """Which papers are related, where pages are to tell."""
    wanted = inputs.settings.related
    if not wanted.enabled:
        return None
    from ..related import related

    with run.phase("related"):
        return related(library, wanted.papers, wanted.followed_by, tasks, cache)


def _roster(
    run: Run, inputs: Inputs, library: Library, tasks: Executor, cache: Cache
) -> Roster | None:
    """People and categories, where there are to be pages of them."""
    if not (inputs.settings.authors.enabled or inputs.settings.categories.enabled):
        return None
    from ..roster import roster

    with run.phase("people"):
        return roster(library, tasks, cache)


def _planned(
    run: Run,
    inputs: Inputs,
    library: Library,
    extra: _Extra,
    kept: Mapping[str, BundleEntry],
    cache: Cache,
) -> Work:
    """What there is to make."""
    with run.phase("plan"):
        site = site_view(
            library,
            inputs.settings,
            inputs.texts,
            inputs.words,
            kinds=inputs.theme.kinds,
            card_font=inputs.card_font,
        )
        run.report.add(list(site_problems.lacking(site, inputs)))
        contents = Contents(
            notes=inputs.notes,
            kinds=inputs.theme.kinds,
            editorial=inputs.texts,
            static=inputs.static,
            assets=tuple(inputs.theme.assets()),
            ways=corrections.ways(inputs.corrections.alias),
            index=extra.search,
            related=extra.related,
            roster=extra.roster,
            queries=extra.queries,
            closed=extra.closed,
        )
        bundles = plan(library, inputs.settings, site, contents)
        return Work(Renderer(inputs.theme, site, cache), site, bundles, kept)


def _publish(
    run: Run,
    output: Output,
    before: _Old,
    library: Library,
    work: Work,
    tasks: Executor,
    inputs: Inputs,
) -> None:
    """Render into a new folder, and put it in the place of the old one."""
    report, old = run.report, before.manifest
    stage = output.stage(old, before.strangers)
    try:
        with run.phase("render"):
            entries = work.run(stage, tasks, run.progress)
            files = {path: file for entry in entries.values() for path, file in entry.files.items()}
        name = output.folder.name
        audit(run, inputs.project, stage.folder, name, tasks=tasks, only=files)
        with run.phase("publish"):
            report.count(library, files, old, work.rendered)
            problems, report.aliases = corrections.vanished(old.names, library, files)
            report.add((*problems, *site_problems.in_files(files, inputs)))
            if run.good:
                manifest = Manifest(
                    inputs=before.inputs,
                    clock=run.today.isoformat()
                    if site_problems.used_clock(report.warnings)
                    else "",
                    bundles=entries,
                    report=report.kept(),
                    problems=(*report.warnings, *report.errors),
                    dropped=tuple(report.dropped),
                    names={paper.path: paper.key for paper in library.papers if paper.born},
                )
                report.add(output.publish(stage, manifest, before.strangers, old))
                report.published = True
    finally:
        if not report.published:
            output.discard(stage)


def _library(run: Run, inputs: Inputs, tasks: Executor, cache: Cache) -> tuple[Library, Closed]:
    """The library that the site shows, and what the archive of its feed holds."""
    library, whole, records = read_library(run, inputs, tasks, cache)
    if inputs.settings.feed.archive == "none":
        return library, Closed()
    then = closing.Then(records, inputs.corrections, inputs.rules, inputs.settings)
    return library, closing.closed(whole, library, then)
