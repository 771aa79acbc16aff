from datetime import date

from lxml import etree

from sitegen.pages import SiteView
from sitegen.plan.addresses import URLS_PER_FILE as MOST
from sitegen.plan.addresses import robots_txt, sitemap_pages
from sitegen.render.sitemap import render

BASE_URL = "https://papers.example.org/digest/"
DAY = date(2026, 5, 8)


def site():
    return SiteView(
        title="Papers",
        description="",
        language="en",
        base_url=BASE_URL,
        curator="",
        navigation=(),
        footer=(),
        feeds=(),
    )


def addresses(data):
    return [element.text for element in etree.fromstring(data).iter("{*}loc")]


def test_without_addresses_there_is_no_sitemap():
    assert sitemap_pages(()) == ()


def test_up_to_the_limit_one_file_is_enough():
    urls = [(f"{number}.html", DAY) for number in range(MOST)]
    (only,) = sitemap_pages(tuple(urls))
    assert only.path == "sitemap.xml"
    assert len(addresses(render(only, site()))) == MOST


def test_above_it_an_index_leads_to_parts():
    urls = [(f"{number}.html", None) for number in range(2 * MOST)]
    urls += [("late.html", DAY), ("early.html", date(2020, 1, 1))]
    index, *parts = sitemap_pages(tuple(urls))
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
    before = sitemap_pages(tuple(urls))
    after = sitemap_pages((*urls, ("new.html", DAY)))
    assert before[1] == after[1]
    assert before[2] != after[2]


def test_robots_are_welcome_and_told_of_the_sitemap():
    assert robots_txt(BASE_URL) == (
        "User-agent: *\nDisallow:\n\nSitemap: https://papers.example.org/digest/sitemap.xml\n"
    )
    assert robots_txt("") == "User-agent: *\nDisallow:\n"
