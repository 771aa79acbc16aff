from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.addresses import arxiv_page, arxiv_pdf, web_address


def test_addresses_are_of_the_web():
    assert web_address(" https://arxiv.org/abs/1 ") == "https://arxiv.org/abs/1"
    assert web_address("javascript:alert(1)") == ""
    assert web_address('https://a"onclick=') == ""
    assert web_address(None) == ""


@given(st.text())
def test_any_text_gives_an_address_of_the_web_or_none(text):
    address = web_address(text)
    assert address == "" or address.lower().startswith(("http://", "https://"))


def test_addresses_of_arxiv():
    assert arxiv_page("2608.00001") == "https://arxiv.org/abs/2608.00001"
    assert arxiv_pdf("2608.00001") == "https://arxiv.org/pdf/2608.00001"
    assert arxiv_page("") == arxiv_pdf("") == ""
