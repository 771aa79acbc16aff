"""What RFC 4287 (Atom) and the RSS 2.0 specification demand, as far as sitegen's feeds go.

`faults` returns a sentence for each rule that a feed breaks. It is written from the specifications
and knows nothing of the code that makes the feeds. Beyond them it asks for what good feeds have: a
link to the feed itself, entries with times of their own, unique ids.
"""

import re
from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)"
)
# RFC 3986, appendix A: the characters of a reference, and an absolute URI.
REFERENCE = re.compile(r"([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")

FEED_CHILDREN = {  # RFC 4287, section 4.1.1: at most one of each, but for those with None
    "id": 1, "title": 1, "updated": 1, "subtitle": 1, "generator": 1, "icon": 1, "logo": 1,
    "rights": 1, "author": None, "contributor": None, "category": None, "link": None, "entry": None,
}  # fmt: skip
ENTRY_CHILDREN = {  # section 4.1.2
    "id": 1, "title": 1, "updated": 1, "published": 1, "summary": 1, "content": 1, "rights": 1,
    "source": 1, "author": None, "contributor": None, "category": None, "link": None,
}  # fmt: skip
CHANNEL_CHILDREN = {
    "title": 1, "link": 1, "description": 1, "language": 1, "copyright": 1, "managingEditor": 1,
    "webMaster": 1, "pubDate": 1, "lastBuildDate": 1, "category": None, "generator": 1, "docs": 1,
    "cloud": 1, "ttl": 1, "image": 1, "rating": 1, "textInput": 1, "skipHours": 1, "skipDays": 1,
    "item": None, f"{ATOM}link": None,
}  # fmt: skip
ITEM_CHILDREN = {
    "title": 1, "link": 1, "description": 1, "author": 1, "category": None, "comments": 1,
    "enclosure": 1, "guid": 1, "pubDate": 1, "source": 1, f"{CONTENT}encoded": 1,
    f"{DC}creator": None,
}  # fmt: skip


def faults(data, *, base_url=""):
    """The rules that a feed breaks; with a base URL, every address of the site must be absolute."""
    root = etree.fromstring(data)
    check = _atom if root.tag == f"{ATOM}feed" else _rss
    return list(check(root, base_url))


def _atom(feed, base_url):
    entries = feed.findall(f"{ATOM}entry")
    for holder, allowed in [(feed, FEED_CHILDREN), *((entry, ENTRY_CHILDREN) for entry in entries)]:
        yield from _children(holder, {ATOM + name: most for name, most in allowed.items()})
        yield from _required(holder, [ATOM + name for name in ("id", "title", "updated")])
        yield from _atom_links(holder, base_url)
    if [_rel(link) for link in feed.findall(f"{ATOM}link")].count("self") != 1:
        yield "not one link to the feed itself"
    for entry in entries:
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            yield "neither the entry nor the feed has an author"
        alternates = [link for link in entry.findall(f"{ATOM}link") if _rel(link) == "alternate"]
        if entry.find(f"{ATOM}content") is None and not alternates:
            yield "an entry has neither content nor an alternate link"
    yield from _atom_values(feed)
    yield from _atom_times(feed, entries)


def _atom_values(feed):
    if not LANGUAGE.fullmatch(feed.get(XML_LANG, "en")):
        yield f"no language tag: {feed.get(XML_LANG)}"
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    yield from _unique(ids)
    for text in ids:
        if not (REFERENCE.fullmatch(text) and ABSOLUTE.fullmatch(text)):
            yield f"no absolute URI: {text}"
    for author in feed.iter(f"{ATOM}author"):
        yield from _required(author, [f"{ATOM}name"])
    for category in feed.iter(f"{ATOM}category"):
        if not category.get("term"):
            yield "a category without a term"
    for content in feed.iter(f"{ATOM}content", f"{ATOM}summary", f"{ATOM}title"):
        if content.get("type", "text") not in {"text", "html"} or len(content):
            yield "content that is neither text nor HTML"


def _atom_times(feed, entries):
    for element in feed.iter(f"{ATOM}updated", f"{ATOM}published"):
        if not RFC3339.fullmatch(element.text):
            yield f"no RFC 3339 time: {element.text}"
            return
    times = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) for entry in entries]
    yield from _unique(times)
    if datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) < max(times):
        yield "the feed is older than its newest entry"


def _atom_links(holder, base_url):
    links = holder.findall(f"{ATOM}link")
    yield from _unique(
        [(link.get("type"), link.get("hreflang")) for link in links if _rel(link) == "alternate"]
    )
    for link in links:
        href = link.get("href", "")
        if not REFERENCE.fullmatch(href):
            yield f"no URI reference: {href!r}"
        if base_url and not ABSOLUTE.fullmatch(href):
            yield f"not absolute: {href}"
        if link.get("type") is not None and not MEDIA_TYPE.fullmatch(link.get("type")):
            yield f"no media type: {link.get('type')}"


def _rss(root, base_url):
    if root.tag != "rss" or root.get("version") != "2.0":
        yield "not RSS 2.0"
    (channel,) = root
    yield from _children(channel, CHANNEL_CHILDREN)
    yield from _required(channel, ["title", "link", "description"])
    if not LANGUAGE.fullmatch(channel.findtext("language", "en")):
        yield "no language tag"
    own = [link for link in channel.findall(f"{ATOM}link") if _rel(link) == "self"]
    if len(own) != bool(base_url) or not all(link.get("href").startswith(base_url) for link in own):
        yield "not one link to the feed itself"
    for item in channel.iter("item"):
        yield from _rss_item(item, base_url)
    yield from _unique([guid.text for guid in channel.iter("guid")])
    for link in channel.iter("link"):
        if not (REFERENCE.fullmatch(link.text) and ABSOLUTE.fullmatch(link.text)):
            yield f"not absolute: {link.text}"
    for element in channel.iter("pubDate", "lastBuildDate"):
        if not RFC822.fullmatch(element.text):
            yield f"no RFC 822 date: {element.text}"
        elif f"{parsedate_to_datetime(element.text):%a}" != element.text[:3]:
            yield f"wrong weekday: {element.text}"


def _rss_item(item, base_url):
    yield from _children(item, ITEM_CHILDREN)
    yield from _required(item, ["guid", "pubDate"])
    if item.find("title") is None and item.find("description") is None:
        yield "an item has neither a title nor a description"
    if any(guid.get("isPermaLink") != "false" for guid in item.iter("guid")):
        yield "a guid is taken for an address"
    if base_url and item.find("link") is None:
        yield "an item without a link"


def _rel(link):
    return link.get("rel", "alternate")


def _children(element, allowed):
    for tag, count in Counter(child.tag for child in element).items():
        if tag not in allowed:
            yield f"unknown element {tag}"
        elif allowed[tag] is not None and count > allowed[tag]:
            yield f"{count} of {tag}"


def _required(element, tags):
    for tag in tags:
        found = element.find(tag)
        if found is None or not (found.text or "").strip():
            yield f"no {tag}"


def _unique(values):
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{count} times {value}"
