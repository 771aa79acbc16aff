"""The rules would be worth nothing if they let faults pass: each is shown a feed that breaks it."""

import pytest

from tests.render.feed_rules import faults

BASE = "https://x.example/"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>tag:x.example,2026:f</id>\
<title>T</title><updated>2026-05-08T12:00:00Z</updated><author><name>A</name></author>\
<link href="https://x.example/atom.xml" rel="self" type="application/atom+xml"/>\
<entry><id>tag:x.example,2026:1</id><title>One</title><updated>2026-05-08T12:00:00Z</updated>\
<content type="html">c</content><category term="c"/>\
<link href="https://x.example/1.html" type="text/html"/></entry>\
<entry><id>tag:x.example,2026:2</id><title>Two</title><updated>2026-05-08T11:59:59Z</updated>\
<content type="html">c</content></entry></feed>"""
RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>\
<link>https://x.example/</link><description>D</description>\
<atom:link href="https://x.example/rss.xml" rel="self"/><language>en</language>\
<item><title>One</title><link>https://x.example/1.html</link>\
<guid isPermaLink="false">tag:x.example,2026:1</guid>\
<pubDate>Fri, 08 May 2026 12:00:00 +0000</pubDate></item></channel></rss>"""


JSON = """{"version":"https://jsonfeed.org/version/1.1","title":"T",\
"home_page_url":"https://x.example/","feed_url":"https://x.example/feed.json","items":[\
{"id":"tag:x.example,2026:1","url":"https://x.example/1.html","title":"One","content_html":"c",\
"date_published":"2026-05-08T12:00:00Z","date_modified":"2026-05-08T12:00:00Z",\
"authors":[{"name":"A"}],"tags":["t"],\
"attachments":[{"url":"https://y.example/1.pdf","mime_type":"application/pdf"}]},\
{"id":"tag:x.example,2026:2","url":"https://x.example/2.html","content_html":"c","_own":1,\
"date_published":"2026-05-08T11:59:59Z","date_modified":"2026-05-08T11:59:59Z"}]}"""


@pytest.mark.parametrize("feed", [ATOM, RSS, JSON])
def test_good_feeds_pass(feed):
    assert faults(feed, base_url=BASE) == []


@pytest.mark.parametrize(
    ("feed", "old", "new", "fault"),
    [
        (ATOM, "<title>Two</title>", "", "no {"),
        (ATOM, "<title>Two</title>", "<title> </title>", "no {"),
        (ATOM, "<title>Two</title>", "<title>Two</title><title>2</title>", "2 of"),
        (ATOM, "<title>Two</title>", "<title>Two</title><pubDate/>", "unknown element"),
        (ATOM, "2026:2<", "2026:1<", "2 times"),
        (ATOM, "11:59:59", "12:00:00", "2 times"),
        (ATOM, "tag:x.example,2026:2", "papers/2", "no absolute URI"),
        (ATOM, "11:59:59Z", "11:59:59", "no RFC 3339 time"),
        (ATOM, "2026-05-08T11:59:59Z", "2026-05-09T11:59:59Z", "older than"),
        (ATOM, "<author><name>A</name></author>", "", "author"),
        (ATOM, "<name>A</name>", "<name/>", "no {"),
        (ATOM, 'term="c"', 'term=""', "term"),
        (ATOM, 'type="html"', 'type="xhtml"', "neither text nor HTML"),
        (ATOM, 'rel="self"', 'rel="related"', "feed itself"),
        (ATOM, "https://x.example/1.html", "1.html", "not absolute"),
        (ATOM, "https://x.example/1.html", "https://x.example/a b", "no URI reference"),
        (ATOM, "text/html", "html", "no media type"),
        (ATOM, 'xml:lang="en"', 'xml:lang="en_GB"', "language"),
        (RSS, 'version="2.0"', 'version="0.91"', "not RSS 2.0"),
        (RSS, "<description>D</description>", "", "no description"),
        (RSS, "https://x.example/1.html", "1.html", "not absolute"),
        (RSS, "<link>https://x.example/1.html</link>", "", "without a link"),
        (RSS, 'isPermaLink="false"', "", "taken for an address"),
        (RSS, "Fri, 08", "Sat, 08", "wrong weekday"),
        (RSS, "08 May", "08 Mai", "no RFC 822 date"),
        (RSS, "<title>One</title>", "", "neither a title"),
        (RSS, "<title>One</title>", "<title>One</title><id/>", "unknown element"),
        (RSS, 'href="https://x.example/rss.xml"', 'href="rss.xml"', "feed itself"),
        (RSS, "<language>en<", "<language>e n<", "language"),
        (ATOM, ">c</content><cat", ">&lt;video src=x></content><cat", "not all readers"),
        (ATOM, ">c</content><cat", ">&lt;p class=x></content><cat", "without a meaning"),
        (ATOM, ">c</content><cat", ">&lt;a href='x'></content><cat", "not absolute in content"),
        (ATOM, 'rel="self"', 'rel="current"', "without its feed"),
        (ATOM, 'type="text/html"', 'rel="friend"', "no known relation"),
        (RSS, "</language>", "</language><image><url>x:y</url></image>", "no title"),
        (JSON, "version/1.1", "version/1", "not JSON Feed 1.1"),
        (JSON, '"title":"T",', "", "no title"),
        (JSON, '"title":"T"', '"titel":"T"', "unknown key"),
        (JSON, "2026:2", "2026:1", "2 times"),
        (JSON, '"id":"tag:x.example,2026:2"', '"id":2', "no id"),
        (JSON, '"content_html":"c","_own"', '"_own"', "no content"),
        (JSON, '"_own"', '"own"', "unknown key"),
        (JSON, "https://x.example/2.html", "2.html", "not absolute"),
        (JSON, "11:59:59Z", "11:59:59", "no RFC 3339 time"),
        (JSON, "application/pdf", "pdf", "attachment"),
        (JSON, '["t"]', '[""]', "tag"),
        (JSON, '{"name":"A"}', "{}", "author"),
    ],
)
def test_faults_are_found(feed, old, new, fault):
    assert old in feed
    assert any(fault in found for found in faults(feed.replace(old, new), base_url=BASE))
