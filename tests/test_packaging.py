from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import sitegen

CHECKOUT = Path(__file__).parent.parent
PARTS = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "sitegen", "themes", "content")


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """The sources as an archive holds them: no .git, nothing that a tool left."""
    folder = tmp_path_factory.mktemp("export")
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(
                source, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*_cache")
            )
        else:
            shutil.copy2(source, folder / part)
    return folder


def test_an_export_installs_into_an_empty_environment_and_builds(export, tmp_path):
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path / "wheels", export], check=True
    )
    (wheel,) = (tmp_path / "wheels").iterdir()
    names = zipfile.ZipFile(wheel).namelist()
    assert "sitegen/themes/paper/base.html" in names
    assert "sitegen/themes/paper/style.css" in names
    assert "sitegen/py.typed" in names
    assert "sitegen/data/topics.toml" in names
    assert "sitegen/data/project/dot-github/workflows/pages.yml" in names
    assert "sitegen/data/examples/lab/content/static/logo.svg" in names
    assert not [name for name in names if name.startswith(("tests", "content", "themes"))]

    subprocess.run([*pip, "install", wheel], check=True)
    sitegen = tmp_path / "env/bin/sitegen"
    subprocess.run([sitegen, "init", "x"], check=True, cwd=tmp_path, capture_output=True)
    done = subprocess.run(
        [sitegen, "build", "--json"], check=True, cwd=tmp_path / "x", capture_output=True
    )
    assert json.loads(done.stdout)["papers"] == 2
    assert "stylesheet" in (tmp_path / "x/site/index.html").read_text()


def test_the_checkout_under_test_is_the_one_installed():
    assert Path(sitegen.__file__).parent == CHECKOUT / "sitegen", sys.path
