"""Every rule of feeds, held against a feed that breaks it and one that barely does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.checking import feeds
from tests.checking.cases import audited
from tests.checking.feed_cases import BASE, CASES, PATHS, SOUND


def said(form, text, base_url=BASE):
    data = text if isinstance(text, bytes) else text.encode()
    return list(feeds.problems(PATHS[form], data, base_url))


@pytest.mark.parametrize("form", SOUND)
def test_sound_feeds_have_no_fault(form):
    assert said(form, SOUND[form]) == []
    assert said(form, SOUND[form], "") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.form}-{case.says[:30]}")
def test_a_faulty_feed_is_found_and_a_near_miss_passes(case):
    assert SOUND[case.form].count(case.old) >= 1
    faulty = said(case.form, SOUND[case.form].replace(case.old, case.bad, 1))
    found = [one for one in faulty if case.says in one.message]
    assert [(one.file, one.line, one.severity) for one in found[:1]] == [
        (PATHS[case.form], case.line, case.severity)
    ], faulty
    assert all(one.hint for one in faulty)
    assert said(case.form, SOUND[case.form].replace(case.old, case.near, 1)) == []


@pytest.mark.parametrize(("bytes_", "severity"), [(2_000_001, "warning"), (5_000_001, "error")])
def test_large_feeds(bytes_, severity):
    (found,) = said("rss", SOUND["rss"] + " " * (bytes_ - len(SOUND["rss"])))
    assert (found.severity, found.line) == (severity, 0)
    assert "MB" in found.message


def test_other_files_are_no_feeds():
    assert list(feeds.problems("sitemap.xml", b"<urlset/>", BASE)) == []
    assert [p.message for p in feeds.problems("b.rss.xml", b"<urlset/>", BASE)] == [
        "the document is no feed but <urlset>"
    ]
    archive = SOUND["atom"].replace("<title>Two</title>", "").encode()
    wrong = [one.message for one in feeds.problems("feeds/archive/1.xml", archive, BASE)]
    assert len(wrong) == 2  # and it stands elsewhere than it says


def test_what_is_no_text_is_told_with_its_line():
    (found,) = said("json", SOUND["json"].encode().replace(b"Second", b"\xff"))
    assert (found.line, found.message) == (4, "this is no UTF-8 text")
    (found,) = said("json", "[]")
    assert (found.line, found.message) == (1, "this is no JSON object")


def test_relative_addresses_are_right_for_atom_without_a_base_url():
    text = SOUND["atom"].replace(BASE, "../")
    assert said("atom", text, "") == []
    assert {one.line for one in said("atom", text)} == {2, 4, 6, 7, 9}


def test_a_feed_of_a_site_is_found_to_be_faulty_and_to_lead_nowhere(tmp_path):
    gone = SOUND["rss"].replace("a.html", "gone.html", 1).replace("Fri, 08", "Sat, 08", 1)
    files = {"rss.xml": gone, "feeds/i.txt": "", "i.png": b"", "a.pdf": b""}
    audit = audited(tmp_path, files)
    assert [(one.rule, one.file, one.line) for one in audit.errors] == [
        ("feed", "site/rss.xml", 6),
        ("broken-link", "site/rss.xml", 8),
    ]


@pytest.mark.parametrize("form", SOUND)
@given(data=st.data())
def test_whatever_stands_in_a_file_is_told_and_never_raises(form, data):
    text = SOUND[form].encode()
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, len(text)))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b"", b"null", b"[]", b"<a/>"]))
    assert isinstance(said(form, text[:at] + put + text[until:]), list)
