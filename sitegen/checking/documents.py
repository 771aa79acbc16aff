"""An HTML file to what a check needs of it: references, ids, title, images. Pure.

lxml parses it: its parser (libxml2) takes any text, knows lines, and does 10,000 pages a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

# Where addresses stand (https://html.spec.whatwg.org/multipage/indices.html#attributes-3).
_ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href", "imagesrcset"),
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "object": ("data",),
    "form": ("action",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
_SETS = frozenset({"srcset", "imagesrcset"})
# Elements that take a reader elsewhere, so that a page is found through them.
_WAYS = frozenset({"a", "area", "iframe", "frame"})
_REFRESH = re.compile(r"[\d.]++\s*+[;,]?\s*+(?:url\s*=\s*+)?(['\"]?)(.*?)\1", re.IGNORECASE)
_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:\s+[^,]*)?(?:,|$)")
_STYLE_ADDRESS = re.compile(
    r"/\*.*?(?:\*/|\Z)|url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'()]+))\s*\)"
    r"|@import\s+(?:\"([^\"]*)\"|'([^']*)')",
    re.DOTALL | re.IGNORECASE,
)
_WITH_ID = etree.XPath("//*[@id]", smart_strings=False)


class Reference(NamedTuple):
    """An address in a file. `way`: a reader can follow it; `canonical`: it names the page."""

    url: str
    line: int
    way: bool = False
    canonical: bool = False


class Document(NamedTuple):
    """An HTML file taken apart. `ids` with their lines, in their order."""

    path: str
    title: str | None = None
    ids: tuple[tuple[str, int], ...] = ()
    names: frozenset[str] = frozenset()  # <a name>: further places to lead to
    references: tuple[Reference, ...] = ()
    without_alt: tuple[tuple[str, int], ...] = ()  # source and line of images
    base: str = ""
    hidden: bool = False  # from search engines, by a robots element
    moved: bool = False  # it sends its readers elsewhere
    paper: bool = False  # it says of itself that it shows a scholarly paper
    fault: str = ""  # why it cannot be read as it stands
    fault_line: int = 0


def parse(path: str, data: bytes) -> Document:
    """A file taken apart. One without any markup is no page, and has nothing."""
    if b"<" not in data:
        return Document(path=path, hidden=True)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return Document(path=path, fault="it holds no HTML")
    fault, line = _fault(data, parser)
    said = _Said(root)
    return Document(
        path=path,
        title=said.title,
        ids=tuple((one.get("id"), one.sourceline or 0) for one in _WITH_ID(root)),
        names=frozenset(said.names),
        references=tuple(said.references),
        without_alt=tuple(said.without_alt),
        base=said.base,
        hidden=said.hidden,
        moved=said.moved,
        paper=said.paper,
        fault=fault,
        fault_line=line,
    )


class _Said:
    """What the elements of a document say, collected in one pass."""

    def __init__(self, root: etree._Element) -> None:
        self.title: str | None = None
        self.base = ""
        self.hidden = self.moved = self.paper = False
        self.references: list[Reference] = []
        self.names: set[str] = set()
        self.without_alt: list[tuple[str, int]] = []
        others = {
            "title": self._title,
            "meta": self._meta,
            "base": self._base,
            "style": self._style,
        }
        for element in root.iter(*others, *_ADDRESSES):
            tag, line = element.tag, element.sourceline or 0
            if tag in _ADDRESSES:
                self._refers(tag, element, line)
            else:
                others[tag](element, line)

    def _title(self, element: etree._Element, _: int) -> None:
        if self.title is None and element.getparent().tag != "svg":
            self.title = " ".join("".join(element.itertext()).split())

    def _meta(self, element: etree._Element, line: int) -> None:
        name = (element.get("name") or element.get("http-equiv") or "").lower()
        content = element.get("content") or ""
        if name == "robots":
            self.hidden |= "noindex" in content.lower()
        elif name == "citation_title":
            self.paper = True
        elif name == "refresh" and (to := _REFRESH.fullmatch(content.strip())) and to[2]:
            self.moved = True
            self.references.append(Reference(to[2], line))

    def _base(self, element: etree._Element, _: int) -> None:
        self.base = self.base or (element.get("href") or "").strip()

    def _style(self, element: etree._Element, line: int) -> None:
        self.references += style_references(element.text or "", line)

    def _refers(self, tag: str, element: etree._Element, line: int) -> None:
        self.references += _references(tag, element, line)
        if _lacks_alt(tag, element):
            self.without_alt.append((element.get("src") or element.get("href") or "", line))
        if tag == "a" and (named := element.get("name")):
            self.names.add(named)


def _fault(data: bytes, parser: etree.HTMLParser) -> tuple[str, int]:
    """What keeps a page from being read whole, and its line."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return "this is no UTF-8 text", data.count(b"\n", 0, error.start) + 1
    for entry in parser.error_log.filter_from_fatals():
        return f"it cannot be read to its end: {entry.message}", entry.line
    return "", 0


def _references(tag: str, element: etree._Element, line: int) -> Iterator[Reference]:
    for attribute in _ADDRESSES[tag]:
        value = element.get(attribute)
        if value is None:
            continue
        if attribute in _SETS:
            yield from (Reference(url, line) for url in _CANDIDATE.findall(value))
        elif tag == "link":
            rel = (element.get("rel") or "").lower().split()
            yield Reference(value, line, canonical="canonical" in rel)
        else:
            yield Reference(value, line, way=tag in _WAYS)


def _lacks_alt(tag: str, element: etree._Element) -> bool:
    if tag == "input" and (element.get("type") or "").lower() != "image":
        return False
    if tag not in {"img", "input", "area"} or (tag == "area" and element.get("href") is None):
        return False
    return element.get("alt") is None


def style_references(text: str, line: int = 1) -> Iterator[Reference]:
    """The addresses in a style sheet that begins on a line."""
    for match in _STYLE_ADDRESS.finditer(text):
        url = next(filter(None, match.groups()), "")
        if url:
            yield Reference(url, line + text.count("\n", 0, match.start()))
