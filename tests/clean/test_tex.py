from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import clean
from sitegen.clean import are_shown, latex_text, person

NAMES = {
    r"C. Bal\'azs": "C. Balázs",
    r"{\"O}zg{\"u}r \c{C}elik": "Özgür Çelik",
    r"H. C. \O rsted": "H. C. Ørsted",
    r"{\L}ukasz \L{}awa \l ow": "Łukasz Ława łow",
    r"Ren{\'{e}} Mart\'\i nez D\'{\i}az": "René Martínez Díaz",
    r"K{\i}l{\i}\c c": "Kılıç",
    r"Erd\H{o}s and \v{S}t\v epan": "Erdős and Štěpan",
    r"Nguy\~{\^e}n \'{\^{e}} \'\^e": "Nguyễn ế ế",
    r"{\AA}ngstr\"om \aa berg": "Ångström åberg",
    r"{van der} {Berg}": "van der Berg",
    r"O'Brien-Smith": "O'Brien-Smith",
    r"Aleksandrov\cprime": "Aleksandrovʹ",
    "C. -P. Yuan": "C.-P. Yuan",
    " Ada \n Lovelace, ": "Ada Lovelace",
    r"Jos\'e~Luis": "José Luis",
    "Smith &amp; M&uuml;ller": "Smith & Müller",
    "JosÃ© RaÃºl RamÃ\u00adrez": "José Raúl Ramírez",
    "Ã. Önder": "Ã. Önder",
    r"\.Ilker \.{I}": "İlker İ",
}

TEXTS = {
    r"A \& B: 5\% of \$5 \#1 a\_b \{x\}": "A & B: 5% of $5 #1 a_b {x}",
    r"pages 1--9 --- ``so''": "pages 1–9 — “so”",
    r"{\em Deep} \textbf{nets} \emph{learn {GANs}}": "Deep nets learn GANs",
    r"{$\alpha_{i}$}-Divergence \(x^{2}\)": r"$\alpha_{i}$-Divergence \(x^{2}\)",
    r"\noopsort{1973b}1973 \textcolor{red}{hot} \href{http://a.b}{here}": "1973 hot here",
    r"\alpha blockers \ldots and": "α blockers … and",
    r"co\-op\-er\-ate 10\,000": "cooperate 10 000",
    r"\unknown{argument} \unknown word": "argument unknown word",
    r"$5 and $10 {\$}": "$5 and $10 $",
    "a {b} c} d {e": "a b c d e",
    r"\'": "'",
    r"{\'}x": "'x",
    "x\\": "x\\",
    r"\textless script>": "< script>",
    r"\'{e--f}": "é–f",
    r"\'\"1": "'\"1",
    r"\v{1}": "1",
    r"\'\'\'\'e": "é\u0301\u0301",
}


@pytest.mark.parametrize(("written", "shown"), NAMES.items())
def test_names(written, shown):
    assert person(written) == shown


@pytest.mark.parametrize(("written", "shown"), TEXTS.items())
def test_texts(written, shown):
    assert latex_text(written) == shown


@given(st.text())
def test_any_text_makes_no_tag(text):
    assert latex_text(text).count("<") <= text.count("<")


@given(st.text(alphabet="\\{}'\"^~cvoi$-` a<lesstx"))
def test_tex_of_any_shape_is_resolved(text):
    shown = latex_text(text)
    assert shown == latex_text(text)
    if "$" not in text and "\\" not in text:
        assert "{" not in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "{" * 200_000 + "x",
        "\\'{" * 100_000 + "e" + "}" * 100_000,
        "\\(a" * 200_000,
        "$x " * 200_000,
    ],
)
def test_depth_and_length_cost_no_more_than_their_share(hostile):
    assert len(person(hostile)) <= len(hostile)


@pytest.mark.parametrize(
    "names", [[""], ["", "Ann Doe"], ["Ann Doe", "", "Bo Li"], ["Ann Doe", ""]]
)
def test_names_without_anything_are_left_out(names):
    left = tuple(filter(None, names))
    assert clean.persons(names) == left
    assert clean.names(names) == left


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ann Doe", "Bo Li"], True),
        (["Zoë Doe"], True),
        ([], False),
        (["Doe, Ann"], False),
        (["Ann ", "Bo"], False),
        (["Ann", " Bo"], False),
        (["JosÃ©"], False),
        ([r"Jos\'e"], False),
    ],
)
def test_names_are_shown_as_they_are_where_nothing_is_to_be_done(names, expected):
    assert are_shown(names) is expected
    if expected:
        assert clean.persons(names) == tuple(names)
    else:
        assert clean.persons(names) == tuple(map(person, names))
