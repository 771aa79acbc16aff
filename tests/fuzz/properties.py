"""What must hold whatever comes in: of each reader, of cleaning, of reading LaTeX.

Each target takes bytes and raises for what is wrong. They are checked on the dumps in the tests as
well (`test_fuzz_properties`), so that they do not rot.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType

import msgspec
from lxml import etree

from sitegen import clean, identity
from sitegen.errors import InputError, Problem
from sitegen.model import Record
from sitegen.plain_text import plain
from sitegen.readers import Content, readers

DUMPS = Path(__file__).parents[1] / "dumps"
Target = Callable[[bytes], None]

_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
# What nobody sees, or what a terminal obeys. `str.isprintable` would not do: it refuses the joiners
# that scripts and emoji need, and what the interpreter's edition of Unicode does not know yet.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_PARSER = etree.HTMLParser(huge_tree=True)


def reader(module: ModuleType, data: bytes) -> None:
    """A reader gives records and problems that the later stages can rely on, and never raises."""
    content = Content.of(data, "dump")
    assert 0 <= module.sniff(content.head, "dump") <= 100
    lines = data.count(b"\n") + data.count(b"\r") + 1
    place = 0
    try:
        for item in module.read(content, "dump"):
            assert item.file == "dump"
            if isinstance(item, Problem):
                assert 0 <= item.line <= lines
                assert item.message
                continue
            assert item.place == place
            place += 1
            record(item, lines)
    except InputError:
        return


def record(item: Record, lines: int) -> None:
    """Everything in it can be shown, linked to, named and kept."""
    assert 1 <= item.line <= lines
    for text in (item.title, *item.authors):
        assert plain(text) == text == text.strip()
        assert not _UNSEEN.search(text), text
    assert all(item.authors)
    for address in (item.url, item.pdf, item.code, item.project):
        assert not address or _ADDRESS.fullmatch(address), address
    shown(item.title)
    shown(item.abstract)
    ids = identity.normal_ids(item.ids)
    assert all(value.isprintable() for value in ids.values())
    path = identity.paper_path(identity.key_of(ids, item.title), item.title)
    assert re.fullmatch(r"papers/[a-z0-9]{2,4}/[a-z0-9][a-z0-9.-]{0,78}\.html", path), path
    try:
        msgspec.msgpack.encode(item)
    except UnicodeEncodeError:  # a lone surrogate, which JSON can hold; `dumps` takes it out
        return


def shown(text: str) -> None:
    """As HTML, a text is itself, with links of the web and nothing else."""
    page = clean.to_html(text)
    body = etree.fromstring(f"<div>{page.encode(errors='replace').decode()}</div>", _PARSER)
    for element in body.iter():
        assert element.tag in {"html", "body", "div", "a", "p"}, page
        if element.tag == "a":
            assert re.match(r"https?://[!-~]|mailto:", element.get("href"), re.IGNORECASE), page
            away = {} if element.get("href").startswith("mailto:") else {"rel": "noopener"}
            assert dict(element.attrib) == {"href": element.get("href")} | away


def cleaning(data: bytes) -> None:
    """Cleaning ends, is idempotent, makes no tag and leaves nothing that nobody sees."""
    text = data.decode("utf-8", "surrogateescape")
    for function in (clean.text, clean.title, clean.name):
        once = function(text)
        assert function(once) == once
        assert once == once.strip()
        tags = re.compile(r"<(?=[A-Za-z/!?])")
        assert len(tags.findall(once)) <= len(tags.findall(text))
        assert not _UNSEEN.search(once)
    shown(clean.text(text))


def identifying(data: bytes) -> None:
    """Keys and paths are made of anything."""
    text = data.decode("utf-8", "replace")
    found = identity.normal_ids({"arxiv": text, "doi": text, "acl": text})
    assert identity.normal_ids(found) == found
    identity.fold_title(text)
    path = identity.paper_path(identity.key_of(found, text), text)
    assert re.fullmatch(r"papers/[a-z0-9]{2,4}/[a-z0-9][a-z0-9.-]{0,78}\.html", path), path


def targets() -> dict[str, Target]:
    """All of them by name."""
    found: dict[str, Target] = {one.NAME: partial(reader, one) for one in readers()}
    return found | {"cleaning": cleaning, "identifying": identifying}


def work(name: str) -> Target:
    """The same without a look at what comes out: for what is to be timed."""

    def clean_up(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        clean.to_html(clean.text(text))
        clean.title(text)
        clean.name(text)

    def read(data: bytes) -> None:
        content = Content.of(data, "dump")
        module.sniff(content.head, "dump")
        with suppress(InputError):
            for _ in module.read(content, "dump"):
                pass

    if name in {"cleaning", "identifying"}:
        return clean_up if name == "cleaning" else identifying
    module = next(one for one in readers() if name == one.NAME)
    return read


def seeds(name: str) -> list[bytes]:
    """What a target's fuzzing begins with: the made dumps of its format, or texts out of them."""
    folder = DUMPS / name
    if folder.is_dir():
        files = sorted(folder.iterdir())
        return [path.read_bytes() for path in files if path.stat().st_size < 20_000]
    lines = [line for path in sorted(DUMPS.glob("*/*")) for line in path.read_bytes().splitlines()]
    return [line for line in lines if 20 < len(line) < 2_000][::7]
