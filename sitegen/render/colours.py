"""Colours of a theme's own: `[colours]` of theme.toml, put behind the style sheet. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..errors import UsageError
from ..theme_folders import FACTS, Folder

SHEET: Final = "style.css"
_BOTH: Final = "@media screen { @supports (color: light-dark(#000, #fff))"
_VARIABLE = re.compile(r"(?:^|[\s;{])--([\w-]+)\s*:")
_VALUE = re.compile(r"[#\w\s.,%()/+*-]+")  # no end of a declaration, no address


def override(files: dict[str, bytes], folders: Sequence[Folder]) -> None:
    """Put the colours of themes behind the style sheet among `files`, the own ones last.

    Raises UsageError for a variable that the sheet doesn't have, and for a value that is none.
    """
    sheet = files.get(SHEET, b"").decode(errors="replace")
    known = set(_VARIABLE.findall(sheet))
    rules = "".join(rule for folder in reversed(folders) for rule in _rules(folder, known))
    if rules:
        files[SHEET] = files[SHEET].rstrip() + b"\n" + rules.encode()


def _rules(folder: Folder, known: set[str]) -> Iterator[str]:
    plain, both = [], []
    for name, value in folder.facts.colours.items():
        light, dark = (value, "") if isinstance(value, str) else value
        _check(folder, name, light, known)
        plain.append(f"--{name}: {light}")
        if dark:
            _check(folder, name, dark, known)
            both.append(f"--{name}: light-dark({light}, {dark})")
    if plain:
        yield f"@media screen {{ :root {{ {'; '.join(plain)} }} }}\n"
    if both:
        yield f"{_BOTH} {{ :root {{ {'; '.join(both)} }} }} }}\n"


def _check(folder: Folder, name: str, value: str, known: set[str]) -> None:
    file = str(folder.path / FACTS)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1, 0.5)
        raise UsageError(
            f"the style sheet has no variable {name!r}",
            file=file,
            hint=f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}",
        )
    if not _VALUE.fullmatch(value):
        raise UsageError(
            f"{name!r} has a value that is no colour: {value!r}",
            file=file,
            hint='write one such as "#07596a", or two: ["#07596a", "#84ccd6"]',
        )
