"""How fast each reader reads: `python -m tests.bench.readers [--mb 10] [FORMAT…]`.

A format's real samples (the dumps beside the checkout; else those of the tests) are put together,
again and again, into one dump of about the size that was asked for, in memory. What is measured is
the CPU time of one process that reads it to the last record, the best of some rounds: the machine
may be shared, and others take time but give none. MB are millions of bytes of the dump.

"Without cleaning" puts the collapsing of white space in place of `sitegen.clean`, but for words
and venues that a reader remembers. As samples repeat, remembered words are met more often than in
a dump of that size that repeats nothing; the corpus, where it is there, is taken as it is. The
issue's goals are for all that a reader does, cleaning among it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from itertools import chain, cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sitegen import clean
from sitegen.model import Record
from sitegen.readers import Content, Reader, readers

from .report import markdown

MEGA = 1_000_000
CORPUS = "json (corpus)"
GOALS = {"hf-json": 60, CORPUS: 60, "acl-xml": 15}  # MB/s, with all that a reader does
MADE = Path(__file__).parents[1] / "dumps"
HEADINGS = ("format", "MB", "records", "MB/s", "without cleaning", "records/s", "goal")


@dataclass(frozen=True, slots=True)
class Speed:
    """What reading one dump took: CPU seconds, with and without cleaning."""

    name: str
    bytes: int
    records: int
    cleaned: float
    plain: float

    def row(self) -> list[str]:
        """The cells of the table."""
        goal = GOALS.get(self.name)
        return [
            self.name,
            f"{self.bytes / MEGA:.1f}",
            str(self.records),
            f"{self.bytes / MEGA / self.cleaned:.1f}",
            f"{self.bytes / MEGA / self.plain:.1f}",
            f"{self.records / self.cleaned:,.0f}",
            f"{goal}" if goal else "",
        ]


# ----------------------------------------------------------------------------- long dumps


def _lists(samples: Sequence[bytes], size: int) -> bytes:
    """One JSON list of the items of lists."""
    values = list(map(_json, samples))
    lists = [value for value in values if isinstance(value, list) and value]
    if not lists:  # a list under a name of its own
        within = chain.from_iterable(v.values() for v in values if isinstance(v, dict))
        lists = [value for value in within if isinstance(value, list) and value]
    items = (
        json.dumps(one, ensure_ascii=False, indent=1).encode() for one in cycle(list(chain(*lists)))
    )
    whole = _joined((item + b",\n" for item in items), size)
    return b"[" + whole.removesuffix(b",\n") + b"]"


def _json(sample: bytes) -> Any:
    try:
        return json.loads(sample)
    except ValueError:
        return None


def _lines(samples: Sequence[bytes], size: int) -> bytes:
    """The samples one behind the other."""
    return _joined((sample.rstrip(b"\n") + b"\n\n" for sample in cycle(samples)), size)


def _table(samples: Sequence[bytes], size: int) -> bytes:
    """A header row, and the rows of that sample again and again."""
    header, _, rows = max(samples, key=len).partition(b"\n")
    return header + b"\n" + _joined((rows.rstrip(b"\n") + b"\n" for _ in cycle((0,))), size)


def _page(samples: Sequence[bytes], size: int) -> bytes:
    """A saved page whose list of papers, in one attribute, is that long."""
    head, mark, rest = samples[0].decode().partition('data-props="')
    held, _, tail = rest.partition('"')
    props = json.loads(unescape(held))
    papers = props["dailyPapers"]
    times = size // len(escape(json.dumps(papers))) + 1
    long = escape(json.dumps(props | {"dailyPapers": papers * times}))
    return f'{head}{mark}{long}"{tail}'.encode()


def _elements(samples: Sequence[bytes], size: int) -> bytes:
    """The longest sample, its elements below the root again and again."""
    sample = max(samples, key=len)
    found = re.search(rb"<(volume|entry|item|record)[ >].*</\1>", sample, re.DOTALL)
    if found is None:
        return sample
    repeated = _joined((found[0] + b"\n" for _ in cycle((0,))), size)
    return sample[: found.start()] + repeated + sample[found.end() :]


def _joined(parts: Iterator[bytes], size: int) -> bytes:
    """Parts until they are of that size."""
    taken: list[bytes] = []
    length = 0
    for part in parts:
        taken.append(part)
        length += len(part)
        if length >= size or not part:
            break
    return b"".join(taken)


_BUILDS: dict[str, Callable[[Sequence[bytes], int], bytes]] = {
    "acl-xml": _elements,
    "arxiv-atom": _elements,
    "arxiv-feed": _elements,
    "arxiv-oai": _elements,
    "csl-json": _lists,
    "hf-json": _lists,
    "hf-html": _page,
    "json": _lists,
    "paperlists": _lists,
    "table": _table,
    "web-feed": _elements,
}


def dump_of(name: str, samples: Sequence[bytes], size: int) -> bytes:
    """A dump of a format of about `size` bytes."""
    return _BUILDS.get(name, _lines)(samples, size)


# ----------------------------------------------------------------------------- samples


def shared() -> Path | None:
    """The folder of samples beside the checkout, where there is one."""
    named = os.environ.get("SITEGEN_SHARED")
    if named:
        return Path(named)
    folders = (folder / "shared" for folder in Path(__file__).resolve().parents)
    return next((folder for folder in folders if (folder / "dumps").is_dir()), None)


def samples() -> dict[str, list[bytes]]:
    """Samples by the reader that claims them: real ones, else those of the tests."""
    beside = shared()
    found: dict[str, list[bytes]] = {}
    for folder in filter(None, (beside and beside / "dumps", MADE)):
        here: dict[str, list[bytes]] = {}
        for path in sorted(folder.glob("*/*")):
            if folder == MADE and path.suffix == ".json" and ".in." not in path.name:
                continue  # what is expected of the dump beside it
            data = path.read_bytes()
            content = Content.of(data, path.name)
            scores = [(reader.sniff(content.head, path.name), reader.NAME) for reader in readers()]
            score, name = max(scores)
            if score > 20:
                here.setdefault(name, []).append(data)
        found = here | found
    return found


def corpus(size: int) -> bytes | None:
    """Lines of the corpus, evenly from its whole length; None where it is not there."""
    beside = shared()
    path = beside and beside / "corpus" / "acl-100k.jsonl.gz"
    if path is None or not path.exists():
        return None
    with gzip.open(path) as stream:
        lines = stream.readlines()
    step = max(1, sum(map(len, lines)) // size)
    return b"".join(lines[::step])


# ----------------------------------------------------------------------------- measuring


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _all_collapsed(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_collapsed, texts)))


@contextmanager
def without_cleaning() -> Iterator[None]:
    """White space collapsed in place of all cleaning."""
    of_one: dict[str, Any] = dict.fromkeys(
        ("text", "title", "name", "person", "latex_text"), _collapsed
    )
    of_several: dict[str, Any] = dict.fromkeys(("names", "persons"), _all_collapsed)
    with patch.multiple(clean, **of_one, **of_several):
        yield


def seconds(reader: Reader, data: bytes, rounds: int) -> tuple[float, int]:
    """CPU seconds of the best round, and how many records there are."""
    best, count = float("inf"), 0
    for _ in range(rounds):
        count = 0
        begun = time.process_time()
        for item in reader.read(Content.of(data, "dump"), "dump"):
            if item.__class__ is Record:
                count += 1
        best = min(best, time.process_time() - begun)
    return max(best, 1e-6), count


def speed(name: str, reader: Reader, data: bytes, rounds: int) -> Speed:
    """How fast one dump is read, both ways."""
    cleaned, count = seconds(reader, data, rounds)
    with without_cleaning():
        plain, _ = seconds(reader, data, rounds)
    return Speed(name, len(data), count, cleaned, plain)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.readers", description=__doc__)
    parser.add_argument("formats", nargs="*", help="names of formats; all without any")
    parser.add_argument("--mb", type=float, default=10, help="size of each dump (default: 10)")
    parser.add_argument("--rounds", type=int, default=3, help="the best counts (default: 3)")
    given = parser.parse_args(arguments)
    size = int(given.mb * MEGA)
    by_name = {reader.NAME: reader for reader in readers()}
    wanted = given.formats
    dumps = {
        name: dump_of(name, found, size)
        for name, found in sorted(samples().items())
        if not wanted or name in wanted
    }
    if (not wanted or CORPUS in wanted) and (whole := corpus(size)) is not None:
        dumps[CORPUS] = whole
    rows = []
    for name, data in dumps.items():
        sys.stderr.write(f"{name} …\n")
        reader = by_name[name.partition(" ")[0]]
        rows.append(speed(name, reader, data, given.rounds).row())
    print(markdown(HEADINGS, rows))  # noqa: T201 - its purpose


if __name__ == "__main__":
    main()
