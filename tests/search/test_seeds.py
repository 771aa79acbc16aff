"""The queries that the search has to answer first on the captures of Daily Papers pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.engine import node, scripts
from tests.sites import build_files

# A query, and words that the first paper's title has, in small letters.
QUERIES = {
    "video in-context learning": ("video", "in-context"),
    "crowdsourcing confusion": ("crowdsourc",),
    "sentencevae": ("sentencevae",),
    "VideoICl": ("videoicl",),
    "crowdsourcng": ("crowdsourc",),
}


@pytest.fixture(scope="module")
def answers(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The titles that each query finds, the best first."""
    folder = tmp_path_factory.mktemp("seeds")
    report = build_files(folder / "site", shared / "dumps" / "text")
    assert report.papers > 200
    asked = [{"text": text} for text in QUERIES]
    found = node("engine.mjs", scripts(folder / "scripts"), folder / "site", given=asked)
    pages = [[folder / "site" / path for path in one["papers"]] for one in found]
    heads = [
        [page.read_text(encoding="utf-8").partition("<h1")[2].partition(">")[2] for page in some]
        for some in pages
    ]
    return dict(zip(QUERIES, heads, strict=True))


@pytest.mark.parametrize("text", QUERIES)
def test_the_paper_that_is_meant_comes_first(answers: dict[str, list[str]], text: str) -> None:
    title = answers[text][0].partition("</h1>")[0].lower()
    assert all(word in title for word in QUERIES[text]), title
