from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.model import Record
from sitegen.readers import Content, arxiv_atom

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "arxiv-atom"
HEAD = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.xml")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(arxiv_atom, dump.read_bytes(), dump.name) == expected


def test_an_answer_without_entries_is_no_problem() -> None:
    content = Content.of(HEAD + "<title>ArXiv Query: id_list=0</title></feed>")
    assert arxiv_atom.sniff(content.head, "x") > 90
    assert list(arxiv_atom.read(content, "x")) == []


def test_entries_under_a_head_of_ones_own_are_known_by_their_ids() -> None:
    head = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        "<title>Saved</title><entry><id>http://arxiv.org/abs/2608.00001v1</id>"
    )
    assert arxiv_atom.sniff(head, "x") > 80
    assert arxiv_atom.sniff(head.replace("arxiv.org/abs", "example.org/abs"), "x") == 0


def test_a_real_answer(shared: Path) -> None:
    data = (shared / "dumps/arxiv-atom/search-10-entries.xml").read_bytes()
    records = [one for one in arxiv_atom.read(Content.of(data), "d") if isinstance(one, Record)]
    second = records[1]
    assert second.ids == {"arxiv": "2405.13786", "doi": "10.1109/icstw58534.2023.00023"}
    assert second.authors[0] == "Aurora Ramírez"
    assert second.published == date(2024, 5, 22)
    assert second.listed is None
    assert second.categories == ("cs.SE", "cs.AI")
    assert second.pdf == "https://arxiv.org/pdf/2405.13786v1"
    assert second.line == 35
    assert all(record.abstract and record.authors and record.published for record in records)
