"""The objects of a JSON document, one after the other, whatever its shape and state.

Comes in: a dump's content, and the structure that is wanted of an object (a dictionary without
one). Goes out: the objects that may be papers, each with its line, and problems. Known shapes are
JSON lines, a list, lists below a key (`{"papers": […]}`), objects below their ids
(`{"2405.15738": {…}}`), one object alone, and objects without anything between.

What is whole goes the short way: a line, or an element of a list that msgspec has cut into pieces,
is decoded into the structure at once. Everything else goes through a window (`document`) that grows
to the longest object: what is broken is a problem there, and reading goes on with the next object
that can be told, so that a truncated document yields every whole one. Objects in Python's notation
are read as literals (see `literals`).
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from itertools import count
from typing import Any, BinaryIO, cast

import msgspec

from ...errors import Problem
from ..content import LONGEST_LINE, Content
from ..records import beginning
from .document import TITLES, Document, Item, is_paper, papers_in, problem
from .fitting import fitted
from .nesting import HINT, is_too_deep, too_deep
from .pieces import Behind, Rest, pieces
from .window import DECODER, repeated

__all__ = ["Item", "items", "sample"]

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BLOCK = 256 * 1024
_LINES_LOOKED_AT = 20
_MOST_BROKEN_LINES = 20  # that are told one by one
_UNFIT = (msgspec.MsgspecError, ValueError, RecursionError)

MayRepeat = Callable[[bytes, Any], bool]


def title_may_repeat(raw: bytes, value: Any) -> bool:
    """Whether a title stands more often in an object than was decoded."""
    written = raw.count(b'"title"')
    if written < 2 or not isinstance(value, dict):
        return written > 1
    decoded = int("title" in value)
    for inner in value.values():
        if isinstance(inner, dict):
            decoded += "title" in inner
    return written > decoded


def items(
    content: Content,
    name: str,
    kind: type[Any] = dict,
    may_repeat: MayRepeat = title_may_repeat,
) -> Iterator[Item | Problem]:
    """The objects in their order as values of this kind, problems where they arise.

    `may_repeat` says of an object's JSON and value whether a look for keys that stand twice is
    worth its time.
    """
    form = _Form(kind, may_repeat, name, content.limits.nesting)
    with _utf8(content) as stream:
        if _in_lines(content.head):
            yield from _lines(stream, form)
            return
        rest = yield from _listed(stream, form)
        if rest is not None:
            whole = Document(Behind(rest.data, stream), name, rest.line, form.nesting)
            yield from form.plain(whole.items())


@lru_cache(maxsize=2)  # several readers look at the same beginning
def sample(head: str, most: int = 5) -> list[dict[str, Any]]:
    """The first objects of a document whose beginning is given, for recognizing a format."""
    found: list[dict[str, Any]] = []
    if head.lstrip("\ufeff \t\n")[:1] not in {"{", "["}:
        return found
    for item in items(Content.of(head.encode("utf-8", "replace")), "sample"):
        if isinstance(item, Item):
            found.append(item.value)
            if len(found) >= most:
                break
    return found


class _Form:
    """The kind of value that is wanted, and how an object becomes one."""

    def __init__(self, kind: type[Any], may_repeat: MayRepeat, name: str, nesting: int) -> None:
        self.kind = kind
        self.name = name
        self.nesting = nesting
        self.may_repeat = may_repeat
        self.is_plain = kind is dict
        self._decoder = msgspec.json.Decoder(dict[str, Any] if self.is_plain else kind)

    def decoded(self, raw: bytes) -> Any:
        """The value of an object's JSON; None where the long way is to be gone."""
        if is_too_deep(raw, self.nesting):
            return None
        try:
            return self._decoder.decode(raw)
        except _UNFIT:
            return None

    def decoded_lines(self, block: bytes) -> list[Any] | None:
        """The values of lines; None where one of them is to be looked at by itself."""
        try:
            values = self._decoder.decode_lines(block)
        except _UNFIT:
            return None
        lines = block.count(b"\n") + (block[-1] != 0x0A)
        if len(values) != lines or (self.is_plain and any(map(TITLES.isdisjoint, values))):
            return None
        if self.may_repeat is not title_may_repeat or block.count(b'"title"') > lines:
            return None
        if any(is_too_deep(raw, self.nesting) for raw in block.split(b"\n")):
            return None
        return values

    def fits(self, value: Any) -> bool:
        """Whether a value may be a paper."""
        return not self.is_plain or is_paper(value)

    def item(self, raw: bytes, line: int, value: Any) -> Iterator[Item | Problem]:
        """The object, behind what is to be said of its keys."""
        if self.may_repeat(raw, value):
            for key in repeated(raw.decode("utf-8", "replace")):
                said = f"{beginning(key)} stands twice; the last one counts"
                yield problem(self.name, line, said)
        yield Item(line, value)

    def plain(self, found: Iterator[Item | Problem]) -> Iterator[Item | Problem]:
        """Plain objects as values of this kind; a field that does not fit is left out."""
        for item in found:
            if isinstance(item, Problem) or self.is_plain:
                yield item
                continue
            wrong: list[str] = []
            value = fitted(item.value, self.kind, wrong)
            for what in wrong:
                yield problem(self.name, item.line, f"{what} was left out")
            yield Item(item.line, value, item.around)


# ------------------------------------------------------------------------------ encodings


def _utf8(content: Content) -> BinaryIO:
    """The content as a stream of UTF-8; UTF-16 and UTF-32 are turned into it at once."""
    with content.open() as stream:
        start = stream.read(4)
    if start.startswith(_WIDE) or b"\0" in start:
        return io.BytesIO(content.text.encode("utf-8", "replace"))
    return content.open()


# ---------------------------------------------------------------------------------- lines


def _in_lines(head: str) -> bool:
    """Whether each line is an object of its own: at least two lines, and most of them look so."""
    start = head.lstrip("\ufeff \t\n")
    if not start or start[0] == "[":
        return False
    lines = [line.strip() for line in start[: start.rfind("\n") + 1].split("\n")]
    told = [line for line in lines if line][:_LINES_LOOKED_AT]
    whole = sum(1 for line in told if line[0] == "{" and line[-1] == "}")
    rest = start[start.rfind("\n") + 1 :].strip()
    if not told or (len(told) == 1 and (not rest or rest[0] in "[]},")):
        return False
    opened = any(line[-1] in "{[,:" for line in told)  # and goes on in the next line
    return 2 * whole > len(told) or (2 * whole == len(told) and not opened)


def _lines(stream: BinaryIO, form: _Form) -> Iterator[Item | Problem]:
    """The objects of lines, a block at once where all of its lines are whole."""
    number = broken = 0
    while block := stream.read(_BLOCK):
        if block[-1] != 0x0A:
            block += stream.readline(LONGEST_LINE)
        values = form.decoded_lines(block)
        if values is not None:
            yield from map(Item, count(number + 1), values)
            number += len(values)
            continue
        for raw in block.splitlines(keepends=True):
            number += 1
            value = form.decoded(raw)
            if value is not None and form.fits(value):
                yield from form.item(raw, number, value)
                continue
            if len(raw) >= LONGEST_LINE and raw[-1] != 0x0A:
                _skip_line(stream)
                message = f"a line longer than {LONGEST_LINE >> 20} MB was left out"
                found: list[Item | Problem] = [problem(form.name, number, message)]
            else:
                found = list(form.plain(_line(raw, number, form)))
            is_broken = bool(found) and not any(isinstance(item, Item) for item in found)
            broken += is_broken
            if not is_broken or broken <= _MOST_BROKEN_LINES:
                yield from found
    if broken > _MOST_BROKEN_LINES:
        yield problem(form.name, 0, f"{broken - _MOST_BROKEN_LINES} more lines cannot be read")


def _skip_line(stream: BinaryIO) -> None:
    while (more := stream.readline(LONGEST_LINE)) and more[-1] != 0x0A:
        pass


def _line(raw: bytes, number: int, form: _Form) -> Iterator[Item | Problem]:
    """A line that is not simply one object: whatever can be had of it."""
    name = form.name
    line = (raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw).strip()
    if not line:
        return
    text = yield from _decoded(line, number, name)
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    hint = "the lines before and after it were read"
    document = Document(stream, name, number, form.nesting, cut_hint=hint)
    found = list(document.items())
    yield from found or [problem(name, number, "a line that holds no object was left out")]


def _decoded(raw: bytes, line: int, name: str) -> Generator[Problem, None, str]:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        yield problem(name, line, "not UTF-8; read as Windows-1252", "save the file as UTF-8")
        return raw.decode("cp1252", "replace")


# ----------------------------------------------------------------------------------- lists


def _listed(stream: BinaryIO, form: _Form) -> Generator[Item | Problem, None, Rest | None]:
    """The elements of a list, and what could not be read in this way."""
    decoded, may_repeat = form.decoded, form.may_repeat
    found = pieces(stream)
    while True:
        try:
            line, raw = next(found)
        except StopIteration as stopped:
            return cast(Rest | None, stopped.value)
        value = decoded(raw)
        if value is None:
            yield from form.plain(_element(raw, line, form))
            continue
        if may_repeat(raw, value):
            yield from form.item(raw, line, value)
        else:
            yield Item(line, value)


def _element(raw: bytes, line: int, form: _Form) -> Iterator[Item | Problem]:
    """An element that is not simply an object of the kind that is wanted."""
    name = form.name
    if is_too_deep(raw, form.nesting):
        yield problem(name, line, f"broken JSON: {too_deep(form.nesting)}", HINT)
        return
    text = yield from _decoded(raw, line, name)
    try:
        yield from papers_in(DECODER.decode(text), line, name)
    except (ValueError, RecursionError) as error:
        yield problem(name, line, f"broken JSON: {str(error)[:80]}")
