"""What RFC 4287 (Atom), RSS 2.0 and JSON Feed 1.1 demand, as far as sitegen's feeds go.

`faults` returns a sentence for each rule that a feed breaks. It is written from the specifications
and the documentation of the W3C's feed validator, and knows nothing of the code that makes the
feeds or checks them. Beyond them it asks for what good feeds have: a link to the feed itself,
entries with times of their own, unique ids, HTML that needs no style sheet and no script.
"""

import json
import re
from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime

import html5lib
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
PRISM = "{http://prismstandard.org/namespaces/basic/2.0/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
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

IDENTIFIED = {
    f"{DC}identifier": None, f"{PRISM}doi": 1, f"{PRISM}publicationName": 1,
    f"{PRISM}publicationDate": 1,
}  # fmt: skip
# Relations of RFC 4287, RFC 5005 and WebSub.
RELATIONS = {"alternate", "related", "self", "hub", "current", "prev-archive", "next-archive"}

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
    f"{DC}creator": None, **IDENTIFIED,
}  # fmt: skip
# Elements and attributes that any reader shows, without a style sheet.
SHOWN = {"html", "head", "body", "p", "a", "br", "b", "h3", "ul", "li", "em", "strong", "hr", "img"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
LARGEST = 5_000_000  # bytes that the W3C's validator reads


def faults(data, *, base_url=""):
    """The rules that a feed breaks; with a base URL, every address of the site must be absolute."""
    found = [f"{len(data)} bytes"] if len(data) > LARGEST else []
    if data.lstrip()[:1] in (b"{", "{"):
        return found + list(_json(json.loads(data), base_url))
    root = etree.fromstring(data)
    check = _atom if root.tag == f"{ATOM}feed" else _rss
    return found + list(check(root, base_url))


def _atom(feed, base_url):
    entries = feed.findall(f"{ATOM}entry")
    for holder, allowed in [(feed, FEED_CHILDREN), *((entry, ENTRY_CHILDREN) for entry in entries)]:
        known = {ATOM + name: most for name, most in allowed.items()}
        more = IDENTIFIED if holder is not feed else {f"{HISTORY}archive": 1}
        yield from _children(holder, known | more)
        yield from _required(holder, [ATOM + name for name in ("id", "title", "updated")])
        yield from _atom_links(holder, base_url)
    relations = Counter(_rel(link) for link in feed.findall(f"{ATOM}link"))
    if relations["self"] != 1:
        yield "not one link to the feed itself"
    if (feed.find(f"{HISTORY}archive") is not None) != (relations["current"] == 1):
        yield "an archive document without its feed, or a feed that has one"  # RFC 5005, section 4
    if relations["prev-archive"] > 1:
        yield "two archives before this one"
    for entry in entries:
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            yield "neither the entry nor the feed has an author"
        alternates = [link for link in entry.findall(f"{ATOM}link") if _rel(link) == "alternate"]
        if entry.find(f"{ATOM}content") is None and not alternates:
            yield "an entry has neither content nor an alternate link"
        for content in entry.findall(f"{ATOM}content"):
            yield from _html(content.text, base_url)
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
        if _rel(link) not in RELATIONS:
            yield f"no known relation: {_rel(link)}"
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
    for image in channel.iter("image"):
        yield from _required(image, ["url", "title", "link"])
        if image.findtext("title") != channel.findtext("title"):
            yield "the image has another title than its channel"
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
    order = [child.tag for child in item]
    if f"{CONTENT}encoded" in order and "description" in order:
        if order.index("description") > order.index(f"{CONTENT}encoded"):
            yield "the description stands behind the content"
        yield from _html(item.findtext(f"{CONTENT}encoded"), base_url)


FEED_KEYS = {
    "version", "title", "home_page_url", "feed_url", "description", "icon", "favicon", "authors",
    "language", "hubs", "items",
}  # fmt: skip
ITEM_KEYS = {
    "id", "url", "external_url", "title", "content_html", "summary", "date_published",
    "date_modified", "authors", "tags", "attachments",
}  # fmt: skip


def _json(feed, base_url):
    """https://www.jsonfeed.org/version/1.1/."""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "not JSON Feed 1.1"
    yield from (f"unknown key {key}" for key in feed.keys() - FEED_KEYS)
    if not feed.get("title"):
        yield "no title"
    if base_url and not feed.get("feed_url", "").startswith(base_url):
        yield "no address of the feed itself"
    for hub in feed.get("hubs", []):
        if set(hub) != {"type", "url"}:
            yield "a hub without type or url"
    yield from _unique([item.get("id") for item in feed["items"]])
    yield from _unique([item.get("date_modified") for item in feed["items"]])
    for holder in (feed, *feed["items"]):
        for key, value in holder.items():
            is_address = key.endswith("_url") or key in {"url", "icon", "favicon"}
            if is_address and not (REFERENCE.fullmatch(value) and ABSOLUTE.fullmatch(value)):
                yield f"not absolute: {key} {value}"
        for author in holder.get("authors", []):
            if not author.get("name"):
                yield "an author without a name"
    for item in feed["items"]:
        yield from _json_item(item, base_url)


def _json_item(item, base_url):
    yield from (f"unknown key {key}" for key in item.keys() - ITEM_KEYS if key[:1] != "_")
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "no id"
    if not item.get("content_html"):
        yield "no content"
    if base_url and not item.get("url", "").startswith(base_url):
        yield "an item without an address"
    yield from _html(item.get("content_html", ""), base_url)
    for key in ("date_published", "date_modified"):
        if not RFC3339.fullmatch(item.get(key, "")):
            yield f"no RFC 3339 time: {item.get(key)}"
    for attachment in item.get("attachments", []):
        if not ABSOLUTE.fullmatch(attachment["url"]) or not MEDIA_TYPE.fullmatch(
            attachment["mime_type"]
        ):
            yield "an attachment without address or type"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield "a tag that is no text"


def _html(content, base_url):
    """What readers make of it: known elements, web addresses, nothing that a script would need."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(content)
    for element in tree.iter():
        if element.tag not in SHOWN:
            yield f"an element that not all readers show: {element.tag}"
        if set(element.attrib) - ATTRIBUTES.get(element.tag, set()):
            yield f"an attribute without a meaning in feeds: {element.attrib}"
        href = element.get("href", element.get("src"))
        if href is not None and not REFERENCE.fullmatch(href):
            yield f"no URI reference in content: {href!r}"
        if base_url and href is not None and not ABSOLUTE.fullmatch(href):
            yield f"not absolute in content: {href}"


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
