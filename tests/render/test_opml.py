import pytest
from lxml import etree

from sitegen.pages import Page
from sitegen.pages.feeds import FeedOutline, OpmlPage
from sitegen.render.opml import render
from tests.render.test_feeds import site


def outline(name):
    return FeedOutline(
        title=f"{name} & <more>",
        about='Said "so"\x00',
        path=f"{name}.atom.xml",
        html_path=f"{name}.html",
    )


def test_feeds_stand_in_folders_with_absolute_addresses():
    data = OpmlPage(title="All\x01", folders=(("One", (outline("a"), outline("b"))), ("Two", ())))
    root = etree.fromstring(render(Page(path="feeds.opml", kind="opml", data=data), site()))
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "All"
    one, two = root.findall("body/outline")
    assert (one.get("text"), two.get("text")) == ("One", "Two")
    first, _ = one
    assert dict(first.attrib) == {
        "type": "rss",
        "text": "a & <more>",
        "title": "a & <more>",
        "description": 'Said "so"',
        "xmlUrl": "https://papers.example.org/digest/a.atom.xml",
        "htmlUrl": "https://papers.example.org/digest/a.html",
    }


def test_without_a_base_url_no_list_can_be_written():
    data = OpmlPage(title="All", folders=())
    with pytest.raises(ValueError, match="base URL"):
        render(Page(path="feeds.opml", kind="opml", data=data), site(""))
