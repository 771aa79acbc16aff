"""A built folder held against all rules: every file looked at once, in processes, then the whole.

The one place here that reads files.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import msgspec

from ..config import Settings
from ..errors import InputError
from ..executors import Executor
from . import freshness, hosting, sitemap_rules, sitemaps, structure
from .documents import parse
from .findings import Finding, chosen, silences
from .looking import Look, Looker, has_rules
from .site import HOME, Site, scan
from .whole import Whole

_WHOLE_RULES = (*structure.RULES, *sitemap_rules.RULES, *hosting.RULES, *freshness.RULES)


class FileSize(msgspec.Struct, frozen=True):
    """A file and its bytes."""

    file: str
    bytes: int


class Audit(msgspec.Struct, kw_only=True):
    """What a check found, as `--json` prints it. Sizes in bytes, times in seconds."""

    folder: str
    base_url: str
    files: int = 0
    pages: int = 0
    bytes: int = 0
    largest: list[FileSize] = []
    ignored: int = 0  # faults that the settings silence
    warnings: list[Finding] = []
    errors: list[Finding] = []
    seconds: float = 0.0


def check(  # noqa: PLR0913 - all but the first four by keyword
    folder: Path,
    settings: Settings,
    tasks: Executor,
    today: date,
    *,
    name: str = "",
    base_url: str | None = None,
    only: Collection[str] | None = None,
    rules: Collection[str] = (),
) -> Audit:
    """Hold the site in a folder against some `rules`, or all. Faults call the folder `name`.

    The site's address is `base_url`, or what its home page says, or else the settings'. What isn't
    among `only` is passed over: a folder that is being made may hold more. Raises InputError where
    there is no folder, and UsageError for a wrong setting.
    """
    begun = time.perf_counter()
    ignored = silences(settings.check.ignore)
    wanted = chosen(rules)
    if not folder.is_dir():
        raise InputError("there is no built site", file=str(folder), hint="sitegen build makes it")
    try:
        entries = [one for one in scan(folder) if only is None or one.path in only]
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}",
            file=str(error.filename or folder),
            hint="check its permissions",
        ) from None
    if base_url is None:
        base_url = _own_address(folder) or settings.base_url
    site = Site(entries, base_url)
    looks = _looked_at(folder, site, tasks)
    whole = Whole(
        site=site,
        pages={look.summary.path: look.summary for look in looks if look.summary is not None},
        sitemaps={path: sitemaps.parse(path, _read(folder, path)) for path in _sitemaps(site)},
        robots=_read(folder, "robots.txt").decode(errors="replace"),
        today=today,
        stale_after=settings.check.stale_after,
    )
    found = [finding for look in looks for finding in look.findings]
    found += [finding for rule in _WHOLE_RULES for finding in rule(whole)]
    found = [finding for finding in found if finding.rule in wanted]
    told = [one for one in found if not any(silence.covers(one) for silence in ignored)]
    told = [_named(one, name) for one in sorted(told, key=_place)]
    return Audit(
        folder=name or str(folder),
        base_url=base_url,
        files=len(entries),
        pages=len(whole.pages),
        bytes=sum(entry.size for entry in entries),
        largest=[FileSize(_text(entry.path), entry.size) for entry in hosting.largest(entries)],
        ignored=len(found) - len(told),
        warnings=[one for one in told if one.severity == "warning"],
        errors=[one for one in told if one.severity == "error"],
        seconds=round(time.perf_counter() - begun, 3),
    )


def _looked_at(folder: Path, site: Site, tasks: Executor) -> Sequence[Look]:
    paths = [e.path for e in site.entries if not e.link and has_rules(e.path)]
    return list(tasks.map(Looker(folder, site), paths))


def _sitemaps(site: Site) -> list[str]:
    return [path for path in site.numbers if Path(path).match("sitemap*.xml") and "/" not in path]


def _read(folder: Path, path: str) -> bytes:
    """A file's bytes; none for one that is not there."""
    try:
        return (folder / path).read_bytes()
    except OSError:
        return b""


def _own_address(folder: Path) -> str:
    """What the home page says that the site's address is."""
    page = parse(HOME, _read(folder, HOME))
    for reference in page.references:
        if reference.canonical and "://" in reference.url:
            return reference.url.removesuffix(HOME)
    return ""


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.file, finding.line, finding.rule


def _named(finding: Finding, name: str) -> Finding:
    """The fault with its file as it can be typed, and nothing that JSON cannot hold."""
    file = name if finding.file == "." else f"{name}/{finding.file}" if name else finding.file
    return msgspec.structs.replace(finding, file=_text(file), message=_text(finding.message))


def _text(name: str) -> str:
    """A file's name as text: bytes that are none stand as question marks."""
    return name.encode(errors="replace").decode()
