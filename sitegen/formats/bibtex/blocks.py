"""A BibTeX file to its entries and strings, block by block, with what is broken told apart.

bibtexparser 2 splits the text into blocks. It takes a whole text, so a file is given to it in
pieces that begin where a block begins: on a line that starts with `@type{`. (That is where
bibtexparser, too, gives up a block that is still open, so the pieces change nothing.)

Encodings: UTF-8; what the head of the file declares, as JabRef, Emacs and BibDesk write it;
GB 18030 where all bytes beyond ASCII stand in pairs that are Chinese characters; else Windows-1252.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...clean.characters import plain
from ...errors import Problem
from ..content import HEAD_BYTES, Content
from ..records import beginning, put_out

_PIECE = 262_144
_LONGEST_PIECE = 8 * 1024 * 1024  # of lines among which none begins a block

_BLOCK_LINE = re.compile(r"\s*@\w*[ \t]*[{(]")
_DECLARED = re.compile(
    rb"(?m)^%+[^\n]{0,60}?\b(?:encoding|coding)\b[:=\s]\s*(?:[A-Za-z]+ \()?([A-Za-z0-9._-]{2,30})",
    re.IGNORECASE,
)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]+")
_ENDED_EARLY = re.compile(r"field-value closing `,`|end of file|closing bracket")
_DOUBLE_COMMA = re.compile(r",(\s*),")
_FIELD_WITHIN = re.compile(r"(?:,|(?<!\s)[^\S\n]*+\n)\s*+[A-Za-z][\w-]*+\s*=")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is written: `fields` hold values with their braces or quotes."""

    line: int
    kind: str  # lower case
    key: str
    fields: dict[str, str] = field(default_factory=dict)  # names in lower case


@dataclass(frozen=True, slots=True)
class Macro:
    """An `@string`: a name for a text."""

    name: str
    value: str


def blocks(content: Content, name: str) -> Iterator[Entry | Macro | Problem]:
    """Entries and strings in their order; a block that cannot be read is a problem."""
    encoding = _encoding(content)
    if encoding:
        message = f"not UTF-8; read as {encoding}"
        yield put_out(name, 1, message, "save the file as UTF-8")
    for line, piece in _pieces(content):
        yield from _parsed(piece, line, name)


def _pieces(content: Content) -> Iterator[tuple[int, str]]:
    begin, size = 1, 0
    taken: list[str] = []
    for number, line in lines(content):
        begins = size > _PIECE and _BLOCK_LINE.match(line)
        if begins or size > _LONGEST_PIECE:
            yield begin, "\n".join(taken)
            begin, size = number, 0
            taken.clear()
        taken.append(line)
        size += len(line) + 1
    if taken:
        yield begin, "\n".join(taken)


def lines(content: Content) -> Iterator[tuple[int, str]]:
    """The lines of the file with their numbers, whatever encoding it has."""
    encoding = _encoding(content)
    if not encoding:
        yield from content.lines()
        return
    with content.open() as stream, io.TextIOWrapper(stream, encoding, "replace") as text:
        for number, line in enumerate(text, 1):
            yield number, line.rstrip("\n")


def _encoding(content: Content) -> str:
    """The encoding of a file that is not UTF-8, where something says it; else empty."""
    with content.open() as stream:
        start = stream.read(HEAD_BYTES)
    if start.isascii() or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        pass
    else:
        return ""
    declared = _DECLARED.search(start)
    if declared:
        try:
            known = codecs.lookup(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            known = None
        if known is not None and known._is_text_encoding and known.name != "utf-8":  # noqa: SLF001
            return known.name
    runs = _BEYOND_ASCII.findall(start[:-1])
    pairs = runs and all(len(run) % 2 == 0 for run in runs[:-1] or runs)
    if pairs:
        shown = b"\n".join(runs[:-1] or runs).decode("gb18030", "replace")
        if all(_CHINESE.fullmatch(run) for run in shown.split("\n")):
            return "gb18030"
    return ""


def _parsed(piece: str, line: int, name: str) -> Iterator[Entry | Macro | Problem]:
    # Imported where a BibTeX file is read: it takes longer than all of a small build's reading.
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it reports what we report
    library = parse_string(piece, parse_stack=[])
    if any(_has_double_comma(block) for block in library.failed_blocks):
        library = parse_string(_DOUBLE_COMMA.sub(r", \1", piece), parse_stack=[])
    for block in library.blocks:
        at = line + (block.start_line or 0)
        inner = getattr(block, "ignore_error_block", None)
        if isinstance(block, model.DuplicateFieldKeyBlock):
            twice = ", ".join(sorted(block.duplicate_keys)[:3])
            yield put_out(name, at, f"{beginning(twice)} stands twice; the first one counts")
        if isinstance(block, model.Entry):
            yield _entry(block, at)
        elif isinstance(inner, model.Entry):
            yield _entry(inner, at)
        elif isinstance(block, model.String):
            yield Macro(block.key.casefold(), block.value)
        elif isinstance(inner, model.String):
            yield Macro(inner.key.casefold(), inner.value)
        elif isinstance(block, model.ParsingFailedBlock):
            yield from _salvaged(block, at, name)


def _has_double_comma(block: object) -> bool:
    reason = str(getattr(getattr(block, "error", None), "abort_reason", ""))
    return "found `,`" in reason


def _entry(block: object, line: int) -> Entry:
    fields: dict[str, str] = {}
    for one in block.fields:  # type: ignore[attr-defined]
        fields.setdefault(one.key.casefold(), one.value)
    return Entry(line, block.entry_type.casefold(), block.key, fields)  # type: ignore[attr-defined]


def _salvaged(block: object, line: int, name: str) -> Iterator[Entry | Problem]:
    """An entry whose closing brace alone is missing; any other is a problem."""
    from bibtexparser.entrypoint import parse_string

    raw = str(getattr(block, "raw", "")).rstrip()
    reason = str(getattr(getattr(block, "error", None), "abort_reason", "") or "no BibTeX")
    if _ENDED_EARLY.search(reason) and len(raw) < _PIECE:
        closing = ")" if "(" in raw.partition("{")[0] else "}"
        again = parse_string(raw + closing, parse_stack=[]).entries
        if len(again) == 1 and not any(_FIELD_WITHIN.search(one.value) for one in again[0].fields):
            message = "the entry is not closed; what stands before the next one was taken"
            yield put_out(name, line, message, "add the closing brace")
            yield _entry(again[0], line)
            return
    shown = plain(reason.replace("`", "")[:120], paragraphs=False).rstrip(".")
    message = f"an entry that cannot be read was left out: {shown}"
    yield put_out(name, line, message, "correct its braces, quotation marks and commas")
