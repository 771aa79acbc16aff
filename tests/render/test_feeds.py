import html
import json
import locale
import re
from datetime import UTC, date, datetime
from pathlib import Path

import feedgen.entry
import feedgen.feed
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitegen.feed_ids import entry_id, feed_page_id, stamp
from sitegen.pages import Page, SiteView, WebLink
from sitegen.pages.feeds import FeedEntry, FeedPage
from sitegen.render.feed_forms import entry_form
from sitegen.render.feeds import render
from sitegen.render.xml_text import xml_text
from tests.render.feed_rules import faults

FEED_ID = "example.org,2026"
BASE_URL = "https://papers.example.org/digest/"
FORMATS = ("rss", "atom")
FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
ARXIV = WebLink(label="arXiv 2605.00001", url="https://arxiv.org/abs/2605.00001")
PDF = "https://arxiv.org/pdf/2605.00001"


def site(base_url=BASE_URL, **fields):
    shown = {"title": "Papers, daily", "description": "New papers", "language": "en", "curator": ""}
    return SiteView(**shown | fields, base_url=base_url, navigation=(), footer=(), feeds=())


def entry(number=0, **fields):
    key = f"2605.{number:05}"
    time = stamp(date(2026, 5, 8), number)
    shown = {
        "id": entry_id(FEED_ID, key),
        "path": f"papers/2605/{key}.html",
        "title": f"Paper {number}",
        "summary": "We show it.",
        "content": ("<p>Long is known. We show it.</p>",),
        "authors": ("Ann Doe", "Bo Roe"),
        "categories": ("Video",),
        "published": time,
        "updated": time,
        "links": (ARXIV,),
        "pdf": PDF,
        "bibtex": f"papers/2605/{key}.html#bib",
        "identifiers": (("arXiv", key), ("doi", f"10.48550/arXiv.{key}")),
        "venue": "Proceedings of Video",
        "dated": "2026-05-07",
    }
    return FeedEntry(**shown | fields)


def page(kind, *entries, folder="topics/", **fields):
    path = f"{folder}video.{FILES[kind]}"
    shown = {
        "id": feed_page_id(FEED_ID, path),
        "title": "Video",
        "description": "Papers on video",
        "html_path": f"{folder}video.html",
        "updated": stamp(date(2026, 5, 8), 0),
    }
    data = FeedPage(format=kind, entries=entries or (entry(0), entry(1)), **shown | fields)
    return Page(path=path, kind="feed", data=data)


def shown_text(detail):
    """What a reader shows of a text construct that feedparser has read."""
    return html.unescape(detail.value) if detail.type == "text/html" else detail.value


@pytest.mark.parametrize("kind", FILES)
def test_a_feed_to_the_byte(kind):
    expected = Path(__file__).with_name("feeds") / f"video.{FILES[kind]}"
    how = {"hub": "https://hub.example.org/", "image": "assets/icon.png", "style": "assets/f.css"}
    assert render(page(kind, entry(), **how), site()) == expected.read_bytes()


@pytest.mark.parametrize("base_url", [BASE_URL, ""])
@pytest.mark.parametrize("folder", ["", "topics/"])
@pytest.mark.parametrize("kind", FILES)
def test_feeds_keep_the_specifications(kind, folder, base_url):
    entries = (
        entry(0),
        entry(1, links=(), authors=(), pdf="", bibtex="", identifiers=(), venue="", dated=""),
        entry(2, summary="", content=("",), categories=()),
        entry(3, title="Is a <b> or an &amp; in ]]> text?"),
    )
    data = render(page(kind, *entries, folder=folder), site(base_url))
    assert faults(data, base_url=base_url) == []
    assert kind == "json" or feedparser.parse(data).bozo == 0


def test_entries_stay_in_their_order():
    for kind in FORMATS:
        read = feedparser.parse(render(page(kind, *map(entry, range(5))), site()))
        assert [item.title for item in read.entries] == [f"Paper {n}" for n in range(5)]


def test_dates_are_read_back():
    for kind in FORMATS:
        (item,) = feedparser.parse(render(page(kind, entry(61)), site())).entries
        assert datetime(*item.published_parsed[:6], tzinfo=UTC) == datetime(
            2026, 5, 8, 11, 58, 59, tzinfo=UTC
        )


def test_the_locale_changes_nothing(monkeypatch):
    before = [render(page(kind), site()) for kind in FORMATS]
    entry_form.cache_clear()
    for module in (feedgen.entry, feedgen.feed):  # the only two places that ask the locale
        monkeypatch.setattr(module, "formatRFC2822", lambda _: "Fr, 08 Mai 2026 12:00:00 +0000")
    assert [render(page(kind), site()) for kind in FORMATS] == before


def test_the_locale_stays_as_it_was():
    before = locale.setlocale(locale.LC_ALL)
    render(page("rss"), site())
    assert locale.setlocale(locale.LC_ALL) == before


def test_the_curator_answers_for_papers_without_authors():
    data = render(page("atom", entry(authors=())), site(curator="AK"))
    assert feedparser.parse(data).feed.author == "AK"
    assert faults(data, base_url=BASE_URL) == []


def test_a_document_of_the_archive_names_its_feed_and_what_is_older():
    linked = page("atom", current="atom.xml", older="feeds/archive/1.xml", folder="feeds/archive/")
    data = render(linked, site())
    assert faults(data, base_url=BASE_URL) == []
    links = {link.rel: link.href for link in feedparser.parse(data).feed.links}
    assert links["current"] == f"{BASE_URL}atom.xml"
    assert links["prev-archive"] == f"{BASE_URL}feeds/archive/1.xml"
    assert b"<fh:archive/>" in data


def test_reference_managers_find_what_they_look_for():
    for kind in FORMATS:
        raw = render(page(kind, entry()), site())
        (item,) = feedparser.parse(raw).entries
        assert item.prism_doi == "10.48550/arXiv.2605.00000"
        assert item.prism_publicationname == "Proceedings of Video"
        assert item.prism_publicationdate == "2026-05-07"
        named = re.findall(rb"<dc:identifier>(.*?)</dc:identifier>", raw)
        assert named == [b"arXiv:2605.00000", b"doi:10.48550/arXiv.2605.00000"]
    (item,) = json.loads(render(page("json", entry()), site()))["items"]
    assert item["_paper"]["doi"] == "10.48550/arXiv.2605.00000"
    assert item["_paper"]["bibtex"] == f"{BASE_URL}papers/2605/2605.00000.html#bib"
    assert item["external_url"] == ARXIV.url
    assert item["attachments"] == [{"url": PDF, "mime_type": "application/pdf"}]


LINKED = ('<p><a href="', 'days/2026-05-08.html">That day</a> and <a href="', 'a.html">A</a>.</p>')


def test_contents_lead_to_the_site_wherever_it_stands():
    shown = entry(content=LINKED)
    for kind in FORMATS:
        (item,) = feedparser.parse(render(page(kind, shown), site())).entries
        assert f'href="{BASE_URL}days/2026-05-08.html"' in item.content[0].value
        assert f'href="{BASE_URL}a.html"' in item.content[0].value


def test_without_a_base_url_atom_links_are_relative():
    feed = feedparser.parse(render(page("atom", entry(content=LINKED)), site("")))
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "../topics/video.atom.xml",
        "alternate": "../topics/video.html",
    }
    assert feed.entries[0].link == "../papers/2605/2605.00000.html"
    assert 'href="../days/2026-05-08.html"' in feed.entries[0].content[0].value


@pytest.mark.parametrize(
    ("feed_id", "home"),
    [
        ("example.org,2026", "https://example.org/"),
        ("ann@lab.example.org,2026-05-01", "https://lab.example.org/"),
        ("sitegen.invalid,2026", "https://sitegen.invalid/"),
    ],
)
def test_without_a_base_url_rss_links_to_its_maintainer_and_to_the_paper_elsewhere(feed_id, home):
    entries = (entry(0), entry(1, links=(), content=LINKED))
    there = page("rss", *entries, id=feed_page_id(feed_id, "rss.xml"))
    feed = feedparser.parse(render(there, site("")))
    assert feed.feed.link == home
    assert feed.entries[0].link == ARXIV.url
    assert "link" not in feed.entries[1]
    assert feed.entries[1].content[0].value == "<p>That day and A.</p>"


def test_without_a_base_url_a_json_feed_says_nothing_of_addresses():
    feed = json.loads(render(page("json", entry()), site("")))
    assert not {"home_page_url", "feed_url"} & feed.keys()
    assert "url" not in feed["items"][0]
    assert feed["items"][0]["external_url"] == ARXIV.url


@pytest.mark.parametrize("kind", FILES)
def test_only_web_links_come_through_and_as_valid_addresses(kind):
    links = (
        WebLink(label="a", url="javascript:alert(1)"),
        WebLink(label="b", url='https://x.example/a b?q="><script>&c=ü\x07'),
        WebLink(label="", url="HTTP://y.example/"),
    )
    data = render(page(kind, entry(links=links, pdf="file:///etc/passwd")), site())
    assert faults(data, base_url=BASE_URL) == []
    assert b"javascript" not in data
    assert b"passwd" not in data
    if kind == "atom":
        (item,) = feedparser.parse(data).entries
        related = [link.href for link in item.links if link.rel == "related"]
        assert related[:2] == [
            "https://x.example/a%20b?q=%22%3E%3Cscript%3E&c=%C3%BC%07",
            "HTTP://y.example/",
        ]


def test_empty_texts_are_filled_or_left_out():
    blank = entry(title="\x00 ", summary="\x01", authors=("\x02", "Ann"), categories=(" ",))
    for kind in FORMATS:
        data = render(page(kind, blank, title="", description=""), site(title=""))
        assert faults(data, base_url=BASE_URL) == []
        (item,) = feedparser.parse(data).entries
        assert item.title == blank.id
        assert [author.name for author in item.authors] == ["Ann"]


@pytest.mark.parametrize(
    ("title", "twice"),
    [
        ("AT&T, R&D and 1 < 2", False),
        ("The <b> tag", True),
        ("If p<q then", True),
        ("What &lt; means", True),
        ("</title>", True),
    ],
)
def test_rss_titles_that_html_would_misread_are_escaped_twice(title, twice):
    data = render(page("rss", entry(title=title)), site())
    raw = etree.fromstring(data).findtext("channel/item/title")
    assert raw == (html.escape(title, quote=False) if twice else title)
    assert html.unescape(raw) == title


ODD = "\x00\x08\x0b\x1b\x7f\x85\ud800\udfff\ufdd0\ufffe\uffff"
LEFT_OUT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
any_text = st.text(st.characters(codec=None)) | st.lists(
    st.sampled_from(
        [
            *ODD,
            "]]>",
            "<![CDATA[",
            "<b>",
            "</b>",
            "&amp;",
            "&",
            "é",
            "😀",
            "\u202e",
            "שלום",
            "a ",
            "\n",
        ]
    )
).map("".join)


def mended(text):
    """feedparser takes text that reads as UTF-8 seen as Latin-1 for just that, and mends it."""
    try:
        return text.encode("iso-8859-1").decode()
    except UnicodeError:
        return text


@given(any_text, any_text)
def test_any_title_and_abstract_can_be_read(title, abstract):
    content = (f"<p>{html.escape(abstract)}</p>",)
    given_entry = entry(
        title=title, summary=abstract, content=content, authors=(title,), categories=(title,)
    )
    expected = LEFT_OUT.sub("", title).strip()
    json_feed = page("json", given_entry, title=title, description=abstract)
    (item,) = json.loads(render(json_feed, site()))["items"]
    assert item["title"] == (expected or given_entry.id)
    assert html.unescape(item["content_html"]) == f"<p>{LEFT_OUT.sub('', abstract)}</p>"
    for kind in FORMATS:
        data = render(page(kind, given_entry, title=title, description=abstract), site())
        assert faults(data, base_url=BASE_URL) == []
        read = feedparser.parse(data)
        assert read.bozo == 0
        (item,) = read.entries
        assert shown_text(item.title_detail) == mended(expected or given_entry.id)


@given(st.text(st.characters(codec=None)))
def test_what_is_left_of_a_text_fits_into_xml(text):
    element = etree.Element("t")
    element.text = xml_text(text)  # raises ValueError otherwise
    assert xml_text(element.text or "") == (element.text or "")
