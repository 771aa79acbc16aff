"""What queries find, asked of a built site's shards with the page's own scripts."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.search.engine import node, scripts
from tests.search.library import WORDS
from tests.search.site import FILLERS, FOUND, built
from tests.sites import build_files

IDS = [found[0] for found in FOUND]
ICL, CROWD, PIECES, IMAGES, CHINESE, CHAINS = IDS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("search") / "p")


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scripts(tmp_path_factory.mktemp("scripts"))


class Engine:
    def __init__(self, modules: Path, site: Path) -> None:
        self._where = (modules, site)

    def all(self, *texts: str, **how: Any) -> list[dict[str, Any]]:
        asked = [{"text": text, **how} for text in texts]
        answers: list[dict[str, Any]] = node("engine.mjs", *self._where, given=asked)
        return answers

    def ids(self, text: str, **how: Any) -> list[str]:
        (answer,) = self.all(text, **how)
        return [path.rpartition("/")[2].removesuffix(".html") for path in answer["papers"]]


@pytest.fixture(scope="module")
def engine(modules: Path, site: Path) -> Engine:
    return Engine(modules, site)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("video", {ICL, PIECES}),
        ("VIDEOS", {ICL, PIECES}),
        ("videoicl", {ICL}),
        ("VideoICl", {ICL}),
        ("sentence vae", {CHAINS}),
        ("learn", {ICL}),
        ("contexts", {ICL, CHAINS}),
        ("in-context learning", {ICL}),
        ('"in-context learning"', {ICL}),
        ('"in context learning"', {ICL}),
        ('"chain of thought"', {ICL}),
        ('"chain thought"', {CHAINS}),
        ('"chain video"', set()),
        ('"thought follows a chain"', {CROWD}),
        ("chain thought", {ICL, CROWD, CHAINS}),
        ("chain thought -video", {CROWD, CHAINS}),
        ('chain -"chain of thought"', {CROWD, CHAINS}),
        ("pre-training", {PIECES, IMAGES}),
        ("pretraining", {PIECES, IMAGES}),
        ("the of a video", {ICL, PIECES}),
        ("bengio", {ICL, PIECES}),
        ("author:bengio", {ICL, PIECES}),
        ("author:yoshua", {ICL}),
        ('author:"yoshua bengio"', {ICL}),
        ('author:"samy yoshua"', set()),
        ("-author:yoshua bengio", {PIECES}),
        ("author:video", set()),
        ("chatelet", {ICL}),
        ("Núñez", {PIECES}),
        ("nunez", {PIECES}),
        ("lodz", {CHAINS}),
        ("视频", {CHINESE}),
        ("视频模型", {CHINESE}),
        ("李 明", {IMAGES}),
        ("topic:video", {ICL, PIECES}),
        ("topic:film", {ICL, PIECES}),
        ('topic:"image generation"', {PIECES, IMAGES}),
        ("topic:image-generation -topic:video", {IMAGES}),
        ("topic:nothing", set()),
        ("topic:video has:code", {ICL, PIECES}),
        ("video has:code diffusion", {PIECES}),
        ("crowdsourcing source:hugging", {CROWD}),
        ("video after:2026-02", {PIECES}),
        ("video before:2026-02", {ICL}),
        ("video after:2026-01-05 before:2026-01-06", {ICL}),
        ("topic:video listed:2026-02", {PIECES}),
        ("video listed:2026", {ICL, PIECES}),
        ("video listed:2026-02-11", set()),
        ("video after:someday", {ICL, PIECES}),
    ],
)
def test_a_query_finds_these_and_no_others(engine: Engine, text: str, expected: set[str]) -> None:
    found = engine.ids(text)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_papers_without_a_day_are_found_and_no_days_find_them(engine: Engine) -> None:
    (answer, none) = engine.all("nobody says listed", "nobody says listed after:1900")
    assert answer["count"] == 1
    assert "undated-crowdsourcing" in answer["papers"][0]
    assert none["papers"] == []


def test_the_beginning_of_the_last_word_is_enough(engine: Engine) -> None:
    assert set(engine.ids("diffus")) == {PIECES, IMAGES}
    assert engine.ids("video diff", typing=True)[0] == PIECES
    assert set(engine.ids("crowdso after:2026")) == set()  # not at the end
    assert engine.ids("author:yosh", typing=True) == [ICL]
    # While it is typed a word may go on; once it is entered it is whole.
    assert set(engine.ids("thought", typing=True)) == {ICL, CROWD, CHAINS}
    # The stem of the whole word may be shorter than what is there of it.
    assert set(engine.ids("learnin", typing=True)) == {ICL}
    assert set(engine.ids("pretraini", typing=True)) == {PIECES, IMAGES}


@pytest.mark.parametrize(
    "typo",
    ["crowdsourcng", "rcowdsourcing", "crwdsourcing", "crowdsourcinng", "crowdsaurcing",
     "crowdsourcign", "Crowdsourcyng", "xcrowdsourcing"],
)  # fmt: skip
def test_one_typo_is_forgiven_wherever_it_is(engine: Engine, typo: str) -> None:
    (answer,) = engine.all(f"{typo} confusion")
    assert CROWD in answer["papers"][0]
    assert answer["count"] == 1
    assert answer["changed"] == [[typo.lower(), ["crowdsourcing"]]]


def test_two_typos_and_typos_in_short_words_are_not(engine: Engine) -> None:
    two, short = engine.all("crwdsourcng", "lung")
    assert (two["papers"], two["changed"]) == ([], [])
    assert (short["papers"], short["changed"]) == ([], [])


def test_a_typo_that_is_another_word_is_forgiven_when_nothing_else_fits(engine: Engine) -> None:
    assert engine.ids("difusion") == [CROWD]
    (answer,) = engine.all("difusion of images")
    assert IMAGES in answer["papers"][0]
    assert (answer["changed"], answer["partly"]) == ([["difusion", ["diffusion"]]], False)


def test_where_no_paper_has_all_words_those_with_most_come_first(engine: Engine) -> None:
    (answer,) = engine.all("video diffusion confusion")
    assert answer["partly"]
    assert PIECES in answer["papers"][0]
    (answer,) = engine.all("video diffusion confusion topic:video")
    assert {CROWD} & {path[-15:-5] for path in answer["papers"]} == set()


def test_titles_weigh_most_and_the_newer_of_equals_comes_first(engine: Engine) -> None:
    assert engine.ids("diffusion")[:2] == [PIECES, IMAGES]
    assert engine.ids("chain thought")[0] == CHAINS
    assert engine.ids("chain thought", newest=True) == [CHAINS, CROWD, ICL]
    assert engine.ids("topic:video") == [PIECES, ICL]  # nothing but a filter: by day


def test_an_empty_query_and_stop_words_find_everything_or_nothing(engine: Engine) -> None:
    (stops,) = engine.all("of the", show=1)
    assert stops["count"] == 0


def test_what_was_filtered_out_of_words_is_read_from_few_files(engine: Engine) -> None:
    (answer,) = engine.all("video diffusion")
    assert answer["files"] <= 8
    assert answer["bytes"] <= 12_000


def test_known_items_are_found(engine: Engine) -> None:
    source = random.Random(4)
    words = WORDS * 8
    again = random.Random(3)
    papers = []
    for number in range(FILLERS):
        title, abstract = again.choices(words, k=5), again.choices(words, k=30)
        papers.append((number, title, abstract))
    asked = []
    for number, title, abstract in source.sample(papers, 60):
        day = f"25{1 + number // 80:02}"
        asked.append((f"{day}.{number:05}", " ".join({*title[:3], abstract[0]})))
    answers = engine.all(*(text for _, text in asked))
    hits = sum(
        any(id_ in path for path in answer["papers"])
        for (id_, _), answer in zip(asked, answers, strict=True)
    )
    assert hits >= 57


def test_the_captures_of_the_seeds_are_found_first(
    modules: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("seeds") / "site"
    build_files(out, shared / "dumps" / "text", year=2026)
    engine = Engine(modules, out)
    expected = {
        "video in-context learning": "videoicl",
        "crowdsourcing confusion": "recovering-top-two-answers",
        "sentencevae": "sentencevae",
        "VideoICl": "videoicl",
        "crowdsourcng": "recovering-top-two-answers",
    }
    for typing in (False, True):
        for answer, name in zip(
            engine.all(*expected, typing=typing), expected.values(), strict=True
        ):
            assert name in answer["papers"][0]
