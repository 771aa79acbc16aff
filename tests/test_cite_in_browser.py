"""“Cite” on a paper's page: the formats that the script makes, beside those that files hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sites import build_project, daily_json, project

pytestmark = pytest.mark.browser

AUTHORS = ["Jürgen van der Berg Jr.", "The Aurora and Dusk Team", "Jean-Luc Li Wei", "Plato"]
TITLE = "A model in $O(n^2)$ & 100% of {GPT}-4 <b>#1_x~"
READING = "A model in O(n²) & 100% of {GPT}-4 <b>#1_x~"
AUTHORS_IN_APA = "van der Berg, J., Jr., The Aurora and Dusk Team, Wei, J.-L. L., & Plato."
JOURNAL = "Journal of Machine & Human Learning"
BIB = """
@article{x, title = {On Graphs}, author = {Smith, Ann}, year = {2026},
  journal = {Journal of Machine \\& Human Learning}, doi = {10.1234/abc_5}}
@inproceedings{y, title = {Speech in Hand?}, year = {2026}, booktitle = {Workshop on Hands}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers = [
        {"id": "2607.00001", "title": TITLE, "authors": AUTHORS, "published": "2026-07-29"},
        {"id": "2607.00002", "title": "Many hands", "authors": [f"Ann X{n}y" for n in range(22)]},
    ]
    root = project(
        tmp_path_factory.mktemp("cite"),
        **{"dumps__2026-07-30.json": daily_json("2026-07-30", papers), "dumps__more.bib": BIB},
    )
    build_project(root)
    return root / "site"


def test_the_formats_are_those_of_the_files_and_apa(chromium, site: Path) -> None:
    asked: list[str] = []
    apa = []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for stem in ("days/2026-07-30", "days/undated"):
        records = (site / f"{stem}.ris").read_text("utf-8").split("\n\n")
        items = json.loads((site / f"{stem}.json").read_text("utf-8"))
        for record, item in zip(records, items, strict=True):
            (path,) = [
                path
                for path in (site / "papers").rglob("*.html")
                if f"{{{item['id']}," in path.read_text("utf-8")
            ]
            page.goto(path.as_uri(), wait_until="networkidle")
            before = len(asked)
            choice, shown = page.get_by_label("Format of the citation"), page.locator("#bib")
            bibtex = shown.inner_text().strip()
            choice.select_option("RIS")
            assert shown.inner_text().strip() == record.strip()
            choice.select_option("CSL-JSON")
            assert json.loads(shown.inner_text()) == [item]
            choice.select_option("APA")
            apa.append(shown.inner_text())
            choice.select_option("BibTeX")
            assert shown.inner_text().strip() == bibtex
            assert len(asked) == before
    page.close()
    many = ", ".join(f"X{n}y, A." for n in range(19))
    assert sorted(apa) == sorted(
        [
            f"{AUTHORS_IN_APA} (2026). {READING}. arXiv. https://arxiv.org/abs/2607.00001",
            f"{many}, . . . X21y, A. (2026). Many hands. arXiv. https://arxiv.org/abs/2607.00002",
            f"Smith, A. (2026). On Graphs. {JOURNAL}. https://doi.org/10.1234/abc_5",
            "Speech in Hand? (2026). In Workshop on Hands.",
        ]
    )
