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
from functools import partial

from ..errors import Problem
from ..formats import usual_records
from ..formats.content import Content
from ..formats.records import Complain, put_out, records
from ..formats.usual_names import fields_of
from ..model import Record

NAME = "table"
LABEL = "table with a header row (CSV, TSV)"
SOURCE = "Table"

_DELIMITERS = ("\t", ";", ",")
_MOST_COLUMNS = 500
_MOST_LINES_OF_A_ROW = 200  # an abstract that is broken into lines, not the rest of the file
_LONGEST_ROW = 200_000
_LONGEST_LINE = 1_000_000
_MOST_BROKEN_ROWS = 100
_QUOTATION = "a quotation mark that does not end its cell"


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
    return records(_rows(content, name), partial(_record, name), name)


def _record(name: str, row: _Row, place: int, complain: Complain) -> Record:
    members = dict(zip(row.header, row.cells, strict=False))
    return usual_records.record(members, name, row.line, place, SOURCE, complain)


def _rows(content: Content, name: str) -> Iterator[_Row | Problem]:
    lines = _Lines(content)
    header: list[str] = []
    delimiter = ","
    while (line := lines.next()) is not None:
        if not line.strip() or line.lower().startswith("sep="):
            continue
        header, delimiter = _header(line)
        break
    if not any(field == "title" for cell in header for field, _ in fields_of(cell)):
        message = "no header row with a column “title”"
        yield put_out(name, lines.number, message, "write the columns' names into the first row")
        return
    row = None
    for row in _Rows(lines, delimiter, header):
        if row.problem:
            yield put_out(name, row.line, row.problem)
        if any(cell.strip() for cell in row.cells):
            yield row
    if row is None:
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
    header: list[str]
    cells: list[str]
    problem: str = ""


class _Lines:
    """The lines of a dump; the last ones can be had again."""

    def __init__(self, content: Content) -> None:
        self._lines = content.lines()
        self._kept: deque[str] = deque(maxlen=_MOST_LINES_OF_A_ROW + 1)
        self._again = 0  # how many of the kept ones come next
        self.number = 0  # of the line that was given last

    def next(self) -> str | None:
        """The next line without its end; None at the end of the dump."""
        if self._again:
            self.number += 1
            self._again -= 1
            return self._kept[len(self._kept) - self._again - 1]
        for _, line in self._lines:
            self.number += 1
            self._kept.append(line[:_LONGEST_LINE].replace("\0", ""))
            return self._kept[-1]
        return None

    def back_to(self, number: int) -> None:
        """Make the line behind the one of this number the next one."""
        self._again += self.number - number
        self.number = number


class _Rows:
    """The rows below the header, each with its line."""

    def __init__(self, lines: _Lines, delimiter: str, header: list[str]) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._header = header
        self._width = len(header)
        self._patience = _MOST_BROKEN_ROWS  # each takes the time of the lines after it

    def __iter__(self) -> Iterator[_Row]:
        while (line := self._lines.next()) is not None:
            if line.strip():
                yield self._row(line)

    def _row(self, first: str) -> _Row:
        """The row that begins with this line, and as many more as its quotation marks hold."""
        begin = self._lines.number
        if '"' not in first:
            cells = _cells(first, self._delimiter, csv.QUOTE_NONE)
            return _Row(begin, self._header, cells, self._width_problem(cells))
        for strict in (True, False) if self._patience else ():
            cells, last = self._quoted(first, strict=strict)
            fits = len(cells) == self._width and (strict or not self._is_row(last))
            if cells and (fits or (strict and not last)):
                return _Row(
                    begin, self._header, cells, self._width_problem(cells) if strict else _QUOTATION
                )
            self._lines.back_to(begin)
        self._patience = max(0, self._patience - 1)
        cells = _cells(first, self._delimiter)
        if len(cells) != self._width:
            cells = [cell.strip('"') for cell in _cells(first, self._delimiter, csv.QUOTE_NONE)]
        return _Row(begin, self._header, cells, _QUOTATION)

    def _is_row(self, line: str) -> bool:
        """Whether a line is a row of its own: then no cell of an earlier one ends on it."""
        return line != "" and len(_cells(line, self._delimiter)) == self._width

    def _quoted(self, first: str, *, strict: bool) -> tuple[list[str], str]:
        """The cells, none if the quotation marks have no end; and the last further line."""
        taken = 1
        last = ""
        ended = False

        def feed() -> Iterator[str]:
            nonlocal taken, last, ended
            size = len(first)
            yield first + "\n"
            while taken < _MOST_LINES_OF_A_ROW and size < _LONGEST_ROW:
                line = self._lines.next()
                if line is None:
                    break
                taken, size, last = taken + 1, size + len(line), line
                yield line + "\n"
            ended = True

        try:
            cells = next(csv.reader(feed(), delimiter=self._delimiter, strict=strict), [])
        except csv.Error:
            cells = []
        return ([] if ended else cells[:_MOST_COLUMNS]), last

    def _width_problem(self, cells: list[str]) -> str:
        if len(cells) == self._width:
            return ""
        what = "few" if len(cells) < self._width else "many"
        return f"too {what} cells: {len(cells)} where the header has {self._width}"
