from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Paper
from sitegen.search.blocks import GAP, Block, build, in_order, unpacked
from sitegen.search.varints import varint, varints
from sitegen.search.weights import ABSTRACT, BYLINE, LEVEL_BITS, TITLE, UNIT, thresholds
from sitegen.search.words import Words, split
from tests.search.library import paper, random_papers

Postings = dict[str, list[tuple[int, int, list[int]]]]  # term -> paper, level, places


def numbers(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def read(block: Block) -> Postings:
    """A block as a reader of its description would read it."""
    found: Postings = {}
    rest_end = place_end = 0
    for at, term in enumerate(block.terms):
        rest, rest_end = rest_end, int(block.rest_ends[at])
        place, place_end = place_end, int(block.place_ends[at])
        codes = [int(block.firsts[at]), *numbers(block.rests[rest:rest_end])]
        assert len(codes) == block.counts[at]
        places = numbers(block.places[place:place_end])
        number = 0
        own = found[term] = []
        for code in codes:
            number += code >> LEVEL_BITS
            here: list[int] = []
            here_at, last = 0, place == place_end
            while not last:
                step = next(places)
                here_at, last = here_at + (step >> 1), bool(step & 1)
                here.append(here_at)
            own.append((number, code & (1 << LEVEL_BITS) - 1, here))
        assert number == block.lasts[at]
        assert next(places, None) is None
    return found


def slowly(papers: Sequence[Paper]) -> Postings:
    """What a block of these papers holds, made paper by paper and word by word."""
    words = Words()
    found: Postings = {}
    for number, one in enumerate(papers):
        worths: dict[str, int] = {}
        places: dict[str, list[int]] = {}
        names: set[str] = set()
        place = 0
        texts = [(TITLE, [one.title]), (ABSTRACT, [one.abstract]), (BYLINE, list(one.authors))]
        for field, parts in texts:
            tokens = [[words(token) for token in split(part)] for part in parts]
            length = sum(token.width for part in tokens for token in part)
            for part in tokens:
                for token in part:
                    for at, term in token.terms:
                        worths[term] = worths.get(term, 0) + field.worth(length)
                        places.setdefault(term, []).append(place + at)
                    if field is BYLINE:
                        names |= {f"{word}@" for word in token.spellings}
                    place += token.width
                place += GAP
        for term, worth in worths.items():
            level = sum(worth >= least for least in thresholds())
            found.setdefault(term, []).append((number, level, places[term]))
        marks = {f"#{match.slug}" for match in one.topics}
        marks |= {f"${listing.source}" for listing in one.listings}
        marks |= {f"={name.lower()}" for name in one.ids.values()}
        marks |= {"!code"} if one.code else set()
        for term in names | marks:
            found.setdefault(term, []).append((number, 0, []))
    return found


def test_a_block_holds_what_its_papers_say() -> None:
    papers = [
        paper(0, title="Pre-training SentenceVAE", abstract="A study of studies.\n\nStudied twice"),
        paper(1, title="视频生成 with models", authors=("Émile Zola", "李 明"), topics=("video",)),
        paper(2, title="?", abstract="", ids={"arxiv": "2405.00001", "doi": "10.1/ABC"}),
        paper(3, title="Zola on models", abstract="models " * 200, code="https://example.org"),
        *random_papers(150, seed=3),
    ]
    block = build(papers)
    assert read(block) == slowly(papers)
    assert block.terms == in_order(set(block.terms))
    assert block.papers == [(one.path, one.title) for one in papers]
    assert block.spellings["emile"] == 1
    assert block.spellings["models"] == 202
    assert "of" not in block.spellings


def test_papers_that_say_nothing_make_an_empty_block() -> None:
    block = build([paper(0, title="", listings=()), paper(1, title="?", listings=())])
    assert (block.terms, block.rests, block.places) == ([], b"", b"")
    assert len(block.papers) == 2
    assert read(unpacked(block.packed())) == {}


def test_a_block_comes_back_as_it_was_packed() -> None:
    block = build(random_papers(60))
    assert unpacked(block.packed()).packed() == block.packed()
    assert read(unpacked(block.packed())) == read(block)


def test_a_block_does_not_tell_where_else_its_papers_were_listed() -> None:
    once = paper(0, title="Once")
    again = paper(0, title="Once", listings=once.listings * 2, digest=b"other", upvotes=7)
    assert build([once]).packed() == build([again]).packed()


def test_a_title_weighs_more_than_an_abstract_and_a_short_text_more_than_a_long_one() -> None:
    in_title = TITLE.worth(10)
    assert in_title > BYLINE.worth(10) > ABSTRACT.worth(180) == UNIT
    assert TITLE.worth(5) > in_title > TITLE.worth(20)
    assert thresholds() == sorted(set(thresholds()))


@given(st.lists(st.integers(0, (1 << 28) - 1)))
def test_many_numbers_are_coded_as_one_by_one(values: list[int]) -> None:
    import numpy as np

    data, starts = varints(np.array(values, np.int64))
    assert data == b"".join(varint(value) for value in values)
    assert list(numbers(data)) == values
    assert starts.tolist() == [
        len(b"".join(map(varint, values[:n]))) for n in range(len(values) + 1)
    ]


def test_a_paper_on_a_part_of_a_topic_is_on_the_topic() -> None:
    one = next(paper for paper in random_papers(40) if paper.topics)
    slug = one.topics[0].slug
    assert f"#{slug}" in build([one]).terms
    assert "#above" not in build([one]).terms
    assert {f"#{slug}", "#above"} <= set(build([one], {slug: "above"}).terms)
