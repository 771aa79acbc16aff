"""All that goes into a site: found, typed and checked, but not yet read.

Touches the project's files: settings, rules, editorial text, theme; of dumps only their names,
and their bytes for the digest by which a build knows that nothing changed.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec

from . import corrections, dumps, editorial
from .cache import code_digest
from .config import Project, Settings, web_folder
from .corrections import Corrections
from .enrich.topics import Rules, default_rules, load_rules
from .errors import Problem, UsageError
from .executors import Name
from .feed_ids import check_feed_id
from .model import Value
from .plan import Notes, StaticFile, Text
from .readers import broken
from .render.theme import Theme, find


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


class Inputs(Value, frozen=True, kw_only=True):
    """All that goes into a site, found but not read."""

    files: tuple[dumps.DumpFile, ...]
    project: Project
    settings: Settings
    theme: Theme
    rules: Rules
    corrections: Corrections
    texts: tuple[Text, ...]
    notes: Notes
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]


def gather(project: Project, options: Options) -> Inputs:
    """Everything that goes into the site, with the options' settings in place of the file's."""
    settings = project.settings
    if options.base_url is not None:
        settings = msgspec.structs.replace(settings, base_url=web_folder(options.base_url))
    if settings.feed_id:
        check_feed_id(settings.feed_id)
    folder = project.content("dumps")
    places = options.files or ((folder,) if folder else ())
    if not places and project.root is None:
        raise UsageError(
            "there is nothing to build: no project here and no dump given",
            hint="name dumps (sitegen build FILE…), or begin a project (sitegen init DIR)",
        )
    if options.date is not None and not options.files:
        raise UsageError(
            f"--date {options.date} would put all dumps of the project on one day",
            hint="name the dumps it is for, or import them with it: sitegen import FILE --date D",
        )
    notes, problems = editorial.notes(project)
    return Inputs(
        files=tuple(dumps.find(places)),
        project=project,
        settings=settings,
        theme=find(_theme_name(project, options.theme or settings.theme)),
        rules=topic_rules(project),
        corrections=corrections.parse(_text(project, "corrections.toml")),
        texts=editorial.texts(project),
        notes=notes,
        static=editorial.static(project),
        problems=(*broken(), *problems),
    )


def _theme_name(project: Project, name: str) -> str:
    """A theme's name, or its folder; one inside the project is given relative to it."""
    if project.root is not None and (project.root / name).is_dir():
        return str(project.root / name)
    return name


def topic_rules(project: Project) -> Rules:
    """The default topics, extended or replaced by `content/topics.toml`."""
    text = _text(project, "topics.toml")
    return load_rules(text, "content/topics.toml", default_rules()) if text else default_rules()


def _text(project: Project, name: str) -> str:
    """A settings file under `content/`; "" where the project has none."""
    path = project.content(name)
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", file=f"content/{name}", hint="save it as UTF-8 text"
        ) from None


def digest_of(inputs: Inputs, options: Options) -> bytes:
    """The digest of all that bears on what the site shows, and of the code that makes it."""
    digest = blake2b(code_digest().encode(), digest_size=16)
    parts: list[object] = [options.date, options.year, inputs.settings, inputs.rules.digest]
    parts += [inputs.corrections, inputs.theme, [(text.path, text.digest) for text in inputs.texts]]
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
