"""Message files: the texts of the interface, one TOML file per language.

sitegen's own stand in `data/messages`. A theme's `messages/LANGUAGE.toml` adds to them and
overrides them, and the project's `content/messages/LANGUAGE.toml` goes before both. English is
what every other language is held against: its keys, their placeholders.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec

from ..errors import Problem, UsageError
from .locales import ENGLISH
from .words import PLACEHOLDER, Text, Words

FOLDER: Final = "messages"
_FORMS: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
_OPTIONAL: Final = frozenset({"language.locale"})
_SHOWN: Final = 5  # keys that a warning names
_BRACE: Final = re.compile(r"[{}]")

Texts = dict[str, Text]


@lru_cache(maxsize=1)
def english() -> Words:
    """Sitegen's own texts, as they are without a project and a theme."""
    return _words(ENGLISH, _own(ENGLISH))


def spoken(
    language: str, folders: Sequence[Path], setting: str = ""
) -> tuple[Words, tuple[Problem, ...]]:
    """The texts of a language, and what is wrong with them.

    `folders` hold message files beside sitegen's own, those that go before others first; `setting`
    is the file that chose the language. A language nobody has is English, with a warning. Raises
    UsageError for a file that cannot be read, and for texts that fit no place.
    """
    reference = _merged(ENGLISH, folders, {})
    if language.lower() == ENGLISH:
        return _words(language, reference), ()
    for tag in _wider(language):
        texts = _merged(tag, folders, reference) if tag != ENGLISH else {}
        if texts or tag == ENGLISH:
            missing = sorted(reference.keys() - texts.keys()) if texts else []
            found = _words(language, {**reference, **texts})
            return found, tuple(_incomplete(tag, missing))
    return _words(ENGLISH, reference), (_unknown(language, setting),)


def _words(language: str, texts: Texts) -> Words:
    return Words(
        language=language,
        direction=str(texts.get("language.direction", "ltr")),
        locale=str(texts.get("language.locale", language)),
        texts=texts,
    )


def _wider(language: str) -> Iterator[str]:
    """The tag, and what is left of it without its last parts: "zh-Hant-TW", "zh-Hant", "zh"."""
    parts = language.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


def _merged(tag: str, folders: Sequence[Path], reference: Mapping[str, Text]) -> Texts:
    """A language's texts from all places that have some."""
    texts = dict(_own(tag))
    for folder in reversed(folders):
        path = _file(folder, tag)
        if path is not None:
            more = _read(path.read_bytes(), str(path))
            if reference:
                _check(more, reference, str(path))
            texts |= more
    return texts


def _file(folder: Path, tag: str) -> Path | None:
    """The message file of a language, whatever the case of its name."""
    wanted = f"{tag}.toml".lower()
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((path for path in found if path.name.lower() == wanted), None)


@lru_cache(maxsize=4)
def _own(tag: str) -> Texts:
    """Sitegen's own texts of a language; none where it has no such file."""
    for item in (files("sitegen") / "data" / FOLDER).iterdir():
        if item.name.lower() == f"{tag}.toml".lower():
            return _read(item.read_bytes(), item.name)
    return {}


def _read(data: bytes, file: str) -> Texts:
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError("is not UTF-8", file=file, hint="save it as UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"not valid TOML: {error}", file=file, hint='write texts as key = "text"'
        ) from None
    texts: Texts = {}
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            raise _wrong(file, table, "stands outside of a table", "put it under [table]")
        for name, value in entries.items():
            texts[f"{table}.{name}"] = _text(value, file, f"{table}.{name}")
    return texts


def _text(value: Any, file: str, key: str) -> Text:
    forms = value.values() if isinstance(value, dict) else [value]
    if any(isinstance(form, str) and _BRACE.search(PLACEHOLDER.sub("", form)) for form in forms):
        raise _wrong(file, key, "has a brace that belongs to no placeholder", "write {name}")
    if isinstance(value, str):
        return value
    if (
        isinstance(value, dict)
        and "other" in value
        and value.keys() <= _FORMS
        and all(isinstance(form, str) for form in value.values())
    ):
        return {str(form): str(text) for form, text in value.items()}
    raise _wrong(
        file, key, "is no text", 'write "text", or a table of plural forms with "other" among them'
    )


def _check(texts: Texts, reference: Mapping[str, Text], file: str) -> None:
    """Raises UsageError for texts that no place shows, or that lack or add placeholders."""
    for key, text in texts.items():
        wanted = reference.get(key)
        if wanted is None:
            if key in _OPTIONAL:
                continue
            near = difflib.get_close_matches(key, reference, 1, 0.5)
            raise _wrong(
                file, key, "is unknown", f"did you mean {near[0]!r}?" if near else "remove it"
            )
        if isinstance(text, str) != isinstance(wanted, str):
            raise _wrong(
                file, key, "has no plural forms" if isinstance(wanted, str) else "has plural forms",
                f"write it as in English: {msgspec.json.encode(wanted).decode()}",
            )  # fmt: skip
        extra = sorted(placeholders(text) - placeholders(wanted))
        if extra:
            known = ", ".join(f"{{{name}}}" for name in sorted(placeholders(wanted)))
            raise _wrong(
                file,
                key,
                f"has the unknown placeholder {{{extra[0]}}}",
                f"known: {known or 'none'}",
            )


def placeholders(text: Text) -> set[str]:
    """The names of a text's placeholders; of all its forms."""
    forms = [text] if isinstance(text, str) else text.values()
    return {name for form in forms for name in PLACEHOLDER.findall(form)}


def _wrong(file: str, key: str, what: str, hint: str) -> UsageError:
    return UsageError(f"the text {key!r} {what}", file=file, hint=hint)


def _incomplete(tag: str, missing: Sequence[str]) -> Iterator[Problem]:
    if missing:
        named = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        yield Problem(
            file=f"content/{FOLDER}/{tag}.toml",
            line=0,
            message=f"{len(missing)} texts of the pages are not in {tag!r} and stay English: "
            f"{named}",
            hint="add them to this file",
        )


def _unknown(language: str, setting: str) -> Problem:
    own = sorted(item.name.removesuffix(".toml") for item in
                 (files("sitegen") / "data" / FOLDER).iterdir())  # fmt: skip
    return Problem(
        file=setting,
        line=0,
        message=f"nobody has the texts of the pages in {language!r}: they are English",
        hint=f"write content/{FOLDER}/{language}.toml, or choose one of: {', '.join(own)}",
    )
