from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.checking.web_addresses import fault, flaw
from sitegen.clean.links import to_html
from sitegen.formats.addresses import web_address


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a%20b;c?d=e&f[]=g#h?/i",
        "https://müller.example/straße",
        "https://my_page.github.io/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]:443/",
        "http://localhost/",
        "https://user@example.org/",
        "https://example.org./",
        "https://web.archive.org/web/2020/https://example.org/",
        "mailto:ada@example.org",
        "mailto:?subject=x",
        "MAILTO:ada@example.org,bob@example.org?cc=c@example.org",
        "tel:+49-30-1",
    ],
)
def test_well_formed(url):
    assert fault(url, link=True) == flaw(url) == ""


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://", "no host"),
        ("https:///a", "no host"),
        ("https:/example.org", "lacks the //"),
        ("https:example.org", "lacks the //"),
        ("//example.org/a", "lacks https:"),
        ("https://exa mple.org/", "wrong host"),
        ("https://exa%mple.org/", "wrong host"),
        ("https://example..org/", "wrong host"),
        ("https://-example.org/", "wrong host"),
        ("https://exa,mple.org/", "wrong host"),
        ("https://[2001:db8/", "wrong port"),
        ("https://[2001:dg8::1]/", "wrong host"),
        ("https://example.org:99999/", "wrong port"),
        ("https://example.org:http/", "wrong port"),
        ("https://https://example.org/", "begins twice"),
        ("https://http//example.org/", "begins twice"),
        ("htps://example.org/", "(htps:)"),
        ("javascript:alert(1)", "(javascript:)"),
        ("data:text/html,x", "(data:)"),
        ("file:///etc/passwd", "(file:)"),
        ("C:/papers/a.pdf", "(c:)"),
        ("mailto:ada", "e-mail"),
        ("mailto:a@b@c", "e-mail"),
    ],
)
def test_not_well_formed(url, why):
    assert why in fault(url, link=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/a b", "a blank"),
        ("https://example.org/<a>", "'<'"),
        ("https://example.org/a\u2028b", "\\u2028"),
        ("https://example.org/100%", "%"),
    ],
)
def test_what_browsers_mend(url, why):
    assert fault(url, link=True) == ""
    assert why in flaw(url)


def test_images_may_stand_in_the_page():
    assert fault("data:image/png;base64,AA", link=False) == ""
    assert fault("javascript:alert(1)", link=False) != ""


ADDRESS = st.from_regex(
    r"(https?://|www\.|mailto:)(http//)?[\x20-\x7e\u00a0-\u2030]{1,30}", fullmatch=True
)


@given(st.lists(ADDRESS | st.text(max_size=9), max_size=4).map(" ".join))
def test_what_sitegen_links_in_a_text_is_well_formed(text):
    for url in re.findall(r'href="([^"]*)"', to_html(text)):
        assert fault(unescape(url), link=True) == flaw(unescape(url)) == "", url


@given(ADDRESS)
def test_what_sitegen_takes_for_an_address_can_be_followed(text):
    assert web_address(text) == "" or fault(text.strip(), link=True) == ""
