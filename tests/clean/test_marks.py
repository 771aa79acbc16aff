from __future__ import annotations

import pytest

from sitegen.clean.marks import emphasis, entities, quotes, ties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``a'' and ``b\"", "“a” and “b”"),
        ("5'2'' and f''(x)", "5'2'' and f''(x)"),
        ("``open only", "“open only"),
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
    assert emphasis("*a b* _c d_ a*b*c x_i_j *") == "a b c d a*b*c x_i_j *"
