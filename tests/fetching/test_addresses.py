from __future__ import annotations

import pytest

from sitegen.errors import FetchError
from sitegen.fetching.addresses import check_address, redirected


@pytest.mark.parametrize("url", ["https://example.org/x?y=1", "http://[::1]:8000/"])
def test_what_may_be_asked(url):
    check_address(url)


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "file:///etc/passwd", "https://", "https://a:b@example.org/",
     "http://x:99999999/", "https://exämple.org/", "http://a b/", "http://x/\r\nY: z"],
)  # fmt: skip
def test_what_may_not(url):
    with pytest.raises(FetchError) as caught:
        check_address(url)
    assert caught.value.hint


def test_where_redirects_lead():
    assert redirected("http://a.org/x/y", "../z", "u") == "http://a.org/z"
    as_sent = "https://b.org/ü".encode().decode("latin-1")
    assert redirected("http://a.org/", as_sent, "u") == "https://b.org/%C3%BC"
    with pytest.raises(FetchError, match="from https to http"):
        redirected("https://a.org/", "http://a.org/", "u")
    with pytest.raises(FetchError, match="name or password"):
        redirected("https://a.org/", "//b:c@a.org/", "u")
