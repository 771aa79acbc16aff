from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.readers import Content, table

from .mishaps import problems, records


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ("title,authors", True),
        ("Key;Item Type;Publication Year;Author;Title;DOI", True),
        ("id\ttitle\tabstract", True),
        ('"Document Title","Authors","PDF Link"', True),
        ("sep=,\nTitle,Year", True),
        ("title", False),
        ("title of a paper, which has commas", False),
        ("name,age", False),
        ("| title | authors |", False),
        ('{"title": 1, "authors": 2}', False),
        ("# Title, Authors", False),
        ("", False),
    ],
)
def test_sniff(header: str, claims: bool) -> None:
    assert (table.sniff(header + "\n1,2\n", "x") > 0) is claims


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(data=st.data())
def test_what_the_csv_module_writes_is_read(delimiter: str, data: st.DataObject) -> None:
    cell = st.text(st.sampled_from("ab \",;\t\n'é"), max_size=12)
    rows = data.draw(st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=6))
    rows = [(f"T{n}", *row) for n, row in enumerate(rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=data.draw(st.sampled_from([0, 1])))
    writer.writerows([("title", "abstract", "comment", "venue"), *rows])
    found = records(table, out.getvalue())
    assert [record.title for record in found] == [row[0] for row in rows]
    assert not [message for message in problems(table, out.getvalue()) if "cell" in message]


def test_an_open_quotation_mark_does_not_swallow_the_rest() -> None:
    rows = "".join(f"T{n},x\n" for n in range(500))
    text = f'title,abstract\n"Open,x\n{rows}"Open again,"y\n{rows}'
    titles = [record.title for record in records(table, text)]
    assert len(titles) == 1_002
    assert titles[0] == "Open"
    assert sum("quotation mark" in message for message in problems(table, text)) == 2


def test_stray_quotation_marks_cost_no_neighbour() -> None:
    text = 'title,abstract,venue\nOne,"They say "yes" here",V\nTwo,"a "b"\nc",X\nThree,x,W\n'
    found = {record.title: record.venue for record in records(table, text)}
    assert found["One"] == "V"
    assert found["Three"] == "W"
    assert sum("quotation mark" in message for message in problems(table, text)) == 2


def test_lines_of_rows() -> None:
    text = 'title,abstract\r\n\r\nA,"x\r\ny"\r\nB,z\r\n'
    assert [record.line for record in records(table, text)] == [3, 5]


def test_no_header() -> None:
    items = list(table.read(Content.of("a,b\nc,d\n"), "x"))
    assert [item.message for item in items] == ["no header row with a column “title”"]  # type: ignore[union-attr]


def test_broken_rows_do_not_cost_the_square() -> None:
    text = "title,abstract\n" + '"never closed\n' * 20_000
    assert len(records(table, text)) == 20_000
