"""BibTeX values: what stands behind `title =`, to text; and names of people, to names as shown.

A value is one or more pieces with `#` between them: text in braces or quotation marks, a number, or
the name of a string. See "BibTeXing" (Oren Patashnik, 1988), sections 2 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ... import clean
from ..people import people, split_names

_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTED = re.compile(r"(?<!\\)[{}\"]")
_WORD = re.compile(r"[^\s#{}\",=()]+")
_SPACE = re.compile(r"\s*")
_NEXT_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*")
_LONGEST_NAME = 500
_MOST_MACROS_DEEP = 8
_AND = re.compile(r"(?<!\s)\s+and\s", re.IGNORECASE)
_HOMONYM = re.compile(r"\s\d{4}$")  # DBLP tells people of one name apart: "Bo Chen 0002"
_BRACE_OR_AND = re.compile(r"(?<!\\)[{}]|(?:^|(?<!\s)\s+)and(?=\s|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


def value(
    raw: str, macros: Mapping[str, str], more: dict[str, str] | None = None, depth: int = 0
) -> str:
    """The text of a value, macros put in, still in TeX.

    Where a comma is missing the next field stands in the value: it goes into `more` as written.
    """
    if raw[:1] == "{" and raw[-1:] == "}" and _closing(raw, 0) == len(raw) - 1:
        return raw[1:-1]
    pieces: list[str] = []
    at = 0
    while at < len(raw):
        space = _SPACE.match(raw, at)
        at = space.end() if space else at
        start = raw[at : at + 1]
        if start == "{":
            end = _closing(raw, at)
            pieces.append(raw[at + 1 : end])
            at = end + 1
        elif start == '"':
            end = _closing_quote(raw, at)
            pieces.append(raw[at + 1 : end])
            at = end + 1
        elif start == "#":
            at += 1
        else:
            following = _NEXT_FIELD.match(raw, at)
            if following is not None and pieces:
                if more is not None:
                    more.setdefault(following[1].casefold(), raw[following.end() :])
                break
            word = _WORD.match(raw, at)
            if word is None:
                at += 1
                continue
            pieces.append(_macro(word[0], macros, depth))
            at = word.end()
    return "".join(pieces)


def _macro(name: str, macros: Mapping[str, str], depth: int) -> str:
    """What a string's name stands for; the name itself where nothing is known of it."""
    text = macros.get(name.casefold())
    if text is None or depth >= _MOST_MACROS_DEEP:
        return name
    return text


def _closing(raw: str, at: int) -> int:
    """Where the group that opens at `at` closes; the end of the text where it does not."""
    depth = 0
    for brace in _BRACE.finditer(raw, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(raw)


def _closing_quote(raw: str, at: int) -> int:
    depth = 0
    for mark in _QUOTED.finditer(raw, at + 1):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif depth <= 0:
            return mark.start()
    return len(raw)


def names(written: str) -> tuple[str, ...]:
    """The people of an `author` field as shown: given name, particle, family name, suffix."""
    # Imported here as in `bibtex_blocks`. Its `split_multiple_persons_names` is not used: it takes
    # the accent from a name that begins with one (2.1.0: r"A and \'{E}ric").
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    text = " ".join(written.split())
    if not _AND.search(text):
        if ";" in text and "\\" not in text:
            return split_names(text)
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 2 and "{" not in text and not any(map(_SUFFIX.fullmatch, parts)):
            return people(text)  # commas where "and" belongs
    found: list[str] = []
    for one in _people(text):
        if one.casefold() in {"", "others", "et al", "et al."}:
            continue
        shown = one
        if len(one) < _LONGEST_NAME and one.count("{") == one.count("}"):
            name = parse_single_name_into_parts(one, strict=False)
            shown = " ".join([*name.first, *name.von, *name.last, *name.jr])
        person = _HOMONYM.sub("", clean.person(shown))
        if person:
            found.append(person)
    return tuple(found)


def _people(text: str) -> list[str]:
    """The names between which "and" stands outside of all braces."""
    found: list[str] = []
    begin = depth = 0
    for mark in _BRACE_OR_AND.finditer(text):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            found.append(text[begin : mark.start()])
            begin = mark.end()
    found.append(text[begin:])
    return [name.strip() for name in found]


_URL_COMMAND = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}")
_ESCAPE = re.compile(r"\{?\\([_%#&$~{}])(?:\{\})?\}?")
_TILDE = re.compile(r"\{?\\textasciitilde\s*(?:\{\})?\}?|\$\\sim\$")


def addresses(written: str) -> list[str]:
    """The words of a field that may be addresses, without TeX around and in them."""
    text = written
    if "\\" in text or "$" in text:
        text = _URL_COMMAND.sub(r" \1 ", text)
        text = _ESCAPE.sub(r"\1", _TILDE.sub("~", text))
    words = (word.strip("<>{},;") for word in text.split()[:20])
    return [word for word in words if word]
