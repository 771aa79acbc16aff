from __future__ import annotations

import json

import pytest

from sitegen.plan.categories import names, path_of
from tests.sites import build_project, files_of, project, text_of


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = project(
        tmp_path_factory.mktemp("categories"), 'title = "S"\nbase_url = "https://example.org/"\n'
    )
    lines = [
        {
            "id": f"2504.0000{number}",
            "title": f"Paper {number}",
            "authors": ["Ann B"],
            "categories": categories,
            "summary": "Of tides.",
        }
        for number, categories in enumerate(
            [["cs.CL"], ["cs.CL", "cs.LG"], ["cs.LG"], ["physics.ao-ph", "x.YZ"]]
        )
    ]
    path = root / "content/dumps/2025-04-25.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert build_project(root).errors == []
    return files_of(root / "site")


def test_categories_have_pages_with_their_papers_and_neighbours(built):
    pages = {path for path in built if path.startswith("categories/")}
    assert pages == {
        "categories/index.html", "categories/cs.cl.html", "categories/cs.lg.html",
        "categories/physics.ao-ph.html",
    }  # fmt: skip
    text = text_of(built["categories/cs.cl.html"].decode())
    assert "Computation and Language 2 papers" in text
    assert "Often with: Machine Learning (cs.LG)" in text
    assert "Paper 0" in text
    assert "Paper 2" not in text


def test_the_index_has_them_by_group_and_the_site_leads_to_it(built):
    text = text_of(built["categories/index.html"].decode())
    assert "4 papers with categories" in text
    assert text.index("Computer Science") < text.index("Machine Learning") < text.index("Physics")
    assert 'href="categories/index.html"' in built["archive.html"].decode()
    assert "<loc>https://example.org/categories/cs.cl.html</loc>" in built["sitemap.xml"].decode()


def test_paths_differ_on_every_file_system():
    paths = [path_of(code).lower() for code in names()]
    assert len(set(paths)) == len(paths) > 150
