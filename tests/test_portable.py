from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.portable import joined, portable, without_pictures

PAGE = "days/2026-05-08.html"
BASE = "https://x.example/p/"


def anywhere(html: str, base: str = BASE) -> str:
    return joined(portable(html, PAGE, base), base)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<p class="x" style="color:red" data-a="1" onclick="f()">a</p>', "<p>a</p>"),
        ("a<script>f()</script><style>p{}</style><svg><text>b</text></svg>c", "ac"),
        ("<details><summary>a</summary>b</details>", "ab"),
        ('<a href="../papers/a.html#x">a</a>', f'<a href="{BASE}papers/a.html#x">a</a>'),
        ('<a href="#fn:1" id="r">1</a>', f'<a href="{BASE}{PAGE}#fn:1">1</a>'),
        ('<a href="/q">a</a>', '<a href="https://x.example/q">a</a>'),
        ('<a href="//y.example/">a</a>', '<a href="https://y.example/">a</a>'),
        ('<a href="mailto:a@y.example">a</a>', '<a href="mailto:a@y.example">a</a>'),
        ('<a href="javascript:f()">a</a>', "<a>a</a>"),
        ('<a href="http://[">a</a>', "<a>a</a>"),
        ('<img src="../i.png" alt="A cat">', f'<img src="{BASE}i.png" alt="A cat">'),
        ('<img src="data:image/png;base64,AA" alt="A cat">', "A cat"),
        ('<p lang="he" dir="rtl">a</p>', '<p lang="he" dir="rtl">a</p>'),
        ("\ue000a", "a"),
    ],
)
def test_what_leaves_the_site_is_plain_and_its_addresses_are_whole(written, read):
    assert anywhere(written) == read


def test_without_an_address_words_stay_and_links_to_the_site_go():
    written = (
        '<p><a lang="en" href="../a.html">one</a> <a href="https://y.example/">two</a> '
        '<img alt="A &quot;cat&quot;" src="i.png"><img src="i.png"> <a href="/b">three</a></p>'
    )
    pieces = portable(written, PAGE, "")
    assert joined(pieces, None) == (
        '<p>one <a href="https://y.example/">two</a> A &quot;cat&quot; <a>three</a></p>'
    )
    assert '<a lang="en" href="../a.html">' in joined(pieces, "../")
    assert without_pictures(joined(pieces, "../")).endswith("A &quot;cat&quot; <a>three</a></p>")


@given(st.text(st.characters(codec="utf-8")) | st.text("<>/=\"' aimgscript&#:;\ue000"))
def test_no_text_brings_more_than_is_allowed(text):
    tree = html5lib.parse(
        anywhere(f'<b>{text}</b><a href="{text}">x</a>'), namespaceHTMLElements=False
    )
    for element in tree.iter():
        assert not isinstance(element.tag, str) or element.tag not in {"script", "style", "iframe"}
        assert set(element.attrib) <= {"href", "src", "alt", "lang", "dir"}
        for name in ("href", "src"):
            assert element.get(name, "http://").startswith(("http://", "https://", "mailto:"))
