from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.markup import plain_text, styled, untagged

TEXTS = {
    "plain": "plain",
    "x<y and p<0.05": "x<y and p<0.05",
    "the <unknown> tag": "the <unknown> tag",
    "<p>one</p><p>two</p>": "one two",
    "<p>one<br/>two</p>": "one two",
    "H<sub>2</sub>O &amp; <i>E. coli</i>": "H2O & E. coli",
    "<p>seen</p><script>alert(1)</script><style>p{}</style>": "seen",
    "<p>unclosed <b>bold": "unclosed bold",
    "<p>p<0.05</p>": "p<0.05",
    "<p><!-- hidden --></p>": "",
    "<jats:p>Abstract</jats:p>": "Abstract",
}


@pytest.mark.parametrize(("written", "text"), TEXTS.items())
def test_plain_text(written: str, text: str) -> None:
    assert " ".join(plain_text(written).split()) == text


def test_paragraphs_stay_apart() -> None:
    assert [part for part in plain_text("<p>one</p><p>two</p>").split("\n\n") if part] == [
        "one",
        "two",
    ]


@given(st.text(alphabet="<>/pbi& ;lt=\"'!-\x00é"))
def test_nothing_raises(written: str) -> None:
    plain_text(written)


@pytest.mark.parametrize("hostile", ["<div>" * 50_000, "<p " * 100_000, "<p>" + "<!--" * 50_000])
def test_hostile_markup(hostile: str) -> None:
    assert len(plain_text(hostile)) <= 3 * len(hostile)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.\n\n\n\nTwo."),
        ("<i>In vivo</i> H<sub>2</sub>O", "In vivo H2O"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math>", "x"),
        ("p <0.05 and a<b, List<String>", "p <0.05 and a<b, List<String>"),
        ("no tags", "no tags"),
    ],
)
def test_single_tags(written: str, expected: str) -> None:
    assert untagged(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<i>a b</i> and <STRONG>c</STRONG>", r"\emph{a b} and \textbf{c}"),
        ("<jats:italic>a</jats:italic> <tt>f(x)</tt>", r"\emph{a} \texttt{f(x)}"),
        ("H<sub>2</sub>O, 5 m<sup>2</sup>", "H$_{2}$O, 5 m$^{2}$"),
        ("$5, 5 m<sup>2</sup>", "$5, 5 m<sup>2</sup>"),
        ("<i>a <b>b</b></i> <i>{x}</i> x<y", r"<i>a \textbf{b}</i> <i>{x}</i> x<y"),
    ],
)
def test_type_of_running_text_becomes_latex(written: str, expected: str) -> None:
    assert styled(written) == expected
