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
from itertools import pairwise

from .. import clean
from ..errors import Problem
from ..formats.content import Content
from ..formats.headers import Header, Kind, header_line
from ..model import Record

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
_OTHER_ENDINGS = (".md", ".rst", ".log", ".csv", ".tsv")
_HEADER_DEPTH = 20  # lines that are looked through for a header
_SNIFFED_LINES = 400


def sniff(head: str, name: str) -> int:
    """By the header; without one, by titles and long abstracts in strict turns."""
    if _FOREIGN_START.match(head):
        return 0
    lines = [line.strip() for line in head.split("\n") if line.strip()][:_SNIFFED_LINES]
    known = [found for line in lines[:_HEADER_DEPTH] if (found := header_line(line))]
    kinds = {found.kind for found in known}
    telling = Kind.INVITATION in kinds or any(found.names_community for found in known)
    body = [line for line in lines if header_line(line) is None]
    in_turns = _in_turns([_shape(line) for line in body])
    if telling:
        return 95 if in_turns else 40 if body else 60
    if Kind.HEADING in kinds and kinds & {Kind.DATE, Kind.BYLINE}:
        return 80 if in_turns else 0
    return 20 if in_turns and _is_bare_list(body, name) else 0


def _in_turns(shapes: list[str]) -> bool:
    """Title and abstract in turn, one slip in ten allowed."""
    pairs = sum(1 for pair in pairwise(shapes) if pair == ("title", "long"))
    return pairs > 0 and pairs >= 0.9 * (len(shapes) // 2)


def _is_bare_list(lines: list[str], name: str) -> bool:
    """Whether lines without a header are a list of papers, and not prose under headings."""
    titles, abstracts = lines[0::2], lines[1::2]
    return (
        len(abstracts) >= 2
        and not name.lower().endswith(_OTHER_ENDINGS)
        and all(len(title.split()) >= 3 for title in titles[:-1])
        and all(len(abstract) >= 2 * LONG for abstract in abstracts[:-1])  # the last is cut off
    )


@dataclass(slots=True)
class _Entry:
    """A title and what has been read of its abstract."""

    line: int
    title: str
    paragraphs: list[str] = field(default_factory=list)

    def has_room(self, paragraph: str) -> bool:
        return sum(map(len, self.paragraphs)) + len(paragraph) <= MOST_OF_AN_ABSTRACT


@dataclass(slots=True)
class _Capture:
    """Where in a capture the reading stands."""

    name: str
    header: Header = field(default_factory=Header)
    entry: _Entry | None = None
    place: int = 0

    @property
    def started(self) -> bool:
        """Whether a paper has been read: titles before the first abstract may be anything."""
        return self.place > 0 or bool(self.entry and self.entry.paragraphs)

    def take_header(self, number: int, line: str, following: str) -> Iterator[Record | Problem]:
        """A line of the header, at the beginning or, in joined captures, between papers."""
        known = header_line(line, started=self.started)
        if known is None:  # a byline where a title may stand as well
            yield from self.take_title(number, line)
            return
        if known.kind is Kind.FURNITURE:
            return
        if self.entry and not self.entry.paragraphs and following == "long":
            yield _unknown(self.name, number, line)  # between a title and its abstract
            return
        if self.entry and not self.started:
            yield _unknown(self.name, self.entry.line, self.entry.title)
            self.entry = None
        yield from self.finish_entry()
        self.header = self.header.with_line(known)
        if known.problem:
            hint = "pin the day with --date, or correct the line"
            yield Problem(file=self.name, line=number, message=known.problem, hint=hint)

    def take_title(self, number: int, line: str) -> Iterator[Record | Problem]:
        """A title: the paper before it is complete."""
        yield from self.finish_entry()
        self.entry = _Entry(number, line)

    def take_abstract(self, number: int, line: str) -> Iterator[Record | Problem]:
        """An abstract, or a paragraph of it."""
        if self.entry is None or (self.entry.paragraphs and not self.entry.has_room(line)):
            message = f"an abstract without a title: {_beginning(line)}"
            hint = "put the paper's title on the line before it"
            yield Problem(file=self.name, line=number, message=message, hint=hint)
        else:
            self.entry.paragraphs.append(line)

    def finish_entry(self) -> Iterator[Record | Problem]:
        """The record of the paper that was being read."""
        if self.entry is None:
            return
        title = clean.title(self.entry.title)
        if not self.entry.paragraphs:
            message = f"a title without an abstract: {_beginning(title)}"
            hint = "if it is no title, remove the line"
            yield Problem(file=self.name, line=self.entry.line, message=message, hint=hint)
        yield Record(
            file=self.name,
            line=self.entry.line,
            place=self.place,
            source=SOURCE,
            title=title,
            abstract=clean.text("\n\n".join(self.entry.paragraphs)),
            header_day=self.header.day,
            curator=self.header.curator,
        )
        self.place += 1
        self.entry = None


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each title, with the date and curator of the header before it."""
    capture = _Capture(name)
    for number, line, shape, following in _shaped(content):
        if shape == "header":
            yield from capture.take_header(number, line, following)
        elif shape == "odd":
            yield _unknown(name, number, line)
        elif shape == "title" or (shape == "prose" and _is_title(capture.entry, line, following)):
            yield from capture.take_title(number, line)
        else:
            yield from capture.take_abstract(number, line)
    yield from capture.finish_entry()
    if capture.place == 0:
        hint = "save the page again as text, or remove the file"
        yield Problem(file=name, line=0, message="no papers in this capture", hint=hint)


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
