from __future__ import annotations

import html5lib
import pytest

from sitegen import clean
from sitegen.clean.marks import emphasis, entities, may_emphasize, quotes, ties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``a'' and ``b\"", "“a” and “b”"),
        ("5'2'' and f''(x)", "5'2'' and f''(x)"),
        ("``open only", "“open only"),
        ("``curly at the end”", "“curly at the end”"),
        ("the `slow' way, don't", "the ‘slow’ way, don't"),
        ("`code`", "`code`"),
    ],
)
def test_quotes(text: str, expected: str) -> None:
    assert quotes(text) == expected


def test_entities_make_no_tags() -> None:
    assert entities("a &lt; b &amp;&nbsp;c &copy;") == "a < b &\u00a0c ©"
    assert entities("&lt;b&gt; &amp;") == "&lt;b&gt; &"
    assert entities("R&D; &nosuch; &") == "R&D; &nosuch; &"


def test_ties() -> None:
    assert ties("a~b 1~2 Eq.~4 ~x") == "a b 1~2 Eq. 4 x"


def test_emphasis() -> None:
    assert emphasis("*a b* _c d_ a*b*c x_i_j *") == "*a b* *c d* a*b*c x_i_j *"
    assert emphasis("**a** *b $c$ d* *_e f_*") == "**a** b $c$ d *e f*"
    assert emphasis("_a b_") == "*a b*"
    assert emphasis("x *_a b_ y") == "x *a b y"
    assert emphasis("x _a b_* y") == "x a b* y"
    assert emphasis("x _a b_ * y") == "x *a b* * y"


def test_emphasis_is_a_sign_where_it_would_change() -> None:
    assert may_emphasize("_so it_ is")
    assert not may_emphasize("*so it* is, a * b")


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        ("*a b*, **c** `d*e`", "<em>a b</em>, <strong>c</strong> <code>d*e</code>", "a b, c `d*e`"),
        ("A* and B*, p * q * r", None, None),
        (r"we *mean* $x*y*z$", None, r"we mean x*y*z"),
        (r"\emph{so} \textbf{it} \texttt{is} pre\emph{fix}", None, "so it `is` prefix"),
        (r"\emph{the $x$ case} \emph{so}", None, "the x case so"),
        ("<b>*x*</b>", None, "<b>x</b>"),
    ],
)
def test_emphasis_is_kept_for_html_and_gone_from_plain_text(text, html, plain) -> None:
    cleaned = clean.text(text)
    assert clean.text(cleaned) == cleaned
    assert clean.prose(cleaned) == (text if plain is None else plain)
    tree = html5lib.parseFragment(clean.rich(cleaned), namespaceHTMLElements=False)
    if html:
        assert clean.rich(cleaned) == html
        assert clean.rich_lead(cleaned) == html
    else:
        shown = "".join(tree.itertext()).replace("`", "")
        assert "$" in text or shown == clean.prose(cleaned).replace("`", "")
    assert clean.reading(clean.title(text)).count("*") >= text.count("*") - text.count("$")


def test_no_span_cuts_emphasis() -> None:
    text = "We *do. It* well. More."
    assert clean.whole_spans(text, 0, text.index(".") + 1) == (0, text.index("*", 5) + 1)
