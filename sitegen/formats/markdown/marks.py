"""Marks of Markdown inside one line: links, emphasis, labels, dates.

Comes in: a line or a table's cell. Goes out: its links, its text without marks, what it is a label
of. CommonMark 0.31 (spec.commonmark.org), as far as digests use it, and the HTML they mix in.
Every pattern is bounded: a line of megabytes is read in time proportional to its length.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import NamedTuple

_LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,600})\]"
    r"\(\s{0,9}<?([^\s()<>]{1,2000}+(?:\([^\s()]{0,200}\)[^\s()<>]{0,500}+){0,4})>?"
    r"(?:\s{1,9}[\"'][^\"'\n]{0,300}[\"'])?\s{0,9}\)"
)
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href\s*=\s*[\"']?([^\s\"'<>]{1,2000})[^<>]{0,300}>(.{0,500}?)</a>",
    re.IGNORECASE,
)
_BARE = re.compile(r"https?://[^\s<>()\[\]\"'`|，。；）】*]{1,2000}")
_CUT = re.compile(r"<(su[mp])[a-z]{0,4}\b[^<>]{0,200}>[^<>]{0,300}</\1[a-z]{0,4}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|details|div|em|font|h[1-6]|hr|i|img|kbd|li|ol|p"
    r"|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_MARK = re.compile(r"[<\[*_`\\]")
_COMMENT = re.compile(r"<!--(?:[^<-]++|<(?!!--)|-(?!->))*-->")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"\*\*([^*\n]{1,600}+)\*\*|__([^_\n]{1,600}+)__")
_WRAPPED = re.compile(r"([*_`]{1,3})(.*)\1", re.DOTALL)
_LABEL = re.compile(
    r"[^\w\[(（“\"]{0,16}([^\W_][\w .;&/'’()（）-]{0,40}?)[\s*_`]{0,6}[:：][\s*_`]{0,6}(.*)",
    re.DOTALL,
)
_BOLD_LABEL = re.compile(r"\*\*(?=[^*\n]{1,40}+(?:(?<=[:：])\*\*|\*\*\s{0,2}[:：]))")
_SEPARATORS = " \t|·•,;，；"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<![\d.])(?:(\d{4})\s?([-./年])\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?![\d.]?\d)"
    r"|(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?!\d)"
    r"|(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})(?!\d))"
)


class Link(NamedTuple):
    """A link with the text that is shown for it; "" for an address that stands alone."""

    text: str
    url: str


def links(text: str) -> list[Link]:
    """The links of a line in their order, images left out."""
    found: list[tuple[int, Link]] = []
    rest = text
    if "](" in text:
        found = [(m.start(), Link(m[2], m[3])) for m in _LINK.finditer(text) if not m[1]]
        inside = sum(link.url.count("://") + link.text.count("://") for _, link in found)
        if inside < text.count("://"):
            rest = _LINK.sub(lambda match: " " * len(match[0]), text)
        else:
            rest = ""
    if "<a" in rest or "<A" in rest:
        found += [(m.start(), Link(m[2], unescape(m[1]))) for m in _HTML_LINK.finditer(rest)]
        rest = _HTML_LINK.sub(lambda match: " " * len(match[0]), rest)
    if "://" in rest:
        found += [(m.start(), Link("", m[0].rstrip(".,;:!?"))) for m in _BARE.finditer(rest)]
    if len(found) > 1:
        found.sort(key=lambda pair: pair[0])
    return [link for _, link in found]


def without_links(text: str) -> str:
    """The text without its links and their texts."""
    if "](" in text:
        text = _LINK.sub(" ", text)
    if "<a" in text:
        text = _HTML_LINK.sub(" ", text)
    return _BARE.sub(" ", text) if "://" in text else text


def without_tags(text: str) -> str:
    """The text without HTML tags; what is cut short (superscripts, summaries) goes with its tag."""
    if "<" not in text:
        return text
    if "<!--" in text:
        text = _COMMENT.sub(" ", text)
    return _TAG.sub(lambda m: " " if m[0][1:3].lower() == "br" else "", _CUT.sub("", text))


def without_anchors(text: str) -> str:
    """The text without links to places of the same page: "back to top"."""
    return _LINK.sub(lambda m: "" if m[3][0] == "#" else m[0], text) if "](#" in text else text


def plain(text: str) -> str:
    """The text as it is shown: links as their texts, no marks, no tags."""
    if _MARK.search(text) is None:
        return text.strip()
    text = without_tags(text).strip()
    if "](" in text:
        for _ in range(2):  # an image in a link
            text = _LINK.sub(lambda match: "" if match[1] else match[2], text)
    if "*" in text or "_" in text or "`" in text:
        text = _STRONG.sub(lambda match: match[1] or match[2], text)
        wrapped = _WRAPPED.fullmatch(text.strip())
        if wrapped and wrapped[1][0] not in wrapped[2]:
            text = wrapped[2]
    if "\\" in text and "$" not in text:
        text = _ESCAPED.sub(r"\1", text)
    return text.strip()


def bold(text: str) -> list[str]:
    """What stands in bold, with the links in it."""
    return [match[1] or match[2] for match in _STRONG.finditer(text)] if "*" in text else []


def label(text: str) -> tuple[str, str] | None:
    """A label before a colon, folded, and what stands behind it: "**Authors:** A, B"."""
    if ":" not in text[:80] and "：" not in text[:80] and "<" not in text[:80]:
        return None
    found = _LABEL.match(without_tags(text))
    return (folded(found[1]), found[2]) if found else None


def labelled(line: str) -> list[str]:
    """A line cut before each label in bold: "**Date**: … | **Link**: …" is two."""
    starts = [match.start() for match in _BOLD_LABEL.finditer(line)] if "**" in line else []
    if not starts or starts == [0]:
        return [line]
    cuts = sorted({0, *starts})
    pieces = [line[one:other] for one, other in zip(cuts, [*cuts[1:], len(line)], strict=True)]
    return [piece.strip(_SEPARATORS) for piece in pieces if piece.strip(_SEPARATORS + "->*")]


def folded(words: str) -> str:
    """A label or column's name as the tables of names have it."""
    return " ".join(words.replace("(s)", "s").replace("_", " ").casefold().split()).strip(" .*`")


def day(text: str) -> date | None:
    """The first date in a text, year first or with its month in English."""
    for match in _DATE.finditer(text):
        if match[1]:
            parts = int(match[1]), int(match[3]), int(match[4])
        elif match[5]:
            parts = int(match[7]), _month(match[6]), int(match[5])
        else:
            parts = int(match["year"]), _month(match["month"]), int(match["day"])
        try:
            if 1900 <= parts[0] <= 2200:
                return date(*parts)
        except ValueError:
            continue
    return None


def _month(word: str) -> int:
    start = word[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
