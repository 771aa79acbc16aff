from __future__ import annotations

import hashlib
import json
import zlib

from sitegen.search import blocks, shards
from sitegen.search.indexing import FORMAT
from tests.search.library import paper, random_papers
from tests.search.test_blocks import numbers


def files(count: int) -> dict[str, bytes]:
    """The files of a segment, inflated, by their names."""
    block = blocks.build(random_papers(count))
    return {name: zlib.decompress(data) for name, data in shards.files([block])}


def terms(shard: bytes) -> list[str]:
    """The terms of a shard, read as it is described."""
    found: list[str] = []
    before = b""
    at = 0

    def number() -> int:
        nonlocal at
        begin = at
        while shard[at] > 0x7F:
            at += 1
        at += 1
        return next(numbers(shard[begin:at]))

    while at < len(shard):
        shared, length = number(), number()
        before = before[:shared] + shard[at : at + length]
        at += length
        found.append(before.decode())
        for _ in range(number()):
            number()
    return found


def test_shards_stay_small_and_the_map_tells_where_each_begins() -> None:
    found = files(400)
    ways = json.loads(found.pop("map.bin"))
    kinds = {kind: [name for name in found if name[0] == kind] for kind in "tpwrd"}
    assert sum(map(len, kinds.values())) == len(found)
    for kind in "tpwr":
        assert kinds[kind] == [f"{kind}{number}.bin" for number in range(len(ways[kind]))]
        assert ways[kind] == sorted(ways[kind])
    assert len(kinds["d"]) == -(-400 // ways["d"])
    assert len(kinds["t"]) > 3
    every = [terms(found[name]) for name in kinds["t"]]
    assert [term for own in every for term in own] == blocks.build(random_papers(400)).terms
    assert [own[0] >= begin for own, begin in zip(every, ways["t"], strict=True)]
    # The facets stand together; a shard of words is within the limit, or it holds one long list.
    assert [own[0][0] in "!#$" for own in every] == [True] + [False] * (len(every) - 1)
    for name, own in list(zip(kinds["t"], every, strict=True))[1:]:
        assert len(found[name]) <= shards.sizes(400).terms or len(own) == 1


def test_what_a_shard_begins_with_is_no_longer_than_it_must_be() -> None:
    ways = json.loads(files(400)["map.bin"])
    assert ways["t"][0] == ""
    assert max(map(len, ways["t"])) < 12


def test_titles_stand_with_their_paths() -> None:
    block = blocks.build([paper(0, title="A “title”"), paper(1, title="视频")])
    found = dict(shards.files([block]))
    assert json.loads(zlib.decompress(found["d0.bin"])) == [
        ["papers/p/p0.html", "A “title”"],
        ["papers/p/p1.html", "视频"],
    ]


def test_the_format_is_raised_when_the_same_papers_give_other_files() -> None:
    """Browsers keep files by their names: when this fails, raise FORMAT, then mend the literal."""
    digest = hashlib.sha256()
    for name, data in sorted(files(200).items()):
        digest.update(name.encode() + data)
    assert (FORMAT, digest.hexdigest()[:16]) == (1, "e14ff35945a1abb7")
