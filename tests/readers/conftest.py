from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from sitegen.model import Record
from sitegen.readers import Content

DUMPS = Path(__file__).resolve().parents[1] / "dumps"


def _as_json(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return found


_UNSET = _as_json(Record(file="", line=0, place=0, source="", title=""))

Outcome = dict[str, Any]


def outcome_of(reader: ModuleType, data: bytes | str, name: str = "dump") -> Outcome:
    """What a reader made of a dump: the fields of records that are set, problems as printed."""
    content = Content.of(data, name)
    items = list(reader.read(content, name))
    records = [item for item in items if isinstance(item, Record)]
    problems = [str(item) for item in items if not isinstance(item, Record)]
    return {
        "records": [
            {
                field: value
                for field, value in _as_json(record).items()
                if value != _UNSET[field] or field in {"line", "place"}
            }
            for record in records
        ],
        "problems": problems + [str(problem) for problem in content.problems],
    }


@pytest.fixture(scope="session")
def outcome() -> Callable[..., Outcome]:
    return outcome_of
