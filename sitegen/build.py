"""A build: the phases in their order. The only place that knows them all.

find → read → settle days → merge → assign topics → plan → render → publish. Each stage is a pure
function over frozen values, `dumps` and `store` aside; what they find wrong is collected here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from . import closing, corrections, dating, dumps, enrich
from .cache import Cache
from .config import Project
from .enrich import queries
from .errors import Problem
from .executors import Executor, executor
from .inputs import Inputs, Options, clock, digest_of, gather
from .making import Progress, Work
from .manifest import BundleEntry, Manifest, without
from .merge import merged
from .model import Library, Record
from .plan import Closed, Contents, Notes, plan, site_view
from .readers import readers
from .render import Renderer
from .report import Report, peak_rss_mb
from .store import Output


def build(project: Project, options: Options, progress: Progress = lambda *_: None) -> Report:
    """Build the site of a project, or of dumps alone; what happened is in the report.

    Raises SitegenError where nothing can be built; the earlier output is then as it was. A report
    with errors, or under `strict` with warnings, says the same of the dumps.
    """
    begun = time.perf_counter()
    run = _Run(options, progress)
    with run.phase("find"):
        inputs = gather(project, options)
        out = options.out or (project.root or Path.cwd()) / "site"
    with Output(out) as output:
        run.report.out = str(out)
        with run.phase("compare"):
            old = output.manifest() or Manifest()
            digest = digest_of(inputs, options)
            damaged, strangers = output.damaged(old)
        if run.nothing_changed(old, digest) and not damaged and not strangers:
            run.report.repeat(old)
            run.report.published = run.good
        else:
            kept = {} if options.full else without(old.bundles, damaged)
            _make(run, inputs, output, old, kept, digest, strangers)
    run.report.seconds = round(time.perf_counter() - begun, 3)
    run.report.peak_rss_mb = peak_rss_mb()
    return run.report


class _Run:
    """What the phases of one build share: options, the clock, and the report they fill."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.options = options
        self.progress = progress
        self.report = Report()
        self.today = clock()

    @property
    def good(self) -> bool:
        """Whether what was found so far may be published."""
        return not self.report.errors and not (self.options.strict and self.report.warnings)

    def nothing_changed(self, old: Manifest, digest: bytes) -> bool:
        """Whether a build would make what is there, as far as what goes in tells."""
        same_day = old.clock in {"", self.today.isoformat()}
        return old.inputs == digest and same_day and not self.options.full

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Say that a phase begins, and note how long it took."""
        self.progress(name, 0, 0)
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.report.phases[name] = round(time.perf_counter() - begun, 3)


def _make(
    run: _Run,
    inputs: Inputs,
    output: Output,
    old: Manifest,
    kept: Mapping[str, BundleEntry],
    digest: bytes,
    strangers: Iterable[str],
) -> None:
    report = run.report
    tasks = executor(run.options.executor, run.options.jobs)
    cache = Cache(_cache_folder(inputs, output), read=not run.options.full)
    library, closed = _library(run, inputs, tasks, cache)
    found = queries.found(library, inputs.settings.feeds)
    report.add(list(queries.problems(library, inputs.settings.feeds, found)))
    if not run.good:
        return
    with run.phase("plan"):
        site = site_view(library, inputs.settings, inputs.texts)
        contents = Contents(
            notes=inputs.notes,
            editorial=inputs.texts,
            static=inputs.static,
            assets=tuple(inputs.theme.assets()),
            ways=corrections.ways(inputs.corrections.alias),
            queries=found,
            closed=closed,
        )
        bundles = plan(library, inputs.settings, site, contents)
        work = Work(Renderer(inputs.theme, site), site, bundles, kept)
    stage = output.stage()
    try:
        with run.phase("render"):
            entries = work.run(stage, tasks, run.progress)
        with run.phase("publish"):
            report.count(library, entries, old, work.rendered)
            paths = {path for bundle in entries.values() for path in bundle.files}
            problems, report.aliases = corrections.vanished(old.names, library, paths)
            report.add(problems)
            if run.good:
                manifest = Manifest(
                    inputs=digest,
                    clock=run.today.isoformat() if _used_clock(report.warnings) else "",
                    bundles=entries,
                    report=report.kept(),
                    problems=(*report.warnings, *report.errors),
                    dropped=tuple(report.dropped),
                    names={paper.path: paper.key for paper in library.papers if paper.born},
                )
                report.add(output.publish(stage, manifest, strangers))
                report.published = True
                cache.prune()
    finally:
        if not report.published:
            output.discard(stage)


def _library(run: _Run, inputs: Inputs, tasks: Executor, cache: Cache) -> tuple[Library, Closed]:
    """From dumps to the library that the site shows, and what the archive of its feed holds.

    Problems go into the report.
    """
    report = run.report
    with run.phase("read"):
        readings = list(_read(inputs.files, cache, tasks, run.progress))
    with run.phase("settle"):
        rule = dating.DayRule(
            today=run.today,
            given=run.options.date,
            year=run.options.year or inputs.settings.dumps.year,
            day=inputs.settings.dumps.day,
        )
        records, problems = settle(readings, rule)
        _unclaimed(readings, inputs.files, report)
        report.add((*inputs.problems, *problems))
    with run.phase("merge"):
        whole, _, unused = merged(records, inputs.corrections)
        library, unmatched = corrections.applied(whole, inputs.corrections)
        report.add((*unused, *unmatched))
    with run.phase("topics"):
        library = enrich.with_topics(library, inputs.rules, tasks, cache)
        library, dropped = enrich.filtered(library, inputs.settings)
        report.drop(dropped)
        report.add(list(_idle(inputs.notes, library)))
        closed = Closed()
        if inputs.settings.feed.archive != "none":

            def look(papers: Library) -> Library:
                return enrich.filtered(enrich.looked_up(papers, inputs.rules), inputs.settings)[0]

            closed = closing.closed(records, whole, library, inputs.corrections, look)
    return library, closed


def _idle(notes: Notes, library: Library) -> Iterator[Problem]:
    """Editors' notes for days that are not shown."""
    for day in sorted(notes.keys() - {day.date for day in library.days}):
        yield Problem(
            file=f"content/days/{day}.md",
            line=0,
            message=f"no list has the day {day}, so the note is on no page",
            hint="name it after a day that has papers, or remove it",
        )


def _cache_folder(inputs: Inputs, output: Output) -> Path:
    root = inputs.project.root or output.folder.parent
    return root / ".sitegen" / "cache"


def _read(
    files: Sequence[dumps.DumpFile], cache: Cache, tasks: Executor, progress: Progress
) -> Iterator[dumps.Reading]:
    """What is cached is read here: to decode it costs less than to have another process do it."""
    known = [dumps.known(dump, cache) for dump in files]
    new = [dump for dump, reading in zip(files, known, strict=True) if reading is None]
    if new:
        readers()  # loaded once for all processes
    packed = tasks.map(lambda dump: dumps.packed(dump, cache), new)
    for number, reading in enumerate(known, 1):
        progress("read", number, len(files))
        yield reading or msgspec.msgpack.decode(next(packed), type=dumps.Reading)


def settle(
    readings: Sequence[dumps.Reading], rule: dating.DayRule
) -> tuple[list[Record], list[Problem]]:
    """All records with their days, and all problems, in the order of the dumps."""
    records: list[Record] = []
    problems: list[Problem] = []
    for reading in readings:
        problems += reading.problems
        dated, said = dating.settle(reading.records, reading.name, rule)
        problems += said
        records += dated
    return records, problems


def _unclaimed(
    readings: Sequence[dumps.Reading], files: Sequence[dumps.DumpFile], report: Report
) -> None:
    """Count the files that no reader takes; for one that was named its reading has an error."""
    for reading, dump in zip(readings, files, strict=True):
        failed = any(said.severity == "error" for said in reading.problems)
        if not reading.format and not failed:
            report.unclaimed.append(dump.name)


def _used_clock(problems: Sequence[Problem]) -> bool:
    """Whether a year was guessed, so that another day could give another site."""
    return any(dating.GUESSED in problem.message for problem in problems)
