"""What the rules of RSS and Atom share: elements, their number and their texts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from .feed_faults import AGAIN, Fault, Place, quoted

ATOM: Final = "{http://www.w3.org/2005/Atom}"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ONLY_WORDS: Final = "see the list of elements in the specification"


def text_of(holder: etree._Element, tag: str) -> str:
    """The text of the first such child, without white space around it; "" where there is none."""
    return str(holder.findtext(tag) or "").strip()


def line_of(element: etree._Element) -> int:
    """The line of an element."""
    return int(element.sourceline or 0)


def own(element: etree._Element, tag: str, place: Place) -> Iterator[tuple[str, Place]]:
    """The texts of such children, each with its own line."""
    for child in element.iterchildren(tag):
        yield str(child.text or "").strip(), place._replace(line=line_of(child))


def structure(
    holder: etree._Element, place: Place, known: Mapping[str, int], required: tuple[str, ...]
) -> Iterator[Fault]:
    """Elements that must be there, and those without a namespace of their own that may.

    `known` tells how often each may stand, 0 for any number; it covers the namespace of its names.
    """
    space = next(iter(known)).rpartition("}")[0]
    counts = Counter(child.tag for child in holder.iterchildren(etree.Element))
    for tag in required:
        if not counts[tag]:
            yield place.fault(f"there is no <{_short(tag)}>")
    for tag, count in counts.items():
        if tag in known:
            if known[tag] and count > known[tag]:
                yield place.fault(f"<{_short(tag)}> stands {count} times")
        elif tag.rpartition("}")[0] == space:
            yield place.fault(f"there is no element <{_short(tag)}> here", _ONLY_WORDS)
    for tag in required:
        child = holder.find(tag)
        if child is not None and not len(child) and not (child.text or "").strip():
            at = place._replace(line=line_of(child))
            yield at.fault(f"<{_short(tag)}> is empty")


def values(
    holder: etree._Element, tag: str, place: Place, fault: Callable[[str], str]
) -> Iterator[Fault]:
    """What is wrong with the texts of such children."""
    for text, at in own(holder, tag, place):
        if wrong := fault(text):
            yield at.fault(f"<{_short(tag)}>: {wrong}", AGAIN)


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, or ""."""
    return str(element.get(name) or "")


def foreign(root: etree._Element) -> str:
    """What a document is if it is neither RSS nor Atom."""
    return f"the document is no feed but <{quoted(str(root.tag))[1:-1]}>"


def _short(tag: str) -> str:
    return tag.rpartition("}")[2]
