from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitegen.pages import Page, SitemapPage, SiteView
from sitegen.render.addresses import absolute
from sitegen.render.sitemap import MOST, render, robots_txt, sitemap_pages

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
    assert sitemap_pages([("index.html", DAY)], site("")) == ()
    with pytest.raises(ValueError, match="base URL"):
        render(page(("index.html", DAY)), site(""))


def test_without_addresses_there_is_no_sitemap():
    assert sitemap_pages([], site()) == ()


def test_up_to_the_limit_one_file_is_enough():
    urls = [(f"{number}.html", DAY) for number in range(MOST)]
    (only,) = sitemap_pages(urls, site())
    assert only.path == "sitemap.xml"
    assert len(addresses(render(only, site()))) == MOST


def test_above_it_an_index_leads_to_parts():
    urls = [(f"{number}.html", None) for number in range(2 * MOST)]
    urls += [("late.html", DAY), ("early.html", date(2020, 1, 1))]
    index, *parts = sitemap_pages(urls, site())
    assert [part.path for part in parts] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert render(index, site()).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<sitemap><loc>https://papers.example.org/digest/sitemap-1.xml</loc></sitemap>\n"
        "<sitemap><loc>https://papers.example.org/digest/sitemap-2.xml</loc></sitemap>\n"
        "<sitemap><loc>https://papers.example.org/digest/sitemap-3.xml</loc>"
        "<lastmod>2026-05-08</lastmod></sitemap>\n"
        "</sitemapindex>\n"
    )
    found = [address for part in parts for address in addresses(render(part, site()))]
    assert found == [BASE_URL + path for path, _ in urls]


def test_more_addresses_at_the_end_leave_earlier_parts_alone():
    urls = [(f"{number}.html", None) for number in range(MOST + 5)]
    before = sitemap_pages(urls, site())
    after = sitemap_pages([*urls, ("new.html", DAY)], site())
    assert before[1] == after[1]
    assert before[2] != after[2]


def test_robots_are_welcome_and_told_of_the_sitemap():
    assert robots_txt(site()) == (
        "User-agent: *\nDisallow:\n\nSitemap: https://papers.example.org/digest/sitemap.xml\n"
    )
    assert robots_txt(site("")) == "User-agent: *\nDisallow:\n"
