"""Clean text as the HTML of a page."""

from __future__ import annotations

import re

import pytest

from sitegen import clean


def without_source(html: str) -> str:
    return re.sub("<semantics>|</semantics>|<annotation.*?</annotation>", "", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain & simple", "Plain &amp; simple"),
        ("for $k$ of \\(n\\)", "for <math><mi>k</mi></math> of <math><mi>n</mi></math>"),
        ("P$^3$Sum, H$_{2}$O", "P<sup>3</sup>Sum, H<sub>2</sub>O"),
        ("$5 and $10 and \\$3", "$5 and $10 and $3"),
        ("run `pip <x>` now", "run <code>pip &lt;x&gt;</code> now"),
        ("code in `$HOME`", "code in <code>$HOME</code>"),
        (
            "by $k$ at https://a.org/x.",
            'by <math><mi>k</mi></math> at <a href="https://a.org/x" rel=noopener>https://a.org/x</a>.',
        ),
        (
            "see $\\href{https://a.org/b_c}{\\text{here}}$",
            'see here (<a href="https://a.org/b_c" rel=noopener>https://a.org/b_c</a>)',
        ),
        ("our \\method beats it", "our method beats it"),
        ("$\\left( a$", "( a"),
        ('$\\left( "a"<$', '( "a"&lt;'),
        ("so $$k$$", "so <math display=block><mi>k</mi></math>"),
        ('run `say "<x>"` now', 'run <code>say "&lt;x&gt;"</code> now'),
        ('"a" $k$', '"a" <math><mi>k</mi></math>'),
    ],
)
def test_running_text(text: str, html: str) -> None:
    assert without_source(clean.rich(text)) == html


@pytest.mark.parametrize(
    ("text", "way", "says"),
    [
        ("(doi:10.1865/v1/20.acl).", "https://doi.org/10.1865/v1/20.acl", "10.1865/v1/20.acl"),
        ("in arXiv:2405.15738v2, so", "https://arxiv.org/abs/2405.15738", "arXiv:2405.15738v2"),
        ("arXiv: cs.CL/0601001", "https://arxiv.org/abs/cs.CL/0601001", "arXiv: cs.CL/0601001"),
        ("Code on GitHub: foo/bar-baz.", "https://github.com/foo/bar-baz", "foo/bar-baz"),
        ("Hugging Face: my/M-7B-v0.2!", "https://huggingface.co/my/M-7B-v0.2", "my/M-7B-v0.2"),
        ("huggingface.co/o/m", "https://huggingface.co/o/m", "huggingface.co/o/m"),
    ],
)  # fmt: skip
def test_what_has_a_name_is_linked(text: str, way: str, says: str) -> None:
    assert f'<a href="{way}" rel=noopener>{says}</a>' in clean.rich(text)
    assert re.sub("<[^>]*>", "", clean.rich(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "10.5/3 of them",
        "either/or on GitHub",
        "arXiv: 12/13",
        "GitHub and/or GitLab",
        "and 10.1 / 20",
    ],
)
def test_what_may_be_something_else_is_not(text: str) -> None:
    assert "<a" not in clean.rich(text)


@pytest.mark.parametrize(
    ("sentence", "html"),
    [
        ("Plain & simple.", ""),
        ("We *mean* it & https://a.org.", "We <em>mean</em> it &amp; https://a.org."),
        ('Of `x` "so".', 'Of <code>x</code> "so".'),
        ("Of $k$.", "Of <math><mi>k</mi></math>."),
    ],
    ids=["plain", "emphasis", "code", "formula"],
)
def test_a_lead_says_when_there_is_more_than_its_prose(sentence: str, html: str) -> None:
    assert without_source(clean.rich_lead(sentence)) == html


def test_emphasis_is_taken_from_words_alone() -> None:
    assert clean.without_emphasis("*so* $(*a*)$ **it** is") == "so $(*a*)$ it is"


def test_titles_say_when_there_is_more_than_their_reading() -> None:
    assert clean.rich_title("A Title") == ""
    assert without_source(clean.rich_title("On $k$ & https://a.org")) == (
        "On <math><mi>k</mi></math> &amp; https://a.org"
    )


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("We show $a b$ and $c$.", (10, 19), (8, 21)),
        ("no formula", (1, 3), (1, 3)),
        (r"as \(a b\).", (0, 6), (0, 10)),
        ("$a b$ *c d* e", (2, 8), (0, 11)),
        ("$a b$ c", (5, 7), (5, 7)),
        ("a $b c$", (0, 2), (0, 2)),
    ],
    ids=["formulas", "none", "brackets", "formula and emphasis", "behind one", "before one"],
)
def test_a_span_cuts_no_formula(text: str, span: tuple, whole: tuple) -> None:
    assert clean.whole_spans(text, *span) == whole


def test_formulas_taller_than_a_line_are_given_once_each_without_their_tex() -> None:
    text = r"With $k^2$ steps, $\frac{1}{k}$ and $\frac{1}{k}$, and \(\sqrt{k}\); costs $5."
    assert clean.tall_formulas(text) == [
        "<math display=block><mfrac><mn>1</mn><mi>k</mi></mfrac></math>",
        "<math display=block><msqrt><mi>k</mi></msqrt></math>",
    ]
    assert clean.tall_formulas("Nothing of the kind.") == []
    assert len(clean.tall_formulas(r"only \(\sqrt{k}\)")) == 1


def test_feeds_have_emphasis_and_code_in_markup_and_formulas_read_out() -> None:
    text = clean.text(r"We *mean* `f(x)` < $x^2$ at https://a.org/x.")
    assert clean.rich_prose(text) == (
        "We <em>mean</em> <code>f(x)</code> &lt; x² at "
        '<a href="https://a.org/x" rel=noopener>https://a.org/x</a>.'
    )
    assert clean.rich_prose("*so* it is") == "<em>so</em> it is"
    assert clean.rich_prose("`so` it is") == "<code>so</code> it is"
    assert clean.rich_prose("$k^2$ & more") == "k² &amp; more"
