"""Text captures of a "Daily Papers" page: a header, then titles and abstracts in turn.

The format is what a browser saves as text; nothing but the shape of a line says what it is:

* **header** lines are known by their words (see `headers`), wherever they stand, so that captures
  one after the other in one file are read as well;
* an **abstract** is a line of at least 300 characters. No title is that long (arXiv's longest
  are about 250), and hardly an abstract is shorter;
* a **title** is a shorter line that does not end as a sentence does;
* a shorter line that ends as a sentence does, or holds an address, is **prose**: what it is depends
  on its neighbours. Behind a title it is a short abstract; behind an abstract it is its next
  paragraph, but a title where an abstract follows that would be left without one;
* a line without a letter is none of these: a problem.

So a title never becomes an abstract, and an abstract never a title. Two long lines in a row are
paragraphs of one abstract while they fit into arXiv's limit of 1,920 characters for an abstract
(info.arxiv.org/help/prep); else the second has lost its title, which is a problem of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import clean
from ..errors import Problem
from ..model import Record
from .content import Content
from .headers import Header, Kind, header_line

NAME = "text"
LABEL = "text capture of a Daily Papers page"
SOURCE = "Daily Papers"

LONG = 300
MOST_OF_AN_ABSTRACT = 2_000  # arXiv's 1,920 and room for what a site adds

_SENTENCE_END = re.compile(r"(?<!\.\.)[.。](?:[\"”'’)\]]|'')?$")
_ABBREVIATION_END = re.compile(r"\b(?:al|etc|vs|inc|ltd|co|jr|sr|st|no|vol|pt)\.$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|\bwww\.")
_LETTER = re.compile(r"[^\W\d_]")

# How other formats begin; a capture begins with words.
_FOREIGN_START = re.compile(
    r"\s*(?:[\[{<@#%|;>*+`~=\"]|-\s|---|TY {1,2}-|\d{4}-\d\d-\d\d[ T]\d\d:|\w+,\w+,\w+)"
)
_HEADER_DEPTH = 20  # lines that are looked through for a header


def sniff(head: str, name: str) -> int:
    """By the header; without one, by titles and long abstracts in strict turns."""
    if _FOREIGN_START.match(head):
        return 0
    # The last line may be cut off.
    lines = [line.strip() for line in head.split("\n") if line.strip()][:400]
    known = [found for line in lines[:_HEADER_DEPTH] if (found := header_line(line))]
    kinds = {found.kind for found in known}
    telling = Kind.INVITATION in kinds or any(found.names_community for found in known)
    shapes = [_shape(line) for line in lines if header_line(line) is None]
    if not shapes:
        return 60 if telling else 0
    in_turns = _in_turns(shapes)
    if telling:
        return 95 if in_turns else 40
    if Kind.HEADING in kinds and kinds & {Kind.DATE, Kind.BYLINE}:
        return 80 if in_turns else 0
    if not in_turns or name.lower().endswith((".md", ".rst", ".log", ".csv", ".tsv")):
        return 0
    titles, abstracts = lines[0::2], lines[1::2]
    if len(abstracts) < 2 or any(len(title.split()) < 3 for title in titles[:-1]):
        return 0
    return 20 if all(len(abstract) >= 2 * LONG for abstract in abstracts[:-1]) else 0


def _in_turns(shapes: list[str]) -> bool:
    """Title and abstract in turn, one slip in ten allowed."""
    pairs = list(zip(shapes[0::2], shapes[1::2], strict=False))
    both = sum(1 for pair in zip(shapes, shapes[1:], strict=False) if pair == ("title", "long"))
    return bool(pairs) and both >= 0.9 * len(pairs)


@dataclass(slots=True)
class _Entry:
    """A title and what has been read of its abstract."""

    line: int
    title: str
    paragraphs: list[str] = field(default_factory=list)

    def has_room(self, paragraph: str) -> bool:
        return sum(map(len, self.paragraphs)) + len(paragraph) <= MOST_OF_AN_ABSTRACT


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each title, with the date and curator of the header before it."""
    header = Header()
    entry: _Entry | None = None
    place = 0
    for number, line, shape, following in _shaped(content):
        known = header_line(line, started=place > 0 or (entry is not None and bool(entry.paragraphs)))
        if known is not None and known.kind is Kind.FURNITURE:
            continue
        if known is not None and entry and not entry.paragraphs and following == "long":
            yield _unknown(name, number, line)  # between a title and its abstract
        elif known is not None:
            if entry is not None and not entry.paragraphs and place == 0:
                yield _unknown(name, entry.line, entry.title)
            elif entry is not None:
                yield from _finished(entry, header, name, place)
                place += 1
            entry = None
            header = header.with_line(known)
            if known.problem:
                yield Problem(
                    file=name,
                    line=number,
                    message=known.problem,
                    hint="pin the day with --date, or correct the line",
                )
        elif shape == "odd":
            yield _unknown(name, number, line)
        elif shape == "title" or (shape == "prose" and _is_title(entry, line, following)):
            if entry is not None:
                yield from _finished(entry, header, name, place)
                place += 1
            entry = _Entry(number, line)
        elif entry is None or (entry.paragraphs and not entry.has_room(line)):
            yield Problem(
                file=name,
                line=number,
                message=f"an abstract without a title: {_beginning(line)}",
                hint="put the paper's title on the line before it",
            )
        else:
            entry.paragraphs.append(line)
    if entry is not None:
        yield from _finished(entry, header, name, place)
        place += 1
    if place == 0:
        yield Problem(
            file=name,
            line=0,
            message="no papers in this capture",
            hint="save the page again as text, or remove the file",
        )


def _shaped(content: Content) -> Iterator[tuple[int, str, str, str]]:
    """Line number, line, its shape, and the shape of the next line; blank lines are left out."""
    previous: tuple[int, str, str] | None = None
    for number, raw in content.lines():
        line = raw.strip()
        if not line:
            continue
        shape = "header" if header_line(line) is not None else _shape(line)
        if previous is not None:
            yield (*previous, shape)
        previous = (number, line, shape)
    if previous is not None:
        yield (*previous, "")


def _shape(line: str) -> str:
    if len(line) >= LONG:
        return "long"
    if not _LETTER.search(line):
        return "odd"
    if _ADDRESS.search(line):
        return "prose"
    ends = _SENTENCE_END.search(line) and not _ABBREVIATION_END.search(line)
    return "prose" if ends else "title"


def _is_title(entry: _Entry | None, line: str, following: str) -> bool:
    """Whether prose is a title: where the abstract behind it would be left without one."""
    if following != "long" or _ADDRESS.search(line):
        return False
    return entry is None or bool(entry.paragraphs)


def _finished(entry: _Entry, header: Header, name: str, place: int) -> Iterator[Record | Problem]:
    title = clean.title(entry.title)
    if not entry.paragraphs:
        yield Problem(
            file=name,
            line=entry.line,
            message=f"a title without an abstract: {_beginning(title)}",
            hint="if it is no title, remove the line",
        )
    yield Record(
        file=name,
        line=entry.line,
        place=place,
        source=SOURCE,
        title=title,
        abstract=clean.text("\n\n".join(entry.paragraphs)),
        header_day=header.day,
        curator=header.curator,
    )


def _unknown(name: str, line: int, text: str) -> Problem:
    return Problem(
        file=name,
        line=line,
        message=f"neither title nor abstract: {_beginning(text)}",
        hint="the line was left out",
    )


def _beginning(text: str) -> str:
    short = clean.title(text[:200])
    return f"“{short[:60].rstrip()}…”" if len(short) > 60 else f"“{short}”"
