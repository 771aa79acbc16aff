from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.cache import Cache
from sitegen.executors import Serial
from sitegen.search import Index, blocks, indexed
from sitegen.search.numbering import BLOCK
from tests.search.library import library, paper, random_papers

PAPERS = random_papers(2 * BLOCK + 100)


def index(papers: list, cache: Path | None = None) -> Index:
    return indexed(library(papers), Serial(), Cache(cache))


def names(found: Index) -> list[str]:
    return [segment.name for segment in found.segments]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many papers each block had that was made."""
    made: list[int] = []
    real = blocks.build

    def build(papers, above):
        made.append(len(papers))
        return real(papers, above)

    monkeypatch.setattr(blocks, "build", build)
    return made


def test_a_new_day_makes_the_last_block_alone(tmp_path: Path, built: list[int]) -> None:
    before = index(PAPERS[:-40], tmp_path)
    assert built == [BLOCK, BLOCK, 60]
    built.clear()
    after = index(PAPERS, tmp_path)
    assert built == [100]
    assert names(after)[:-1] == names(before)[:-1]
    assert names(after)[-1] != names(before)[-1]


def test_nothing_is_made_when_nothing_changed(tmp_path: Path, built: list[int]) -> None:
    first = index(PAPERS, tmp_path)
    built.clear()
    again = index(PAPERS, tmp_path)
    assert built == []
    assert names(again) == names(first)
    # Asked for all the same, the files are what they were: the last block is made again.
    for one, other in zip(first.segments, again.segments, strict=True):
        assert dict(one.files()) == dict(other.files())
    assert built == [100]


def test_a_paper_listed_again_changes_no_name(tmp_path: Path, built: list[int]) -> None:
    first = index(PAPERS, tmp_path)
    built.clear()
    again = [paper(3, title="Other"), *PAPERS[1:]]
    listed = PAPERS[3]
    again = [*PAPERS]
    again[3] = type(listed)(
        **{name: getattr(listed, name) for name in listed.__struct_fields__}
        | {"digest": b"another", "listings": listed.listings * 2}
    )
    second = index(again, tmp_path)
    assert built == [BLOCK]
    assert names(second) == names(first)


def test_with_a_cache_and_without_files_are_the_same(tmp_path: Path) -> None:
    kept, fresh = index(PAPERS, tmp_path), index(PAPERS)
    assert names(kept) == names(fresh)
    for one, other in zip(kept.segments, fresh.segments, strict=True):
        assert dict(one.files()) == dict(other.files())


def test_a_damaged_cache_is_as_good_as_none(tmp_path: Path) -> None:
    first = index(PAPERS, tmp_path)
    for entry in tmp_path.rglob("search/*"):
        entry.write_bytes(b"damaged")
    again = index(PAPERS, tmp_path)
    assert names(again) == names(first)
    for one, other in zip(first.segments, again.segments, strict=True):
        assert dict(one.files()) == dict(other.files())


def test_papers_without_a_day_are_numbered_behind_all_others_and_on_their_own() -> None:
    undated = [paper(9000 + n, day=None, title=f"Undated {n}") for n in range(3)]
    before = index([*PAPERS[:50], *undated])
    after = index([*PAPERS[:90], *undated])
    assert [segment.papers for segment in before.segments] == [50, 3]
    assert [segment.papers for segment in after.segments] == [90, 3]
    assert names(after)[-1] == names(before)[-1]
    assert [papers for _, papers in after.days] == [40, 40, 10]


def test_no_papers_have_no_segments() -> None:
    assert index([]) == Index((), (), ())
