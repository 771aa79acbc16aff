from __future__ import annotations

import pytest

from sitegen.readers import Content, ris

from .mishaps import problems, records


def _entry(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", *lines, "ER  - ", ""])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PY  - 2019", "DA  - 2019/10//undefined"], "2019-10-01"),
        (["PY  - 2019", "DA  - 2019/10/05/"], "2019-10-05"),
        (["Y1  - 2014//"], "2014-01-01"),
        (["PY  - 2001/09/01/"], "2001-09-01"),
        (["DA  - //", "PY  - 2001"], "2001-01-01"),
        (["DA  - Oct 2019", "PY  - 2019"], "2019-10-01"),
        (["PY  - 10 15"], "None"),
        ([], "None"),
    ],
)
def test_dates(lines: list[str], expected: str) -> None:
    (record,) = records(ris, _entry("TI  - x", *lines))
    assert str(record.published) == expected
    assert any("no date" in message for message in problems(ris, _entry("TI  - x", *lines))) == (
        "10 15" in str(lines)
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AU  - Jones, Hannah", "Hannah Jones"),
        ("A1  - Adler D.G.", "D.G. Adler"),
        ("AU  - von Neumann, John, Jr.", "John von Neumann Jr."),
        ("AU  - World Health Organization", "World Health Organization"),
        ("AU  - Dobrokhotova, Yu E.", "Yu E. Dobrokhotova"),
    ],
)
def test_people(line: str, expected: str) -> None:
    (record,) = records(ris, _entry("TI  - x", line, "AU  - "))
    assert record.authors == (expected,)


def test_lines_without_a_tag_go_on_with_the_value() -> None:
    (record,) = records(ris, _entry("TI  - One", "  two", "AB  - Three", "", "ER four", "KW  - a"))
    assert (record.title, record.abstract, record.tags) == ("One two", "Three ER four", ("a",))


def test_records_without_an_end_are_kept() -> None:
    text = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n"
    assert [record.title for record in records(ris, text)] == ["One", "Two"]
    assert [record.line for record in records(ris, text)] == [1, 3]
    assert sum("“ER”" in message for message in problems(ris, text)) == 2


def test_text_that_is_no_ris() -> None:
    corrupted = "\ufeff\nJF  - A Journal\nT1  - A title\nPY  - 2001/09/01/\nER  - \n"
    assert ris.sniff(Content.of(corrupted).head, "x.ris") == 0
    assert records(ris, corrupted) == []
    assert any("“TY”" in message for message in problems(ris, corrupted))


@pytest.mark.parametrize(
    ("head", "claims"),
    [
        ("TY  - JOUR\nTI  - x\n", True),
        ("\ufeffTY  - JOUR\r\nTI  - x\r\n".replace("\r", ""), True),
        ("1.\nTY  - JOUR\nID  - 1\n", True),
        ("Provider: ACM\n\nTY  - CONF\nAU  - x\n", True),
        ("TI  - x\nTY  - JOUR\nAU  - y\n", False),
        ("TY is a country code\n", False),
        ("PMID- 1\nTI  - x\n", False),
        ("{}", False),
    ],
)
def test_sniff(head: str, claims: bool) -> None:
    assert (ris.sniff(head, "x") == 90) is claims


def test_ids() -> None:
    lines = (
        "TI  - x",
        "DO  - https://doi.org/10.1000/A",
        "UR  - http://arxiv.org/abs/1706.03762v5",
    )
    (record,) = records(ris, _entry(*lines))
    assert record.ids == {"doi": "10.1000/a", "arxiv": "1706.03762"}
    (record,) = records(ris, _entry("TI  - x", "M1  - arXiv:1706.03762 [cs]", "PB  - arXiv"))
    assert record.ids == {"arxiv": "1706.03762"}
