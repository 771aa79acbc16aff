"""Settings of feeds and mail: `[feed]`, `[[feeds]]` and `[mail]` of `content/site.toml`.

Values alone; `config` reads and checks them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from ..errors import UsageError
from ..model import Value

Format = Literal["rss", "atom", "json"]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_SENDER = re.compile(r"[^<>@\s,;]+@[^<>@\s,;]+|[^<>@\r\n]+ <[^<>@\s,;]+@[^<>@\s,;]+>")
ADDRESS_OF_MAIL = re.compile(r"[^<>@\s,;\"()]+@[A-Za-z0-9][A-Za-z0-9.-]*")
_UNSUBSCRIBE = re.compile(r"(?:https?://|mailto:[^@\s<>]+@)[^\s<>\"]+")
_NOT_IN_SLUG = re.compile("[^a-z0-9]+")
_LONGEST_SLUG = 60


class FeedSettings(Value, frozen=True, kw_only=True):
    """`[feed]`: what every feed is like."""

    entries: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100  # papers in a feed of papers
    days: Annotated[int, msgspec.Meta(ge=0, le=366)] = 14  # in a feed of days; 0: no such feeds
    formats: tuple[Format, ...] = ("rss", "atom", "json")
    archive: Literal["full", "short", "none"] = "short"  # of the site's Atom feed (RFC 5005)
    hub: str = ""  # address of a WebSub hub
    image: str = ""  # under content/static, or an address; "" for the theme's


class SavedQuery(Value, frozen=True, kw_only=True):
    """`[[feeds]]`: a feed of the papers that a search finds.

    A paper is in it when it fits every kind that is given, by any entry of that kind, and has
    none of the words in `not`.
    """

    title: str
    slug: str = ""  # in the feed's address and ids; "" for one made from the title
    description: str = ""
    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = msgspec.field(name="not", default=())
    topics: tuple[str, ...] = ()  # slugs
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The slug, given or made."""
        return self.slug or slug_of(self.title)


class MailSettings(Value, frozen=True, kw_only=True):
    """`[mail]`: the digest by e-mail, and the form that asks for it.

    What logs in stands in the environment alone: SITEGEN_SMTP_USER and SITEGEN_SMTP_PASSWORD.
    """

    form_action: str = ""  # where the form on subscribe.html posts to
    form_field: str = "email"  # the name of its field for the address
    # Further fields, such as a list's number.
    form_hidden: dict[str, str] = msgspec.field(default_factory=dict)
    sender: str = msgspec.field(name="from", default="")  # "Papers <papers@example.org>"
    recipients: str = "recipients.txt"  # a file in the project, an address a line
    # Where readers end it: an address of the web or of mail; {address} stands for the reader's.
    unsubscribe: str = ""
    # Whether a POST to it ends it at once, as mail programs' own buttons ask (RFC 8058).
    one_click: bool = True
    host: str = ""
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0  # 0: the usual one for `tls`
    tls: Literal["starttls", "tls", "none"] = "starttls"


def origin(url: str) -> str:
    """Scheme, host and port of a web address, in ASCII as browsers compare them; "" for none.

    Nothing else gets through: what comes out stands in a page's policy.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a port or an IPv6 address that is none; a name that cannot be encoded
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}" if _HOST.fullmatch(host) else ""


def slug_of(title: str) -> str:
    """A title as a part of addresses: "Anna's reading" is "annas-reading"; "" for one without."""
    folded = unicodedata.normalize("NFKD", title.casefold().replace("'", "").replace("’", ""))
    ascii_only = folded.encode("ascii", "ignore").decode()
    return _NOT_IN_SLUG.sub("-", ascii_only).strip("-")[:_LONGEST_SLUG].strip("-")


def check_feed(feed: FeedSettings) -> None:
    """Raise UsageError for settings that are of the right type and cannot be meant."""
    if not feed.formats or len(set(feed.formats)) < len(feed.formats):
        raise UsageError(
            "feed.formats names no format, or one twice",
            hint='name some of "rss", "atom" and "json"',
        )
    if feed.hub and not _ADDRESS.fullmatch(feed.hub):
        raise UsageError(
            f"feed.hub is no web address: {feed.hub!r}",
            hint='write the whole address of the hub, such as "https://hub.example.org/"',
        )


def check_mail(mail: MailSettings) -> None:
    """Raise UsageError for settings that are of the right type and cannot be meant."""
    known = _ADDRESS.fullmatch(mail.form_action) and origin(mail.form_action)
    if mail.form_action and not known:
        raise UsageError(
            f"mail.form_action is no web address: {mail.form_action!r}",
            hint="paste the address that your mailing service gives for its form",
        )
    if mail.sender and not _SENDER.fullmatch(mail.sender):
        raise UsageError(
            f"mail.from is no e-mail address: {mail.sender!r}",
            hint='write "papers@example.org" or "Papers <papers@example.org>"',
        )
    if mail.unsubscribe and not _UNSUBSCRIBE.fullmatch(mail.unsubscribe):
        raise UsageError(
            f"mail.unsubscribe is no address: {mail.unsubscribe!r}",
            hint='write "https://example.org/end?who={address}" or "mailto:papers@example.org"',
        )


def check_query(queries: Sequence[SavedQuery], number: int) -> None:
    """Raise UsageError where one of the saved queries cannot be meant, or clashes with another."""
    query = queries[number]
    name = query.name
    if not _SLUG.fullmatch(name):
        what = f"slug {query.slug!r}" if query.slug else f"title {query.title!r}"
        raise UsageError(
            f"the {what} of a feed makes no address",
            hint='give it a slug of a-z, 0-9 and hyphens: slug = "my-feed"',
        )
    if any(other.name == name for other in queries[:number]):
        raise UsageError(
            f"two feeds have the slug {name!r}", hint="give one of them a slug of its own"
        )
    if not (query.words or query.topics or query.categories or query.authors):
        raise UsageError(
            f"the feed {query.title!r} says not what it looks for",
            hint="give it words, topics, categories or authors",
        )
    if not all(map(_has_letters, (*query.words, *query.excluded, *query.authors))):
        raise UsageError(
            f"the feed {query.title!r} looks for a text without a letter",
            hint="an empty text would be found nowhere",
        )


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)
