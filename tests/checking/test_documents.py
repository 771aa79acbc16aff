from __future__ import annotations

import pytest

from sitegen.checking.documents import Reference, parse, style_references


def urls(html):
    return [reference.url for reference in parse("a.html", html.encode()).references]


def test_addresses_stand_in_many_attributes():
    html = """<!doctype html><link rel=stylesheet href=1><script src=2></script>
<a href=3>x</a><map><area href=4></map><img src=5 srcset="6 1x,7, 8 2x"><video src=9 poster=10>
<source src=11></video><iframe src=12></iframe><object data=13></object><form action=14>
<input type=image src=15></form><svg><use href=16 /><image xlink:href=17 /></svg>"""
    assert urls(html) == [str(number) for number in range(1, 18)]


def test_what_is_no_markup_is_not_read():
    assert urls("<!-- <a href=1> --><script>'<a href=2>'</script><title><a href=3></title>") == []
    assert (
        urls("<textarea><a href=4></textarea><style>/* url(5) */</style><p title='<a href=6>'>")
        == []
    )


def test_lines_ways_and_the_pages_own_name():
    page = parse(
        "a.html", b"<!doctype html>\n<link rel='x Canonical' href=a>\n\n<a href='b&amp;c'>"
    )
    assert page.references == (Reference("a", 2, canonical=True), Reference("b&c", 4, way=True))


@pytest.mark.parametrize(
    ("content", "to"),
    [
        ("0; url=a.html", "a.html"),
        ("0;URL='a.html'", "a.html"),
        ("5", None),
        ("1.5, a.html", "a.html"),
    ],
)
def test_a_page_that_has_moved(content, to):
    page = parse("a.html", f'<meta http-equiv=Refresh content="{content}">'.encode())
    assert [reference.url for reference in page.references] == ([to] if to else [])
    assert page.moved is (to is not None)


def test_what_is_damaged_is_said_with_its_line():
    page = parse("a.html", b"<p>\n\n\xff<a href=x>")
    assert (page.fault, page.fault_line) == ("this is no UTF-8 text", 3)
    assert page.references == (Reference("x", 3, way=True),)
    deep = parse("a.html", b"<p>" + b"<b>" * 5000)
    assert "to its end" in deep.fault
    assert parse("a.html", b"<!---->").fault == "it holds no HTML"
    assert parse("a.html", b"").hidden


def test_the_addresses_of_a_style_sheet():
    text = "@import 'a';\n@import url(b);\nx{y:url( \"c\" ),url('d')} /* url(e)\n */ url()\nurl(f)"
    assert [(r.url, r.line) for r in style_references(text)] == [
        ("a", 1), ("b", 2), ("c", 3), ("d", 3), ("f", 5),
    ]  # fmt: skip
