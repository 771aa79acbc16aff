from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, hf_json

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "hf-json"
Outcome = Callable[..., dict[str, Any]]

ITEM = {
    "paper": {"id": "2608.00001", "title": "A Title", "summary": "An abstract.", "authors": []},
    "publishedAt": "2026-08-02T20:00:00.000Z",
    "numComments": 1,
}


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.in.json")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(dump: Path, outcome: Outcome) -> None:
    expected = json.loads(dump.with_name(dump.name.replace(".in.json", ".json")).read_text())
    assert outcome(hf_json, dump.read_bytes(), dump.name) == expected


@pytest.mark.parametrize(
    "data", ["1", "[]", " [ ]\n", '{"status": "no_data", "date": "2025-01-11"}']
)
def test_empty_days_are_no_problem(data: str) -> None:
    assert _read(data) == ([], [])
    assert 0 < hf_json.sniff(data, "x.json") < 50


@pytest.mark.parametrize(
    "data", ["2", "null", '"text"', "{}", '{"error": "rate limit"}', "[", "{", ""]
)
def test_what_is_no_list_is_an_error(data: str) -> None:
    records, problems = _read(data)
    assert records == []
    assert [problem.severity for problem in problems][-1:] == ["error"]
    assert problems[-1].hint


@pytest.mark.parametrize(
    ("stamp", "own", "listed"),
    [
        ("2024-06-03T03:44:01.558Z", None, date(2024, 6, 3)),
        ("2024-11-30T23:59:59.000Z", None, date(2024, 11, 30)),
        ("2024-12-01T00:00:00.000Z", None, None),
        ("2025-01-12T21:47:33.594Z", None, None),
        ("2026-08-02T20:00:00.000Z", "2026-08-05T00:00:00.000Z", date(2026, 8, 5)),
        (None, "2026-02-30T00:00:00.000Z", None),
    ],
)
def test_the_day_of_listing(stamp: str | None, own: str | None, listed: date | None) -> None:
    item = {**ITEM, "publishedAt": stamp, "paper": {**ITEM["paper"], "submittedOnDailyAt": own}}
    (record,), _ = _read(json.dumps([item]))
    assert record.listed == listed


@pytest.mark.parametrize(
    ("written", "arxiv"),
    [
        ("2405.15738", "2405.15738"),
        ("2405.15738v3", "2405.15738"),
        ("arXiv:0704.0001", "0704.0001"),
        ("astro-ph/0601001", "astro-ph/0601001"),
        ("math.GT/0309136v1", "math.gt/0309136"),
        ("not an id", None),
        ("2413.00001", None),
        ("", None),
    ],
)
def test_identifiers(written: str, arxiv: str | None) -> None:
    (record,), problems = _read(json.dumps([{**ITEM, "paper": {**ITEM["paper"], "id": written}}]))
    assert record.ids.get("arxiv") == arxiv
    assert record.url == (f"https://huggingface.co/papers/{arxiv}" if arxiv else "")
    assert bool(problems) == (arxiv is None and written != "")


def test_lines_are_those_of_the_file() -> None:
    data = (
        "\ufeff\r\n[\r\n"
        + ",\r\n\r\n".join([json.dumps(ITEM, indent=1).replace("\n", "\r\n")] * 3)
        + "]"
    )
    records, _ = _read(data)
    lines = data.split("\r\n")
    assert len(records) == 3
    assert all(lines[record.line - 1] == "{" for record in records)


def test_lines_of_json_and_a_single_item() -> None:
    assert len(_read(json.dumps(ITEM))[0]) == 1
    records, problems = _read("\n".join([json.dumps(ITEM)] * 3))
    assert [record.line for record in records] == [1, 2, 3]
    assert problems == []


def test_bytes_that_are_not_utf8() -> None:
    data = json.dumps([ITEM]).replace("A Title", "Caf\xe9").encode("latin-1")
    (record,), _ = _read(data)
    assert record.title == "Café"


def test_lone_surrogates_and_nul() -> None:
    data = '[{"paper": {"id": "2608.00001", "title": "A\\ud800 \\u0000Title", "summary": "x"}}]'
    (record,), _ = _read(data)
    assert record.title == "A Title"


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 100_000,
        '{"paper": {\n' * 20_000,
        '{"paper":' * 100_000,
        '[{"paper": {"id": ' + "[" * 100_000,
        '[{"paper": {"upvotes": ' + "9" * 10_000 + "}}]",
        '[{"paper": {"upvotes": 1e400, "title": "x"}}]',
        '["{' + "'paper': {" * 50_000 + '"]',
        '["' + "-" * 100_000 + '1"]',
        "[\"{'paper': \" + __import__('os')}\"]",
        "[\"{'paper': {'title': '" + "x" * 3_000_000 + "'}}\"]",
        "[\"{'paper': {'title': 'a' 'b', 'id': 1 + 1j}}\"]",
        "[\"{'paper': {('a',): 1}}\", \"{'paper': {{}: 1}}\"]",
    ],
    ids=range(12),
)
def test_hostile_documents_are_problems(hostile: str) -> None:
    records, problems = _read(hostile)
    assert records or problems


@pytest.mark.parametrize(
    ("head", "claims"),
    [
        ('[{"paper": {"id": "2608.1"', True),
        ("[\n \"{'paper': {'id'", True),
        ('{"status": "success", "data": ["{\'paper\': {', True),
        (
            '[{"title": "x", "publishedAt": "", "numComments": 1, "summary": "", "paper": {"id"',
            True,
        ),
        ('[{"id": "2405.1", "title": "x", "abstract": "paper"}]', False),
        ('{"id": "2405.1", "summary": "x", "AI": {}}\n{"id"', False),
        ('[{"type": "article-journal", "abstract": "x"}]', False),
        ('{"paper": 3, "listings": []}', False),
        ("Daily Papers\n", False),
    ],
)
def test_sniff(head: str, claims: bool) -> None:
    assert (hf_json.sniff(head, "x.json") >= 80) is claims
    assert claims or hf_json.sniff(head, "x.json") == 0


def test_real_dumps(shared: Path) -> None:
    total = 0
    for path in sorted((shared / "dumps" / "hf-json").glob("*.json")):
        content = Content.of(path.read_bytes(), path.name)
        assert hf_json.sniff(content.head, path.name) > 0
        items = list(hf_json.read(content, path.name))
        lines = content.text.split("\n")
        for item in items:
            assert isinstance(item, Record)
            here = "".join(lines[item.line - 1 : item.line + 2])
            assert f"{item.ids['arxiv']}" in here.split("authors")[0]
            assert item.listed in {None, date.fromisoformat(path.stem)}
            assert (item.listed is None) == path.name.startswith("2025")
            assert item.authors
            assert item.title
            assert item.abstract
            assert item.published
        total += len(items)
    assert total == 370


def test_sniff_leaves_other_dumps_alone(shared: Path) -> None:
    for path in sorted((shared / "dumps").rglob("*.*")):
        if path.parent.name != "hf-json":
            assert hf_json.sniff(Content.of(path.read_bytes(), path.name).head, path.name) == 0, (
                path
            )


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_damaged_dump_never_raises_and_loses_no_neighbour(rng: random.Random) -> None:
    whole = _document(rng)
    damaged = _damage(whole, rng)
    records, problems = _read(damaged)
    assert records or problems or damaged.strip() in {b"1", b"[]"}


@settings(deadline=None)
@given(st.data())
def test_a_damaged_real_dump_never_raises(shared: Path, data: st.DataObject) -> None:
    paths = sorted((shared / "dumps" / "hf-json").glob("*.json"))
    rng = data.draw(st.randoms(use_true_random=False))
    whole = data.draw(st.sampled_from(paths)).read_bytes()[: rng.randrange(1, 60_000)]
    _read(_damage(whole, rng))


def test_cutting_a_dump_keeps_every_whole_element() -> None:
    items = [{**ITEM, "paper": {**ITEM["paper"], "id": f"2608.{n:05}"}} for n in range(1, 6)]
    whole = json.dumps(items, indent=1)
    ends = [whole.index(f"2608.{n:05}") for n in range(1, 6)]
    for cut in range(0, len(whole), 7):
        records, problems = _read(whole[:cut])
        complete = sum(1 for n in range(1, 5) if cut >= ends[n])
        assert len(records) >= complete
        assert problems
        assert all(0 <= problem.line <= whole.count("\n") + 1 for problem in problems)


def _document(rng: random.Random) -> bytes:
    items = [{**ITEM, "paper": {**ITEM["paper"], "upvotes": n}} for n in range(rng.randrange(1, 4))]
    as_text = [repr(item) for item in items]
    shape = rng.choice(
        [items, as_text, {"status": "success", "count": len(items), "data": as_text}]
    )
    return json.dumps(shape, indent=rng.choice([None, 2])).encode()


_SPLINTERS = (b"", b"null", b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b",", b"9" * 400, b"\xff",
              b"1e999", b'{"paper": {', b"\\ud800", b"\x00", b"-", b"true")  # fmt: skip


def _damage(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(_SPLINTERS) + data[at + rng.randrange(0, 20) :]
    return data


def _read(data: str | bytes) -> tuple[list[Record], list[Problem]]:
    items = list(hf_json.read(Content.of(data, "x.json"), "x.json"))
    return (
        [item for item in items if isinstance(item, Record)],
        [item for item in items if isinstance(item, Problem)],
    )
