from __future__ import annotations

import json
from pathlib import Path

from tests.sites import build_project, capture, daily_json, files_of, parse, project

DAYS = {
    "2026-05-08": [{"id": "2605.00001", "title": "A robot that speaks"}],
    "2026-05-11": [
        {"id": "2605.00002", "title": 'Robots & "quotes" <b>'},
        {"id": "2605.00003", "title": "A third paper"},
    ],
}  # fmt: skip
RULES = """
replace = true
[[topic]]
slug = "robots"
name = "Robots & <men>"
least = 1
words = ["robot"]
"""


def site(root: Path, settings: str = "") -> Path:
    project(
        root, settings or 'title = "Small"\n', dumps__capture=capture([("Old", "Text. " * 40)], "")
    )
    dumps = root / "content" / "dumps"
    (dumps / "capture").rename(dumps / "capture.txt")
    (root / "content" / "topics.toml").write_text(RULES)
    for day, papers in DAYS.items():
        (dumps / f"{day}.json").write_text(daily_json(day, papers))
    return root


def test_the_page_tells_its_script_what_the_index_holds(tmp_path: Path) -> None:
    build_project(site(tmp_path / "p"))
    out = tmp_path / "p" / "site"
    tree = parse((out / "search.html").read_text(encoding="utf-8"))
    about = json.loads(tree.find(".//*[@id='results']").get("data-index"))
    assert [papers for _, papers in about["segments"]] == [3, 1]  # with a day, and without
    assert (about["dated"], about["first"], about["steps"]) == (3, "2026-05-08", [0, 1, 3, 2])
    assert about["topics"] == [["robots", "Robots & <men>"]]
    assert len(about["sources"]) == 2
    for name, _ in about["segments"]:
        assert (out / "search" / name / "map.bin").is_file()
    assert len(list((out / "search").iterdir())) == 2
    page = (out / "index.html").read_text(encoding="utf-8")
    assert parse(page).find(".//a[@class='go']").get("href") == "search.html"


def test_searching_can_be_switched_off(tmp_path: Path) -> None:
    root = site(tmp_path / "p", "[search]\nenabled = false\n")
    build_project(root)
    files = files_of(root / "site")
    assert not [path for path in files if path.startswith("search")]
    assert b"search.html" not in files["index.html"]
    assert "assets" in {path.split("/")[0] for path in files}


def test_without_papers_there_is_nothing_to_search(tmp_path: Path) -> None:
    root = project(tmp_path / "p")
    (root / "content" / "dumps").mkdir()
    build_project(root)
    assert not (root / "site" / "search.html").exists()
