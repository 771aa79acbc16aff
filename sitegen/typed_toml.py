"""TOML texts to typed values, with the line and the remedy of what is wrong in them.

An unknown key is an error that names the nearest known one; a wrong type or value names the key,
the line and what would be right.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

import msgspec

from .errors import UsageError


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
Keys = tuple[str | int, ...]  # ("dumps", "year"); ("fix", 2, "title") of the third [[fix]]

_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text in quotes",
    "bool": "true or false",
    "array": "a list in brackets",
    "object": "a table",
    "null": "nothing",
    "date": "a date",
    "datetime": "a time",
    "time": "a time",
}


def decode(values: dict[str, Any], kind: type[T], text: str, file: str) -> T:
    """Plain values as a structure; raises UsageError that names the key and its line."""
    _refuse_unknown(values, kind, text, file, ())
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        found = re.findall(r"([\w-]+)|\[(\d+)\]", where)
        keys: Keys = tuple(name or int(index) for name, index in found)
        raise UsageError(
            f"{_dotted(keys)}: {_in_words(message)}",
            file=file,
            line=line_of(text, keys),
            hint="the documentation has what each key takes",
        ) from None


def _in_words(message: str) -> str:
    """What msgspec says of a wrong value, in the words of people who write settings."""
    message = message.replace(" | null`", "`")
    words = re.sub(r"`([a-z]+)`", lambda found: _TYPES.get(found[1], found[0]), message)
    return words[:1].lower() + words[1:]


def _dotted(keys: Keys) -> str:
    return ".".join(str(key) for key in keys if isinstance(key, str))


def _refuse_unknown(
    values: dict[str, Any], kind: type[msgspec.Struct], text: str, file: str, path: Keys
) -> None:
    hints = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in values.items():
        if key not in hints:
            raise UsageError(
                f"unknown setting {_dotted((*path, key))!r}",
                file=file,
                line=line_of(text, (*path, key)),
                hint=_nearest(key, hints),
            )
        # A table of its own, or the entries of a list of tables: tuple[Fix, ...].
        inner = next(iter(get_args(hints[key])), hints[key])
        if not isinstance(inner, type) or not issubclass(inner, msgspec.Struct):
            continue
        for number, table in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(table, dict):
                at = (*path, key, number) if isinstance(value, list) else (*path, key)
                _refuse_unknown(table, inner, text, file, at)


def _nearest(key: str, hints: Mapping[str, Any]) -> str:
    if near := difflib.get_close_matches(key, hints, 1, 0.8):
        return f"did you mean {near[0]!r}?"
    for name, inner in hints.items():
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            known = [field.encode_name for field in msgspec.structs.fields(inner)]
            near = difflib.get_close_matches(key, known, 1, 0.8)
            if near:
                return f"did you mean {near[0]!r} under [{name}]?"
    if near := difflib.get_close_matches(key, hints, 1, 0.5):
        return f"did you mean {near[0]!r}?"
    return f"known here: {', '.join(hints)}"


_HEAD = re.compile(r"\s*(\[\[?)\s*+([^\[\]]*[^\[\]\s])\s*\]")
_KEY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)


def line_of(text: str, keys: Keys) -> int:
    """The line, from 1, where a key of a TOML text or else what holds it stands; 0: not found."""
    table: Keys = ()
    counts: dict[Keys, int] = {}
    best, depth = 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        if head := _HEAD.match(line):
            table = _numbered(head[2], counts, begins=head[1] == "[[")
            here = table
        elif key := _KEY.match(line):
            here = (*table, *_parts(key[1]))
        else:
            continue
        if here == keys[: len(here)] and len(here) > depth:
            best, depth = number, len(here)
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _numbered(dotted: str, counts: dict[Keys, int], *, begins: bool) -> Keys:
    """A table's name with the numbers of the list entries that it is in; `begins` a new one."""
    at: Keys = ()
    parts = _parts(dotted)
    for position, part in enumerate(parts):
        at = (*at, part)
        if begins and position == len(parts) - 1:
            counts[at] = counts.get(at, -1) + 1
        if at in counts:
            at = (*at, counts[at])
    return at
