from __future__ import annotations

import html
import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import clean
from tests.clean_cases import CAPTURES, HUNDRED, MADE, OTHERS, TITLES

PAIRS = [*CAPTURES, *HUNDRED, *OTHERS, *MADE]
_OPENER = re.compile(r"<(?=[A-Za-z/!?])")

# Pieces that rules look for, in any order: nesting, halves, and what stands between.
_MARKS = "\\ { } {} $ $$ ` `` ' '' ~ * ** _ ^ & &amp; &lt; &#60; &#x202e; < > [ ] ( ) </ <! \\( \\)"
PIECES = st.sampled_from(
    [
        *(captured for captured, _ in PAIRS),
        *_MARKS.split(),
        *(
            "\\em ",
            "{\\em ",
            "\\textbf{",
            "mathcal{",
            "_{",
            "^{",
            "\\url{",
            "\\href{",
            "](https://",
        ),
        *("https://", "https://x.org/", "hf-proxy.", "www.", "times", "sim", "rightarrow", "ge"),
        *("theta", "circ", "\\textless", "\\'", '\\"', "\\c ", "{e}", "\\o", "script>", "a", "1"),
        *("\n", "\n\n", "\r", "\x00", "\u200b", "\u200d", "é", "\u00a0", "\ud800", "\U000f0000"),
        *(" ", ".", ",", "%"),
    ]
)
MESSY = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


@pytest.mark.parametrize(("captured", "expected"), PAIRS)
def test_text_mends_what_is_certain(captured: str, expected: str) -> None:
    assert clean.text(captured) == expected


@pytest.mark.parametrize(("captured", "expected"), TITLES)
def test_title_mends_less(captured: str, expected: str) -> None:
    assert clean.title(captured) == expected


def test_name_keeps_case_and_accents() -> None:
    assert clean.name(' Bj\\"orn  M\u200buster ') == "Björn Muster"
    assert clean.name("Zoë  van\nder Berg") == "Zoë van der Berg"
    assert clean.name("one\n\nline") == "one line"
    assert clean.name("R &amp; D") == "R & D"
    assert clean.name("mathcal{O} notation") == "O notation"
    assert clean.names(["a ", " b", "c"]) == ("a", "b", "c")


def test_a_text_has_paragraphs_and_a_title_has_none() -> None:
    assert clean.text("one \\alpha\n\n two") == "one α\n\ntwo"
    assert clean.title("one \\alpha\n\n two") == "one α two"
    assert clean.title("one\n\ntwo") == "one two"
    assert clean.title("one&#10;&#10;two") == "one two"


@pytest.mark.parametrize(
    ("captured", "expected"),
    [
        (r"as \(5\%\) is", r"as \(5\%\) is"),
        (r"as \[5\%\] is", r"as \[5\%\] is"),
        (r"as $5\%$ is", r"as $5\%$ is"),
        ("pays $5 &amp; more than the rest$ x", "pays $5 & more than the rest$ x"),
    ],
    ids=["parentheses", "brackets", "dollars", "money"],
)
def test_formulas_are_left_alone_and_money_is_none(captured: str, expected: str) -> None:
    assert clean.text(captured) == expected
    assert clean.title(captured) == expected


@settings(deadline=None)
@given(MESSY)
def test_cleaning_is_idempotent(captured: str) -> None:
    for function in (clean.text, clean.title, clean.name):
        once = function(captured)
        assert function(once) == once


@settings(deadline=None)
@given(MESSY)
def test_cleaning_makes_no_tags_and_nothing_invisible(captured: str) -> None:
    for function in (clean.text, clean.title, clean.name):
        cleaned = function(captured)
        assert len(_OPENER.findall(cleaned)) <= len(_OPENER.findall(captured))
        rest = cleaned.replace("\n\n", "").replace("\u200c", "").replace("\u200d", "")
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]", rest)
        assert cleaned == cleaned.strip()


@settings(deadline=None)
@given(MESSY)
def test_html_shows_the_text_and_only_links(captured: str) -> None:
    cleaned = clean.text(captured)
    tree = html5lib.parseFragment(clean.to_html(cleaned), namespaceHTMLElements=False)
    assert "".join(tree.itertext()) == cleaned
    for element in tree.iter():
        if element is not tree:
            assert element.tag == "a"
            away = element.attrib.pop("rel", "")
            assert set(element.attrib) == {"href"}
            assert re.match(r"https?://\S|mailto:\S", element.attrib["href"])
            assert away == ("" if element.attrib["href"].startswith("mailto:") else "noopener")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_formulas_stay_tex(inside: str) -> None:
    formula = f"$\\sim {inside.replace('$', '').replace(chr(92), '')}x\\%$"
    flat = clean.title(formula)
    assert flat.startswith("$\\sim")
    assert flat.endswith("x\\%$")


@pytest.mark.parametrize(
    "piece",
    ["{\\em ", "\\textbf{", "mathcal{", "``a ", "*a ", "[", "https://", "$a", "$a\\", "\\\\("],
)
def test_a_hostile_line_is_cleaned_all_the_same(piece: str) -> None:
    cleaned = clean.text(piece * 20_000)
    assert clean.text(cleaned) == cleaned
    assert isinstance(clean.to_html(cleaned), str)


def test_the_captures_are_clean(shared: Path) -> None:
    seen = 0
    for capture in sorted((shared / "dumps" / "text").glob("*.txt")):
        for line in capture.read_text().split("\n"):
            if len(line) < 1_000:
                continue
            seen += 1
            cleaned = clean.text(line)
            assert clean.text(cleaned) == cleaned
            for leftover in ("\\%", "{\\em", "hf-proxy", "``", "{https", "\\url", "\\text"):
                assert leftover not in cleaned
            page = clean.to_html(cleaned)
            without_links = re.sub(r'<a href="[^"]+" rel=noopener>[^<]+</a>', "", page)
            assert "https://" not in without_links
            for target in re.findall(r'href="([^"]+)"', page):
                assert not html.unescape(target).endswith((".", ",", ")", "}"))
    assert seen == 320
