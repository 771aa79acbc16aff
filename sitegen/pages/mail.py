"""What the digest by e-mail shows; the package has the rules. Addresses are whole."""

from __future__ import annotations

from ..i18n.words import Words
from ..model import Value
from .parts import WebLink


class MailPaper(Value, frozen=True, kw_only=True):
    """A paper in a message."""

    title: str
    url: str  # of its page; without a known site, of the paper elsewhere, or ""
    byline: str
    lead: str
    lead_skips: bool
    links: tuple[WebLink, ...]
    reasons: tuple[str, ...] = ()  # why it is trending


class MailGroup(Value, frozen=True, kw_only=True):
    """Papers under one heading; `name` is "" where all stand under one."""

    name: str
    url: str
    papers: tuple[MailPaper, ...]


class MailNote(Value, frozen=True, kw_only=True):
    """What the editor wrote about a day."""

    name: str  # "Friday 8 May 2026"; "" where the message is about that day alone
    html: str  # for any mail program: no scripts, styles or pictures, whole addresses


class MailPage(Value, frozen=True, kw_only=True):
    """The message as its template shows it."""

    subject: str
    site: str
    words: Words
    heading: str  # "Friday 8 May 2026"
    summary: str  # "34 papers on 9 topics", which mail programs show beside the subject
    notes: tuple[MailNote, ...] = ()  # the oldest day first
    groups: tuple[MailGroup, ...]
    url: str  # of the page that shows the same; "" without a known site
    home: str
    left_out: int = 0  # papers that are on that page alone, to keep the message small
    curator: str = ""
    unsubscribe: str = ""
