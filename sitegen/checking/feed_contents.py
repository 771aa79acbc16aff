"""Rules on the HTML inside of feeds: what readers can show, and whole addresses. Pure.

The same content stands in several feeds and formats, so what was found in it is remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from ..errors import Severity
from .feed_faults import address_fault, quoted

# Readers remove these or refuse the entry (https://validator.w3.org/feed/docs/warning/SecurityRisk).
_DANGEROUS: Final = frozenset(
    {"script", "iframe", "object", "embed", "applet", "form", "input", "button", "meta", "link",
     "base", "frame", "frameset", "noscript", "style"}
)  # fmt: skip
_ADDRESSES: Final = ("href", "src", "poster", "cite", "action")
_NAMES: Final = "p|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|br|img|sub|sup|blockquote|code|pre"
# A text that is all markup: what was escaped once too often.
_ALL_MARKUP = re.compile(rf"\s*<({_NAMES})(?:\s[^<>]*)?>.*</({_NAMES})>\s*", re.DOTALL)
_BEGUN = re.compile(rf"<(?:({_NAMES})(?:\s[^<>]*)?|br ?/?)>")
_REFERENCES = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9A-Fa-f]+);")
_PLAIN = re.compile(r"[^<&]*")


class Flaw(NamedTuple):
    """What is wrong with a content."""

    message: str
    severity: Severity = "error"


@lru_cache(maxsize=4096)
def html_flaws(html: str, *, absolute: bool) -> tuple[Flaw, ...]:
    """What is wrong with HTML in a feed; `absolute` addresses are asked for where that holds."""
    if _PLAIN.fullmatch(html):
        return ()
    root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(remove_comments=True))
    if root is None:
        return (Flaw("the content is no HTML"),)
    found: dict[Flaw, None] = {}
    count = 0
    for element in root.iter(etree.Element):
        count += 1
        if element.tag in _DANGEROUS:
            found[Flaw(f"readers do not show <{element.tag}>")] = None
        for name, value in element.attrib.items():
            for flaw in _attribute_flaws(element.tag, name, value, absolute=absolute):
                found[flaw] = None
    said = "".join(root.itertext())
    if count <= 3 and _ALL_MARKUP.fullmatch(said):  # html, body and our div
        found[Flaw(f"the content is escaped twice: {quoted(said)}")] = None
    elif twice := doubled(said):
        found[twice] = None
    return tuple(found)


def doubled(text: str) -> Flaw | None:
    """A warning of what looks escaped once too often in a text that readers show as it is."""
    match = _REFERENCES.search(text)
    found = match[0] if match else _some_markup(text)
    return (
        Flaw(f"the text seems to be escaped twice: {quoted(found)}", "warning") if found else None
    )


def _some_markup(text: str) -> str:
    """The first element with both of its tags, or a line's break; "" for none."""
    never_ended: set[str] = set()
    for begun in _BEGUN.finditer(text):
        name = begun[1]
        if name is None:
            return begun[0]
        if name in never_ended:
            continue
        end = text.find(f"</{name}>", begun.end())
        if end >= 0:
            return f"{text[begun.start() : end]}</{name}>"
        never_ended.add(name)
    return ""


def _attribute_flaws(tag: str, name: str, value: str, *, absolute: bool) -> list[Flaw]:
    if name.startswith("on"):
        return [Flaw(f"readers run no scripts: {name} of <{tag}>")]
    if name == "style" or name.startswith("data-"):
        return [Flaw(f"readers take {name} of <{tag}> away", "warning")]
    if name not in _ADDRESSES:
        return []
    if value.strip().lower().startswith(("javascript:", "vbscript:", "data:text")):
        return [Flaw(f"this is no address to follow: {quoted(value)}")]
    fault = address_fault(value, web=False, absolute=absolute)
    return [Flaw(f"in the content, {fault}")] if fault else []
