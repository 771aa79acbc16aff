"""What is handed out: reproducible archives with all that is needed, and what they depend on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

import sitegen
from tests.sites import capture
from tests.tar_files import extract

CHECKOUT = Path(__file__).parent.parent
PARTS = (
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile", "sitegen", "themes",
    "content", "tests", ".github", ".ci", ".gitignore",
)  # fmt: skip
LEFT_BY_TOOLS = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", "node_modules")


def export(folder: Path) -> Path:
    """The sources as an archive holds them: no .git, nothing that a tool left."""
    folder.mkdir()
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=LEFT_BY_TOOLS)
        else:
            shutil.copy2(source, folder / part)
    return folder


def archives(folder: Path, sources: Path) -> tuple[Path, Path]:
    """The wheel and the sdist of a folder of sources, built without a download."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", folder]
    subprocess.run(command, cwd=sources, check=True, capture_output=True)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("built")
    return archives(folder / "dist", export(folder / "sources"))


def test_the_same_sources_give_the_same_bytes(built: tuple[Path, Path], tmp_path: Path) -> None:
    with tarfile.open(built[1]) as archive:
        extract(archive, tmp_path)
    (again,) = tmp_path.iterdir()
    for path in again.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(path.stat().st_mode & ~0o077)
    for one, other in zip(built, archives(tmp_path / "dist", again), strict=True):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes(), "from the sdist, at another time"


def test_archives_have_what_is_needed_and_nothing_else(built: tuple[Path, Path]) -> None:
    wheel, sdist = built
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, inside in (("sitegen", "sitegen"), ("themes", "sitegen/themes")):
        for path in (CHECKOUT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc" and "node_modules" not in path.parts:
                assert f"{inside}/{path.relative_to(CHECKOUT / folder).as_posix()}" in names
    assert {
        "sitegen/py.typed",
        "sitegen/data/topics.toml",
        "sitegen/themes/paper/base.html",
    } <= names
    roots = {name.partition("/")[0] for name in names}
    assert roots == {"sitegen", "sitegen-0.1.0.dist-info", "sitegen-0.1.0.data"}
    assert "sitegen-0.1.0.data/data/share/man/man1/sitegen.1" in names
    assert "sitegen-0.1.0.dist-info/licenses/LICENSE" in names
    with tarfile.open(sdist) as tar:
        given = set(tar.getnames())
    assert {f"sitegen-0.1.0/{name}" for name in ("Makefile", "tests/conftest.py")} <= given


def test_the_wheel_installs_into_an_empty_environment_and_builds(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", built[0]], check=True, cwd=tmp_path)
    subprocess.run([*pip, "check"], check=True, cwd=tmp_path)
    assert (tmp_path / "env/share/man/man1/sitegen.1").is_file()

    def run(*arguments: str | Path, cwd: Path = tmp_path) -> str:
        command = [tmp_path / "env/bin/sitegen", *arguments]
        return subprocess.run(
            command, check=True, cwd=cwd, stdout=subprocess.PIPE, text=True
        ).stdout

    assert run("--version") == f"sitegen, version {sitegen.__version__}\n"
    run("init", "x")
    assert json.loads(run("build", "--json", cwd=tmp_path / "x"))["papers"] == 2
    assert "stylesheet" in (tmp_path / "x/site/index.html").read_text()
    (tmp_path / "2026-05-08.txt").write_text(capture([("On Tides", "They rise, and they fall.")]))
    assert json.loads(run("build", "2026-05-08.txt", "-o", "out", "--json"))["papers"] == 1
    assert (tmp_path / "out/days/2026-05-08.html").is_file()


def test_the_checkout_under_test_is_the_one_installed() -> None:
    assert Path(sitegen.__file__).parent == CHECKOUT / "sitegen", sys.path


@pytest.fixture(scope="module")
def declared() -> Any:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_dependency_has_a_bound_a_size_and_a_reason(declared: Any) -> None:
    page = (CHECKOUT / "content/pages/about/dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w.-]+)` \| ([\d.]+) \| (\d+\.\d) \| (.+) \|$", page, re.MULTILINE)
    needed = [re.match(r"([\w.-]+)>=([\d.]+)", one) for one in declared["dependencies"]]
    assert all(needed), "lower bounds, and no upper ones"
    assert [(name, bound) for name, bound, _, _ in rows] == [one.groups() for one in needed if one]
    assert f"needs {len(rows)} libraries" in page


def test_the_versions_of_python_are_those_that_are_tested(declared: Any) -> None:
    said = [one.rpartition(" ")[2] for one in declared["classifiers"] if "Python :: 3." in one]
    assert declared["requires-python"] == f">={said[0]}"
    workflow = (CHECKOUT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    (tested,) = re.findall(r"python: \[(.+)\]", workflow)
    assert re.findall(r'"([\d.]+)"', tested) == said
