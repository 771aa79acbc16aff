from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitegen.pages import Page, SitemapPage, SiteView
from sitegen.render.addresses import absolute
from sitegen.render.sitemap import render

BASE_URL = "https://papers.example.org/digest/"
DAY = date(2026, 5, 8)


def site(base_url=BASE_URL):
    return SiteView(
        title="Papers",
        description="",
        language="en",
        base_url=base_url,
        curator="",
        navigation=(),
        footer=(),
        feeds=(),
    )


def page(*urls):
    return Page(path="sitemap.xml", kind="sitemap", data=SitemapPage(urls=urls))


def addresses(data):
    return [element.text for element in etree.fromstring(data).iter("{*}loc")]


def test_a_sitemap_to_the_byte():
    data = render(page(("index.html", DAY), ("about.html", None)), site())
    assert data.decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://papers.example.org/digest/index.html</loc>"
        "<lastmod>2026-05-08</lastmod></url>\n"
        "<url><loc>https://papers.example.org/digest/about.html</loc></url>\n"
        "</urlset>\n"
    )


@given(st.text(st.characters(codec=None)), st.sampled_from(["", "?a=1&b=<2>"]))
def test_any_path_makes_an_address(path, tail):
    base_url = f"{BASE_URL}{tail}"
    assert addresses(render(page((path, None)), site(base_url))) == [absolute(base_url, path)]


def test_without_a_base_url_there_is_no_sitemap():
    with pytest.raises(ValueError, match="base URL"):
        render(page(("index.html", DAY)), site(""))
