# ruff: noqa: E501 - a case a line
"""Sound feeds of three formats, and changes that break a rule or barely do not.

Written from the specifications; nothing of it is made by sitegen.
"""

from __future__ import annotations

from typing import NamedTuple

BASE = "https://x.example/p/"
PATHS = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Papers</title><link>{BASE}</link><description>New ones</description><language>en</language>
<atom:link href="{BASE}rss.xml" rel="self" type="application/rss+xml"/>
<lastBuildDate>Fri, 08 May 2026 12:00:00 +0000</lastBuildDate>
<image><url>{BASE}i.png</url><title>Papers</title><link>{BASE}</link></image>
<item><title>One</title><link>{BASE}a.html</link><guid isPermaLink="false">tag:x.example,2026:1</guid>
<pubDate>Fri, 08 May 2026 12:00:00 +0000</pubDate>
<description>First, if a &amp;lt; b.</description>
<content:encoded>&lt;p&gt;First, if a &amp;lt; b. &lt;a href="{BASE}a.html"&gt;more&lt;/a&gt;&lt;/p&gt;</content:encoded></item>
<item><title>Two</title><guid isPermaLink="false">tag:x.example,2026:2</guid>
<enclosure url="{BASE}a.pdf" length="12" type="application/pdf"/></item>
</channel></rss>
"""
ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:x.example,2026:feed</id><title>Papers</title><updated>2026-05-08T12:00:00Z</updated>
<link rel="self" href="{BASE}atom.xml"/><author><name>Ann</name></author>
<entry><id>tag:x.example,2026:1</id><title>One</title><updated>2026-05-08T12:00:00Z</updated>
<link href="{BASE}a.html"/><category term="c"/><summary>First.</summary>
<content type="html">&lt;p&gt;First, if a &amp;lt; b. &lt;a href="{BASE}a.html"&gt;more&lt;/a&gt;&lt;/p&gt;</content></entry>
<entry><id>tag:x.example,2026:2</id><title>Two</title><updated>2026-05-08T11:59:59Z</updated>
<link href="{BASE}a.html"/></entry>
</feed>
"""
JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "Papers", "language": "en", "feed_url": "{BASE}feed.json", "items": [
{{"id": "tag:x.example,2026:1", "url": "{BASE}a.html", "title": "One", "date_published": "2026-05-08T12:00:00Z", "authors": [{{"name": "Ann"}}], "tags": ["c"],
"content_html": "<p>First, if a &lt; b. <a href='{BASE}a.html'>more</a></p>", "_more": 1}},
{{"id": "tag:x.example,2026:2", "content_text": "Second"}}
]}}
"""
SOUND = {"rss": RSS, "atom": ATOM, "json": JSON}


class Case(NamedTuple):
    """A replacement that breaks a rule, found in that line with those words; one that does not."""

    form: str
    old: str
    bad: str
    line: int
    says: str
    near: str
    severity: str = "error"


_PUBLISHED = "<pubDate>Fri, 08 May 2026 12:00:00 +0000"
_UPDATED = "<updated>2026-05-08T11:59:59Z"
_MORE = f'href="{BASE}a.html"&gt;more'
_DATED = '"2026-05-08T12:00:00Z"'

CASES = [
    # Every format: form, size, ids, itself
    Case("rss", "</channel>", "", 14, "well-formed", "<ttl>60</ttl></channel>"),
    Case(
        "rss",
        "Papers</title><link>",
        "&nbsp;</title><link>",
        4,
        "well-formed",
        "&#160;P</title><link>",
    ),
    Case("rss", "<rss version", "<rdf version", 14, "well-formed", "<rss  version"),
    Case("rss", 'version="2.0"', 'version="0.91"', 2, "not RSS 2.0", "version='2.0'"),
    Case(
        "rss",
        "tag:x.example,2026:2",
        "tag:x.example,2026:1",
        12,
        "entry 2 ('Two'): entry 1 has the same guid",
        "tag:X.example,2026:1",
    ),
    Case(
        "rss",
        f"{BASE}rss.xml",
        f"{BASE}b/rss.xml",
        5,
        "not at https://x.example/p/rss.xml",
        f"{BASE}rss.xml",
    ),
    Case(
        "rss", 'rel="self"', 'rel="via"', 3, "no link to the feed itself", 'rel="self"', "warning"
    ),
    Case(
        "atom",
        "tag:x.example,2026:2",
        "tag:x.example,2026:1",
        8,
        "entry 2 ('Two'): entry 1 has the same id",
        "tag:x.example,2026:11",
    ),
    Case(
        "atom",
        f"{BASE}atom.xml",
        "https://old.example/atom.xml",
        2,
        "not at https://x.example/p/atom.xml",
        f"{BASE}atom.xml",
    ),
    Case(
        "atom", 'rel="self"', 'rel="via"', 2, "no link to the feed itself", "rel='self'", "warning"
    ),
    Case(
        "atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"',
        "<feed",
        2,
        "no feed but <feed>",
        '<feed  xmlns="http://www.w3.org/2005/Atom"',
    ),
    Case(
        "json",
        "2026:2",
        "2026:1",
        4,
        "entry 2 (without a title): entry 1 has the same id",
        "2026:3",
    ),
    Case(
        "json",
        f"{BASE}feed.json",
        f"{BASE}rss.xml",
        1,
        "not at https://x.example/p/feed.json",
        f"{BASE}feed.json",
    ),
    Case(
        "json",
        f'"feed_url": "{BASE}feed.json", ',
        "",
        1,
        "no feed_url",
        '"expired": false, "feed_url": "https://x.example/p/feed.json", ',
        "warning",
    ),
    Case("json", "]}\n", "]\n", 6, "no JSON", "]}"),
    # What must be there, and what must not
    Case(
        "rss",
        "<description>New ones</description>",
        "",
        3,
        "no <description>",
        "<description>N</description>",
    ),
    Case("rss", "New ones", " ", 4, "<description> is empty", "."),
    Case("rss", f"<link>{BASE}</link><desc", "<desc", 3, "no <link>", f"<link>{BASE}</link><desc"),
    Case(
        "rss",
        "<title>Two</title>",
        "",
        12,
        "entry 2 (without a title): it has neither a title nor",
        "<description>Two</description>",
    ),
    Case(
        "rss",
        "<title>Two</title>",
        "<title>Two</title><title>2</title>",
        12,
        "<title> stands 2 times",
        "<title>Two</title><category>a</category><category>b</category>",
    ),
    Case(
        "rss",
        "<title>Two</title>",
        "<title>Two</title><subtitle>2</subtitle>",
        12,
        "no element <subtitle>",
        '<title>Two</title><x:y xmlns:x="http://y.example"/>',
    ),
    Case("rss", f"<url>{BASE}i.png</url>", "", 7, "no <url>", f"<url>{BASE}i.gif</url>"),
    Case(
        "rss",
        '<guid isPermaLink="false">tag:x.example,2026:2</guid>',
        "",
        12,
        "no guid",
        f"<guid>{BASE}b</guid>",
        "warning",
    ),
    Case("rss", 'length="12"', "", 13, "number of bytes", 'length="0"'),
    Case(
        "rss",
        "<pubDate>",
        "<author>Ann</author><pubDate>",
        9,
        "no e-mail address: 'Ann'",
        "<author>ann@x.example (Ann)</author><pubDate>",
    ),
    Case(
        "atom",
        "<updated>2026-05-08T12:00:00Z</updated>\n<link rel",
        "<link rel",
        2,
        "no <updated>",
        "<updated>2026-05-08T12:00:00.5+02:00</updated>\n<link rel",
    ),
    Case(
        "atom",
        "<title>Two</title>",
        "",
        8,
        "entry 2 (without a title): there is no <title>",
        "<title type='html'>T</title>",
    ),
    Case(
        "atom", "<title>Two</title>", "<title> </title>", 8, "<title> is empty", "<title>2</title>"
    ),
    Case(
        "atom",
        "<author><name>Ann</name></author>",
        "",
        5,
        "nor the feed has an author",
        "<author><name>A</name><email>a@x.example</email></author>",
    ),
    Case("atom", "<name>Ann</name>", "<name/>", 4, "no <name>", "<name>A</name>"),
    Case(
        "atom",
        f'59Z</updated>\n<link href="{BASE}a.html"/>',
        "59Z</updated>",
        8,
        "neither content nor a link",
        "59Z</updated><content>b</content>",
    ),
    Case("atom", 'term="c"', 'label="c"', 6, "no term", 'term="c" label="C"'),
    Case(
        "atom",
        "<summary>First.",
        "<description>x</description><summary>First.",
        5,
        "no element <description>",
        '<d xmlns="http://y.example"/><summary>First.',
    ),
    Case(
        "atom",
        f'<link href="{BASE}a.html"/><cat',
        f'<link href="{BASE}a.html"/><link href="{BASE}b.html"/><cat',
        6,
        "two alternate links",
        f'<link href="{BASE}a.html"/><link href="{BASE}b.html" hreflang="de"/><cat',
    ),
    Case(
        "atom",
        f'<link href="{BASE}a.html"/><cat',
        "<link rel='alternate'/><cat",
        6,
        "no href",
        f"<link rel='alternate' href='{BASE}'/><cat",
    ),
    Case(
        "atom",
        'rel="self"',
        'rel="me" href="https://a.example"/><link rel="self"',
        4,
        "no registered relation",
        'rel="hub" href="https://a.example"/><link rel="self"',
        "warning",
    ),
    Case(
        "atom",
        "<author><name>Ann",
        '<a:archive xmlns:a="http://purl.org/syndication/history/1.0"/><author><name>Ann',
        2,
        "rel=current",
        f'<link rel="current" href="{BASE}atom.xml"/><a:archive xmlns:a="http://purl.org/syndication/history/1.0"/><author><name>Ann',
    ),
    Case("json", '"title": "Papers", ', "", 1, "no 'title'", '"title": "P", '),
    Case("json", "version/1.1", "version/2", 1, "not JSON Feed 1.1", "version/1"),
    Case(
        "json",
        '"content_text": "Second"',
        '"content_text": ""',
        4,
        "no content",
        '"content_text": "S"',
    ),
    Case("json", '"id": "tag:x.example,2026:2"', '"id": 2', 4, "id is not a text", '"id": "2"'),
    Case("json", '"id": "tag:x.example,2026:2", ', "", 2, "it has no id", '"id": "2", '),
    Case("json", '["c"]', '["c", 1]', 2, "a tag is no text", '["c", "1"]'),
    Case(
        "json",
        '{"name": "Ann"}',
        '{"nick": "Ann"}',
        2,
        "neither a name",
        '{"url": "https://ann.example"}',
    ),
    Case("json", '"_more"', '"more"', 2, "no 'more'", '"_m"', "warning"),
    # Dates
    Case(
        "rss",
        _PUBLISHED,
        "<pubDate>Thu, 08 May 2026 12:00:00 +0000",
        9,
        "the day was a Fri, not a Thu",
        "<pubDate>8 May 2026 12:00 GMT",
    ),
    Case(
        "rss",
        _PUBLISHED,
        "<pubDate>2026-05-08T12:00:00Z",
        9,
        "no date after RFC 822",
        "<pubDate>Fri, 8 May 2026 12:00:00 EST",
    ),
    Case(
        "rss",
        _PUBLISHED,
        "<pubDate>Fri, 08 Mai 2026 12:00:00 +0000",
        9,
        "no date after RFC 822",
        "<pubDate>Fri, 08 May 2026 23:59:59 +0200",
    ),
    Case(
        "rss",
        _PUBLISHED,
        "<pubDate>Fri, 31 Apr 2026 12:00:00 +0000",
        9,
        "no such date",
        "<pubDate>Thu, 30 Apr 2026 12:00:00 +0000",
    ),
    Case(
        "atom",
        _UPDATED,
        "<updated>2026-05-08",
        8,
        "entry 2 ('Two'): <updated>: no time after RFC 3339",
        "<updated>2026-05-08T00:00:00.25-11:30",
    ),
    Case(
        "atom",
        _UPDATED,
        "<updated>2026-02-30T00:00:00Z",
        8,
        "no such time",
        "<updated>2028-02-29T00:00:00Z",
    ),
    Case(
        "atom",
        _UPDATED,
        "<updated>2026-05-08T12:00:00Z",
        8,
        "entry 1 has the same <updated>",
        "<updated>2026-05-08T12:00:01Z",
        "warning",
    ),
    Case(
        "json", _DATED, '"8 May 2026"', 2, "date_published: no time", '"2026-05-08T12:00:00+01:00"'
    ),
    # Addresses
    Case(
        "rss",
        f"<link>{BASE}a.html",
        "<link>a.html",
        8,
        "entry 1 ('One'): <link>: the address is not absolute",
        f"<link>{BASE}%61.html",
    ),
    Case(
        "rss",
        f"<link>{BASE}a.html",
        f"<link>{BASE}a b.html",
        8,
        "no valid address",
        f"<link>{BASE}a%20b.html?c#d",
    ),
    Case(
        "rss",
        f'href="{BASE}a.html"',
        'href="../a.html"',
        11,
        "in the content, the address is not absolute",
        'href="mailto:ann@x.example"',
    ),
    Case(
        "rss",
        '<guid isPermaLink="false">tag:x.example,2026:2',
        "<guid>2026:2",
        12,
        "taken for an address",
        '<guid isPermaLink="true">https://x.example/2',
    ),
    Case(
        "atom",
        "<id>tag:x.example,2026:2",
        "<id>2",
        8,
        "<id>: the address is not absolute",
        "<id>urn:isbn:2",
    ),
    Case(
        "atom",
        f'href="{BASE}a.html"/><cat',
        'href="a.html"/><cat',
        6,
        "not absolute",
        'href="http://a.example"/><cat',
    ),
    Case(
        "atom",
        _MORE,
        'href="/a.html"&gt;more',
        7,
        "in the content",
        'href="https://a.example/?b=c"&gt;more',
    ),
    Case(
        "json",
        f'"url": "{BASE}a.html"',
        '"url": "a.html"',
        2,
        "url: the address is not absolute",
        '"url": "https://a.example"',
    ),
    Case(
        "json",
        f"href='{BASE}a.html'",
        "href='a.html'",
        2,
        "in the content",
        "href='https://a.example'",
    ),
    # Language and types
    Case("rss", "<language>en", "<language>en_US", 4, "no language tag", "<language>en-US"),
    Case("atom", 'xml:lang="en"', 'xml:lang="English!"', 2, "no language tag", 'xml:lang="pt-BR"'),
    Case(
        "json", '"language": "en"', '"language": "en US"', 1, "no language tag", '"language": "de"'
    ),
    Case("atom", 'type="html"', 'type="markup"', 7, "no valid type", "type='html'"),
    Case(
        "rss",
        'type="application/pdf"',
        'type="PDF"',
        13,
        "no media type",
        'type="text/html; charset=utf-8"',
    ),
    # Content: escaping, and what readers don't show
    Case(
        "rss",
        "&lt;p&gt;First, if a &amp;lt; b.",
        "<p>First</p>",
        11,
        "not escaped",
        "&lt;p&gt;First.",
    ),
    Case(
        "atom",
        "&lt;p&gt;First, if a &amp;lt; b.",
        "<p xmlns=''>First</p>",
        7,
        "not escaped",
        "<![CDATA[<p>First]]>",
    ),
    Case(
        "rss",
        "First, if a &amp;lt; b.</desc",
        "&amp;lt;p&amp;gt;First&amp;lt;/p&amp;gt;</desc",
        10,
        "escaped twice",
        "The tag &amp;lt;p&amp;gt; begins a paragraph</desc",
    ),
    Case(
        "rss",
        "First, if a &amp;lt; b.</desc",
        "AT&amp;amp;amp;T</desc",
        10,
        "seems to be escaped twice",
        "AT&amp;amp;T &amp;lt;think&amp;gt; x&amp;lt;y</desc",
        "warning",
    ),
    Case(
        "atom",
        "First.</summary>",
        "AT&amp;amp;T</summary>",
        6,
        "seems to be escaped twice",
        "AT&amp;T if a &lt; b</summary>",
        "warning",
    ),
    Case(
        "atom",
        ">One<",
        ">&lt;b&gt;One&lt;/b&gt;<",
        5,
        "seems to be escaped twice",
        ">a&lt;b and b&gt;a<",
        "warning",
    ),
    Case(
        "json",
        "<p>First, if a &lt; b. <a",
        "&lt;p&gt;First&lt;/p&gt; &amp;amp; <a",
        2,
        "seems to be escaped twice",
        "<p>a &lt; b <a",
        "warning",
    ),
    Case("atom", _MORE, 'onclick="x()"&gt;more', 7, "run no scripts", 'title="x"&gt;more'),
    Case(
        "atom",
        _MORE,
        'href="javascript:x()"&gt;more',
        7,
        "no address to follow",
        'href="https://a.example/#javascript:"&gt;more',
    ),
    Case(
        "json",
        "<p>First",
        "<script>1</script><p>First",
        2,
        "do not show <script>",
        "<h3>a</h3><p>First",
    ),
    Case(
        "rss",
        "&lt;p&gt;First",
        '&lt;p style="color:red"&gt;First',
        11,
        "take style",
        "&lt;p&gt;data-x=",
        "warning",
    ),
    # What is rare
    Case(
        "atom",
        f'"{BASE}a.html"/><category',
        f'"{BASE}a.html" type="html"/><category',
        6,
        "no media type",
        f'"{BASE}a.html" type="text/html"/><category',
    ),
    Case(
        "atom",
        "<summary>First.",
        '<summary type="xhtml">First.',
        6,
        "not one <div>",
        '<rights type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">1</div></rights><summary>',
    ),
    Case(
        "atom",
        "</entry>\n</feed>",
        f'<content type="text/html" src="{BASE}a.html"/></entry>\n</feed>',
        8,
        "needs a summary",
        f'<content type="text/html" src="{BASE}a.html"/><summary>2</summary></entry>\n</feed>',
    ),
    Case("rss", "</channel>", "</channel><channel/>", 2, "must be one <channel>", "</channel >"),
    Case(
        "rss",
        "<description>First, if a &amp;lt; b.",
        "<description><p>First</p>",
        10,
        "not escaped",
        "<description><![CDATA[<p>First</p>]]>",
    ),
    Case(
        "rss",
        "<rss version",
        "<!DOCTYPE rss><rss version",
        1,
        "no document type",
        "<!-- rss --><rss version",
        "warning",
    ),
    Case(
        "json",
        '"items": [',
        '"hubs": [{"type": "WebSub", "url": "hub"}], "items": [',
        1,
        "a hub has no type",
        '"hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items": [',
    ),
    Case("json", '"tags": ["c"]', '"tags": [1]', 2, "a tag is no text", '"tags": []'),
    Case(
        "json",
        '"_more": 1',
        '"attachments": [{"url": "a.pdf", "mime_type": "application/pdf"}]',
        2,
        "an attachment",
        f'"attachments": [{{"url": "{BASE}a.pdf", "mime_type": "application/pdf"}}]',
    ),
    Case(
        "rss",
        "<description>First, if a &amp;lt; b.</description>",
        "<content:encoded>1</content:encoded><description>First.</description>",
        8,
        "behind the content",
        "<description>First.</description>",
        "warning",
    ),
    Case("rss", "tag:x.example,2026:2", "", 12, "it is empty", "2"),
]
