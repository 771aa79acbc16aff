from __future__ import annotations

import pytest

from sitegen.clean.links import repair, to_html, trim


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.org/x.", "https://a.org/x"),
        ("https://a.org/x_(b)", "https://a.org/x_(b)"),
        ("https://a.org/x).", "https://a.org/x"),
        ("https://a.org/x_(b)),", "https://a.org/x_(b)"),
        ("https://a.org/?q=[1]]", "https://a.org/?q=[1]"),
        ("https://a.org/?!'*…", "https://a.org/"),
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
