"""Formulas as MathML: what they become, what they must never become, and how many fail."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from latex2mathml.converter import convert
from lxml import html

from sitegen import clean
from sitegen.clean.mathml import mathml
from sitegen.clean.unicode_math import FORMULA, formula, inside, is_formula, web_link

THIN = "<mspace width=.17em></mspace>"
FAILURES = Path(__file__).with_name("formulas_that_fail.json")


def shown(tex: str) -> str | None:
    """What is drawn of a formula, without the source that goes with it."""
    made = mathml(tex)
    if made is None:
        return None
    found = re.fullmatch(
        r"<math><semantics>(.*)<annotation encoding=application/x-tex>(.*)</annotation>"
        r"</semantics></math>",
        made,
        re.DOTALL,
    )
    assert found, made
    assert unescape(found[2]) == tex
    return found[1]


@pytest.mark.parametrize(
    ("tex", "drawn"),
    [
        ("k", "<mi>k</mi>"),
        ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
        ("^3", "<msup><mi></mi><mn>3</mn></msup>"),
        (r"\mathrm{MI}", "<mi>MI</mi>"),
        (r"10\%", "<mrow><mn>10</mn><mi>%</mi></mrow>"),
        ("10%", "<mrow><mn>10</mn><mi>%</mi></mrow>"),
        (r"\sim3", "<mrow><mo>∼</mo><mn>3</mn></mrow>"),
        # Browsers know bold letters by their own characters alone.
        (r"\mathbf{x}", "<mi>𝐱</mi>"),
        (r"\bm{\alpha}", "<mi>𝜶</mi>"),
        (r"\textbf{E}", "<mtext>𝐄</mtext>"),
        (r"\mathbbm{R}", "<mi>ℝ</mi>"),
        # A function's name stands apart from letters, and close to a parenthesis.
        (
            r"n\log n",
            f"<mrow><mi>n</mi>{THIN}<mi>log</mi>{THIN}<mi>n</mi></mrow>",
        ),
        (
            r"\log(n)",
            "<mrow><mi>log</mi><mo stretchy=false>(</mo><mi>n</mi><mo stretchy=false>)</mo></mrow>",
        ),
        (r"\tau\text{-bench}", "<mrow><mi>τ</mi><mtext>-bench</mtext></mrow>"),
        (r"\textsc{Ab} x", "<mrow><mtext>Ab</mtext><mi>x</mi></mrow>"),
        (r"\unicode{x2014}", "<mtext>—</mtext>"),
        (r"\unicode{x41}b", "<mrow><mtext>A</mtext><mi>b</mi></mrow>"),
        # What is known to nobody shows its name.
        (r"\ourmethod", "<mi>ourmethod</mi>"),
        (r"\ab", "<mi>ab</mi>"),
        # Marks of text.
        ("R&D", "<mrow><mi>R</mi><mi>&amp;</mi><mi>D</mi></mrow>"),
        ("a#b", "<mrow><mi>a</mi><mi>#</mi><mi>b</mi></mrow>"),
        ('a"', '<mrow><mi>a</mi><mi>"</mi></mrow>'),
        (
            r"\begin{matrix}1&2\end{matrix}",
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>",
        ),
        (r"\lbrace", "<mo stretchy=false>{</mo>"),
        (r"a\rbrace", "<mrow><mi>a</mi><mo stretchy=false>}</mo></mrow>"),
        # What stands for a command stays apart from the letter behind it.
        (r"\eps x", "<mrow><mi>ϵ</mi><mi>x</mi></mrow>"),
        (r"\eps*x", "<mrow><mi>ϵ</mi><mo>*</mo><mi>x</mi></mrow>"),
        (r"\q", "<mi>q</mi>"),
        (r"\big(", "<mo minsize=1.2em maxsize=1.2em>(</mo>"),
        (r"\bm x2", "<mrow><mi>𝒙</mi><mn>2</mn></mrow>"),
        (r"\texttimes2", "<mrow><mo>×</mo><mn>2</mn></mrow>"),
        (r"\textless x", "<mrow><mo>&lt;</mo><mi>x</mi></mrow>"),
        # Several letters in a row are as many names, unless they are upright.
        ("ab", "<mrow><mi>a</mi><mi>b</mi></mrow>"),
        (r"\mathrm{ab}c\mathrm{de}", "<mrow><mi>ab</mi><mi>c</mi><mi>de</mi></mrow>"),
        (r"\mathrm{a1}", "<mrow><mi mathvariant=normal>a</mi><mn>1</mn></mrow>"),
        (r"\mathrm{d}x", "<mrow><mi mathvariant=normal>d</mi><mi>x</mi></mrow>"),
        (r"x_\mathrm {d}", "<msub><mi>x</mi><mi mathvariant=normal>d</mi></msub>"),
        (r"\mathrm{x_1}", "<msub><mi mathvariant=normal>x</mi><mn>1</mn></msub>"),
        (r"\mathop{\rm argmax}_x", "<msub><mi>argmax</mi><mi>x</mi></msub>"),
        # Alphabets have a first and a last letter, and no marks.
        (r"\mathbf{azAZ09}", "<mrow><mi>𝐚</mi><mi>𝐳</mi><mi>𝐀</mi><mi>𝐙</mi><mn>𝟎𝟗</mn></mrow>"),
        (r"\mathbf{[}", "<mo stretchy=false>[</mo>"),
        (r"\boldsymbol{\Omega\omega}", "<mrow><mi>𝜴</mi><mi>𝝎</mi></mrow>"),
        (r"\mathbf{é}", "<mi>é</mi>"),
        (r"\mathsf{\alpha}\mathtt{x}", "<mrow><mi>α</mi><mi>𝚡</mi></mrow>"),
        (r"\textbf{AB}", "<mtext>AB</mtext>"),
        (r"\textbf{[}", "<mtext>[</mtext>"),
        # Text keeps its blanks and has no commands.
        (r"\text{ a~b }", "<mtext>\u00a0a\u00a0b\u00a0</mtext>"),
        (r"\text{a\_b \alpha}", "<mtext>a_b α</mtext>"),
        (r"\text{\"a\" <b>}", '<mtext>"a" &lt;b&gt;</mtext>'),
        (r"\text{}x", "<mrow><mtext></mtext><mi>x</mi></mrow>"),
        ("a~b", "<mrow><mi>a</mi><mtext>\u00a0</mtext><mi>b</mi></mrow>"),
        # Groups beside each other are not within each other.
        ("{a}" * 30, f"<mrow>{'<mi>a</mi>' * 30}</mrow>"),
    ],
)  # fmt: skip
def test_what_formulas_become(tex: str, drawn: str) -> None:
    assert shown(tex) == drawn


@pytest.mark.parametrize(
    ("tex", "drawn"),
    [
        (r"n\log_2 n", "n|log2|n"),
        (r"\log^2 n", "log2|n"),
        (r"\log^2_3n", "log32|n"),
        (r"\overset{a}{x}\log n", "xa|log|n"),
        (r"\underset{a}\log n", "loga|n"),
        (r"2\ln\ln 2", "2|ln|ln|2"),
        (r"x_1\log(n)\log n", "x1|log(n)log|n"),
        (r"\frac{a}{b}\log n", "ab|log|n"),
        (r"\mathrm{ab}\log\mathrm{cd}", "ab|log|cd"),
        (r"\log\rm ab", "log|ab"),
        (r"\rm ab\log", "ab|log"),
        (r"\log\,x\log\text{ if }\log", "log x|log\u00a0if\u00a0log"),
        (r"\sqrt{2\log n}\,x", "2|log|n x"),
        (r"é\mathrm{é}x", "ééx"),
    ],
)
def test_functions_stand_apart_from_what_they_are_applied_to(tex: str, drawn: str) -> None:
    words = (shown(tex) or "").replace(THIN, "|").replace("<mspace width=0.167em>", " ")
    assert re.sub("<[^>]*>", "", words) == drawn


@pytest.mark.parametrize(
    ("deepest", "deeper"),
    [
        ("{" * 22 + "x" + "}" * 22, "{" * 23 + "x" + "}" * 23),
        (r"\sqrt " * 22 + "x", r"\sqrt " * 23 + "x"),
        (r"\hat " * 22 + "x", r"\hat " * 23 + "x"),
    ],
    ids=["groups", "roots", "accents"],
)
def test_what_stands_within_each_other_has_a_bound(deepest: str, deeper: str) -> None:
    assert shown(deepest)
    assert mathml(deeper) is None


def test_a_formula_in_a_line_of_its_own() -> None:
    assert (mathml("x", display=True) or "").startswith("<math display=block>")


@pytest.mark.parametrize(
    "hostile",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\text{\href{javascript:alert(1)}{x}}",
        r"\style{background:red}{x}",
        r'\color{red"onclick="alert(1)}x',
        "<img src=x onerror=alert(1)>",
        "&lt;script&gt;",
        r"x\hspace{1em onload=alert(1)}",
    ],
)
def test_no_markup_of_an_author_gets_through(hostile: str) -> None:
    made = mathml(hostile) or ""
    for element in html.fromstring(f"<p>{made}</p>").iter():
        assert element.tag == "p" or element.tag in KNOWN
        assert not {"href", "style", "onclick", "onload", "onerror"} & set(element.attrib)


KNOWN = frozenset({
    "math", "semantics", "annotation", "mrow", "mi", "mo", "mn", "mtext", "mspace", "msup", "msub",
    "msubsup", "mstyle", "mpadded",
})  # fmt: skip


@pytest.mark.parametrize(
    "endless",
    ["{" * 500 + "x" + "}" * 500, "x^" * 700, r"\sqrt" * 200 + "x", r"\hat " * 300, "x" * 9999],
)
def test_what_is_nested_or_long_on_purpose_is_read_as_text(endless: str) -> None:
    assert mathml(endless) is None
    assert "<math" not in clean.rich(f"${endless}$")


def test_commands_that_define_commands_are_not_followed() -> None:
    assert mathml(r"\newcommand{\a}{\b\b}\newcommand{\b}{\c\c}\a") is None


@given(st.text(alphabet="\\{}^_$&%#ab1<>\"'`~ ", max_size=40))
def test_nothing_raises_and_all_is_well_formed(tex: str) -> None:
    made = clean.rich(f"a ${tex}$ b")
    assert html.fromstring(f"<div>{made}</div>").tag == "div"
    assert made.count("<math") == made.count("</math>")
    for found in re.findall(r"<(\w+)", made):
        assert found in KNOWN | {"a", "code", "sub", "sup"} | {
            "mfrac",
            "msqrt",
            "mover",
            "munder",
            "none",
        }


@cache
def nobody_knows(command: str) -> bool:
    try:
        drawn = convert(f"\\{command}")
    except Exception:  # noqa: BLE001 -- it takes arguments, and so is known
        return False
    if f"\\{command}" not in drawn or formula(f"\\{command}").strip() != command:
        return False
    return (shown(f"\\{command}") or "") == f"<mi>{command}</mi>"


def fails(tex: str) -> bool:
    """Neither converted nor read without a name that says nothing to a reader."""
    if web_link(tex):
        return False
    return any(nobody_knows(command) for command in re.findall(r"\\([A-Za-z]+)", tex))


def formulas(text: str) -> Iterator[str]:
    for found in FORMULA.finditer(clean.text(text)):
        if is_formula(found):
            yield inside(found[0])


def test_the_failures_that_are_known_still_show_no_command() -> None:
    for tex in json.loads(FAILURES.read_text("utf-8")):
        page = re.sub("<annotation.*?</annotation>", "", clean.rich(f"$${tex}$$"))
        assert "\\" not in page, tex
        assert "\\" not in clean.reading(f"$${tex}$$"), tex


def test_formulas_of_real_abstracts(shared: Path) -> None:
    """Of the abstracts with formulas, at least 98 % convert or read plainly; no new one fails."""
    known = set(json.loads(FAILURES.read_text("utf-8")))
    with_formulas = failing = 0
    with gzip.open(shared / "corpus/acl-100k.jsonl.gz", "rb") as lines:
        for line in lines:
            if b"$" not in line and b"\\\\" not in line:
                continue
            paper = json.loads(line)
            found = list(formulas(f"{paper['title']}\n\n{paper['abstract'] or ''}"))
            failed = [tex for tex in found if fails(tex)]
            assert not set(failed) - known
            with_formulas += bool(found)
            failing += bool(failed)
    assert with_formulas > 1000
    assert failing <= 0.02 * with_formulas
