from __future__ import annotations

import pytest

from sitegen.clean.links import has_host, in_ascii, repair, to_html, trim


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.org/x.", "https://a.org/x"),
        ("https://a.org/x_(b)", "https://a.org/x_(b)"),
        ("https://a.org/x).", "https://a.org/x"),
        ("https://a.org/x_(b)),", "https://a.org/x_(b)"),
        ("https://a.org/?q=[1]]", "https://a.org/?q=[1]"),
        ("https://a.org/?!'*…", "https://a.org/"),
        ("https://a.org/)b)", "https://a.org/)b"),
    ],
)
def test_trim_leaves_the_sentence_its_punctuation(url: str, expected: str) -> None:
    assert trim(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.org/x.", 'see <a href="https://a.org/x" rel=noopener>https://a.org/x</a>.'),
        ("(http://a.org)", '(<a href="http://a.org" rel=noopener>http://a.org</a>)'),
        ("at www.a.ai/v2.", 'at <a href="https://www.a.ai/v2" rel=noopener>www.a.ai/v2</a>.'),
        ("a-b.github.io and", '<a href="https://a-b.github.io" rel=noopener>a-b.github.io</a> and'),
        ("GitHub.com/a/b!", '<a href="https://GitHub.com/a/b" rel=noopener>GitHub.com/a/b</a>!'),
        ("arxiv.org/a", '<a href="https://arxiv.org/a" rel=noopener>arxiv.org/a</a>'),
        ("x https://a.org/?a=1&b='c'", 'x <a href="https://a.org/?a=1&amp;b=%27c" rel=noopener>https://a.org/?a=1&amp;b=\'c</a>\''),
        ("mailto:ada@a.org.", '<a href="mailto:ada@a.org">mailto:ada@a.org</a>.'),
        ("e.g. Node.js, llama.cpp, ASP.NET/C#", "e.g. Node.js, llama.cpp, ASP.NET/C#"),
        ("ada@github.com/x and models.In/Out", "ada@github.com/x and models.In/Out"),
        ("javascript:alert(1) data:text/html,x ftp://a.org/", "javascript:alert(1) data:text/html,x ftp://a.org/"),
        ("https://bank.com@evil.org/", "https://bank.com@evil.org/"),
        ('<a href="https://a.org">x</a>', '&lt;a href="<a href="https://a.org" rel=noopener>https://a.org</a>"&gt;x&lt;/a&gt;'),
        ("https://раураl.example/ä", '<a href="https://xn--l-7sba6dbr.example/%C3%A4" rel=noopener>https://раураl.example/ä</a>'),
        ("100% <b> & co", "100% &lt;b&gt; &amp; co"),
        ("https://a.org/100%", '<a href="https://a.org/100%25" rel=noopener>https://a.org/100%</a>'),
        ("https://a.org/%zz%20", '<a href="https://a.org/%25zz%20" rel=noopener>https://a.org/%zz%20</a>'),
    ],
)  # fmt: skip
def test_to_html_links_what_is_certain(text: str, expected: str) -> None:
    assert to_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://web.archive.org/web/https://a.org", "https://web.archive.org/web/https://a.org"),
        ("https://a.org?u=https://b.org", "https://a.org?u=https://b.org"),
        ("codehttps://a.orghttps://b.org", "code https://a.org https://b.org"),
        ("https://huggingface-proxy.example.org/a", "https://huggingface.co/a"),
        ("https://hf-mirror.com.", "https://huggingface.co."),
        ("https://cdn.hf.mirror.example.cn:8080/a", "https://huggingface.co:8080/a"),
        ("https://a.hf.space/b https://mirrors.example.org/hf", "https://a.hf.space/b https://mirrors.example.org/hf"),
        ("https://github.com/hf-proxy/a", "https://github.com/hf-proxy/a"),
    ],
)  # fmt: skip
def test_repair(text: str, expected: str) -> None:
    assert repair(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"by \href{https://a.org/x}{our code}.", "by our code (https://a.org/x)."),
        (r"by \href{https://www.a.org/x/}{a.org/X.}", "by https://www.a.org/x/"),
        (r"by \href{http://a.org/x}{ www.a.org/x }", "by http://a.org/x"),
        (r"by \href{https://a.org/x}{a.org/xX}", "by a.org/xX (https://a.org/x)"),
        (r"by \href{https://a.org/x}{ }", "by https://a.org/x"),
        ("by {https://a.org/x}{our code}.", "by our code (https://a.org/x)."),
        ("by https://a.org/x{our code}.", "by our code (https://a.org/x)."),
        ("by [our code](https://a.org/x).", "by our code (https://a.org/x)."),
        ("by {https://a.org/x}.", "by https://a.org/x."),
        ("by {https://a.org/x and more", "by https://a.org/x and more"),
        ("by <https://a.org/x>.", "by https://a.org/x."),
        (r"by \url{a.org/x} and https://b.org", "by a.org/x and https://b.org"),
        (r"by \url{a.org/x}.", "by a.org/x."),
        (r"by \path{https://a.org/x} and more", "by https://a.org/x and more"),
    ],
)
def test_an_address_stands_by_itself_with_its_label_before_it(text: str, expected: str) -> None:
    assert repair(text) == expected


LONGEST_HOST = f"hf-proxy.{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 48}.org"


def test_no_host_is_longer_than_one_may_be() -> None:
    assert len(LONGEST_HOST) == 253
    assert repair(f"https://{LONGEST_HOST}/x") == "https://huggingface.co/x"
    longer = f"https://{LONGEST_HOST}g/x"
    assert repair(longer) == longer


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.org", True),
        ("https://a.org?x", True),
        ("https://a.org#x", True),
        ("https://a.org./x", True),
        ("https://a.org:65535/", True),
        ("https://a.org:65536/", False),
        ("https://a.org:x", False),
        ("https://ada@a.org/", False),
        ("https://http//a.org", False),
        ("https://HTTPS//a.org", False),
        ("https:///a", False),
    ],
)
def test_what_can_be_a_host(url: str, expected: bool) -> None:
    assert has_host(url) is expected


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://a.org/é", "https://a.org/%C3%A9"),
        ("https://éX.example", "https://xn--x-9fa.example"),
        ("https://é.example:8080/é", "https://xn--9ca.example:8080/%C3%A9"),
        ("https://é:8080", "https://xn--9ca:8080"),
        ("https://é.example//é//", "https://xn--9ca.example//%C3%A9//"),
        ("https://é.example?a=1&b=[ü]#é", "https://xn--9ca.example?a=1&b=[%C3%BC]#%C3%A9"),
        ("https://é.example#/é", "https://xn--9ca.example#/%C3%A9"),
        ("https:///é", "https:///%C3%A9"),
        (f"https://{'é' * 70}.example/", ""),
        ("https://a.org/x", "https://a.org/x"),
    ],
)
def test_addresses_are_asked_for_in_ascii(url: str, asked: str) -> None:
    assert in_ascii(url) == asked
