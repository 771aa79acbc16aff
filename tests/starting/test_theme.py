from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen import theme_folders
from sitegen.cli import main
from sitegen.errors import UsageError
from sitegen.render.theme import find
from sitegen.starting import theme


def test_a_new_theme_is_the_one_it_was_begun_from(tmp_path):
    done = CliRunner().invoke(main, ["init", str(tmp_path / "mine"), "--theme-from", "paper"])
    assert done.exit_code == 0, done.output
    mine, paper = find(str(tmp_path / "mine")), find("paper")
    assert mine.templates["day.html"] == paper.templates["day.html"]
    assert mine.files["style.css"] == paper.files["style.css"]
    assert {"base.html", "paper/base.html"} <= set(mine.templates)


def test_its_commented_colours_can_be_taken_as_they_stand(tmp_path):
    theme.init(tmp_path, "paper")
    file = tmp_path / "theme.toml"
    text = file.read_text(encoding="utf-8")
    assert '# accent = ["#07596a", "#84ccd6"]\n' in text
    assert '# ground = ["#fcfdfc", "#14181a"]\n' in text
    file.write_text(text.replace('# accent = ["#07596a"', 'accent = ["#a0f"'), encoding="utf-8")
    sheet = find(str(tmp_path)).files["style.css"].decode()
    assert "--accent: light-dark(#a0f, #84ccd6)" in sheet.splitlines()[-1]


def test_a_theme_can_be_begun_from_another_folder(tmp_path):
    theme.init(tmp_path / "a", "paper")
    theme.init(tmp_path / "b", str(tmp_path / "a"))
    names = [folder.name for folder in theme_folders.chain(str(tmp_path / "b"))]
    assert names == ["b", "a", "paper"]


def test_what_is_there_stays(tmp_path):
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        theme.init(tmp_path, "paper")
    with pytest.raises(UsageError, match="no theme 'papier'"):
        theme.init(tmp_path / "new", "papier")
    assert not (tmp_path / "new").exists()
    wrong = ["init", str(Path(tmp_path, "n")), "--theme-from", "paper", "--example", "lab"]
    assert CliRunner().invoke(main, wrong).exit_code == 2
