"""The names that other programs import: documented, typed, loaded when they are asked for."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import sitegen
from sitegen.config import load_project

PAGE = Path(__file__).parents[1] / "content/pages/about/python.md"


def test_the_examples_on_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 12


def test_the_page_names_what_there_is() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(sitegen.__all__)
    assert set(sitegen.__all__) <= set(dir(sitegen))
    assert all(getattr(sitegen, name).__doc__ for name in sitegen.__all__)


def test_the_names_stay_what_they_are_when_modules_are_loaded() -> None:
    import sitegen.building
    import sitegen.cli.build

    assert callable(sitegen.build)
    assert callable(sitegen.read)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = sitegen.nothing


def test_a_loaded_project_is_taken_as_well(tmp_path: Path) -> None:
    dumps = tmp_path / "content" / "dumps"
    dumps.mkdir(parents=True)
    (tmp_path / "content" / "site.toml").write_text('base_url = "https://example.org/"\n')
    (dumps / "2026-05-08.csv").write_text("title,authors\nOn Tides,Ann Smith\n")
    out = tmp_path / "elsewhere"
    report = sitegen.build(load_project(tmp_path), out=str(out), executor="serial")
    assert (report.published, report.papers) == (True, 1)
    assert (out / "index.html").is_file()


def test_options_of_reading_bear_on_days(tmp_path: Path) -> None:
    dump = tmp_path / "list.csv"
    dump.write_text("title,authors\nOn Tides,Ann Smith\n")
    items = sitegen.read(dump, day=date(2024, 2, 29))
    (item,) = [one for one in items if isinstance(one, sitegen.Record)]
    assert item.listed == date(2024, 2, 29)


def test_a_program_that_uses_it_is_checked_for_types(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sitegen\n"
        "def titles(path: str) -> list[str]:\n"
        "    return [one.title for one in sitegen.read(path) if isinstance(one, sitegen.Record)]\n"
        "published: bool = sitegen.build('x', jobs=2).published\n"
        "wrong: int = sitegen.build('x').out\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path, program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PAGE.parents[3])
    assert re.findall(r"program.py:(\d+): error: .*\[(\w+)\]", done.stdout) == [("5", "assignment")]


def loaded_by(*arguments: str) -> set[str]:
    """The modules that are loaded when an interpreter has run these arguments."""
    code = (
        "import sys, runpy\n"
        "try:\n    runpy.run_module('sitegen', run_name='__main__', alter_sys=True)\n"
        "except SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sys.modules))\n"
    )
    # Measuring coverage would load something of its own.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, check=True, env=plain,
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


def test_help_starts_without_what_builds_need() -> None:
    heavy = {
        "ahocorasick_rs", "asyncio", "bibtexparser", "concurrent.futures", "feedgen", "http.client",
        "jinja2", "lxml", "markdown", "multiprocessing", "numpy", "rich", "Stemmer", "urllib3",
        "watchfiles", "sitegen.building", "sitegen.building.phases", "sitegen.readers",
        "sitegen.render",
    }  # fmt: skip
    assert loaded_by("--help") & heavy == set()
    done = subprocess.run(
        [sys.executable, "-c", "import sys, sitegen; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = {name for name in done.stdout.split() if name.startswith("sitegen.")}
    assert names == set(), "importing it loads nothing"
