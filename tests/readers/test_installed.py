"""Readers of other packages: found, used, and named with a remedy where they are broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import main
from sitegen.readers import Content, broken, choose, readers
from sitegen.readers.installed import installed
from tests.sites import ABSTRACT, daily_json, project

PLUGIN = Path(__file__).parents[1] / "plugin_reader"
CARDS = """@@paper
Title: On Cards
By: Ada Lovelace and Grace Hopper
arXiv: arXiv:2405.00001v2
About: Cards hold less than pages & are sorted faster.

@@paper
Title: On Boxes
a line that is no field
"""

Package = Callable[..., Path]


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in tests/plugin_reader, installed as anyone would, beside the environment."""
    folder = tmp_path_factory.mktemp("target")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--target", str(folder), str(PLUGIN)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def sitegen(target: Path | None, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = {"PYTHONPATH": str(target)} if target else {}
    command = [sys.executable, "-m", "sitegen", *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=os.environ | path
    )


def test_a_reader_of_another_package_is_found_and_used(target: Path, tmp_path: Path) -> None:
    dump = tmp_path / "cards.txt"
    dump.write_text(CARDS)
    done = sitegen(target, "inspect", "--jsonl", dump)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["title"] == "On Cards"
    assert first["authors"] == ["Ada Lovelace", "Grace Hopper"]
    assert (first["key"], first["line"]) == ("2405.00001", 1)
    assert (second["title"], second["line"]) == ("On Boxes", 7)
    assert f"{dump}:9: no field (write “Name: value”)" in done.stderr
    assert done.returncode == 0
    assert "Index cards (@@paper)" in sitegen(target, "inspect", "--help").stdout


def test_a_built_project_takes_up_a_reader_that_is_installed_later(
    target: Path, tmp_path: Path
) -> None:
    root = project(tmp_path / "p", dumps__cards=CARDS)
    for reader, papers in ((None, 0), (target, 2), (None, 0)):
        done = sitegen(reader, "build", "-C", root, "--json")
        assert json.loads(done.stdout)["papers"] == papers, done.stderr


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """Install a package "thing 1.2" that gives the reader "things" with this code."""

    def install(code: str, module: str = "thing_reader") -> Path:
        folder = tmp_path / "packages"
        about = folder / "thing-1.2.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 1.2\n")
        (about / "entry_points.txt").write_text(f"[sitegen.readers]\nthings = {module}\n")
        (folder / "thing_reader.py").write_text(code)
        monkeypatch.syspath_prepend(folder)  # type: ignore[no-untyped-call]
        installed.cache_clear()
        return folder

    yield install
    sys.modules.pop("thing_reader", None)
    installed.cache_clear()


GOOD = """
from sitegen.model import Record
NAME, LABEL = "things", "Things"
def sniff(head, name):
    return 100 if head.startswith("THING") else 0
def record(name, n):
    return Record(file=name, line=n, place=n - 1, source="Things", title=f"Thing {n}")
def read(content, name):
    yield record(name, 1)
    yield record(name, 2)
"""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import no_such_module", "cannot be loaded: ModuleNotFoundError: No module named"),
        ("def read(:", "cannot be loaded: SyntaxError"),
        ("raise SystemExit(3)", "cannot be loaded: SystemExit: 3"),
        ("1 / 0", "cannot be loaded: ZeroDivisionError: division by zero"),
        (GOOD.replace("NAME,", "NOM,"), "is no reader: it lacks NAME"),
        (GOOD.replace("def sniff", "def smell"), "is no reader: it lacks sniff"),
        ("", "is no reader: it lacks NAME, LABEL, sniff, read"),
        (GOOD + "read = 3", "is no reader: it lacks read"),
    ],
)
def test_a_reader_that_cannot_be_used_is_a_warning(
    package: Package, tmp_path: Path, code: str, said: str
) -> None:
    package(code)
    (problem,) = broken()
    assert problem.severity == "warning"
    assert problem.file == "sitegen.readers: things = thing_reader"
    assert problem.message.startswith(f"this reader of the package thing 1.2 {said}")
    assert problem.hint == "install another version of thing, or remove it: pip uninstall thing"
    assert len(readers()) > 10
    dump = tmp_path / "2026-05-08.json"
    dump.write_text(daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}]))
    root = project(tmp_path / "p", dumps__x=dump.read_text())
    for arguments in (
        ("inspect", dump),
        ("import", "-C", root, dump),
        ("build", "-C", root, "--executor", "serial"),
    ):
        result = run(*arguments)
        assert result.exit_code == 0, result.stderr
        assert result.stderr.count("thing 1.2") == 1
        assert "pip uninstall thing" in result.stderr
        assert "Traceback" not in result.stderr
    assert run("inspect", "--help").exit_code == 0


def test_an_entry_point_without_its_module_is_a_warning(package: Package) -> None:
    package(GOOD, module="gone_reader:nothing")
    (problem,) = broken()
    assert "No module named 'gone_reader'" in problem.message


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        ("1 / 0", "failed to say whose it is: ZeroDivisionError: division by zero"),
        ("'very'", "says 'very', not 0 to 100"),
        ("None", "says None, not 0 to 100"),
    ],
)
def test_a_reader_that_fails_to_sniff_has_no_part_in_the_choice(
    package: Package, returns: str, said: str
) -> None:
    package(GOOD.replace('100 if head.startswith("THING") else 0', returns))
    content = Content.of(daily_json("2026-05-08", [{"id": "2605.00001", "title": "A"}]), "x")
    reader = choose(content)
    assert reader is not None
    assert reader.NAME == "hf-json"
    (problem,) = content.problems
    assert problem.severity == "warning"
    assert problem.message == f"the reader “things” of the package thing 1.2 {said}"
    assert "pip uninstall thing" in problem.hint


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("raise ValueError('two\\nlines')", "failed after this line: ValueError: two lines"),
        ("record(name, 1)[0]", "failed after this line: TypeError: 'Record' object is not"),
        ("yield {'title': 'A'}", "gave a dict, no record"),
        ("yield None", "gave a NoneType, no record"),
    ],
)
def test_a_reader_that_fails_to_read_is_an_error_and_what_it_gave_is_kept(
    package: Package, tmp_path: Path, second: str, said: str
) -> None:
    package(GOOD.replace("yield record(name, 2)", second))
    dump = tmp_path / "2026-05-08-things.txt"
    dump.write_text(f"THING\n{ABSTRACT}")
    result = run("inspect", dump)
    assert "Thing 1" in result.stdout
    assert f"error: {dump}:1: the reader “things” of the package thing 1.2 {said}" in result.stderr
    assert "pip uninstall thing" in result.stderr
    assert result.exit_code == 1
    result = run("build", dump, "-o", tmp_path / "out", "--executor", "serial")
    assert result.exit_code == 1
    assert "pip uninstall thing" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_reads_nothing_right_away_is_an_error(
    package: Package, tmp_path: Path
) -> None:
    package(GOOD.replace("yield record(name, 1)\n    yield record(name, 2)", "return 3"))
    dump = tmp_path / "2026-05-08-things.txt"
    dump.write_text("THING")
    assert "TypeError: 'int' object is not iterable" in run("inspect", dump).stderr
