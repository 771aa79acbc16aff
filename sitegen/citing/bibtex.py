"""BibTeX of one paper: what its page offers under "Cite".

The text is UTF-8 with LaTeX's special characters escaped, formulas ($…$) kept, braces balanced,
and capitals that a style might lower ({GPT}) protected; fields as in the BibTeX documentation
(Patashnik, BibTeXing, 1988) and arXiv's advice for eprints (https://info.arxiv.org/help/hypertex/
bibstyles/).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from ..model import Paper
from ..person_names import Name, plain, split
from .facts import kind_of, url_of, year_of
from .keys import key_of

_ESCAPES: Final = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    # BibTeX counts escaped braces too, so braces are written as commands.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_SPECIAL = re.compile(r"[&%#_${}~^\\<>|]")
_SPECIAL_OR_WORD = re.compile(r"[&%#_${}~^\\<>|]|[^\W_]+")
# Pandoc's rule for formulas: no white space inside the dollars, no digit after them.
_FORMULA = re.compile(r"(?<!\\)\$(?=\S)([^$]*[^$\s\\])\$(?!\d)")
_FORMULA_SPECIAL = re.compile(r"(?<!\\)[%&#]")
_BRACE = re.compile("[{}]")
_ESCAPED = re.compile(r"\\.")
_NOT_IN_URL = re.compile(r"[\s{}\\\x00-\x1f\x7f]")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")

_VENUE_FIELDS: Final = {"article": "journal", "inproceedings": "booktitle"}


def bibtex(paper: Paper) -> str:
    """The paper as a BibTeX entry, without a line end after it."""
    details = paper.details
    names = [name for name in details.authors if name.strip()]
    year = year_of(paper)
    kind = kind_of(details.venue)
    fields = ",\n".join(
        [f"  {field} = {{{value}}}" for field, value in _fields(paper, names, year, kind)]
    )
    return f"@{kind}{{{key_of(paper, names, year)},\n{fields}\n}}"


def _fields(paper: Paper, names: list[str], year: str, kind: str) -> list[tuple[str, str]]:
    fields = [("title", _title(paper.title))]
    if names:
        fields.append(("author", _authors(names)))
    if kind in _VENUE_FIELDS:
        fields.append((_VENUE_FIELDS[kind], _venue(paper.details.venue)))
    if year:
        fields.append(("year", year))
    arxiv = paper.ids.get("arxiv")
    if arxiv:
        fields += [("eprint", _verbatim(arxiv)), ("archivePrefix", "arXiv")]
        if paper.categories and _CATEGORY.fullmatch(paper.categories[0]):
            fields.append(("primaryClass", paper.categories[0]))
    doi = paper.ids.get("doi")
    if doi:
        fields.append(("doi", _verbatim(doi)))
    url = url_of(paper)
    if url:
        fields.append(("url", _verbatim(url)))
    return fields


@lru_cache(maxsize=1024)
def _venue(name: str) -> str:
    return _escaped(" ".join(name.split()))


def _authors(names: list[str]) -> str:
    line = " and ".join([_in_order(name) for name in names])
    if not _SPECIAL.search(line):  # nearly always: no special characters, and no group
        return line
    return " and ".join([_braced(split(name)) for name in names])


def _in_order(name: str) -> str:
    parts = plain(name)
    return f"{parts[1]}, {parts[0]}" if parts else _author(split(name))


def _braced(name: Name) -> str:
    """A group's name, and one with special characters, in braces: not to be taken apart."""
    text = _author(name)
    if not name.group and not _SPECIAL.search(text):
        return text
    return f"{{{_escaped(' '.join(filter(None, (name.given, name.family, name.suffix))))}}}"


def _author(name: Name) -> str:
    """`Family, Suffix, Given`, which BibTeX takes apart in one way only; a group in braces."""
    family, given, suffix, group = name
    if group:
        return f"{{{family}}}"
    if suffix:
        family = f"{family}, {suffix}"
    return f"{family}, {given}" if given else family


def _title(title: str) -> str:
    words = title.split()
    if title.isupper():  # no capital of it means anything
        return _escaped(" ".join(words))
    if "$" not in title:
        return " ".join([_word(word) for word in words])
    text = " ".join(words)
    done, start = [], 0
    for formula in _FORMULA.finditer(text):
        if _balanced(formula[1]):
            done.append(_words(text[start : formula.start()]))
            done.append(f"${_FORMULA_SPECIAL.sub(_backslashed, formula[1])}$")
            start = formula.end()
    return "".join(done) + _words(text[start:])


def _words(text: str) -> str:
    return " ".join([_word(word) for word in text.split(" ")])


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> str:
    """A word escaped, with those parts in braces that have capitals inside: `{GPT}-4`."""
    if word.isalpha() and word[1:].islower():  # most words: "Learning", "of"
        return word
    return _SPECIAL_OR_WORD.sub(_protected, word)


def _protected(found: re.Match[str]) -> str:
    piece = found[0]
    escape = _ESCAPES.get(piece)
    if escape:
        return escape
    if piece == "A" or piece == piece.lower() or (piece.isalpha() and piece[1:].islower()):
        return piece
    return f"{{{piece}}}"


def _escaped(text: str) -> str:
    if _SPECIAL.search(text):
        return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    return text


def _backslashed(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _balanced(formula: str) -> bool:
    """Whether braces match both for BibTeX, which counts escaped ones, and for other parsers."""
    return _matched(formula) and _matched(_ESCAPED.sub("", formula))


def _matched(formula: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _verbatim(text: str) -> str:
    """For fields that are not LaTeX: what would end the field is percent-encoded."""
    return _NOT_IN_URL.sub(lambda odd: quote(odd[0]), text)
