from __future__ import annotations

from dataclasses import dataclass

import msgspec

from sitegen.errors import Problem
from sitegen.formats.records import Nothing, checked, records
from sitegen.model import Record


def record(line, title="A title", abstract="An abstract."):
    return Record(file="d", line=line, place=0, source="s", title=title, abstract=abstract)


def said(items):
    return [item for item in checked(items, "d") if isinstance(item, Problem)]


def test_whole_records_raise_no_problem():
    facts = msgspec.structs.replace(record(3, abstract=""), listing=False)
    records = [record(1), record(2), facts]
    assert list(checked(records, "d")) == records


def test_missing_titles_are_told_one_by_one():
    problems = said([record(3, title=""), record(7, title="", abstract="")])
    assert [problem.line for problem in problems] == [3, 7]


def test_one_missing_abstract_is_told_with_its_title():
    (problem,) = said([record(1), record(9, title="Lonely", abstract="")])
    assert problem.line == 9
    assert "“Lonely”" in problem.message


def test_missing_abstracts_are_told_once_with_their_number():
    records = [record(line, abstract="") for line in range(5, 15)] + [record(20)]
    (problem,) = said(records)
    assert problem.line == 5
    assert problem.message == "10 of 11 records have no abstract (lines 5, 6, 7, …)"


def test_problems_pass_through():
    problem = Problem(file="d", line=1, message="m")
    assert list(checked([problem], "d")) == [problem]


@dataclass
class _Entry:
    line: int
    title: str | None


NOTHING = Nothing("no papers", "get some")


def _made(entry, place, complain):
    if entry.title is None:
        complain("left out")
        return None
    return Record(
        file="d", line=entry.line, place=place, source="s", title=entry.title, abstract="x"
    )


def test_entries_become_records_in_their_places_and_complaints_have_lines():
    broken = Problem(file="d", line=4, message="broken")
    entries = [_Entry(2, "A"), _Entry(3, None), broken, _Entry(5, "B")]
    first, left_out, same, second = records(entries, _made, "d", NOTHING)
    assert [(one.place, one.line, one.title) for one in (first, second)] == [
        (0, 2, "A"),
        (1, 5, "B"),
    ]
    assert (left_out.line, left_out.message) == (3, "left out")
    assert same is broken


def test_a_dump_without_records_is_told_and_an_error_where_something_broke():
    (said,) = records([], _made, "d", NOTHING)
    assert (said.message, said.hint, said.severity) == ("no papers", "get some", "warning")
    *_, said = records([Problem(file="d", line=4, message="broken")], _made, "d", NOTHING)
    assert said.severity == "error"
    assert list(records([], _made, "d")) == []
