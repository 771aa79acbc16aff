from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.sites import daily_json, project


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = project(tmp_path_factory.mktemp("topics"))
    papers = [
        {"id": f"2608.0000{n}", "title": f"Video {n}", "summary": "A video of tidal energy farms."}
        for n in range(5)
    ]
    path = root / "content/dumps/2026-08-17.json"
    path.parent.mkdir()
    path.write_text(daily_json("2026-08-17", papers), encoding="utf-8")
    return root


def run(root, *arguments, status=0):
    done = CliRunner().invoke(main, ["topics", *arguments, "-C", str(root)])
    assert done.exit_code == status, done.output
    return done.output


def test_suggest_prints_phrases_and_entries(root):
    said = run(root, "suggest")
    assert "# tidal energy farms: 5 papers" in said
    assert '[[topic]]\nslug = "tidal-energy-farms"' in said
    assert "no phrase" in run(root, "suggest", "--least", "6")


@pytest.mark.parametrize(
    "asked", ["2608.00003", "Video 3", "https://x.org/papers/2608/2608.00003.html", "ideo 3"]
)
def test_explain_says_which_words_put_a_paper_where(root, asked):
    said = run(root, "explain", asked)
    assert said.startswith("Video 3 (2608.00003)\n")
    assert "Video (video): 4; 4 are needed, weight 1.2\n    video 4" in said


def test_explain_asks_for_more_where_several_are_meant_or_none(root):
    assert "5 papers have 'Video' in their titles" in run(root, "explain", "Video", status=2)
    assert "there is no paper 'Whales'" in run(root, "explain", "Whales", status=2)


def test_explain_says_what_is_lacking(root):
    (root / "content/topics.toml").write_text(
        '[[topic]]\nslug = "tides"\nname = "Tides"\nwords = ["tidal"]\n', encoding="utf-8"
    )
    said = run(root, "explain", "2608.00001")
    assert "Tides (tides): 1; not here: 4 are needed" in said
    (root / "content/topics.toml").unlink()
