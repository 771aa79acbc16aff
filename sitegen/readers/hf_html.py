"""Hugging Face's Daily Papers page, saved from the browser as HTML.

The page embeds what it shows as JSON, in the attribute `data-props` of the element whose
`data-target` is `DailyPapers`: `dailyPapers` holds items like those of the API, `dateString` the
day (of a week's or month's page: no day). Where no item can be had of it (a page saved by other
means, or cut off early), the page's articles give title, id, votes and submitter. The page of one
paper gives this paper, and none of those it recommends.

Browsers save pages differently: with attributes in another order and in either quotation marks,
with absolute addresses, with all style sheets before the papers, or as a single file (MHTML,
RFC 2557), of which the part that is the page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from functools import partial
from html import unescape
from typing import Any

import msgspec
from lxml import etree

from .. import clean
from ..errors import Problem
from ..formats import daily_papers
from ..formats.content import Content
from ..formats.identifiers import identifiers
from ..formats.json.items import items
from ..formats.records import Nothing, checked, put_out, records
from ..model import Record

NAME = "hf-html"
LABEL = "Daily Papers page saved as HTML"

_NOTHING = Nothing(
    "no papers on this page", "save the page again when it has loaded, or remove the file"
)

_HTML = re.compile(
    r"\ufeff?\s*+(?:<!--(?:[^-]|-(?!->)){0,500}-->\s*+)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_MHTML = re.compile(r"(?:From: <Saved by|(?:[\w-]{1,40}: [^\n]{0,500}\n){0,20}MIME-Version:)")
_PART = re.compile(r"\n\n?Content-Type: text/html", re.IGNORECASE)
_TARGET = re.compile(r"data-target\s*=\s*[\"']?DailyPapers\b")
_OF_PAPERS = r"https?://(?:[\w-]{1,60}\.)*(?:huggingface\.co|hf-mirror\.com|hf\.co)/papers\b"
# Where a page says what it is: its address, as the browser or the page itself has it.
_ADDRESS = re.compile(
    r"(?:saved from url=(?:\(\d+\))?|\burl:\s*|rel=[\"']?canonical\b[^<>]{0,200}?href=[\"']?"
    r"|property=[\"']?og:url\b[^<>]{0,200}?content=[\"']?|Snapshot-Content-Location:\s*"
    r"|<meta\s+content=[\"']?(?=[^<>]{0,400}?\bog:url\b)"
    r"|<link\s+href=[\"']?(?=[^<>]{0,400}?\bcanonical\b))"
    rf"({_OF_PAPERS}[^\s\"'<>]{{0,300}})"
)
_TITLE = re.compile(
    r"<title[^<>]{0,200}>\s*Daily Papers\s*[-–|]\s*Hugging Face\s*</title", re.IGNORECASE
)
_DAY = re.compile(r"/papers(?:/date/|\?(?:[^#]{0,200}&)?date=)(\d{4}-\d\d-\d\d)(?![\d-])")
_PAPER = re.compile(
    r"/papers/((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?/?(?:$|[?#])"
)
_LIST = re.compile(r"(?:&quot;|&#34;|\")dailyPapers(?:&quot;|&#34;|\")\s*:\s*(?=\[)")
_PROPS = re.compile(r"data-props\s*=\s*([\"'])")
# Where the attribute ends: what follows goes on with the element. A mark that got into the JSON
# does not end it.
_ENDS = {mark: re.compile(rf"{mark}(?=\s*/?>|\s+[\w:-]+\s*=|\s*\Z)") for mark in "\"'"}
_DATE_STRING = re.compile(r"\"dateString\"\s*:\s*\"(\d{4}-\d\d-\d\d)\"")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,7}")
_COUNT = re.compile(r"(\d{1,5})\s+authors?\b")
_SUBMITTED = re.compile(r"Submitted by\s+(\S.{0,80})")


def sniff(head: str, name: str) -> int:
    """By the element that holds the papers, the page's own address, or its title."""
    del name
    if _MHTML.match(head):
        return 85 if _ADDRESS.search(head) else 0
    if not _HTML.match(head):
        return 0
    if _TARGET.search(head) or _LIST.search(head):
        return 95
    return 85 if _ADDRESS.search(head) or _TITLE.search(head) else 0


def read(content: Content, name: str) -> Iterator[Record | Problem]:
    """A record for each paper of the page."""
    text, line = content.text, 0
    if _MHTML.match(content.head):
        text, line = _page(content)
        if not text:
            hint = "save it as “webpage, HTML only”"
            yield put_out(name, 0, "no page in this MHTML file", hint)
            return
    found = 0
    for item in _read(text, name):
        found += isinstance(item, Record)
        yield msgspec.structs.replace(item, line=line) if line else item
    if not found:
        yield put_out(name, 0, _NOTHING.message, _NOTHING.hint)


def _page(content: Content) -> tuple[str, int]:
    """The page in an MHTML file and the line on which it begins; "" where there is none."""
    for part in message_from_bytes(content.data).walk():
        if part.get_content_type() == "text/html":
            raw = part.get_payload(decode=True)
            page = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
            begins = _PART.search(content.text)
            return page, content.text.count("\n", 0, begins.end()) + 1 if begins else 1
    return "", 0


def _read(text: str, name: str) -> Iterator[Record | Problem]:
    embedded = _embedded(text)
    if embedded is not None:
        found = list(_from_json(*embedded, name))
        yield from found
        if not found or any(isinstance(item, Record) for item in found):
            return
    yield from checked(_from_markup(text, name), name)


# ------------------------------------------------------------------- the embedded JSON


def _embedded(text: str) -> tuple[int, str] | None:
    """The line and the JSON of the attribute that holds the list of papers; whole or cut off."""
    found = _LIST.search(text)
    if found is None:
        return None
    start = text.rfind("data-props", 0, found.start())
    opening = _PROPS.match(text, start) if start >= 0 else None
    if opening is None:
        return None
    end = _ENDS[opening[1]].search(text, found.end())
    raw = text[opening.end() : end.start() if end else len(text)]
    return text.count("\n", 0, start) + 1, unescape(raw)


def _from_json(line: int, props: str, name: str) -> Iterator[Record | Problem]:
    """The records of the list, all at the line of the element that holds it."""
    dated = _DATE_STRING.search(props)
    header_day = dated[1] if dated else ""
    found = items(Content.of(_list_in(props), name), name, daily_papers.Item)
    made = records(found, partial(daily_papers.record, name), name)
    for item in made:
        if isinstance(item, Record):
            day = item.header_day or header_day
            yield msgspec.structs.replace(item, line=line, header_day=day)
        else:
            yield msgspec.structs.replace(item, line=line)


def _list_in(props: str) -> bytes:
    """The list of papers alone, where the JSON is whole; else all of it."""
    data = props.encode("utf-8", "replace")
    try:
        return bytes(msgspec.json.decode(data, type=dict[str, msgspec.Raw])["dailyPapers"])
    except (msgspec.MsgspecError, KeyError, RecursionError, ValueError):
        return data


# --------------------------------------------------------------------------- the markup


def _from_markup(text: str, name: str) -> Iterator[Record]:
    address = _ADDRESS.search(text, 0, 200_000)
    own = unescape(address[1]) if address else ""
    parser = etree.HTMLParser(recover=True, huge_tree=True, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return
    single = _PAPER.search(own)
    found = _single(root, single[1], name) if single else _articles(root, _day_of(own), name)
    for place, record in enumerate(found):
        yield msgspec.structs.replace(record, place=place)


def _day_of(address: str) -> str:
    found = _DAY.search(address)
    return found[1] if found else ""


def _articles(root: Any, day: str, name: str) -> Iterator[Record]:
    """The papers that the page's articles show, each once."""
    seen = set()
    for article in root.iter("article"):
        link = next((one for one in article.iterfind(".//h3//a") if _id_of(one)), None)
        if link is None or (arxiv := _id_of(link)) in seen:
            continue
        seen.add(arxiv)
        shown = " ".join("".join(article.itertext()).split())
        submitted = _submitter(article)
        authors = _COUNT.search(shown)
        yield _record(
            name, link.sourceline or 0, arxiv, _shown(link),
            header_day=day,
            upvotes=_votes(article),
            submitter=submitted,
            comment=authors[0] if authors else "",
        )  # fmt: skip


def _single(root: Any, arxiv: str, name: str) -> Iterator[Record]:
    """The paper whose page it is."""
    title = next(root.iter("h1"), None)
    if title is None:
        return
    heading = next((one for one in root.iter("h2") if _shown(one) == "Abstract"), None)
    paragraphs: list[str] = []
    if heading is not None and heading.getparent() is not None:
        paragraphs = [_shown(one) for one in heading.getparent().iter("p")]
    yield _record(
        name, title.sourceline or 0, arxiv, _shown(title),
        abstract=clean.text("\n\n".join(filter(None, paragraphs))),
    )  # fmt: skip


def _record(name: str, line: int, arxiv: str, title: str, **facts: Any) -> Record:
    return Record(
        file=name,
        line=line,
        place=0,
        source=daily_papers.SOURCE,
        title=clean.title(title),
        ids=identifiers(arxiv=arxiv),
        url=f"https://huggingface.co/papers/{arxiv}",
        **facts,
    )


def _id_of(link: Any) -> str:
    found = _PAPER.search(link.get("href") or "")
    return found[1] if found else ""


def _shown(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _votes(article: Any) -> int | None:
    """The number that stands alone in an element, before the title: that of the votes."""
    for element in article.iter():
        if element.tag == "h3":
            return None
        written = (element.text or "").strip() if isinstance(element.tag, str) else ""
        if element.tag in {"div", "span"} and _NUMBER.fullmatch(written):
            return int(written.replace(",", ""))
    return None


def _submitter(article: Any) -> str:
    for element in article.iter("div", "span", "p"):
        if (element.text or "").strip().startswith("Submitted by"):
            found = _SUBMITTED.match(_shown(element))
            return clean.name(found[1]) if found else ""
    return ""
