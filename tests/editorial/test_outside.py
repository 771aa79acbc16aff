import pytest

from sitegen.editorial import to_html
from sitegen.editorial.outside import without_opener


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('<a href="https://x.org">x</a>', '<a rel=noopener href="https://x.org">x</a>'),
        ("<A HREF = ' //x.org/a'>x</A>", "<A rel=noopener HREF = ' //x.org/a'>x</A>"),
        ("<a\nhref=http://x.org>x</a>", "<a rel=noopener\nhref=http://x.org>x</a>"),
        (
            "<a rel=me class=b href=https://x.org>x</a>",
            '<a rel="noopener me" class=b href=https://x.org>x</a>',
        ),
        ('<a href="https://x.org" rel="">x</a>', '<a href="https://x.org" rel="noopener">x</a>'),
        (
            "<area href='https://x.org' rel='nofollow me'>",
            "<area href='https://x.org' rel=\"noopener nofollow me\">",
        ),
    ],
)
def test_links_to_other_hosts_say_so_beside_what_else_they_say(written, told):
    assert without_opener(written) == told
    assert without_opener(told) == told


@pytest.mark.parametrize(
    "html",
    [
        '<a href="a.html">x</a> <a href="/b">y</a> <a href="#https://z">z</a>',
        '<a href="mailto:a@x.org">x</a> https://x.org',
        '<abbr title="//x">x</abbr> <img src="https://x.org/a.png">',
        "<a name=x href-x=//y>",
    ],
)
def test_all_else_stays_as_it_is(html):
    assert without_opener(html) == html


def test_markdown_and_html_of_the_maintainer_alike():
    html = to_html('[x](https://x.org) <https://y.org> <a href="https://z.org">z</a> [m](m.md)')
    assert html.count("<a rel=noopener href=") == 3
    assert '<a href="m.html">' in html
