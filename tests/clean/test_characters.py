from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.clean.characters import plain, signs, without_new_tags


@pytest.mark.parametrize(
    ("captured", "expected"),
    [
        ("already plain", "already plain"),
        (" two  blanks ", "two blanks"),
        ("at the end ", "at the end"),
        (" at the beginning", "at the beginning"),
        ("tab\tand\u3000wide", "tab and wide"),
        ("soft\u00adhyphen and \ufeffmark", "softhyphen and mark"),
        ("one\n\n \ntwo", "one\n\ntwo"),
        ("\x00\x07", ""),
    ],
)
def test_plain(captured: str, expected: str) -> None:
    assert plain(captured) == expected


def test_a_line_has_no_paragraphs() -> None:
    assert plain("one\n\ntwo", paragraphs=False) == "one two"
    assert plain("one\x00\r\n\r\ntwo", paragraphs=False) == "one two"


@pytest.mark.parametrize("gone", ["", "\x00"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=["unix", "classic", "dos"])
def test_paragraphs_are_kept_however_lines_end(end: str, gone: str) -> None:
    assert plain(f"one{gone}{end}line{end}{end}two") == "one line\n\ntwo"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aé \n\r\u200d\u200c\u200b\u00a0\u2028<\x00\x1f\x85")))
def test_plain_is_idempotent(captured: str) -> None:
    assert plain(plain(captured)) == plain(captured)


def test_tags_that_were_there_stay() -> None:
    assert without_new_tags("<b> <i>", "<b><i>") == "<b><i>"
    assert without_new_tags("< b>", "<b>") == "< b>"


def test_marks_do_not_pile_up() -> None:
    assert plain("e" + "\u0301" * 300 + "x") == "e" + "\u0301" * 4 + "x"
    assert plain("a\u0301\n\n" + "o" + "\u0489\u200b" * 300) == "a\u0301\n\no" + "\u0489" * 4
    for whole in ("ệ", "e\u0323\u0302", "שָׁ֖לֹום", "ก็", "བསྒྲུབས"):
        assert plain(whole) == whole


def test_the_signs_are_what_is_changed() -> None:
    told = signs()
    whole = [sign.decode() for sign in told if sign[0] < 0xF3]
    assert len(whole) > 400
    for sign in whole:
        text = f"a{sign * 5}b"
        assert plain(text) != text or sign == "\n", hex(ord(sign[0]))
    for gone in "\U000e0000\U000e0fff\U000f0000\U000fffff\U00100000\U0010ffff\x7f":
        assert any(sign in gone.encode() for sign in told), hex(ord(gone))
    assert not any(sign in "Größe 中 😀 \U000e1000".encode() for sign in told)
