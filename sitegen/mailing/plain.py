"""The message as plain text: for those who read it so, and for mail filters, which ask for it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from ..pages.mail import MailNote, MailPage, MailPaper
from .plain_note import ITEM, paragraphs

_WIDTH: Final = 72  # characters, so that an answer that quotes it is still within eighty


def plain_text(page: MailPage) -> str:
    """The whole message, lines of at most 72 characters where addresses allow it."""
    return "\n".join(_lines(page)).rstrip() + "\n"


def _lines(page: MailPage) -> Iterator[str]:
    yield from _wrapped(page.site)
    yield from _wrapped(page.heading)
    yield from _wrapped(page.summary)
    if page.url:
        yield page.url
    for note in page.notes:
        yield from _note(note)
    for group in page.groups:
        if group.papers and group.name:
            yield from ("", "", *_wrapped(group.name), "-" * min(len(group.name), _WIDTH))
        for paper in group.papers:
            yield from ("", *_paper(paper))
    if page.left_out:
        yield ""
        more = page.words("mail.left_out_site", n=page.left_out)
        yield f"{more}: {page.url}" if page.url else more
    yield from ("", "-- ", page.words("mail.rights"))
    if page.unsubscribe:
        yield page.words("mail.unsubscribe_plain", address=page.unsubscribe)


def _note(note: MailNote) -> Iterator[str]:
    yield ""
    if note.name:
        yield from _wrapped(note.name)
    before = ""
    for paragraph in paragraphs(note.html):
        if before and not (paragraph.startswith(ITEM) and before.startswith(ITEM)):
            yield ""
        before = paragraph
        for line in paragraph.split("\n"):
            yield from _wrapped(line)


def _paper(paper: MailPaper) -> Iterator[str]:
    yield from _wrapped(paper.title)
    yield from _wrapped(paper.byline, "  ")
    yield from _wrapped(
        f"... {paper.lead}" if paper.lead and paper.lead_skips else paper.lead, "  "
    )
    yield from _wrapped(", ".join(paper.reasons), "  ")
    if paper.url:
        yield f"  {paper.url}"
    yield from (f"  {link.url}" for link in paper.links[:1] if link.url != paper.url)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
