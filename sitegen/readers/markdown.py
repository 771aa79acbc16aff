"""Markdown digests, as the many *-arxiv-daily repositories publish them.

Known shapes, which may stand together in one file: tables of papers; lists; a section per paper,
its title in the heading, in bold or under a label, with labelled parts ("**Authors**: …") or
paragraphs; indexes whose headings lead to a page per paper. Headings above papers are topics, dates
in them the day of the digest. See `markdown_tables`, `markdown_lists`, `markdown_entries`.

A line is looked at once; what is held is one paper at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Problem
from ..formats.categories import arxiv_categories
from ..formats.content import Content
from ..formats.markdown.entries import Entry, is_title, title_of
from ..formats.markdown.lists import ITEM
from ..formats.markdown.lists import entry as list_entry
from ..formats.markdown.marks import (
    day,
    folded,
    label,
    labelled,
    links,
    plain,
    without_anchors,
    without_links,
    without_tags,
)
from ..formats.markdown.names import FIELD_OF, NO_TOPIC
from ..formats.markdown.tables import Table, is_delimiter
from ..formats.records import checked
from ..model import Record

NAME = "markdown"
LABEL = "Markdown digest"

_HEADING = re.compile(r"(#{1,6})(?:\s+|(?=\*\*|\[))(.*)")
_CLOSING_MARKS = re.compile(r"(?:^|\s)#+$")
_RULE = re.compile(r"(?:-\s*+){3,}+|(?:\*\s*+){3,}+|(?:_\s*+){3,}+|={3,}+")
_BOLD_LINE = re.compile(r"(?:\d{1,4}[.)]\s*)?\*\*(?!\*)(.{8,500})\*\*\s*\\?")
_SUMMARY_TAG = re.compile(r"<summary>(.{0,200}?)</summary>", re.IGNORECASE)
_UPDATED = re.compile(r"updat|date|更新|日期|generated|生成", re.IGNORECASE)
_DEFINITION = re.compile(r"\[[^\[\]]{1,80}\]:\s")
_BADGE = re.compile(r"\[!?\[|<!--|</?(?:p|div|img|br|[ou]l|li|details|h\d)\b", re.IGNORECASE)
_OTHER_FORMATS = re.compile(
    r"\ufeff?\s*(?:[{@]|\[\s*[\[{\"\d]|\[\s*\]|TY {1,2}-"
    r"|<(?:\?|!doctype|html|rss|feed|[a-zA-Z]+:))",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\]\(|\*\*|^#{1,6} |^\||^[^\S\n]*[-*+] ", re.MULTILINE)
_ABOUT_PAPERS = re.compile(r"papers?\b|arxiv|论文|論文|精选|文献|preprint|digest", re.IGNORECASE)
_WORDS_IN_A_TITLE = 5  # at the least, on average
_LEVEL_OF_BOLD = 7
_LEVEL_OF_ITEM = 8
_LONGEST_LABELLED = 40_000  # a longer line is text of one label


def sniff(head: str, name: str) -> int:
    """By reading the beginning: papers must take up a good part of it."""
    if _OTHER_FORMATS.match(head) or not _MARKS.search(head):
        return 0
    reader = _Digest()
    papers = sum(1 for _ in reader.entries(enumerate(head.split("\n"), 1)))
    sure = papers - reader.unsure
    share = reader.used / max(1, reader.filled)
    if sure >= 1 and share >= 0.3 and (sure >= 2 or share >= 0.7):
        return 80 if name.lower().endswith((".md", ".markdown", ".mdx", ".txt")) else 70
    long_titles = reader.words >= _WORDS_IN_A_TITLE * reader.unsure
    if reader.unsure >= 3 and share >= 0.6 and long_titles and _ABOUT_PAPERS.search(head[:2000]):
        return 50
    return 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each paper."""
    return checked(_read(content, name), name)


def _read(content: Content, name: str) -> Iterator[Record | Problem]:
    in_name = day(name.rsplit("/", 1)[-1])
    digest = _Digest(in_name.isoformat() if in_name else "")
    for place, found in enumerate(digest.entries(content.lines())):
        yield found.record(name, place)


class _Digest:
    """Where in a digest the reading stands."""

    def __init__(self, day_in_name: str = "") -> None:
        self._day_in_name = day_in_name
        self.filled = 0  # lines that say something
        self.used = 0  # of these, lines of papers
        self.unsure = 0  # papers that only an index makes papers
        self.words = 0  # in the titles of these
        self._day = ""
        self._topics: list[tuple[int, str]] = []
        self._entry: Entry | None = None
        self._level = 0  # of the entry
        self._field = ""  # that the next lines go on with
        self._under_heading = False  # whether it goes on until the next heading
        self._headed = False  # whether there was a heading
        self._table: Table | None = None
        self._before = ""  # the line before, which may be a table's head

    def entries(self, lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
        """The papers in their order."""
        for number, raw in self._outside_of_code(lines):
            line = raw.strip()
            if line:
                yield from self._take(number, raw, line)
            else:
                self._blank()
            self._before = line
        yield from self._finished()

    def _outside_of_code(self, lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The lines, without front matter (its date is taken) and blocks of code."""
        fence = ""
        for number, raw in lines:
            start = raw.lstrip()[:3]
            if number == 1 and raw.strip() == "---":
                fence = "front"
            elif fence == "front":
                self._date_of(raw)
                if start == "---":
                    fence = ""
            elif fence:
                fence = "" if start == fence else fence
            elif start in {"```", "~~~"}:
                fence = start
            else:
                yield number, raw

    def _take(self, number: int, raw: str, line: str) -> Iterator[Entry]:
        first = line[0]
        if first == "#" and (heading := _HEADING.fullmatch(line)):
            yield from self._heading(number, len(heading[1]), heading[2])
            return
        if self._table is not None and "|" in line:
            row = self._table.entry(number, line)
            self.filled += 1
            if row is not None:
                yield from self._finished()
                yield self._placed(row, _LEVEL_OF_ITEM)
                self.used += 1
            return
        if is_delimiter(line) and "|" in self._before:
            self._table = Table(self._before)
            self.filled -= 1
            self._field = ""
            return
        if first in "-*_=" and _RULE.fullmatch(line):
            yield from self._finished()
            return
        if not _BADGE.match(line) and not _DEFINITION.match(line):
            self.filled += 1
        yield from self._text(number, raw, line)

    def _heading(self, number: int, level: int, text: str) -> Iterator[Entry]:
        self._table = None
        text = without_anchors(text if text[-1:] != "#" else _CLOSING_MARKS.sub("", text))
        title = title_of(text)
        field = FIELD_OF.get(folded(title.rstrip(":：")))
        entry = self._entry
        if entry is not None and level > self._level:
            found = links(text)
            if field is not None or (entry.ids and not found):
                self._field, self._under_heading = field or "", field is not None
                entry.lines += 1
                return
        yield from self._finished()
        while self._topics and self._topics[-1][0] >= level:
            self._topics.pop()
        dated = day(without_links(text))
        if dated and "](" not in text:
            self._day = dated.isoformat()
        made = self._placed(Entry(number, title=title), level)
        made.take_links(links(text))
        is_documents = not self._headed and level == 1 and not arxiv_categories([title])
        self._topics.append((level, "" if dated or is_documents else title))
        self._headed = True
        self._entry, self._level, self._field = made, level, ""

    def _text(self, number: int, raw: str, line: str) -> Iterator[Entry]:
        if _DEFINITION.match(line):
            return
        entry = self._entry
        if entry and self._level >= _LEVEL_OF_ITEM and not self._before and not raw[0].isspace():
            yield from self._finished()
            entry = None
        if not self._day and not self.used and len(line) < 120 and _UPDATED.search(line):
            self._date_of(line)
        item = ITEM.match(raw)
        if item and not (entry and entry.is_paper and self._level < _LEVEL_OF_ITEM):
            yield from self._item(number, len(item[1]), item[2])
            return
        whole = _BOLD_LINE.fullmatch(line)
        if whole and not (entry and entry.is_paper and self._level < _LEVEL_OF_BOLD):
            title = title_of(whole[1])
            known = label(line)
            if is_title(title) and len(title.split()) > 2 and (known or [""])[0] not in FIELD_OF:
                yield from self._begin(Entry(number, title=title), _LEVEL_OF_BOLD)
                return
        yield from self._part(number, item[2] if item else line)

    def _item(self, number: int, indent: int, text: str) -> Iterator[Entry]:
        entry, level = self._entry, _LEVEL_OF_ITEM + indent
        known = label(text) if len(text) < _LONGEST_LABELLED else None
        inside = entry is not None and (level > self._level or self._level < _LEVEL_OF_ITEM)
        if known and known[0] in FIELD_OF and (inside or FIELD_OF[known[0]] == "title"):
            yield from self._part(number, text)
            return
        found = list_entry(number, text) if not (inside and self._level >= _LEVEL_OF_ITEM) else None
        if found is not None:
            yield from self._begin(found, level)
        elif inside:
            yield from self._part(number, text)
        elif self._level >= _LEVEL_OF_ITEM:
            yield from self._finished()

    def _part(self, number: int, line: str) -> Iterator[Entry]:
        """A line of a paper: labelled, going on, links, or a paragraph of its own."""
        quoted = line.startswith(">")
        line = line.lstrip("> \t") if quoted else line
        if not line:
            self._blank()
            return
        if self._entry is not None:
            self._entry.lines += 1
        if "<summary" in line and (summary := _SUMMARY_TAG.search(line)):
            self._field = FIELD_OF.get(folded(plain(summary[1]).rstrip(":：")), "")
            line = line[summary.end() :]
        short = len(line) < _LONGEST_LABELLED
        for piece in labelled(line) if short else [line]:
            known = label(piece)
            field = FIELD_OF.get(known[0]) if known else None
            if known is not None and field is not None:
                yield from self._labelled(number, field, known[1])
            elif self._entry is not None:
                self._unlabelled(self._entry, piece)

    def _labelled(self, number: int, field: str, value: str) -> Iterator[Entry]:
        if field == "title":
            entry = self._entry
            if entry is None or entry.is_paper or self._level >= _LEVEL_OF_BOLD:
                yield from self._begin(Entry(number), self._level or _LEVEL_OF_BOLD)
            assert self._entry is not None  # noqa: S101 - just begun
            self._entry.title = title_of(value)
            self._entry.take_links(links(value))
        elif self._entry is not None and value.strip():
            self._entry.put(field, value)
            self._under_heading = False
            if field not in {"link", "id", "abstract", "summary"}:
                self._entry.take_links(links(value))
        self._field = field

    def _unlabelled(self, entry: Entry, line: str) -> None:
        shown = without_tags(line).strip()
        if not shown:
            return
        if self._field and self._field != "title":
            self._go_on(entry, self._field, line)
            return
        found = links(line)
        if found and len(plain(without_links(line))) < 60:
            entry.take_links(found)
        elif not self._field:
            entry.loose.append(line)

    def _go_on(self, entry: Entry, field: str, line: str) -> None:
        """The next line of a labelled part."""
        paragraphs = getattr(entry, field) if field in {"abstract", "summary"} else None
        if paragraphs:
            paragraphs += ["\n" if self._before else "\n\n", plain(line)]
        else:
            entry.put(field, line)

    def _blank(self) -> None:
        """The end of a paragraph; a label without a value waits for its paragraph."""
        self._table = None
        entry, field = self._entry, self._field
        if entry is None or not field or self._under_heading:
            return
        if field in {"link", "id", "title"} or getattr(entry, field, None):
            self._field = ""

    def _begin(self, entry: Entry, level: int) -> Iterator[Entry]:
        yield from self._finished()
        self._entry, self._level, self._field = self._placed(entry, level), level, ""

    def _placed(self, entry: Entry, level: int) -> Entry:
        """The entry with the day and the topic that stand above it."""
        entry.day = self._day or self._day_in_name
        above = (topic for at, topic in reversed(self._topics) if at < level)
        topic = next(above, "")
        entry.topic = "" if folded(topic) in NO_TOPIC else topic
        return entry

    def _finished(self) -> Iterator[Entry]:
        """The paper that was being read, if it is one."""
        entry, self._entry, self._field = self._entry, None, ""
        self._level, self._under_heading = 0, False
        if entry is None:
            return
        if not (entry.is_paper or entry.may_be_paper):
            return
        if not entry.is_paper:
            self.unsure += 1
            self.words += len(entry.title.split())
        self.used += entry.lines
        yield entry

    def _date_of(self, line: str) -> None:
        dated = day(line)
        if dated and not self._day:
            self._day = dated.isoformat()
