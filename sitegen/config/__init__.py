"""Settings: `content/site.toml` checked and typed. Every key has a default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

import msgspec

from ..errors import UsageError
from ..i18n.languages import is_known
from ..model import Value
from ..typed_toml import decode, line_of, parse_toml
from .data import ApiSettings, ExportSettings, LinkSettings, MetadataSettings, check_links
from .feeds import FeedSettings, MailSettings, SavedQuery, check_feed, check_mail, check_query
from .limits import Limits
from .switches import Switch

SETTINGS_FILE = "content/site.toml"


class DumpSettings(Value, frozen=True, kw_only=True):
    """`[dumps]`: how days are found."""

    year: Annotated[int, msgspec.Meta(ge=1900, le=2200)] | None = None
    day: Literal["listed", "published"] = "listed"


class TopicSettings(Value, frozen=True, kw_only=True):
    """`[topics]`: how topic pages are cut."""

    per_page: Annotated[int, msgspec.Meta(ge=5, le=500)] = 50


class SearchSettings(Value, frozen=True, kw_only=True):
    """`[search]`: whether there is a search page, with its index."""

    enabled: bool = True


class RelatedSettings(Value, frozen=True, kw_only=True):
    """`[related]`: related papers on the pages of papers."""

    enabled: Switch = "auto"
    papers: Annotated[int, msgspec.Meta(ge=1, le=10)] = 5  # of the same day and earlier ones
    followed_by: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0  # later ones: these change old pages


class AuthorSettings(Value, frozen=True, kw_only=True):
    """`[authors]`: pages of authors."""

    enabled: Switch = "auto"
    least: Annotated[int, msgspec.Meta(ge=1)] = 3  # papers that an author with a page has


class CategorySettings(Value, frozen=True, kw_only=True):
    """`[categories]`: pages of arXiv's categories."""

    enabled: bool = True


class CardSettings(Value, frozen=True, kw_only=True):
    """`[cards]`: the pictures that programs show with links to the site."""

    days: bool = False  # a picture of each day beside the theme's one for all pages
    font: str = ""  # a file under content/; Pillow's own without one


class Choice(Value, frozen=True, kw_only=True):
    """Papers by what they are: the kinds are alternatives, as are the entries of each."""

    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # slugs
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class IncludeSettings(Choice, frozen=True, kw_only=True):
    """`[include]`: which papers are shown; all where nothing is said."""

    upvotes: Annotated[int, msgspec.Meta(ge=0)] = 0  # of papers whose votes are known


class ExcludeSettings(Choice, frozen=True, kw_only=True):
    """`[exclude]`: which papers are left out."""

    seen_before: bool = False  # from a day, when an earlier one had them


class CheckSettings(Value, frozen=True, kw_only=True):
    """`[check]`: what `sitegen check` tells."""

    stale_after: Annotated[int, msgspec.Meta(ge=0, le=3660)] = 0  # days; 0: never
    ignore: tuple[str, ...] = ()  # "RULE" or "RULE:FILES"


class FetchSettings(Value, frozen=True, kw_only=True):
    """`[[fetch]]`: a source that `sitegen fetch` asks for new papers."""

    source: str
    name: str = ""  # what its dumps are called; made from the source where it is empty
    fail_after: Annotated[int, msgspec.Meta(ge=1, le=3650)] | None = None  # days without news


class Settings(Value, frozen=True, kw_only=True):
    """`content/site.toml` as a whole."""

    title: str = "Papers"
    description: str = "New research papers, by day and by topic."
    curator: str = ""
    contact: str = ""
    language: str = "en"
    paper_language: str = "en"
    base_url: str = ""
    feed_id: str = ""
    theme: str = "paper"
    dumps: DumpSettings = DumpSettings()
    limits: Limits = Limits()
    feed: FeedSettings = FeedSettings()
    feeds: tuple[SavedQuery, ...] = ()
    mail: MailSettings = MailSettings()
    topics: TopicSettings = TopicSettings()
    search: SearchSettings = SearchSettings()
    related: RelatedSettings = RelatedSettings()
    authors: AuthorSettings = AuthorSettings()
    categories: CategorySettings = CategorySettings()
    cards: CardSettings = CardSettings()
    include: IncludeSettings = IncludeSettings()
    exclude: ExcludeSettings = ExcludeSettings()
    exports: ExportSettings = ExportSettings()
    api: ApiSettings = ApiSettings()
    metadata: MetadataSettings = MetadataSettings()
    links: LinkSettings = LinkSettings()
    check: CheckSettings = CheckSettings()
    fetch: tuple[FetchSettings, ...] = ()


class Project(Value, frozen=True, kw_only=True):
    """A project folder: where things lie. `root` is None for a build of dumps without a project."""

    root: Path | None
    settings: Settings

    def content(self, name: str) -> Path | None:
        """A file or folder under `content/`, where the project has it."""
        if self.root is None:
            return None
        path = self.root / "content" / name
        return path if path.exists() else None


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `content/site.toml`."""
    here = start.resolve()
    return next((f for f in (here, *here.parents) if (f / SETTINGS_FILE).is_file()), None)


def load_project(root: Path | None) -> Project:
    """The project of a folder; raises UsageError for a setting that is wrong."""
    if root is None:
        return Project(root=None, settings=Settings())
    path = root / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", file=SETTINGS_FILE, hint="save it as UTF-8 text"
        ) from None
    return Project(root=root, settings=parse_settings(text, SETTINGS_FILE))


def parse_settings(text: str, file: str) -> Settings:
    """The settings in a TOML text; raises UsageError with file, line and remedy."""
    values = parse_toml(text, file)
    if isinstance(values.get("feeds"), dict):
        raise UsageError(
            "[feeds] is no table of settings",
            file=file,
            line=line_of(text, ("feeds",)),
            hint="[feed] has what all feeds are like; [[feeds]] begins a feed of your own",
        )
    settings = decode(values, Settings, text, file)
    with _said_of(text, file, "base_url"):
        base_url = web_folder(settings.base_url)
    with _said_of(text, file, "feed"):
        check_feed(settings.feed)
    with _said_of(text, file, "mail"):
        check_mail(settings.mail)
    with _said_of(text, file, "links"):
        check_links(settings.links)
    for number in range(len(settings.feeds)):
        with _said_of(text, file, "feeds", number):
            check_query(settings.feeds, number)
    for key in ("language", "paper_language"):
        tag = getattr(settings, key)
        if tag and not is_known(tag):
            raise UsageError(
                f"{key} is no language tag: {tag!r}",
                file=file,
                line=line_of(text, (key,)),
                hint='write one of BCP 47, such as "en", "de" or "pt-BR"',
            )
    return msgspec.structs.replace(settings, base_url=base_url)


@contextmanager
def _said_of(text: str, file: str, *keys: str | int) -> Iterator[None]:
    """What is wrong inside with its place in the file."""
    try:
        yield
    except UsageError as error:
        line = line_of(text, keys)
        raise UsageError(error.message, file=file, line=line, hint=error.hint) from None


def web_folder(url: str) -> str:
    """The address of a site as it is written in links: in ASCII, ending in "/"; "" stays "".

    Raises UsageError for anything but an http or https address without query and fragment.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a port or an IPv6 address that is none; a name that cannot be encoded
        host = ""
    if (
        not host
        or parts.username is not None
        or _NO_ADDRESS.search(url)
        or parts.scheme not in {"http", "https"}
    ):
        raise UsageError(
            f"base_url is no web address: {url!r}",
            hint='write the whole address, such as "https://example.org/papers/"',
        )
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{quote(parts.path.rstrip('/'), safe=_IN_PATHS)}/"


_BEGINS = re.compile(r"https?://[^@/]+(?:/|\Z)", re.IGNORECASE)  # without a user's name
# Queries, fragments, and what no address has.
_NO_ADDRESS = re.compile(r"[?#\s\"'<>\\^`{|}\x00-\x20\x7f]")
_IN_PATHS = "/%:@!$&()*+,;=~-._"  # RFC 3986, section 3.3
