"""Settings: `content/site.toml` checked and typed. Every key has a default.

An unknown key is an error that names the nearest known one; a wrong type or value names the key,
the line and what would be right.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

from .errors import UsageError
from .model import Value

SETTINGS_FILE = "content/site.toml"


class DumpSettings(Value, frozen=True, kw_only=True):
    """`[dumps]`: how days are found."""

    year: Annotated[int, msgspec.Meta(ge=1900, le=2200)] | None = None
    day: Literal["listed", "published"] = "listed"


class FeedSettings(Value, frozen=True, kw_only=True):
    """`[feeds]`: how much a feed holds."""

    entries: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100


class TopicSettings(Value, frozen=True, kw_only=True):
    """`[topics]`: how topic pages are cut."""

    per_page: Annotated[int, msgspec.Meta(ge=5, le=500)] = 50


class Choice(Value, frozen=True, kw_only=True):
    """Papers by what they are: the kinds are alternatives, as are the entries of each."""

    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # slugs
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class IncludeSettings(Choice, frozen=True, kw_only=True):
    """`[include]`: which papers are shown; all where nothing is said."""

    upvotes: Annotated[int, msgspec.Meta(ge=0)] = 0  # of papers whose votes are known


class ExcludeSettings(Choice, frozen=True, kw_only=True):
    """`[exclude]`: which papers are left out."""

    seen_before: bool = False  # from a day, when an earlier one had them


class Settings(Value, frozen=True, kw_only=True):
    """`content/site.toml` as a whole."""

    title: str = "Papers"
    description: str = "New research papers, by day and by topic."
    curator: str = ""
    language: str = "en"
    base_url: str = ""
    feed_id: str = ""
    theme: str = "paper"
    dumps: DumpSettings = DumpSettings()
    feeds: FeedSettings = FeedSettings()
    topics: TopicSettings = TopicSettings()
    include: IncludeSettings = IncludeSettings()
    exclude: ExcludeSettings = ExcludeSettings()


class Project(Value, frozen=True, kw_only=True):
    """A project folder: where things lie. `root` is None for a build of dumps without a project."""

    root: Path | None
    settings: Settings

    def content(self, name: str) -> Path | None:
        """A file or folder under `content/`, where the project has it."""
        if self.root is None:
            return None
        path = self.root / "content" / name
        return path if path.exists() else None


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `content/site.toml`."""
    here = start.resolve()
    return next((f for f in (here, *here.parents) if (f / SETTINGS_FILE).is_file()), None)


def load_project(root: Path | None) -> Project:
    """The project of a folder; raises UsageError for a setting that is wrong."""
    if root is None:
        return Project(root=None, settings=Settings())
    path = root / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", file=SETTINGS_FILE, hint="save it as UTF-8 text"
        ) from None
    return Project(root=root, settings=parse_settings(text, SETTINGS_FILE))


def parse_settings(text: str, file: str) -> Settings:
    """The settings in a TOML text; raises UsageError with file, line and remedy."""
    settings = decode(parse_toml(text, file), Settings, text, file)
    if settings.base_url and not re.match(r"https?://[^/\s]+", settings.base_url):
        raise UsageError(
            f"base_url is no web address: {settings.base_url!r}",
            file=file,
            line=line_of(text, ("base_url",)),
            hint='write the whole address, such as "https://example.org/papers/"',
        )
    url = settings.base_url
    if url and not url.endswith("/"):
        settings = msgspec.structs.replace(settings, base_url=url + "/")
    return settings


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """A TOML text as plain values; raises UsageError with the line of the fault."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise UsageError(
            f"not valid TOML: {message}",
            file=file,
            line=int(at[1]) if at else text.count("\n") + 1,
            hint="texts stand in quotes, lists in [brackets], tables begin with [name]",
        ) from None


T = TypeVar("T", bound=msgspec.Struct)


def decode(values: dict[str, Any], kind: type[T], text: str, file: str) -> T:
    """Plain values as a structure; raises UsageError that names the key and its line."""
    _refuse_unknown(values, kind, text, file, ())
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$.")
        keys = tuple(where.rstrip("`").split(".")) if where else ()
        raise UsageError(
            f"{'.'.join(keys)}: {message[:1].lower()}{message[1:]}" if keys else message,
            file=file,
            line=line_of(text, keys),
            hint="see the page “Settings” for what each key takes",
        ) from None


def _refuse_unknown(
    values: dict[str, Any], kind: type[msgspec.Struct], text: str, file: str, path: tuple[str, ...]
) -> None:
    hints = get_type_hints(kind)
    for key, value in values.items():
        if key not in hints:
            near = difflib.get_close_matches(key, hints, 1, 0.5)
            raise UsageError(
                f"unknown setting {'.'.join((*path, key))!r}",
                file=file,
                line=line_of(text, (*path, key)),
                hint=f"did you mean {near[0]!r}?" if near else f"known: {', '.join(hints)}",
            )
        # A table of its own, or the entries of a list of tables: tuple[Fix, ...].
        inner = next(iter(get_args(hints[key])), hints[key])
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            for table in value if isinstance(value, list) else [value]:
                if isinstance(table, dict):
                    _refuse_unknown(table, inner, text, file, (*path, key))


def line_of(text: str, keys: tuple[str, ...]) -> int:
    """The line, from 1, where a key of a TOML text stands; 0 when it isn't found."""
    if not keys:
        return 0
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        head = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if head:
            table = head[1]
            if keys == tuple(table.split(".")):
                return number
        key = re.match(r"\s*[\"']?([\w-]+)[\"']?(?:\.([\w-]+))?\s*=", line)
        if key:
            here = (*(table.split(".") if table else ()), *(k for k in key.groups() if k))
            if here == keys or here == keys[: len(here)]:
                return number
    return 0
