"""The elements of an XML dump, one after the other, whatever state the document is in.

Comes in: a dump's content and the names of the elements that are wanted. Goes out: each of them as
soon as it is closed, and problems. libxml2 does the work under its own limits (depth 256, 10 MB of
text in one node); `blocks` leaves it no entity to expand or to fetch. A break is a problem of its
line: what stands before it and, as far as the parser finds its way back, behind it is read; an
element that is still open at the end is left out. Where a limit ends the parser's work, another
one goes on with the next element that is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, cast

from lxml import etree

from ...config.limits import lift
from ...errors import Problem
from ..content import Content
from ..records import beginning
from .blocks import blocks
from .place import Place

_LAST_SHORT_LINE = 65_535
_MOST_BREAKS = 1_000  # a document with more of them is none
_BREAKS_SHOWN = 3

# XML 1.0, 2.8: prolog ::= XMLDecl? Misc* (doctypedecl Misc*)?
_PROLOG = re.compile(
    r"(?:[\s\ufeff]++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[\]<>]++|\[[^\]]*+\])*>)*", re.DOTALL
)
_ROOT = re.compile(r"<(?:([\w.-]++):)?([\w.-]++)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*)>")
_NAMESPACE = re.compile(r"\sxmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"']*)")

# Elements around the whole: a stray end tag closes one of them, and not the document.
_AROUND = "sitegen-dump"
_OPENING = f"<{_AROUND}>".encode() * 50  # spare end tags

# Behind one of these libxml2 reads no further; it may add what follows from it.
_LIMITS = frozenset({"ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG"})
_WORDS_OF_A_LIMIT = 3
_MOST_RESTARTS = 20
_IN_OUR_WORDS = (  # libxml2 would have its caller lift the limits
    ("Excessive depth in document", "elements nested more than 256 deep"),
    ("Text node too long", "a text of more than 10 MB"),
    ("huge text node", "a text of more than 10 MB"),
    ("AttValue", "an attribute of more than 10 MB"),
)


def root(head: str) -> tuple[str, str]:
    """Namespace and name of the outermost element; two empty texts where there is none."""
    prolog = _PROLOG.match(head)
    found = _ROOT.match(head, prolog.end() if prolog else 0)
    if found is None:
        return "", ""
    spaces = dict(_NAMESPACE.findall(found[3]))
    return spaces.get(found[1] or "", ""), found[2]


def elements(content: Content, name: str, tags: Sequence[str], around: str = "") -> Iterator[Any]:
    """Each element of these names (`{*}item` for any namespace), or a Problem.

    An element is whole while its consumer has it, and emptied when the next one is asked for.
    `around` names an element that many of them may stand in, and whose attributes they need.
    """
    place = Place(tags, around, _OPENING)
    is_too_deep = _deeper_than(content.limits.nesting)
    parsing: _Parsing | None = _Parsing(tags)
    given_up = (0, 0)
    restarts = 0
    for block in blocks(content, name):
        rest = block
        while rest:
            if parsing is None:
                opening, rest = place.behind(rest, *given_up)
                parsing = None if opening is None else _Parsing(tags, opening)
                continue
            for element in parsing.fed(rest):
                yield _too_deep(element, content) if is_too_deep(element) else element
            if parsing.limit is None:
                place.passed(rest)
                break
            if restarts == _MOST_RESTARTS:
                parsing.stopped = True
                break
            yield from parsing.breaks(name)
            given_up, parsing = parsing.limit, None
            restarts += 1
        if parsing is not None and parsing.stopped:
            break
    if parsing is not None:
        yield from parsing.closed(name)


@cache
def _deeper_than(most: int) -> etree.XPath:
    """Whether an element has more than so many within each other."""
    return etree.XPath("boolean(" + "/".join("*" * (most + 1)) + ")")


def _too_deep(element: Any, content: Content) -> Problem:
    most = content.limits.nesting
    return Problem(
        file=content.name,
        line=line_of(element),
        message=f"an entry with more than {most} elements within each other was left out",
        hint=f"correct it, or {lift('nesting')}",
    )


class _Parsing:
    """A parser at work on a document, or on what is left of it."""

    def __init__(self, tags: Sequence[str], opening: bytes = b"") -> None:
        self.stopped = False
        self._last: Any = None
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=[*tags, _AROUND],
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._parser.feed(_OPENING + opening)

    def fed(self, block: bytes) -> Iterator[Any]:
        """The elements that are whole with this block."""
        try:
            self._parser.feed(block)
        except etree.LxmlError:
            self.stopped = True
        for _, element in self._parser.read_events():
            if element.tag == _AROUND:
                self.stopped = element.getparent() is None
                continue
            yield element
            _free(element, self._last)
            self._last = element
        self.stopped = self.stopped or len(self._parser.feed_error_log) > _MOST_BREAKS

    @property
    def limit(self) -> tuple[int, int] | None:
        """Line and column at which a limit ended the work; None while it goes on."""
        last = list(self._parser.feed_error_log)[-_WORDS_OF_A_LIMIT:]
        return next(((one.line, one.column) for one in last if one.type_name in _LIMITS), None)

    def closed(self, name: str) -> Iterator[Problem]:
        """What is to be said at the end of the document."""
        with suppress(etree.LxmlError):  # said in its log
            self._parser.close()
        yield from _cut_off(self._parser, name)
        yield from self.breaks(name)

    def breaks(self, name: str) -> Iterator[Problem]:
        """What is broken so far."""
        return _breaks(self._parser, name, stopped=self.stopped)


def _free(element: Any, last: Any) -> None:
    """Empties what was read and takes the one before it out of the tree."""
    element.clear(keep_tail=True)
    if last is not None and (parent := last.getparent()) is not None:
        parent.remove(last)


def line_of(element: Any) -> int:
    """The line on which an element begins.

    libxml2 keeps lines beyond 65,534 with texts alone: the first text in the element has it then.
    """
    for one in element.iter():
        line = cast(int, one.sourceline or 0)
        if line != _LAST_SHORT_LINE:
            # Beyond it the line is that on which the text ends.
            beyond = line > _LAST_SHORT_LINE and isinstance(one.tag, str)
            return line - (one.text or "").count("\n") if beyond else line
    return _LAST_SHORT_LINE


def text_of(element: Any) -> str:
    """All text in an element; "" for None."""
    if element is None:
        return ""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


# ----------------------------------------------------------------------------- problems


def _cut_off(parser: Any, name: str) -> Iterator[Problem]:
    """What was still open when the document ended: not whole, so not read."""
    for _, element in parser.read_events():
        if element.tag == _AROUND:
            continue
        title = next((text_of(e) for e in element.iter("{*}title")), "")
        which = f": {beginning(title)}" if title.strip() else ""
        yield Problem(
            file=name,
            line=line_of(element),
            message=f"an entry that is cut off was left out{which}",
            hint="capture the file again",
        )


def _breaks(parser: Any, name: str, *, stopped: bool) -> Iterator[Problem]:
    found = list(dict.fromkeys(
        (entry.line, " ".join(entry.message.split()))
        for entry in parser.feed_error_log
        if entry.level > etree.ErrorLevels.WARNING and _is_telling(entry.message)
    ))  # fmt: skip
    for line, message in found[:_BREAKS_SHOWN]:
        said = next((words for part, words in _IN_OUR_WORDS if part in message), message)
        yield Problem(
            file=name,
            line=line,
            message=f"broken XML: {said[:160]}",
            hint="what stands whole around it was read; capture the file again",
        )
    if len(found) > _BREAKS_SHOWN:
        more = f"{len(found) - _BREAKS_SHOWN} more breaks in this XML from here on"
        line = found[_BREAKS_SHOWN][0]
        yield Problem(file=name, line=line, message=more, hint="capture the file again")
    if stopped or len(found) > _MOST_BREAKS:
        message = "reading stopped here: what follows has no structure left"
        line = found[-1][0] if found else 0
        yield Problem(file=name, line=line, message=message, hint="capture the file again")


def _is_telling(message: str) -> bool:
    """Whether it is news: of the document, and not of the elements around it."""
    return _AROUND not in message
