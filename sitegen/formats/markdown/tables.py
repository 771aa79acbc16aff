"""Tables of papers: GitHub Flavored Markdown 0.29, section 4.10.

Columns are known by what their heads call them; where those say nothing, a row's cells are known by
their shapes: a date, an id in a link, names, a title in bold.
"""

from __future__ import annotations

import re

from .entries import Entry, ids_of, is_title, looks_like_names, paper_link, title_of
from .marks import bold, day, folded, links, plain
from .names import COLUMN_OF

_DELIMITERS = frozenset("|:- \t")
_MOST_COLUMNS = 40
_MOST_CELLS = 200  # that are looked at more than once
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_NOTHING = frozenset({"", "null", "none", "n/a", "-", "nan"})


def is_delimiter(line: str) -> bool:
    """Whether a line parts a table's head from its rows."""
    return "-" in line and "|" in line and _DELIMITERS.issuperset(line)


class Table:
    """A table's columns; `entry` makes a paper of a row."""

    def __init__(self, head: str) -> None:
        names = [folded(plain(cell)) for cell in _cells(head)][:_MOST_COLUMNS]
        self._width = len(names)
        self._fields = [_column(name) for name in names]
        if "title" not in self._fields and "title?" in self._fields:
            self._fields[self._fields.index("title?")] = "title"
        self._fields = ["link" if name == "title?" else name for name in self._fields]
        self._title = self._fields.index("title") if "title" in self._fields else -1
        others = {"authors", "abstract", "summary", "link", "id", "code", "tags", "date"}
        self._sure = self._title >= 0 and len(others & set(self._fields)) >= 2

    def entry(self, line: int, row: str) -> Entry | None:
        """The paper of a row; None where it is none."""
        cells = _cells(row)
        if self._title < 0:
            return _by_shape(line, [cell.strip() for cell in cells])
        if len(cells) > self._width:
            cells = self._joined(cells)
        cells = [cell.strip() for cell in cells]
        if len(cells) <= self._title:
            return None
        found = Entry(line)
        written = cells[self._title]
        title = title_of(written)
        if "](" in written or "href" in written:
            found.take_links(links(written))
        for name, cell in zip(self._fields, cells, strict=False):
            if name and name != "title" and cell.lower() not in _NOTHING:
                found.put(name, cell)
        if not is_title(title):
            return _by_shape(line, cells)
        found.title = title
        return found if found.is_paper or (self._sure and found.relative) else None

    def _joined(self, cells: list[str]) -> list[str]:
        """A row with more bars than columns: bars in brackets or between tags part nothing.

        What is too much after that belongs to the abstract, where there is one, or the title.
        """
        whole: list[str] = []
        for cell in cells:
            if whole and len(cells) <= _MOST_CELLS and _is_open(whole[-1]):
                whole[-1] = f"{whole[-1]}|{cell}"
            else:
                whole.append(cell)
        surplus = len(whole) - self._width
        at = self._fields.index("abstract") if "abstract" in self._fields else self._title
        if surplus <= 0:
            return whole
        return [*whole[:at], "|".join(whole[at : at + surplus + 1]), *whole[at + surplus + 1 :]]


def _is_open(cell: str) -> bool:
    """Whether something begins in a cell that does not end in it."""
    return (
        cell.count("[") > cell.count("]")
        or cell.count("<details") > cell.count("</details")
        or cell.count("$") % 2 == 1
    )


def _column(name: str) -> str:
    """The field that a column holds, by its whole name or a part of it."""
    known = COLUMN_OF.get(name)
    if known is not None:
        return known
    words = name.split()
    return next((COLUMN_OF[word] for word in reversed(words) if word in COLUMN_OF), "")


def _cells(row: str) -> list[str]:
    row = row.strip()
    row = row.removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    if "\\|" in row:
        return [cell.replace("\\|", "|") for cell in _UNESCAPED_BAR.split(row)]
    return row.split("|")


def _by_shape(line: int, cells: list[str]) -> Entry | None:
    """A row that says by itself what it is: it leads to a paper and has its title."""
    found = Entry(line)
    titles: list[tuple[bool, int, str]] = []
    for cell in cells[:_MOST_COLUMNS]:
        inside = links(cell)
        found.take_links(inside)
        shown = plain(cell)
        if len(shown) < 20 and day(shown):
            found.put("date", cell)
        elif " et al" in shown or "et.al" in shown or looks_like_names(shown):
            found.put("authors", cell)
        elif is_title(shown) and not (inside and not paper_link(inside)):
            telling = bool(bold(cell)) or any(ids_of(link.url) for link in inside)
            titles.append((telling, len(shown), title_of(cell)))
    if not found.ids or not titles:
        return None
    found.title = max(titles)[2]
    return found if len(found.title.split()) > 1 else None
