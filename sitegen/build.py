"""A build: the phases in their order. The only place that knows them all.

find → read → settle days → merge → assign topics → plan → render → publish. Each stage is a pure
function over frozen values, `dumps` and `store` aside; what they find wrong is collected here.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from . import dating, dumps, editorial, enrich
from .cache import Cache, code_digest
from .config import Project, Settings
from .enrich.topics import Rules, default_rules, load_rules
from .errors import Problem, SitegenError, UsageError
from .executors import Executor, Name, executor
from .feed_ids import check_feed_id
from .manifest import BundleEntry, FileEntry, Manifest, stale, without
from .merge import merge
from .model import Dropped, Library, Record, Value
from .pages import Page, SiteView
from .plan import Bundle, Notes, StaticFile, Text, plan, site_view
from .render import Renderer
from .render.theme import Theme, find
from .store import Output, Stage

Progress = Callable[[str, int, int], None]  # phase, done, total (0: unknown)


class Options(Value, frozen=True, kw_only=True):
    """What the command line says of a build; None and "" leave it to the settings."""

    files: tuple[Path, ...] = ()
    out: Path | None = None
    base_url: str | None = None
    date: date | None = None
    year: int | None = None
    theme: str = ""
    jobs: int | None = None
    executor: Name = "process"
    full: bool = False
    strict: bool = False


class Report(msgspec.Struct, kw_only=True):
    """What a build did, as `--json` prints it. Times in seconds, sizes in bytes."""

    out: str = ""
    published: bool = False
    papers: int = 0
    listings: int = 0
    days: int = 0
    topics: int = 0
    authors: int = 0
    pages: int = 0
    feeds: int = 0
    files: int = 0
    rendered: int = 0
    unchanged: int = 0
    removed: int = 0
    bytes: int = 0
    unclaimed: list[str] = []
    filtered: dict[str, int] = {}  # how many papers each rule of the settings dropped
    dropped: list[Dropped] = []  # and which
    warnings: list[Problem] = []
    errors: list[Problem] = []
    seconds: float = 0.0
    phases: dict[str, float] = {}
    peak_rss_mb: float = 0.0

    def drop(self, dropped: Sequence[Dropped]) -> None:
        """Count what the settings left out."""
        self.filtered = {one.rule: len(one.titles) for one in dropped}
        self.dropped = list(dropped)

    def add(self, problems: Sequence[Problem]) -> None:
        """File problems by their severity."""
        for problem in problems:
            (self.errors if problem.severity == "error" else self.warnings).append(problem)


class Inputs(Value, frozen=True, kw_only=True):
    """All that goes into a site, found but not read."""

    files: tuple[dumps.DumpFile, ...]
    project: Project
    settings: Settings
    theme: Theme
    rules: Rules
    texts: tuple[Text, ...]
    notes: Notes
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]


def build(project: Project, options: Options, progress: Progress = lambda *_: None) -> Report:
    """Build the site of a project, or of dumps alone; what happened is in the report.

    Raises SitegenError where nothing can be built; the earlier output is then as it was. A report
    with errors, or under `strict` with warnings, says the same of the dumps.
    """
    begun = time.perf_counter()
    report = Report()
    phase = _phases(report, progress)
    with phase("find"):
        inputs = gather(project, options)
        out = options.out or (project.root or Path.cwd()) / "site"
    with Output(out) as output:
        report.out = str(out)
        _build(inputs, options, output, report, phase, progress)
    report.seconds = round(time.perf_counter() - begun, 3)
    report.peak_rss_mb = _peak_rss_mb()
    return report


def _build(
    inputs: Inputs,
    options: Options,
    output: Output,
    report: Report,
    phase: Callable[[str], Any],
    progress: Progress,
) -> None:
    with phase("compare"):
        old = output.manifest() or Manifest()
        today = clock()
        digest = inputs_digest(inputs, options)
        if not options.full and old.inputs == digest and old.clock in {"", today.isoformat()}:
            damaged, strangers = output.damaged(old)
            if not damaged and not strangers:
                _repeat(old, report, strict=options.strict)
                return
        damaged, strangers = output.damaged(old)
        kept = {} if options.full else without(old.bundles, damaged)
    tasks = executor(options.executor, options.jobs)
    cache = Cache(_cache_folder(inputs, output), read=not options.full)
    with phase("read"):
        readings = list(_read(inputs.files, cache, tasks, progress))
    with phase("settle"):
        rule = dating.DayRule(
            today=today,
            given=options.date,
            year=options.year or inputs.settings.dumps.year,
            day=inputs.settings.dumps.day,
        )
        records, problems = settle(readings, rule)
        unclaimed(readings, inputs.files, report)
        report.add((*inputs.problems, *problems))
        if report.errors or (options.strict and report.warnings):
            return
    with phase("merge"):
        library = merge(records)
    with phase("topics"):
        library = enrich.with_topics(library, inputs.rules, tasks, cache)
        library, dropped = enrich.filtered(library, inputs.settings)
        report.drop(dropped)
    with phase("plan"):
        site = site_view(library, inputs.settings, inputs.texts)
        bundles = plan(
            library,
            inputs.settings,
            site,
            notes=inputs.notes,
            editorial=inputs.texts,
            static=inputs.static,
            assets=tuple(inputs.theme.assets()),
        )
        work = Work(Renderer(inputs.theme, site), site, bundles, kept)
    with phase("render"):
        stage = output.stage()
        try:
            entries = work.run(stage, tasks, progress)
        except BaseException:
            output.discard(stage)
            raise
    with phase("publish"):
        _count(library, entries, work, old, report)
        manifest = Manifest(
            inputs=digest,
            clock=today.isoformat() if rule_used_clock(report.warnings) else "",
            bundles=entries,
            report={name: getattr(report, name) for name in _KEPT_COUNTS},
            problems=(*report.warnings, *report.errors),
            dropped=dropped,
        )
        report.add(output.publish(stage, manifest, strangers))
        cache.prune()


def gather(project: Project, options: Options) -> Inputs:
    """Everything that goes into the site, with the options' settings in place of the file's."""
    settings = project.settings
    if options.base_url is not None:
        base_url = options.base_url.rstrip("/") + "/" if options.base_url else ""
        settings = msgspec.structs.replace(settings, base_url=base_url)
    if settings.feed_id:
        check_feed_id(settings.feed_id)
    folder = project.content("dumps")
    places = options.files or ((folder,) if folder else ())
    if not places and project.root is None:
        raise UsageError(
            "there is nothing to build: no project here and no dump given",
            hint="name dumps (sitegen build FILE…), or begin a project (sitegen init DIR)",
        )
    notes, problems = editorial.notes(project)
    return Inputs(
        files=tuple(dumps.find(places)),
        project=project,
        settings=settings,
        theme=find(_theme_name(project, options.theme or settings.theme)),
        rules=topic_rules(project),
        texts=editorial.texts(project),
        notes=notes,
        static=editorial.static(project),
        problems=problems,
    )


def _theme_name(project: Project, name: str) -> str:
    """A theme's name, or its folder; one inside the project is given relative to it."""
    if project.root is not None and (project.root / name).is_dir():
        return str(project.root / name)
    return name


def topic_rules(project: Project) -> Rules:
    """The default topics, extended or replaced by `content/topics.toml`."""
    path = project.content("topics.toml")
    if path is None:
        return default_rules()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("not UTF-8", file="content/topics.toml", hint="save it as UTF-8") from None
    return load_rules(text, "content/topics.toml", default_rules())


def inputs_digest(inputs: Inputs, options: Options) -> bytes:
    """The digest of all that bears on what the site shows, and of the code that makes it."""
    digest = blake2b(code_digest().encode(), digest_size=16)
    parts: list[object] = [options.date, options.year, inputs.settings, inputs.rules.digest]
    parts += [inputs.theme, [(text.path, text.digest) for text in inputs.texts]]
    parts += [sorted((str(day), note[0]) for day, note in inputs.notes.items())]
    parts += [[(file.path, file.digest) for file in inputs.static], inputs.problems]
    digest.update(msgspec.msgpack.encode(parts, order="deterministic"))
    for dump in inputs.files:
        digest.update(b"\0" + dump.name.encode() + b"\0" + dumps.digest(dump))
    return digest.digest()


def clock() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}", hint="unset it"
            ) from None
    return datetime.now(UTC).astimezone().date()


def _cache_folder(inputs: Inputs, output: Output) -> Path:
    root = inputs.project.root or output.folder.parent
    return root / ".sitegen" / "cache"


def _read(
    files: Sequence[dumps.DumpFile], cache: Cache, tasks: Executor, progress: Progress
) -> Iterator[dumps.Reading]:
    packed = tasks.map(lambda dump: dumps.read(dump, cache), files)
    for number, reading in enumerate(packed, 1):
        progress("read", number, len(files))
        yield reading


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


def unclaimed(
    readings: Sequence[dumps.Reading], files: Sequence[dumps.DumpFile], report: Report
) -> None:
    """Count the files that no reader takes; for one that was named its reading has an error."""
    for reading, dump in zip(readings, files, strict=True):
        if not reading.format and not reading.problems:
            report.unclaimed.append(dump.name)


def rule_used_clock(problems: Sequence[Problem]) -> bool:
    """Whether a year was guessed, so that another day could give another site."""
    return any(dating.GUESSED in problem.message for problem in problems)


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
        self._site = blake2b(msgspec.msgpack.encode(site), digest_size=12).digest()
        kinds = sorted({kind for bundle in bundles for kind in bundle.kinds})
        self._print = {kind: renderer.fingerprint(kind).encode() for kind in kinds}
        self._code = code_digest().encode()
        self._digests = {bundle.name: self._digest(bundle) for bundle in bundles}
        self._stale = set(stale(kept, self._digests))
        self.rendered = 0

    def _digest(self, bundle: Bundle) -> bytes:
        digest = blake2b(bundle.facts + self._site + self._code, digest_size=12)
        for kind in sorted(bundle.kinds):
            digest.update(kind.encode() + self._print[kind])
        return digest.digest()

    def run(self, stage: Stage, tasks: Executor, progress: Progress) -> dict[str, BundleEntry]:
        """Fill the stage; what is in it, by bundle."""
        total = sum(bundle.size for bundle in self._bundles)
        entries: dict[str, BundleEntry] = {}
        seen: dict[str, str] = {}
        done = 0
        results = tasks.map(lambda bundle: self._make(stage, bundle), self._bundles)
        for bundle, (files, rendered) in zip(self._bundles, results, strict=True):
            entries[bundle.name] = BundleEntry(self._digests[bundle.name], files)
            self.rendered += rendered
            for path in files:
                _refuse_clash(path, seen)
            done += bundle.size
            progress("render", done, total)
        return entries

    def _make(self, stage: Stage, bundle: Bundle) -> tuple[dict[str, FileEntry], int]:
        if bundle.name not in self._stale:
            kept = self._kept[bundle.name].files
            return {path: stage.keep(path, entry) for path, entry in kept.items()}, 0
        files: dict[str, FileEntry] = {}
        rendered = 0
        for page in bundle.make():
            if page.path in files:
                raise _clash(page.path, page.path)
            digest = self._page_digest(page)
            known = self._files.get(page.path)
            try:
                if known is not None and known.page == digest:
                    files[page.path] = stage.keep(page.path, known)
                else:
                    data = self._renderer.render(page)
                    files[page.path] = stage.write(page.path, data, digest)
                    rendered += 1
            except FileExistsError:
                raise _clash(page.path, page.path) from None
        return files, rendered

    def _page_digest(self, page: Page) -> bytes:
        digest = blake2b(msgspec.msgpack.encode(page), digest_size=12)
        digest.update(self._print[page.kind] + self._site + self._code)
        return digest.digest()


def _refuse_clash(path: str, seen: dict[str, str]) -> None:
    """Two names that differ only in case are one file on many systems."""
    other = seen.setdefault(path.casefold(), path)
    if other is not path:
        raise _clash(path, other)


def _clash(path: str, other: str) -> SitegenError:
    both = path if path == other else f"{path} and {other}"
    return SitegenError(
        f"two pages have one path: {both}",
        hint="rename the file under content/pages or content/static that makes one of them",
    )


_KEPT_COUNTS = ("papers", "listings", "days", "topics", "authors", "pages", "feeds", "files",
                "bytes")  # fmt: skip


def _count(
    library: Library,
    entries: Mapping[str, BundleEntry],
    work: Work,
    old: Manifest,
    report: Report,
) -> None:
    paths = {path: file for bundle in entries.values() for path, file in bundle.files.items()}
    report.papers = len(library.papers)
    report.listings = library.listings
    report.days = sum(day.date is not None for day in library.days)
    report.topics = len({m.slug for paper in library.papers for m in paper.topics})
    report.authors = len({name for paper in library.papers for name in paper.authors})
    report.pages = sum(path.endswith(".html") for path in paths)
    report.feeds = sum(path.endswith(("rss.xml", "atom.xml")) for path in paths)
    report.files = len(paths)
    report.bytes = sum(file.size for file in paths.values())
    report.rendered = work.rendered
    report.unchanged = len(paths) - work.rendered
    report.removed = len(old.files().keys() - paths.keys())
    report.published = True


def _repeat(old: Manifest, report: Report, *, strict: bool) -> None:
    """The report of a build that found everything as it was."""
    for name, value in old.report.items():
        setattr(report, name, value)
    report.unchanged = report.files
    report.add(old.problems)
    report.drop(old.dropped)
    report.published = not (strict and report.warnings)


def _phases(report: Report, progress: Progress) -> Callable[[str], Any]:
    @contextmanager
    def phase(name: str) -> Iterator[None]:
        progress(name, 0, 0)
        begun = time.perf_counter()
        try:
            yield
        finally:
            report.phases[name] = round(time.perf_counter() - begun, 3)

    return phase


def _peak_rss_mb() -> float:
    """The peak memory of this process and its largest child, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    usage = (resource.getrusage(who).ru_maxrss for who in
             (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    return round(max(usage) * unit / 1e6, 1)
