# ruff: noqa: E501 - lists of lines are easiest to read in one line
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.formats.headers import Header, Kind, header_line
from sitegen.model import Record
from sitegen.readers import Content, text

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "text"
ABSTRACT = (
    "We show that this is one sentence of an abstract, long enough to be told from a title. " * 5
)
Outcome = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.txt")), ids=lambda path: path.stem)
def test_dumps_give_what_stands_beside_them(dump: Path, outcome: Outcome) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(text, dump.read_bytes(), dump.name) == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("May 8", "--05-08"),
        ("8 May", "--05-08"),
        ("May 8th", "--05-08"),
        ("Sept. 3", "--09-03"),
        ("Feb 29", "--02-29"),
        ("MAY 8, 2025", "2025-05-08"),
        ("8 May 2025", "2025-05-08"),
        ("8th of May, 2025", "2025-05-08"),
        ("Thursday, May 8", "--05-08"),
        ("Thu, 8 May 2025", "2025-05-08"),
        ("2025-05-08", "2025-05-08"),
        ("2025/5/8", "2025-05-08"),
        ("Daily Papers for May 8", "--05-08"),
    ],
)
def test_dates_as_people_write_them(line: str, day: str) -> None:
    found = header_line(line)
    assert found is not None
    assert (found.kind, found.value, found.problem) == (Kind.DATE, day, "")


@pytest.mark.parametrize(
    "line", ["February 30", "May 0", "31 June 2025", "29 Feb 2025", "2025-13-01"]
)
def test_a_date_that_cannot_be_is_a_problem(line: str) -> None:
    found = header_line(line)
    assert found is not None
    assert found.kind is Kind.DATE
    assert found.problem
    assert Header(day="--05-08").with_line(found).day == ""


@pytest.mark.parametrize(
    ("line", "curator"),
    [
        ("byAK and the research community", "AK and the research community"),
        ("by AK and the research community", "AK and the research community"),
        ("By AK and the research community", "AK and the research community"),
        ("curated by Niels", "Niels"),
        ("Curated by Ada and friends", "Ada and friends"),
        ("by@akhaliq", "@akhaliq"),
    ],
)
def test_bylines(line: str, curator: str) -> None:
    found = header_line(line)
    assert found is not None
    assert (found.kind, found.value) == (Kind.BYLINE, curator)


@pytest.mark.parametrize(
    "title",
    ["By My Eyes: Grounding", "Bypassing the Community", "May I Ask?", "1 May Day Paper", "by design, a title", "Papers with Code"],
)  # fmt: skip
def test_titles_are_no_header_lines(title: str) -> None:
    assert header_line(title, started=True) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["A First Title", ABSTRACT, "A Second Title", ABSTRACT],
        ["Daily Papers", "A First Title", ABSTRACT, "A Second Title", ABSTRACT],
        ["Log in", "Daily Papers", "May 8", "A First Title", ABSTRACT, "A Second Title", ABSTRACT, "Next"],
        ["byAK and the research community", "new", "A First Title", "new", ABSTRACT, "A Second Title", ABSTRACT],
        ["May 8", "A First Title", "May 9", ABSTRACT, "A Second Title", ABSTRACT],
        ["A First Title", ABSTRACT, "Code is at https://a.org/b", "A Second Title", ABSTRACT],
    ],
)  # fmt: skip
def test_neighbours_are_never_lost(lines: list[str]) -> None:
    records = _records("\n\n".join(lines))
    assert [record.title for record in records] == ["A First Title", "A Second Title"]
    assert all(record.abstract.startswith("We show") for record in records)
    assert [record.place for record in records] == [0, 1]


def test_a_title_never_becomes_an_abstract() -> None:
    records = _records("First Title\n\nSecond Title\n\nThird Title\n\n" + ABSTRACT)
    assert [(r.title, bool(r.abstract)) for r in records] == [
        ("First Title", False),
        ("Second Title", False),
        ("Third Title", True),
    ]


def test_what_stands_before_the_header_is_no_paper() -> None:
    items = list(
        text.read(Content.of(f"Skip to content\nSubscribe\nMay 8\nTitle\n{ABSTRACT}"), "x")
    )
    assert [item.title for item in items if isinstance(item, Record)] == ["Title"]
    assert [item.line for item in items if isinstance(item, Problem)] == [1]


@pytest.mark.parametrize("data", ["", "\n\n", "Subscribe\n\nMay 8\n", "***\n"])
def test_no_papers_is_a_problem(data: str) -> None:
    items = list(text.read(Content.of(data), "x"))
    assert any(isinstance(item, Problem) and "no papers" in item.message for item in items)


def test_a_line_of_megabytes_is_an_abstract() -> None:
    (record,) = _records("Title\n\n" + ABSTRACT * 2_000)
    assert len(record.abstract) > 800_000


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "new",
                "Subscribe",
                "May 8",
                "February 30",
                "byAK and the research community",
                "Daily Papers",
                "* * *",
                "A Title",
                "Another Title",
                "A sentence.",
                ABSTRACT,
                "x" * 1800,
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(_LINES, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_every_line_is_accounted_for(lines: list[str], end: str) -> None:
    content = Content.of(end.join(lines).encode("utf-8", "surrogatepass"), "x")
    items = list(text.read(content, "x"))
    records = [item for item in items if isinstance(item, Record)]
    assert [record.place for record in records] == list(range(len(records)))
    assert [record.line for record in records] == sorted({record.line for record in records})
    said = {item.line for item in items} | {0}
    numbered = dict(content.lines())
    for number, line in numbered.items():
        if line.strip() in {"A Title", "Another Title"}:
            assert number in said
    total = sum(record.abstract.count("We show that this is one") for record in records)
    unread = sum(
        1 for item in items if isinstance(item, Problem) and "without a title" in item.message
    )
    assert total + 5 * unread >= 5 * sum(1 for line in numbered.values() if line == ABSTRACT)


def test_real_captures(shared: Path) -> None:
    counts, titles = {}, set()
    for path in sorted((shared / "dumps" / "text").glob("*.txt")):
        content = Content.of(path.read_bytes(), path.name)
        assert text.sniff(content.head, path.name) >= 90
        items = list(text.read(content, path.name))
        assert not [item for item in items if isinstance(item, Problem)]
        lines = content.text.split("\n")
        for item in items:
            assert isinstance(item, Record)
            assert item.curator == "AK and the research community"
            assert lines[item.line - 1][-20:] == item.title[-20:]
            assert len(item.abstract) > 1_000
            titles.add(item.title)
        counts[path.name[:3]] = (len(items), items[0].header_day)
    assert counts == {"000": (79, "--05-08"), "001": (89, "--05-08"), "002": (80, "--05-28"), "004": (72, "")}  # fmt: skip
    assert len(titles) == 218


@pytest.mark.parametrize(
    "prose",
    [
        "# Daily Papers\n\nA site.\n\n" + ABSTRACT,
        "@article{a,\n title={Daily Papers}}\n",
        "TY  - JOUR\nTI  - Daily Papers\n",
        "title,abstract,date\nA,B,C\n",
        '[{"title": "Daily Papers"}]',
        "<html><body>Daily Papers</body></html>",
        "2025-05-08 10:00:00 INFO started\n2025-05-08 10:00:01 INFO done\n",
        "Introduction\n\n"
        + ABSTRACT
        + "\n\nInstallation\n\n"
        + ABSTRACT
        + "\n\nUsage\n\n"
        + ABSTRACT,
        "MIT License\n\nCopyright (c) 2025 by Ada\n\n" + ABSTRACT,
        "Dear all,\n\n" + ABSTRACT + "\n\nYours,\nAda",
        "",
    ],
)
def test_sniff_leaves_other_texts_alone(prose: str) -> None:
    assert text.sniff(prose, "notes.txt") == 0


def test_sniff_knows_captures_without_a_header() -> None:
    bare = "\n\n".join(["A Title of Several Words", ABSTRACT * 2] * 4)
    assert 0 < text.sniff(bare, "list.txt") < 50
    assert text.sniff(bare, "list.md") == 0
    assert text.sniff("Daily Papers\n\nMay 8\n\n" + bare, "list.txt") >= 80


def test_sniff_leaves_other_dumps_alone(shared: Path) -> None:
    for path in sorted((shared / "dumps").rglob("*.*")):
        if path.parent.name != "text":
            assert text.sniff(Content.of(path.read_bytes(), path.name).head, path.name) == 0, path


def _records(data: str) -> list[Record]:
    return [item for item in text.read(Content.of(data), "x") if isinstance(item, Record)]
