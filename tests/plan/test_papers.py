from __future__ import annotations

import re

import pytest

from tests.sites import build_project, daily_json, files_of, project

DAYS = {
    "2026-08-17": [
        ("2608.00001", "Grasping with soft grippers", "A robot gripper that grasps soft fruit."),
        ("2608.00002", "Parsing old treebanks", "Dependency treebanks of Gothic and a parser."),
    ],
    "2026-08-18": [
        ("2608.00003", "A Gothic parser", "We parse Gothic with dependency treebanks."),
        ("2608.00004", "Soft fruit", "Grippers for fruit: a soft robot picks strawberries."),
    ],
}


def dumps(root, days):
    for day in days:
        papers = [{"id": i, "title": title, "summary": text} for i, title, text in DAYS[day]]
        path = root / f"content/dumps/{day}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(daily_json(day, papers), encoding="utf-8")


def related(page: bytes, heading: str) -> list[tuple[str, str]]:
    """The links below a heading: where they lead, and what stands behind them."""
    part = re.search(rf">{heading}</h2>(.*?)</ul>", page.decode(), re.DOTALL)
    link = r"href=([^ >]+)[^>]*>[^<]*</a>(?: <small>([^<]*)</small>)?"
    found = re.findall(link, part[1] if part else "")
    return [(link.rpartition("/")[2], words) for link, words in found]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The pages after one day, after both, and with what followed; each from the one before."""
    root = project(
        tmp_path_factory.mktemp("related"),
        'title = "Small"\nbase_url = "https://example.org/"\n',
    )
    found = []
    for days, settings in (
        (["2026-08-17"], ""),
        (list(DAYS), ""),
        (list(DAYS), "[related]\nfollowed_by = 2\n"),
        (list(DAYS), "[related]\nenabled = false\n"),
    ):
        dumps(root, days)
        path = root / "content/site.toml"
        path.write_text(path.read_text().partition("[related]")[0] + settings, encoding="utf-8")
        assert build_project(root).warnings == []
        found.append(files_of(root / "site"))
        assert build_project(root, full=True).rendered
        assert files_of(root / "site") == found[-1]
    return found


def test_a_page_lists_earlier_papers_with_the_words_that_both_have(built):
    page = built[1]["papers/2608/2608.00004.html"]
    assert [path for path, _ in related(page, "Related")] == ["2608.00001.html"]
    words = related(page, "Related")[0][1].split(", ")
    assert 2 <= len(words) <= 3
    assert set(words) <= {"Soft", "soft", "fruit", "Grippers", "robot"}
    assert related(built[1]["papers/2608/2608.00003.html"], "Related")[0][0] == "2608.00002.html"


def test_a_new_day_changes_no_list_of_an_older_page(built):
    for path in ("papers/2608/2608.00001.html", "papers/2608/2608.00002.html"):
        assert related(built[0][path], "Related") == related(built[1][path], "Related") == []


def test_later_papers_stand_there_where_they_are_wanted(built):
    path = "papers/2608/2608.00001.html"
    assert related(built[1][path], "Followed by") == []
    assert related(built[2][path], "Followed by") == [("2608.00004.html", "")]


def test_the_lists_can_be_switched_off(built):
    for path, page in built[3].items():
        if path.startswith("papers/"):
            assert b">Related</h2>" not in page
