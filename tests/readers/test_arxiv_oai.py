from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, arxiv_oai

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "arxiv-oai"


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.xml")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(arxiv_oai, dump.read_bytes(), dump.name) == expected


def test_answers_saved_one_behind_the_other() -> None:
    page = (DUMPS / "raw.xml").read_text()
    other = page.replace("0704.0001", "0704.0002")
    items = list(arxiv_oai.read(Content.of(page + other), "d"))
    records = [item for item in items if isinstance(item, Record)]
    assert [record.ids["arxiv"] for record in records] == ["0704.0001", "0704.0002"]
    assert [record.line for record in records] == [4, page.count("\n") + 4]


def test_deleted_records_are_counted_once() -> None:
    header = "<record><header status='deleted'><identifier>x</identifier></header></record>\n"
    data = "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>\n" + header * 7 + "</OAI-PMH>"
    (problem,) = arxiv_oai.read(Content.of(data), "d")
    assert isinstance(problem, Problem)
    assert problem.message.startswith("7 deleted records")
    assert problem.line == 2
