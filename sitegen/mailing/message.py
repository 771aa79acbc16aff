"""The message as bytes: headers, plain text and HTML, small enough to be shown whole.

RFC 5322 (messages), RFC 2046 (parts), RFC 2369, 2919 and 8058 (lists).
The same papers give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlsplit

import msgspec

from .. import feed_ids
from ..config import Settings
from ..config.feeds import MailSettings
from ..pages.mail import MailPage
from ..plan import Letter, shortened
from .plain import plain_text

MOST_BYTES: Final = 100_000  # Gmail cuts behind 102 KB; with room for a long address
# What is tried until the message fits: characters of a lead, then fewer and fewer papers.
_LEADS: Final = (400, 200, 120, 0)
_AUTHORITY = re.compile(r"(?:[^,@]*@)?([^,@]+),")
_NOBODY: Final = "undisclosed-recipients:;"
_LINE = re.compile(r"[\r\n]+")

_IN_URIS: Final = "%:/?#[]@!$&'()*+,;=~-._"  # RFC 3986, section 2


class _WholeHeader(UnstructuredHeader, BaseHeader):
    """A header that stands in one line, however long: an address in it is of no use in pieces.

    Else a line of more than 78 characters without a space becomes encoded words (RFC 2047), which
    nobody decodes there.
    """

    def fold(self, *, policy: Policy[Any]) -> str:
        """The header's line."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS: Final = HeaderRegistry()
for _name in ("list-unsubscribe", "list-archive", "list-id"):
    _HEADERS.map_to_type(_name, _WholeHeader)
_POLICY: Final = SMTP.clone(header_factory=_HEADERS)

Render = Callable[[MailPage], str]


class Message(NamedTuple):
    """A message that lacks its recipient."""

    id: str  # Message-ID: the same whenever the same days are written about
    subject: str
    sender: str  # "Papers <papers@example.org>"
    list_id: str
    home: str
    unsubscribe: str  # with {address} for the recipient's
    one_click: bool  # a POST there ends it (RFC 8058)
    dated: datetime
    page: MailPage
    render: Render

    def to(self, address: str = "", *, now: datetime | None = None) -> EmailMessage:
        """The message to an address; without one, to nobody by name. Dated on its day, or `now`."""
        message = EmailMessage(policy=_POLICY)
        end = quote(self.unsubscribe.replace("{address}", quote(address, safe="")), safe=_IN_URIS)
        message["From"] = _mailbox(self.sender)
        message["To"] = Address(addr_spec=address) if address else _NOBODY
        message["Subject"] = _LINE.sub(" ", self.subject)
        message["Date"] = format_datetime(now or self.dated)
        message["Message-ID"] = self.id
        message["List-Id"] = self.list_id
        message["List-Unsubscribe"] = f"<{end}>"
        if self.one_click and address:
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if self.home:
            message["List-Archive"] = f"<{self.home}>"
        message["Precedence"] = "bulk"
        page = msgspec.structs.replace(self.page, unsubscribe=end)
        message.set_content(plain_text(page), cte="quoted-printable")
        html = self.render(page)
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        # Boundaries are random otherwise.
        message.set_boundary(f"=-{self.id.strip('<>').partition('@')[0]}-=")
        return message


def fitted(letter: Letter, settings: Settings, render: Render) -> Message:
    """The message, its papers shortened and then cut until it is at most MOST_BYTES."""
    domain = _domain(settings)
    sender = settings.mail.sender or f"papers@{domain}"
    page = letter.page
    whole = Message(
        id=f"<{letter.name}@{domain}>",
        subject=page.subject,
        sender=sender,
        list_id=f"<digest.{domain}>",
        home=page.home,
        unsubscribe=settings.mail.unsubscribe
        or f"mailto:{parseaddr(sender)[1]}?subject=unsubscribe",
        one_click=_ends_at_once(settings.mail),
        dated=_noon(letter.day),
        page=page,
        render=render,
    )
    tried = (whole._replace(page=shorter) for shorter in _shorter(page))
    return next(one for one in tried if len(one.to().as_bytes()) <= MOST_BYTES)


def _shorter(page: MailPage) -> Iterator[MailPage]:
    """The message shorter and shorter; the last says no more than how many papers there are."""
    total = sum(len(group.papers) for group in page.groups)
    for lead in _LEADS:
        yield shortened(page, lead, total)
    most = total
    while most > 1:
        most = most * 4 // 5
        yield shortened(page, 0, most)
    yield msgspec.structs.replace(page, groups=(), left_out=total)


def _domain(settings: Settings) -> str:
    """The domain that the project holds: its feed_id's, else its address's."""
    if found := _AUTHORITY.match(settings.feed_id):
        return found[1]
    default = feed_ids.DEFAULT_FEED_ID.partition(",")[0]
    return urlsplit(settings.base_url).hostname or default


def _ends_at_once(mail: MailSettings) -> bool:
    """Whether the address can end it with one click (RFC 8058, section 3.1).

    It has to be https, and to say who clicked: the POST itself does not.
    """
    end = mail.unsubscribe
    return mail.one_click and end.lower().startswith("https://") and "{address}" in end


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _mailbox(sender: str) -> Address:
    name, address = parseaddr(sender)
    return Address(display_name=name, addr_spec=address)
