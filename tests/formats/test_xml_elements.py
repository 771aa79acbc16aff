from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.formats.xml.elements import elements, line_of, local, root, text_of
from sitegen.readers import Content


def texts(data: bytes | str) -> tuple[list[str], list[Problem]]:
    """The texts of all `p`, and the problems."""
    content = Content.of(data, "d.xml")
    found: list[Any] = [
        item if isinstance(item, Problem) else text_of(item)
        for item in elements(content, "d.xml", ("{*}p",))
    ]
    problems = [item for item in found if isinstance(item, Problem)] + content.problems
    return [item for item in found if isinstance(item, str)], problems


ROOTS = {
    "<a><b/></a>": ("", "a"),
    "<?xml version='1.0'?>\n<!-- <x> --><a b='>'>": ("", "a"),
    "\ufeff\n <feed xmlns='urn:f' xmlns:q='urn:q'>": ("urn:f", "feed"),
    "<q:feed xmlns='urn:f' xmlns:q='urn:q'>": ("urn:q", "feed"),
    "<!DOCTYPE a [<!ENTITY x 'y>'>]><a/>": ("", "a"),
    "<!DOCTYPE rss PUBLIC '-//x//' \"http://x/y.dtd\"><rss>": ("", "rss"),
    "no XML": ("", ""),
    "": ("", ""),
    "<": ("", ""),
    "{'a': '<b>'}": ("", ""),
}


@pytest.mark.parametrize(("head", "found"), ROOTS.items())
def test_root(head: str, found: tuple[str, str]) -> None:
    assert root(head) == found


@pytest.mark.parametrize(
    "head", ["<!--" * 20_000, "<?x " * 20_000, "<a " * 20_000, "<!DOCTYPE" * 9_000]
)
def test_root_of_hostile_heads(head: str) -> None:
    assert root(head) in {("", ""), ("", "a")}


def test_elements_of_any_namespace_are_found() -> None:
    data = "<a xmlns:n='urn:n'><p>one</p><n:p>two</n:p><q><p xmlns='urn:m'>three</p></q></a>"
    assert texts(data) == (["one", "two", "three"], [])


def test_names_are_local() -> None:
    (element,) = elements(Content.of("<n:p xmlns:n='urn:n'/>"), "d", ("{*}p",))
    assert local(element) == "p"


ENCODED = {
    "utf-8": "<a><p>é – 中</p></a>".encode(),
    "with its mark": b"\xef\xbb\xbf<?xml version='1.0'?><a><p>\xc3\xa9</p></a>",
    "latin-1": "<?xml version='1.0' encoding='ISO-8859-1'?><a><p>é</p></a>".encode("latin-1"),
    "windows": "<?xml version='1.0' encoding='windows-1252'?><a><p>é – “</p></a>".encode("cp1252"),
    "gbk": "<?xml version='1.0' encoding='gbk'?><a><p>中文</p></a>".encode("gbk"),
    "utf-16": "<?xml version='1.0' encoding='utf-16'?><a><p>é中</p></a>".encode("utf-16"),
    "utf-16 without mark": "<?xml version='1.0'?><a><p>é中</p></a>".encode("utf-16-be"),
    "utf-32": "<a><p>é中</p></a>".encode("utf-32"),
    "an encoding of no text": b"<?xml version='1.0' encoding='zlib'?><a><p>\xc3\xa9</p></a>",
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str) -> None:
    (text,), problems = texts(ENCODED[name])
    assert text in {"é", "é中", "é – 中", "é – “", "中文"}
    assert problems == []


def test_bytes_that_are_not_utf8_are_read_and_told_once_with_their_line() -> None:
    found, (problem,) = texts(b"<a>\n<p>caf\xe9</p>\n<p>na\xefve \xc3\xa9</p></a>")
    assert found == ["café", "naïve é"]
    assert problem.line == 2
    assert "UTF-8" in problem.message


def test_a_character_may_be_cut_by_the_end_of_a_block() -> None:
    for shift in range(4):
        data = "<a><p>" + "x" * shift + "é" * 200_000 + "</p></a>"
        found, problems = texts(data)
        assert found == [data[6:-8]]
        assert problems == []


def test_references_of_html_and_bare_ampersands_are_understood() -> None:
    data = "<a><p>R&D caf&eacute;&nbsp;&unknown; &lt;i&gt; &#233; &amp;amp;</p></a>"
    assert texts(data) == (["R&D café\xa0&unknown; <i> é &amp;"], [])


def test_ampersands_in_cdata_stay() -> None:
    data = "<a><p><![CDATA[R&D &eacute; <b>]]> R&D</p><p>A&B</p></a>"
    assert texts(data) == (["R&D &eacute; <b> R&D", "A&B"], [])


def test_tokens_may_be_cut_by_the_end_of_a_block() -> None:
    for shift in range(60):
        text = "x" * ((1 << 18) - 40 + shift)
        data = f"<a><p>{text}<![CDATA[&b]]>&eacute;&c&lt;</p></a>"
        assert texts(data) == ([f"{text}&bé&c<"], []), shift


EXPANDING = "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "declared",
    [
        "<!ENTITY i SYSTEM 'file:///etc/hostname'>",
        "<!ENTITY i 'expanded'>",
        f"<!ENTITY a 'expanded'>{EXPANDING}",
        "<!ENTITY % p SYSTEM 'http://localhost:1/x.dtd'> %p; <!ENTITY i 'expanded'>",
    ],
)
def test_entities_of_a_document_are_never_expanded(declared: str) -> None:
    head = f"<?xml version='1.0'?>\n<!DOCTYPE a [{declared}]>\n"
    data = head + "<a>\n<p q='&i;'>one &i;</p><p>two</p></a>"
    found, (problem,) = texts(data)
    assert found == ["one &i;", "two"]
    assert "not expanded" in problem.message


def test_a_break_is_told_with_its_line_and_loses_no_neighbour() -> None:
    tail = "<p>three &lt; &amp; <![CDATA[<b>]]> &#233;</p>\n<p q='a&amp;b'>four</p>"
    found, problems = texts(f"<a>\n<p>one</p>\n<p>two<b></p>\n{tail}</a>")
    assert found[0] == "one"
    assert {"three < & <b> é", "four"} < set(found)
    assert problems[0].line == 3


def test_stray_end_tags_do_not_end_the_document() -> None:
    found, problems = texts("<a><p>1</p></b></c></a></x>\n<p>2</p></a>")
    assert found == ["1", "2"]
    assert problems


def test_two_documents_in_one_file() -> None:
    found, problems = texts(
        "<?xml version='1.0'?><a><p>1</p></a>\n<?xml version='1.0'?><a><p>2</p></a>"
    )
    assert found == ["1", "2"]
    assert [problem.line for problem in problems] == [2]


def test_what_is_cut_off_is_told_and_left_out() -> None:
    whole = "<a>\n<p><title>one</title></p>\n<p><title>two</title>\n<b>and more</b></p></a>"
    for end in range(whole.index("two</title>"), len(whole) - len("</p></a>")):
        content = Content.of(whole[:end], "d")
        found = list(elements(content, "d", ("{*}p",)))
        read = [item for item in found if not isinstance(item, Problem)]
        told = [item for item in found if isinstance(item, Problem)]
        assert len(read) == 1
        assert "cut off" in told[0].message
        assert told[0].line == 3
    assert "two" in told[0].message


def test_a_document_without_structure_is_given_up() -> None:
    found, problems = texts("<a>" + "<p>x</p></b>" * 100_000)
    assert 10 < len(found) < 100_000
    assert len(problems) <= 5
    assert "stopped" in problems[-1].message


@pytest.mark.parametrize(
    "hostile",
    [
        "<a>" * 100_000,
        "<a><p>" + "&" * 500_000,
        "<a><p>" + "<![CDATA[" * 100_000,
        "<a><p>" + "]]>" * 100_000,
        "<a " + "b='c' " * 100_000,
        "<a><p>" + "x" * 11_000_000 + "</p></a>",
        "<a><p>\0</p><p>\x1b[0m</p>",
        "<",
        "&",
        "<!DOCTYPE",
        "<?xml",
        "plain text",
        "",
    ],
)
def test_hostile_documents_are_problems_at_most(hostile: str) -> None:
    _, problems = texts(hostile)
    assert len(problems) < 10


def test_lines_are_right_beyond_65535() -> None:
    data = "<a>\n" + "<p>\n<title>t</title>\n</p>\n" * 30_000 + "</a>"
    lines = [line_of(element) for element in elements(Content.of(data), "d", ("{*}p",))]
    assert lines == [2 + 3 * number for number in range(30_000)]


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_never_raise(data: bytes) -> None:
    texts(data)
    texts(b"<a><p>" + data + b"</p><p>x</p></a>")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=60))
def test_escaped_text_comes_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert texts(f"<a><p>{escaped}</p></a>") == ([text], [])


# ----------------------------------------------------- behind what is nested too deeply

DEEP = "<a>" * 300


def _papers(count: int, word: str, end: str) -> str:
    return end.join(f"<p>{word}{number}</p>" for number in range(count))


@pytest.mark.parametrize("end", ["\n", ""], ids=["lines", "one line"])
@pytest.mark.parametrize("before", ["x", "é" * 1_000, "🐜\n" * 1_000])
@pytest.mark.parametrize("block", [37, 1 << 18])
def test_what_stands_around_it_is_read(
    end: str, before: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.formats.xml.blocks._BLOCK", block)
    whole = f"<r><t>{before}</t>{end}{_papers(9, 'a', end)}{end}<p>lost{DEEP}</p>{end}"
    whole += f"{_papers(9, 'b', end)}</r>"
    found, problems = texts(whole)
    assert found == [f"{word}{number}" for word in "ab" for number in range(9)]
    (problem,) = problems
    assert "nested more than 256 deep" in problem.message
    assert problem.line == whole.count("\n", 0, whole.index("lost")) + 1


def test_lines_are_counted_on() -> None:
    whole = f"<r>\n\n<p>{DEEP}</p>\n\n<p>one</p>\n<p>{DEEP}\n</p>\n<p>two</p></r>"
    found = elements(Content.of(whole), "d", ("p",))
    lines = [item.line if isinstance(item, Problem) else line_of(item) for item in found]
    assert lines == [3, 5, 6, 8]


def test_what_stood_open_around_is_open_again() -> None:
    whole = (
        '<c xmlns="urn:n" id="C"><v id="1"><p>one</p></v>'
        f'<v id="2"><p>{DEEP}</p><p>two</p></v><v id="3"><p>{DEEP}</p></v>'
        '<v id="4"><p>four</p></v></c>'
    )
    found = []
    for item in elements(Content.of(whole), "d", ("{*}p",), around="v"):
        if not isinstance(item, Problem):
            volume = next(item.iterancestors("{*}v"))
            collection = next(volume.iterancestors("{*}c"))
            found.append((text_of(item), item.tag, volume.get("id"), collection.get("id")))
    tag = "{urn:n}p"
    assert found == [("one", tag, "1", "C"), ("two", tag, "2", "C"), ("four", tag, "4", "C")]


def test_a_text_that_is_too_long_loses_its_element_alone() -> None:
    found, problems = texts(f"<r><p>one</p><p>{'x' * 11_000_000}</p>\n<p>two</p></r>")
    assert found == ["one", "two"]
    assert len(problems) == 1


def test_depths_without_end_are_given_up() -> None:
    found, problems = texts("<r>" + f"<p>{DEEP}</p><p>x</p>" * 200 + "</r>")
    assert 10 < len(found) < 100
    assert len(problems) < 100
    assert "reading stopped here" in problems[-1].message
