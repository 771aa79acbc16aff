from __future__ import annotations

import pytest

from sitegen.search import blocks, segments
from sitegen.search.numbering import STEPS, cuts
from tests.search.library import random_papers
from tests.search.test_blocks import numbers, slowly


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        (0, []),
        (1, [(0, 1)]),
        (512, [(0, 512)]),
        (513, [(0, 512), (512, 513)]),
        (4_096, [(0, 4_096)]),
        (10_000, [(0, 8_192), (8_192, 9_728), (9_728, 10_000)]),
        (
            70_000,
            [(0, 32_768), (32_768, 65_536), (65_536, 69_632), (69_632, 70_000)],
        ),
    ],
)
def test_papers_fall_into_these_segments(papers: int, expected: list[tuple[int, int]]) -> None:
    assert cuts(papers) == expected


def test_full_segments_stay_when_papers_come() -> None:
    before = cuts(3 * STEPS[0] + 100)
    after = cuts(3 * STEPS[0] + 4_000)
    assert before[:3] == after[:3]


def test_blocks_put_together_are_one_index_of_all_papers() -> None:
    papers = random_papers(90)
    parts = [blocks.build(papers[start : start + 40]) for start in (0, 40, 80)]
    whole = slowly(papers)
    found = list(segments.merged(parts))
    assert [one.term for one in found] == blocks.in_order(whole)
    for one in found:
        number = 0
        expected = whole[one.term]
        assert one.papers == len(expected)
        for code, (paper, level, _) in zip(numbers(one.postings), expected, strict=True):
            number += code >> 3
            assert (number, code & 7) == (paper, level)
        places = [place for _, _, places in expected for place in places]
        assert len(list(numbers(one.places))) == len(places)


def test_one_block_and_several_give_the_same() -> None:
    papers = random_papers(60)
    whole = list(segments.merged([blocks.build(papers)]))
    parts = list(segments.merged([blocks.build(papers[:25]), blocks.build(papers[25:])]))
    assert parts == whole
