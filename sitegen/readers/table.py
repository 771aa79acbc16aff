"""Tables of papers: CSV, TSV and their kin, with a header row.

Columns are found by the usual names, in any order and spelling (`usual_names`). The delimiter is
what the header row has. A quotation mark that is never closed would swallow the rest of the file:
such a row is read again as if quotation marks were letters.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import Problem
from ..model import Record
from . import usual_records
from .common import checked, put_out
from .content import Content
from .usual_names import facts, fields_of

NAME = "table"
LABEL = "table with a header row (CSV, TSV)"
SOURCE = "Table"

_DELIMITERS = ("\t", ";", ",")
_MOST_COLUMNS = 500
_MOST_LINES_OF_A_ROW = 200  # an abstract that is broken into lines, not the rest of the file
_LONGEST_LINE = 1_000_000


def sniff(head: str, name: str) -> int:
    """By a header row that names a title and at least one more of the usual columns."""
    lines = [line for line in head.split("\n")[:3] if line.strip()]
    header = next((line for line in lines if not line.lower().startswith("sep=")), "")
    if len(header) > 4_000 or header.lstrip()[:1] in {"{", "[", "<", "|", "#", "@", "%"}:
        return 0
    cells, _ = _header(header)
    known = {field for cell in cells for field, _ in fields_of(cell)}
    if "title" not in known or len(known) < 2 or len(cells) < 2:
        return 0
    return 80 if name.lower().rsplit(".", 1)[-1] in {"csv", "tsv", "tab"} else 70


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each row, with the line on which it begins."""
    yield from checked(_records(content, name), name)


def _records(content: Content, name: str) -> Iterator[Record | Problem]:
    lines = _Lines(content)
    header: list[str] = []
    delimiter = ","
    for line in lines:
        if not line.strip() or line.lower().startswith("sep="):
            continue
        header, delimiter = _header(line)
        break
    if not any(field == "title" for cell in header for field, _ in fields_of(cell)):
        message = "no header row with a column “title”"
        yield put_out(name, lines.number, message, "write the columns' names into the first row")
        return
    place = 0
    for row in _rows(lines, delimiter, len(header)):
        if row.problem:
            yield put_out(name, row.line, row.problem)
        if not any(cell.strip() for cell in row.cells):
            continue
        said: list[str] = []
        known = facts(dict(zip(header, row.cells, strict=False)))
        record = usual_records.record(
            known, file=name, line=row.line, place=place, source=SOURCE, complain=said.append
        )
        for message in said:
            yield put_out(name, row.line, message)
        yield record
        place += 1
    if place == 0:
        yield put_out(name, 0, "no rows below the header", "export the table again")


def _header(line: str) -> tuple[list[str], str]:
    """The cells of the header row, and the delimiter that makes the most usual names of it."""
    best: tuple[int, list[str], str] = (-1, [], ",")
    for delimiter in _DELIMITERS:
        if delimiter in line:
            cells = _cells(line, delimiter)
            known = sum(1 for cell in cells if fields_of(cell))
            if known > best[0]:
                best = (known, cells, delimiter)
    return best[1], best[2]


def _cells(line: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter, quoting=quoting), [])  # type: ignore[arg-type]
    except csv.Error:
        row = line.split(delimiter)
    return [cell.strip() for cell in row[:_MOST_COLUMNS]]


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]
    problem: str = ""


class _Lines:
    """The lines of a dump, of which the last ones can be given back."""

    def __init__(self, content: Content) -> None:
        self._lines = content.lines()
        self._waiting: deque[str] = deque()
        self.number = 0  # of the line that was given last

    def __iter__(self) -> Iterator[str]:
        while (line := self.next()) is not None:
            yield line

    def next(self) -> str | None:
        if self._waiting:
            self.number += 1
            return self._waiting.popleft()
        for _, line in self._lines:
            self.number += 1
            return line[:_LONGEST_LINE].replace("\0", "")
        return None

    def give_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


def _rows(lines: _Lines, delimiter: str, width: int) -> Iterator[_Row]:
    while (line := lines.next()) is not None:
        if not line.strip():
            continue
        yield _row(line, lines, delimiter, width)


def _row(first: str, lines: _Lines, delimiter: str, width: int) -> _Row:
    """The row that begins with this line, and as many more as its quotation marks hold."""
    begin = lines.number
    taken = [first]

    def feed() -> Iterator[str]:
        yield first + "\n"
        while len(taken) <= _MOST_LINES_OF_A_ROW and (line := lines.next()) is not None:
            taken.append(line)
            yield line + "\n"

    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error:
        cells = []
    if cells and (len(taken) == 1 or len(cells) == width):
        return _Row(begin, cells, _width_problem(len(cells), width))
    lines.give_back(taken[1:])
    loose = _cells(first, delimiter)
    if len(loose) != width:
        loose = _cells(first, delimiter, csv.QUOTE_NONE)
    return _Row(begin, loose, "a quotation mark that does not end its cell")


def _width_problem(found: int, width: int) -> str:
    if found == width:
        return ""
    what = "few" if found < width else "many"
    return f"too {what} cells: {found} where the header has {width}"
