"""No reader raises, whatever happened to its dump."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, readers
from tests.readers.damage import damaged

DUMPS = Path(__file__).resolve().parents[1] / "dumps"
MOST = 20_000

FORMATS = {
    "acl-xml": "acl-xml", "arxiv-atom": "arxiv-atom", "arxiv-feed": "arxiv-rss",
    "arxiv-jsonl": "arxiv-jsonl", "arxiv-oai": "", "arxiv-snapshot": "arxiv-snapshot",
    "web-feed": "arxiv-rss",
}  # fmt: skip


def read(name: str, data: bytes) -> None:
    reader = next(one for one in readers() if name == one.NAME)
    content = Content.of(data, "d")
    assert 0 <= reader.sniff(content.head, "d") <= 100
    lines = data.count(b"\n") + data.count(b"\r") + 1
    place = 0
    for item in reader.read(content, "d"):
        assert isinstance(item, Record | Problem)
        assert 0 <= item.line <= lines
        if isinstance(item, Record):
            assert item.place == place
            place += 1


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=60)
@given(rng=st.randoms(use_true_random=False))
def test_damaged_dumps_never_raise(name: str, rng: random.Random) -> None:
    dumps = sorted(path for path in (DUMPS / name).iterdir() if path.suffix != ".json")
    read(name, damaged(rng.choice(dumps).read_bytes(), rng))


@pytest.mark.parametrize("name", [name for name, folder in FORMATS.items() if folder])
@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rng=st.randoms(use_true_random=False))
def test_damaged_real_dumps_never_raise(shared: Path, name: str, rng: random.Random) -> None:
    dumps = sorted((shared / "dumps" / FORMATS[name]).iterdir())
    read(name, damaged(rng.choice(dumps).read_bytes()[:MOST], rng))


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.binary(max_size=200))
def test_any_bytes_never_raise(name: str, data: bytes) -> None:
    read(name, data)
