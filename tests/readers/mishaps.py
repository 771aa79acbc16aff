"""Real and made dumps, damaged: what every reader must survive."""

from __future__ import annotations

import random
from types import ModuleType

import msgspec

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content

_SPLINTERS = (
    b"", b"null", b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b",", b"9" * 400, b"\xff", b"1e999",
    b'{"title": {', b"\\ud800", b"\x00", b"-", b"true", b"#", b"@article{", b"=", b"\n", b"\r",
    b"TY  - ", b"ER  - ", b";", b"\t", b" and ", b"{'a':", b"\xe9\xe9", b"@string{a=", b"@comment{",
    b"%", b"(", b")", b"~", b"$", b"\\'{", b"NaN", b"[[", b'"",', b"<jats:p>", b"\xf0\x9f\x90\x9c",
)  # fmt: skip


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The dump cut and with some bytes replaced."""
    start = rng.randrange(len(data) + 1) if rng.random() < 0.5 else 0
    data = data[start : start + rng.randrange(1, 30_000)]
    for _ in range(rng.randrange(1, 7)):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(_SPLINTERS) + data[at + rng.randrange(0, 20) :]
    return data


def read(reader: ModuleType, data: bytes | str, name: str = "dump") -> list[Record | Problem]:
    """What a reader makes of it, after a look at all that must hold whatever it was given."""
    content = Content.of(data, name)
    assert 0 <= reader.sniff(content.head, name) <= 100
    items = [*reader.read(content, name), *content.problems]
    lines = content.data.count(b"\n") + content.data.count(b"\r") + 1
    for item in items:
        msgspec.msgpack.encode(item)  # no lone surrogates
        assert item.file == name
        assert 0 <= item.line <= lines
    records = [item for item in items if isinstance(item, Record)]
    assert [record.place for record in records] == list(range(len(records)))
    for record in records:
        assert record.line >= 1
        assert record.title.isprintable()
        assert all(name and name.isprintable() for name in record.authors), record.authors
        for address in (record.url, record.pdf, record.code, record.project):
            assert address == "" or address.lower().startswith(("http://", "https://"))
    return items


def records(reader: ModuleType, data: bytes | str) -> list[Record]:
    return [item for item in read(reader, data) if isinstance(item, Record)]


def problems(reader: ModuleType, data: bytes | str) -> list[str]:
    return [item.message for item in read(reader, data) if isinstance(item, Problem)]
