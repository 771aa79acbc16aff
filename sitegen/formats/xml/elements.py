"""The elements of an XML dump, one after the other, whatever state the document is in.

Comes in: a dump's content and the names of the elements that are wanted. Goes out: each of them as
soon as it is closed, and problems. libxml2 does the work under its own limits (depth 256, 10 MB of
text in one node); `xml_bytes` leaves it no entity to expand or to fetch. A break is a problem of
its line: what stands before it and, as far as the parser finds its way back, behind it is read; an
element that is still open at the end is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, cast

from lxml import etree

from ...errors import Problem
from ..content import Content
from ..records import beginning
from .blocks import blocks

_LAST_SHORT_LINE = 65_535
_MOST_BREAKS = 1_000  # a document with more of them is none
_BREAKS_SHOWN = 3

# XML 1.0, 2.8: prolog ::= XMLDecl? Misc* (doctypedecl Misc*)?
_PROLOG = re.compile(
    r"(?:[\s\ufeff]|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[\]<>]|\[[^\]]*\])*+>)*+", re.DOTALL
)
_ROOT = re.compile(r"<(?:([\w.-]+):)?([\w.-]+)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)/?>")
_NAMESPACE = re.compile(r"\sxmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"']*)")

# Elements around the whole: a stray end tag closes one of them, and not the document.
_AROUND = "sitegen-dump"
_SPARE_END_TAGS = 50


def root(head: str) -> tuple[str, str]:
    """Namespace and name of the outermost element; two empty texts where there is none."""
    prolog = _PROLOG.match(head)
    found = _ROOT.match(head, prolog.end() if prolog else 0)
    if found is None:
        return "", ""
    spaces = dict(_NAMESPACE.findall(found[3]))
    return spaces.get(found[1] or "", ""), found[2]


def elements(content: Content, name: str, tags: Sequence[str]) -> Iterator[Any]:
    """Each element of these names (`{*}item` for any namespace), or a Problem.

    An element is whole while its consumer has it, and emptied when the next one is asked for.
    """
    parser = etree.XMLPullParser(
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
    last = None
    stopped = False
    parser.feed(f"<{_AROUND}>".encode() * _SPARE_END_TAGS)
    for block in blocks(content, name):
        try:
            parser.feed(block)
        except etree.LxmlError:
            stopped = True
        for _, element in parser.read_events():
            if element.tag == _AROUND:
                stopped = element.getparent() is None
                continue
            yield element
            _free(element, last)
            last = element
        if stopped or len(parser.feed_error_log) > _MOST_BREAKS:
            break
    with suppress(etree.LxmlError):  # said in its log
        parser.close()
    yield from _cut_off(parser, name)
    yield from _breaks(parser, name, stopped=stopped)


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
        yield Problem(
            file=name,
            line=line,
            message=f"broken XML: {message[:160]}",
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
