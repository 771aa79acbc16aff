"""An editor's note as plain text: its paragraphs, with addresses behind the words of links."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    {"blockquote", "caption", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p",
     "pre", "table", "tr", "ul"}
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
ITEM: Final = "- "
_RULE: Final = "* * *"


def paragraphs(html: str) -> list[str]:
    """The paragraphs of HTML as `portable` makes it; lines within one end where its lines do."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    """Collects text until the block ends that it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text = ""
        self._item = False  # the next paragraph begins an item of a list
        self._as_it_is = 0  # how many <pre> are open
        self._links: list[tuple[str, int]] = []  # addresses, and where their words begin

    def end(self) -> None:
        """End the paragraph, if there is one."""
        text = self._text if self._as_it_is else _lines(self._text)
        if text.strip():
            self.found.append(f"{ITEM if self._item else ''}{text.strip()}")
            self._item = False
        self._text = ""
        self._links = [(address, 0) for address, _ in self._links]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end()
        self._item = tag == "li" or (self._item and tag not in {"ul", "ol"})
        self._as_it_is += tag == "pre"
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._text)))
        elif tag == "br":
            self._text += "\n"
        elif tag == "hr":
            self.end()
            self.found.append(_RULE)
        elif tag == "img":
            self._text += dict(attrs).get("alt") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end()
            self._item = False
        elif tag in _CELLS:
            self._text += "  "
        elif tag == "a" and self._links:
            address, start = self._links.pop()
            words = self._text[start:].strip()
            if address and words not in {address, address.removeprefix("mailto:")}:
                self._text += f" ({address})"
        self._as_it_is -= tag == "pre" and self._as_it_is > 0

    def handle_data(self, data: str) -> None:
        self._text += data if self._as_it_is else data.replace("\n", " ")


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))
