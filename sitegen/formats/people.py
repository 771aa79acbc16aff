"""People as sources write them, to names as shown: lists, objects, or all in one string."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .. import clean
from .plain_values import NOTHING, kind_of
from .records import Complain

_AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)
_ET_AL = re.compile(r"(?:,\s+|(?<!\s)\s+)et\.?\s*al\.?\s*$", re.IGNORECASE)
_NAME_KEYS = ("name", "fullname", "full_name", "fullName", "literal", "author_name", "authorName")
_GIVEN_KEYS = ("given", "first", "firstName", "first_name", "firstname", "givenName", "forename")
_FAMILY_KEYS = ("family", "last", "lastName", "last_name", "lastname", "familyName", "surname")
_OTHERS = frozenset({"", "others", "et al.", "et al"})
_MOST_PEOPLE = 20_000


def names(value: Any, complain: Complain) -> tuple[str, ...]:
    """The authors as shown, from a list of names or objects, or from one string."""
    if isinstance(value, dict):
        inner = value.get("value")
        value = inner if isinstance(inner, list | str) else [value]
    if isinstance(value, list):
        return _listed_names(value[:_MOST_PEOPLE], complain)
    if isinstance(value, str):
        return split_names(value)
    if value:
        complain(f"authors: {kind_of(value)} where a list of names belongs")
    return ()


def _listed_names(written: list[Any], complain: Complain) -> tuple[str, ...]:
    try:
        if clean.are_shown(written):
            return tuple(written)
    except TypeError:  # not all are texts
        written = list(_written_names(written, complain))
    if written and all(name.count(",") == 1 for name in written):
        return _shown(map(display_name, written))
    return clean.persons(written)


def _written_names(value: list[Any], complain: Complain) -> Iterator[str]:
    for one in value:
        name = one if isinstance(one, str) else _name_of(one)
        if name is None:
            complain(f"authors: {kind_of(one)} where a name belongs")
        elif name:
            yield name


def _name_of(person: Any) -> str | None:
    if isinstance(person, list):  # arXiv's authors_parsed: [family, given, suffix]
        parts = [part for part in person if isinstance(part, str)]
        return " ".join([*parts[1:2], *parts[:1], *parts[2:3]]).strip() if parts else None
    if not isinstance(person, dict):
        return None
    for key in _NAME_KEYS:
        if isinstance(person.get(key), str):
            return str(person[key])
    given = next((person[key] for key in _GIVEN_KEYS if isinstance(person.get(key), str)), "")
    family = next((person[key] for key in _FAMILY_KEYS if isinstance(person.get(key), str)), "")
    inner = person.get("author")
    if isinstance(inner, dict) and "author" not in inner:  # OpenAlex: {"author": {…}, "position"}
        return _name_of(inner)
    return f"{given} {family}".strip() or None


def split_names(written: str) -> tuple[str, ...]:
    """The authors in one string, whatever stands between them.

    Semicolons part "Family, Given" and "Given Family" alike; so does "and" where every part
    has one comma (BibTeX). One comma behind one word turns a name round. Else see `people`.
    """
    if written.lstrip()[:1] == "[" and written.rstrip()[-1:] == "]":  # a list written as text
        written = written.strip()[1:-1].replace("'", "").replace('"', "")
    written = _ET_AL.sub("", written)
    if written.strip().casefold() in NOTHING:
        return ()
    for mark in ";|":
        if mark in written:
            return _shown(display_name(one) for one in written.split(mark) if one.strip())
    parts = [part for part in _AND.split(written) if part.strip()]
    if (
        parts
        and all(part.count(",") == 1 for part in parts)
        and (len(parts) > 1 or _is_turned_round(parts[0]))
    ):
        return _shown(display_name(part) for part in parts)
    return people(written)


def _is_turned_round(name: str) -> bool:
    family, _, given = name.partition(",")
    return len(family.split()) == 1 and 0 < len(given.split()) <= 3


def _shown(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in found if name.casefold() not in _OTHERS)


# ------------------------------------------------------------------------- in one string

_AND_OR_SEMICOLON = re.compile(r"(?<!\s)\s+(?:and|&)\s+|(?:(?<!\s)\s+)?;\s*", re.IGNORECASE)
_COMMA = re.compile(r"(?:(?<!\s)\s+)?(?:,|(?<=ollaboration):)\s*(?:and\s+)?")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
_ET_AL = re.compile(r"(?:et\.? al|others)\.?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)")


def people(written: str) -> tuple[str, ...]:
    """The names in one string, each "Given Family": "A. Ay, B. Be and C. Ce (1, 2)".

    What stands in brackets (affiliations) is left out; "Jr" and its like stay with their name.
    "Ay, A., Be, B." is taken for two names as well.
    """
    text = written
    for _ in range(4):  # brackets in brackets
        if "(" not in text:
            break
        text = _IN_BRACKETS.sub("", text)
    names: list[str] = []
    for part in _AND_OR_SEMICOLON.split(clean.latex_text(" ".join(text.split()))):
        for piece in _COMMA.split(part):
            name = clean.person(piece)
            if name and names and _SUFFIX.fullmatch(name):
                names[-1] = f"{names[-1]} {name}"
            elif any(map(str.isalpha, name)) and not _ET_AL.fullmatch(name):
                names.append(name)
    given = names[1::2]
    if given and len(names) % 2 == 0 and all(map(_INITIALS.fullmatch, given)):
        return tuple(f"{first} {family}" for family, first in zip(names[::2], given, strict=True))
    return tuple(names)


def display_name(written: str) -> str:
    """One name as shown: "Family, Given" and "Family, Jr, Given" are turned round."""
    parts = [part.strip() for part in clean.latex_text(written).split(",")]
    if len(parts) == 2 and not _SUFFIX.fullmatch(parts[1]):
        parts = [parts[1], parts[0]]
    elif len(parts) == 3:
        suffix, given = (
            (parts[1], parts[2]) if _SUFFIX.fullmatch(parts[1]) else (parts[2], parts[1])
        )
        parts = [given, parts[0], suffix]
    return clean.person(" ".join(parts))
