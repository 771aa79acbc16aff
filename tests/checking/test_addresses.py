from __future__ import annotations

import pytest

from sitegen.checking.addresses import Addresses, Target
from sitegen.checking.site import Entry, Site

FILES = ("index.html", "a.html", "ä ö.html", "days/index.html", "days/1.html", "x/y/z.html")
SITE = Site((Entry(path=path, size=1) for path in FILES), "https://x.org/p%C3%A4/")


@pytest.mark.parametrize(
    ("url", "page", "target"),
    [
        ("", "a.html", Target("file", "a.html")),
        ("#x%20y", "days/1.html", Target("file", "days/1.html", "x y")),
        ("?q=1#x", "days/1.html", Target("file", "days/1.html", "x")),
        ("1.html", "days/index.html", Target("file", "days/1.html")),
        (" 1.ht\nml\t", "days/index.html", Target("file", "days/1.html")),
        ("../a.html?b=/c#d", "days/1.html", Target("file", "a.html", "d")),
        ("../../../a.html", "x/y/z.html", Target("above", "../../../a.html")),
        (".", "days/1.html", Target("file", "days/index.html")),
        ("..", "days/1.html", Target("file", "index.html")),
        ("../days", "days/1.html", Target("file", "days/index.html")),
        ("../a", "days/1.html", Target("file", "a.html")),
        ("a.html/", "index.html", Target("missing", "a.html/")),
        ("%C3%A4%20%C3%B6.html", "a.html", Target("file", "ä ö.html")),
        ("ä ö", "a.html", Target("file", "ä ö.html")),
        ("b.html#c", "a.html", Target("missing", "b.html", "c")),
        ("x/y/", "a.html", Target("missing", "x/y/")),
        ("/p%C3%A4/a.html", "days/1.html", Target("file", "a.html")),
        ("/p%C3%A4", "days/1.html", Target("file", "index.html")),
        ("/p%C3%A4/../a.html", "a.html", Target("above", "../a.html")),
        ("/a.html", "index.html", Target("root", "/a.html")),
        ("//x.org/a.html", "index.html", Target("web", "//x.org/a.html")),
        ("https://x.org/p%C3%A4/b", "index.html", Target("missing", "b")),
        ("https://x.org/p%C3%A4", "index.html", Target("file", "index.html")),
        ("https://x.org/p%C3%A4b/", "index.html", Target("web", "https://x.org/p%C3%A4b/")),
        ("mailto:a@x.org", "index.html", Target("web", "mailto:a@x.org")),
    ],
)
def test_where_an_address_leads(url, page, target):
    addresses = Addresses(SITE)
    assert addresses.target(url, page) == target
    assert addresses.target(url, page) == target


def test_a_base_element_moves_the_page():
    addresses = Addresses(SITE)
    assert addresses.target("1.html", "a.html", "days/") == Target("file", "days/1.html")
    assert addresses.target("#x", "a.html", "days/1.html") == Target("file", "days/1.html", "x")
    assert addresses.target("b", "a.html", "https://y.org/") == Target("web", "https://y.org/b")
    assert addresses.target("a.html", "x/y/z.html", "../../") == Target("file", "a.html")


def test_a_site_without_an_address_has_no_root():
    addresses = Addresses(Site(SITE.entries))
    assert addresses.target("/a.html", "index.html").kind == "root"
    assert addresses.target("https://x.org/p/", "index.html").kind == "web"
