"""What browsers may do with a page."""

from __future__ import annotations

import re

import pytest

from sitegen.config import parse_settings
from sitegen.config.feeds import origin
from sitegen.errors import UsageError
from sitegen.plan.policy import policy


def directives(text):
    return {name: rest for name, _, rest in (one.partition(" ") for one in text.split(";"))}


def test_nothing_is_asked_of_others_and_no_script_stands_inline():
    found = directives(policy(""))
    assert found["default-src"] == "'self'"
    assert found["object-src"] == found["base-uri"] == found["form-action"] == "'none'"
    assert "script-src" not in found  # that of `default-src` holds
    assert "http" not in policy("")
    assert not re.search(r"script[^;]*unsafe|eval|\*", policy(""))


@pytest.mark.parametrize(
    ("address", "goes_to"),
    [
        ("https://lists.example.org/subscribe?list=1", "https://lists.example.org"),
        ("HTTPS://Lists.Example.ORG:8443/x", "https://lists.example.org:8443"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example"),
        ("https://me:secret@lists.example.org/", "https://lists.example.org"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80"),
    ],
)
def test_the_form_goes_to_the_origin_of_its_address(address, goes_to):
    assert directives(policy(address))["form-action"] == goes_to


@pytest.mark.parametrize(
    "address",
    ["https://a;script-src*/x", "https://a,b/", "https://a'b/", "https:///x", "https://a:b/",
     "https://*/", "https://*.example.org/"],
)  # fmt: skip
def test_an_address_that_would_say_more_is_refused(address):
    assert origin(address) == ""
    with pytest.raises(UsageError, match="no web address"):
        parse_settings(f'[mail]\nform_action = "{address}"\n', "content/site.toml")
