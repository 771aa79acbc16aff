"""What holds for each of the readers of exports and lists, on made, real and damaged dumps."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Record
from sitegen.readers import Content, bibtex, csl_json, json_records, paperlists, ris, table

from .mishaps import damaged, read

DUMPS = Path(__file__).resolve().parents[1] / "dumps"
READERS: dict[str, ModuleType] = {
    "bibtex": bibtex,
    "csl-json": csl_json,
    "json": json_records,
    "paperlists": paperlists,
    "ris": ris,
    "table": table,
}
SHARED = {**READERS, "hf-scrape-json": json_records}
Outcome = Callable[..., dict[str, Any]]


def _made() -> list[Path]:
    return [
        path
        for folder in READERS
        for path in sorted((DUMPS / folder).iterdir())
        if path.suffix != ".json" or path.name.endswith(".in.json")
    ]


@pytest.mark.parametrize("dump", _made(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_dumps_give_what_stands_beside_them(dump: Path, outcome: Outcome) -> None:
    expected = json.loads(dump.with_name(f"{dump.name.split('.')[0]}.json").read_text())
    assert outcome(READERS[dump.parent.name], dump.read_bytes(), dump.name) == expected


@pytest.mark.parametrize("dump", _made(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_dumps_are_known_by_their_content(dump: Path) -> None:
    content = Content.of(dump.read_bytes(), "dump")
    scores = {reader.NAME: reader.sniff(content.head, "dump") for reader in READERS.values()}
    best = max(scores, key=lambda name: scores[name])
    assert best == READERS[dump.parent.name].NAME
    assert sum(1 for score in scores.values() if score == scores[best]) == 1


def test_no_reader_claims_the_dumps_of_another(shared: Path) -> None:
    for path in sorted((shared / "dumps").rglob("*.*")):
        folder = path.parent.name
        if folder in {"dumps", "arxiv-jsonl"}:
            continue
        content = Content.of(path.read_bytes(), path.name)
        for reader in READERS.values():
            if reader is json_records:
                assert reader.sniff(content.head, path.name) <= 30
            elif SHARED.get(folder) is not reader:
                assert reader.sniff(content.head, path.name) == 0, (path, reader.NAME)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02\xff\xfe" * 1_000,
        "\x00\ud7ff\U0010ffff".encode(),
        "[{}]".encode("utf-16"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"title":' * 50_000,
        b"{" * 100_000,
        b'"' * 100_000,
        b"@article{a, title={" * 5_000,
        b"@article{a, title=" + b"{" * 100_000,
        b"@string{a = a # a}" * 100,
        b"TY  - JOUR\n" * 20_000,
        b"TY  - JOUR\nTI  - x\n" + b"AU  - y\n" * 50_000,
        b"title,authors\n" + b'"' * 50_000,
        b"title,authors\n" + b'"x\n' * 5_000,
        b"title,authors\n" + b"," * 100_000,
        b"title" + b",x" * 1_900 + b",authors\n1,2\n",
        b"[{'title': " + b"[" * 100_000,
        b"[{'title': " + b"'a', " * 100_000,
    ],
    ids=range(21),
)
def test_hostile_dumps_are_problems(reader: ModuleType, hostile: bytes) -> None:
    read(reader, hostile)


@settings(deadline=None)
@given(st.data())
@pytest.mark.parametrize("name", READERS)
def test_damaged_dumps_never_raise(name: str, data: st.DataObject) -> None:
    dump = data.draw(st.sampled_from([path for path in _made() if path.parent.name == name]))
    rng = data.draw(st.randoms(use_true_random=False))
    read(READERS[name], damaged(dump.read_bytes(), rng))


@settings(deadline=None)
@given(st.data())
def test_damaged_real_dumps_never_raise(shared: Path, data: st.DataObject) -> None:
    paths = [path for folder in SHARED for path in sorted((shared / "dumps" / folder).glob("*.*"))]
    path = data.draw(st.sampled_from(paths))
    rng = data.draw(st.randoms(use_true_random=False))
    read(SHARED[path.parent.name], damaged(path.read_bytes(), rng))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("bibtex", "@misc{{k{n}, title = {{Number {n}}}, author = {{A. B}}}}\n\n"),
        ("ris", "TY  - JOUR\nTI  - Number {n}\nAU  - Be, A.\nER  - \n\n"),
        ("table", '"Number {n}",A. B,"x\ny"\n'),
        ("json", '{{"title": "Number {n}", "authors": ["A. B"]}}\n'),
    ],
)
def test_damage_to_one_entry_leaves_the_others(name: str, entry: str) -> None:
    """An entry's first half is lost; those before it, and those from the second behind it, stay."""
    head = "title,authors,abstract\n" if name == "table" else ""
    entries = [entry.format(n=n) for n in range(30)]
    rng = random.Random(4)
    for _ in range(40):
        lost = rng.randrange(1, 28)
        cut = entries[lost][: rng.randrange(1, len(entries[lost]) // 2)]
        items = read(
            READERS[name], head + "".join([*entries[:lost], cut, "\n", *entries[lost + 1 :]])
        )
        titles = {item.title for item in items if isinstance(item, Record)}
        kept = {f"Number {n}" for n in range(30) if n not in {lost, lost + 1}}
        assert kept <= titles, (cut, kept - titles)
