"""Items of lists that are papers: by a link to one, with the title in bold, linked or plain."""

from __future__ import annotations

import re

from .entries import Entry, ids_of, is_title, names_in, paper_link, title_of
from .marks import bold, day, links, plain, without_links, without_tags

ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,4}[.)])\s+(.*)", re.DOTALL)

_LINK_LABEL = re.compile(
    r"[,;.|]?\s?\b(?:paper|code|project|pdf|link|url|arxiv|github|html)s?\s?[:：]\s?(?=\W{0,9}$|\W{2})",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\\?[\[(（【][\W_]{0,12}[\])）】]|`[^`]{0,40}`")
_BEFORE_TITLE = re.compile(r"^[\W\d_]+(?=[^\W\d_])")
_END_OF_TITLE = re.compile(r"(?<=\w{3})[.?!](?:\s|$)|\s[-–—|]\s")


def entry(line: int, text: str) -> Entry | None:
    """The paper of a list's item; None where it is none."""
    if "  " in text:
        text = " ".join(text.split())
    found = links(text)
    paper = paper_link(found)
    strong = [title for title in map(title_of, bold(text)) if _is_long(title)][:1]
    if paper is None:
        alone = strong and not plain(text).strip(" .:：").replace(strong[0], "").strip(" .-*")
        return Entry(line, title=strong[0]) if alone else None
    made = Entry(line)
    made.take_links(found)
    rest = without_links(text)
    linked = title_of(paper.text)
    if strong:
        made.title = strong[0]
        rest = _behind(plain(without_tags(rest)), made.title)
    elif _is_long(linked):
        made.title = linked
    else:
        others = (title_of(one.text) for one in found if not ids_of(one.url))
        made.title = next(filter(_is_long, others), "") or _plain_title(rest)
        rest = _behind(plain(rest), made.title)
    if not is_title(made.title):
        return None
    written = day(text[: text.find(made.title)] if strong else without_links(text))
    made.date = written.isoformat() if written else ""
    made.authors = _authors(rest)
    return made


def _is_long(title: str) -> bool:
    """Whether it is a title and no word for a link."""
    return is_title(title) and (len(title.split()) > 1 or len(title) > 12)


def _behind(text: str, title: str) -> str:
    return (text.partition(title)[2] if title else "") or text


def _plain_title(rest: str) -> str:
    """The first sentence beside the links."""
    text = _BRACKETS.sub(" ", plain(rest))
    text = _BEFORE_TITLE.sub("", _LINK_LABEL.sub("", text)).strip()
    end = _END_OF_TITLE.search(text[:600])
    return title_of(text[: end.start()] if end else text).rstrip(" ,.;:-")


def _authors(rest: str) -> str:
    """The names behind a title: up to "et al.", or a run of names."""
    text = _LINK_LABEL.sub("", plain(rest)).strip(" ,.;:-–—|*()[]")
    cut = text.find(" et")
    if 0 < cut < 200 and text[cut:].lstrip().startswith(("et al", "et.al", "et. al")):
        return text[:cut].rsplit("**", 1)[-1].strip(" ,")
    names = names_in(text)
    return ", ".join(names) if len(names) > 1 else ""
