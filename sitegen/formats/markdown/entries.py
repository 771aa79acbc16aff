"""One paper of a digest while it is read: what was found of it, and the record made from that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from ... import clean
from ...model import Record
from ..addresses import web_address
from ..categories import arxiv_categories
from ..identifiers import identifiers
from ..people import people
from .marks import Link, day, folded, links, plain, without_links
from .names import LINK_WORDS

SOURCE = "Markdown digest"

_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org)/\w", re.IGNORECASE
)
_PAPER_HOST = re.compile(
    r"https?://(?:[\w-]+\.)*(?:arxiv\.org/(?:abs|pdf|html)|openreview\.net/(?:forum|pdf)|aclanthology\.org/."
    r"|aclweb\.org/anthology|proceedings\.mlr\.press/.|openaccess\.thecvf\.com/.|papers\.n(?:eur)?ips\.cc/."
    r"|proceedings\.neurips\.cc/.|doi\.org/10|dl\.acm\.org/doi|ieeexplore\.ieee\.org/(?:abstract/)?document"
    r"|(?:bio|med|chem)rxiv\.org/.|ecva\.net/papers|semanticscholar\.org/paper|huggingface\.co/papers/\d"
    r"|link\.springer\.com/(?:article|chapter)|hal\.science/|ojs\.aaai\.org/|isca-archive\.org/.)",
    re.IGNORECASE,
)  # fmt: skip
# arXiv ids in the names of files: 2510.09608v1.html, 251009608v1-its-title.html
_ID_IN_FILE = re.compile(
    r"(?:^|[_-])(\d{2}(?:0[1-9]|1[0-2]))\.?(\d{5})(?:v\d{1,2})?(?=$|[._-]|v\d)"
)
_ID_ALONE = re.compile(r"\[?(?:arxiv:\s?)?\d{4}\.\d{4,5}(?:v\d+)?\]?", re.IGNORECASE)

_NUMBERING = re.compile(
    r"(?:(?:\d{1,4}|[A-Z])\s?[.)、](?=[\s*\[]|[^\W\d])|\[\d{1,4}\]|[(（]\d{1,4}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
_DECORATION = re.compile(r"^[^\w\[(\"“'«$\\<【《]+")
_ET_AL = re.compile(r",?\s?(?:\bet\.?\s?al\b\.?|等(?:\s?\d+\s?[位名人](?s:.*))?$|\.{3}$|…$)")
_AND_MORE = re.compile(
    r"(?:,|and|\+|&)?\s?\(?\+?\s?\d{1,4}\s(?:more|others?|additional)\b.{0,40}$", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-])*+(?:[ ~](?:[^\W\d_]|[.'’-])++){1,5}")
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s)?|\sand\s|;\s*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_LINK_WORD = max(map(len, LINK_WORDS))
_LEAST_SUMMARY = 60
_TAG_SPLIT = re.compile(r"(?:(?<!\s)\s+)?[,;，；、|]\s*")


@dataclass(slots=True)
class Entry:
    """A paper, or what may prove to be one."""

    line: int
    title: str = ""
    day: str = ""  # of the digest it is in
    topic: str = ""  # the heading above it
    lines: int = 1  # how many it takes up
    authors: str = ""
    date: str = ""
    comment: str = ""
    venue: str = ""
    upvotes: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    url: str = ""
    pdf: str = ""
    code: str = ""
    project: str = ""
    abstract: list[str] = field(default_factory=list)  # in pieces, line ends among them
    summary: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # paragraphs under no label
    tags: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    relative: bool = False  # its title leads to a page of the digest's own

    def put(self, name: str, written: str) -> None:
        """Take what stands under a label or in a column; the first value counts."""
        if "  " in written:
            written = " ".join(written.split())
        if name in {"abstract", "summary"}:
            part = getattr(self, name)
            if not part:  # a second abstract is a translation of the first
                part.append(plain(written))
        elif name in {"link", "id", "code", "project"}:
            self._put_address(name, written)
        elif name in {"tags", "categories"}:
            getattr(self, name).extend(_TAG_SPLIT.split(plain(written).strip(" []")))
        elif name in {"authors", "date", "comment", "venue", "upvotes"} and not getattr(self, name):
            setattr(self, name, plain(written))

    def _put_address(self, name: str, written: str) -> None:
        found = links(written)
        if name == "code":
            self.code = self.code or next(filter(None, (web_address(one.url) for one in found)), "")
        elif name == "project":
            self.project = self.project or next(
                filter(None, (web_address(one.url) for one in found)), ""
            )
        elif found:
            self.take_links(found, paper=True)
        elif not self.ids:
            self.ids = identifiers(arxiv=plain(written), doi=plain(written), acl=plain(written))

    def take_links(self, found: Iterable[Link], *, paper: bool = False) -> None:
        """Sort links by where they lead; with `paper`, one to anywhere is the paper's."""
        for link in found:
            ids = ids_of(link.url)
            address = web_address(link.url)
            word = folded(plain(link.text))
            if ids:
                self.ids = ids | self.ids
                if "/pdf/" in address or address.endswith(".pdf"):
                    self.pdf = self.pdf or address
                elif address:
                    self.url = self.url or address
            elif not address:
                self.relative |= bool(link.url and not link.url.startswith("#"))
            elif _CODE_HOST.match(address):
                self.code = self.code or address
            elif word in {"project", "project page", "homepage", "website", "demo", "项目主页"}:
                self.project = self.project or address
            elif paper or _PAPER_HOST.match(address) or word in {"paper", "pdf"}:
                self.url = self.url or address

    @property
    def is_paper(self) -> bool:
        """Whether enough is known of it to be sure."""
        return bool(
            is_title(self.title) and (self.ids or self.authors or self.abstract or self.url)
        )

    @property
    def may_be_paper(self) -> bool:
        """Whether it is one where the digest is an index of pages, each about a paper."""
        return self.relative and bool(self.loose) and is_title(self.title)

    def record(self, name: str, place: int) -> Record:
        """What is known, as a record."""
        arxiv = self.ids.get("arxiv", "")
        categories = arxiv_categories(self.categories)
        topics = [self.topic] if self.topic else []
        if arxiv_categories(topics) and "." in self.topic:
            categories, topics = (*categories, self.topic), []
        if self.loose:
            self._read_loose()
        words = [*topics, *self.tags, *(one for one in self.categories if one not in categories)]
        published = day(self.date) if self.date else None
        return Record(
            file=name,
            line=self.line,
            place=place,
            source=SOURCE,
            title=clean.title(self.title),
            ids=self.ids,
            authors=author_names(self.authors),
            abstract=clean.text("".join(self.abstract or self.summary)),
            published=published,
            header_day=self.day,
            url=self.url or (f"https://arxiv.org/abs/{arxiv}" if arxiv else ""),
            pdf=self.pdf,
            code=self.code,
            project=self.project,
            venue=clean.title(self.venue) if self.venue else "",
            categories=tuple(dict.fromkeys(categories)),
            tags=tuple(dict.fromkeys(filter(None, map(_tag, words)))),
            upvotes=int(self.upvotes)
            if self.upvotes.isdecimal() and len(self.upvotes) < 9
            else None,
            comment=clean.title(self.comment) if self.comment else "",
        )

    def _read_loose(self) -> None:
        """Paragraphs without a label: names, a summary, a tag."""
        for text in self.loose:
            shown = plain(text)
            alone = text.strip()[:1] == "*" and len(names_in(shown)) == 1
            if not self.authors and (looks_like_names(shown) or alone):
                self.authors = shown
            elif _weight(shown) >= _LEAST_SUMMARY:
                if not self.abstract and not self.summary:
                    self.summary.append(shown)
            elif self.relative and len(shown) <= 30 and not self.tags:
                self.tags.append(shown)


@lru_cache(maxsize=1024)
def ids_of(url: str) -> dict[str, str]:
    """The identifiers in a link's address; an arXiv id also in the name of a file."""
    if "://" in url:
        if "/list/" in url or "/search" in url:
            return {}
        return identifiers(url=url)
    found = _ID_IN_FILE.search(unquote(url.rsplit("/", 1)[-1]))
    return identifiers(arxiv=f"{found[1]}.{found[2]}") if found else {}


def paper_link(found: Iterable[Link]) -> Link | None:
    """The first link that leads to a paper."""
    return next((link for link in found if ids_of(link.url) or _PAPER_HOST.match(link.url)), None)


def title_of(written: str) -> str:
    """A title without numbering, decoration and marks."""
    shown = plain(written)
    for _ in range(3):
        before = shown
        if shown[:1].isalpha() and _NUMBERING.match(shown) is None:
            break
        shown = _DECORATION.sub("", shown)
        numbering = _NUMBERING.match(shown)
        if numbering and numbering.end() < len(shown):
            shown = plain(shown[numbering.end() :])
        if shown == before:
            break
    return shown.strip(" \t\\")


def is_title(text: str) -> bool:
    """Whether a text can be a title: words, and not a link's usual text, a date or an id."""
    if not 1 < len(text) <= 600 or not _WORD.search(text):
        return False
    if len(text) > _LONGEST_LINK_WORD and " " in text:
        return True
    if text.startswith(("http://", "https://")) or folded(text) in LINK_WORDS:
        return False
    return not _ID_ALONE.fullmatch(text)


def names_in(text: str) -> list[str]:
    """The people's names that a text begins with: "A. Ay, B. Be, ICLR 2025" has two."""
    found = []
    for piece in _BETWEEN_NAMES.split(text[:3000]):
        name = piece.strip()
        if not name or not name[0].isupper() or not _NAME.fullmatch(name):
            break
        found.append(name)
    return found


def looks_like_names(text: str) -> bool:
    """Whether a text is two or more people's names and nothing else."""
    if len(text) >= 3000 or text.endswith("."):
        return False
    pieces = _BETWEEN_NAMES.split(text)
    return len(pieces) >= 2 and len(names_in(text)) == len(pieces)


def author_names(written: str) -> tuple[str, ...]:
    """The names as far as they are given: "A. Ay, B. Be et al." is two."""
    if not written:
        return ()
    text = (
        _ET_AL.sub("", " ".join(written.split()))
        .replace("，", ",")
        .replace("、", ",")
        .replace("；", ";")
    )
    return people(_AND_MORE.sub("", text).strip(" ,.;*") if text else "")


def _tag(written: str) -> str:
    return clean.title(title_of(without_links(written)))[:80]


def _weight(text: str) -> int:
    """How long a text is; a Chinese character says as much as three letters."""
    return len(text) + 2 * len(_CJK.findall(text[:200]))
