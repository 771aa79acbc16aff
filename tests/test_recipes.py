"""The recipes of .github/CONTRIBUTING.md, followed to the letter in a copy of the code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from sitegen.enrich.topics import default_rules

HERE = Path(__file__).parents[1]
GUIDE = (HERE / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_FILES = 3
TITLE = "Agents that retrieve: language models with retrieval-augmented generation"
ABSTRACT = "An agent retrieves, and a language model reasons."


def recipe(title: str) -> str:
    return GUIDE.partition(f"### {title}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


def blocks(title: str) -> list[str]:
    """What stands between fences in a recipe, without what it is indented by."""
    found = re.findall(r"^   ```\w+\n(.*?)^   ```$", recipe(title), re.DOTALL | re.MULTILINE)
    return [dedent(re.sub(r"(?m)^   ", "", block)) for block in found]


def lines(title: str, number: int) -> str:
    """A block as it is indented behind the three blanks of its item."""
    found = re.findall(r"^   ```\w+\n(.*?)^   ```$", recipe(title), re.DOTALL | re.MULTILINE)
    return re.sub(r"(?m)^   ", "", found[number])


def put(path: Path, before: str, added: str) -> None:
    """Lines in front of others, which stand there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name}: {before}"
    path.write_text(text.replace(before, added + before), encoding="utf-8")


@pytest.mark.parametrize("title", re.findall(r"(?m)^### (Add .+)$", GUIDE))
def test_a_recipe_touches_three_files_at_most(title: str) -> None:
    files = re.findall(r"(?m)^\d\. `([^`]+)`", recipe(title))
    assert 1 <= len(files) <= MOST_FILES


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code with a reader, an enricher, a kind of page and a theme more, and a project."""
    at = tmp_path_factory.mktemp("copy")
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "sitegen", at / "sitegen", ignore=hidden)
    shutil.copytree(HERE / "themes", at / "themes", ignore=hidden)

    reader = (HERE / "tests/fake_reader.py").read_text(encoding="utf-8")
    (at / "sitegen/readers/my_format.py").write_text(reader.replace('"fake"', '"my-format"'))
    point = blocks("Add a reader")[1]
    installed = at / "more-1.dist-info"  # what `pip install -e .` makes of the line
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: more\nVersion: 1\n")
    named = f"[sitegen.readers]\n{point.replace(chr(34), '')}"
    (installed / "entry_points.txt").write_text(named)
    table = at / "sitegen/readers/beginnings.py"
    put(table, '    "paperlists": _JSON,\n', '    "my_format": _TEXT,\n')

    code, imported, _ = blocks("Add an enricher")
    (at / "sitegen/enrich/foremost.py").write_text(code)
    put(at / "sitegen/enrich/__init__.py", "\nif TYPE_CHECKING:\n", imported)
    called = lines("Add an enricher", 2)
    put(at / "sitegen/building/library.py", "        library, dropped = enrich.filtered", called)

    code, _, _, template = blocks("Add a kind of page")
    (at / "sitegen/plan/colophon.py").write_text(code)
    plan = at / "sitegen/plan/__init__.py"
    put(plan, "    data_page,\n", "    colophon,\n")
    put(plan, "        *archive.bundles(scene),\n", lines("Add a kind of page", 1))
    put(plan, "        *(Link(label=text.menu", lines("Add a kind of page", 2))
    (at / "themes/paper/colophon.html").write_text(template)

    (at / "themes/mine").mkdir()
    base = (at / "themes/paper/base.html").read_text(encoding="utf-8")
    (at / "themes/mine/base.html").write_text(base.replace("</footer>", "<p>Mine.</footer>"))
    style = (at / "themes/paper/style.css").read_text(encoding="utf-8")
    (at / "themes/mine/style.css").write_text(style)

    dumps = at / "project/content/dumps"
    dumps.mkdir(parents=True)
    (dumps.parent / "site.toml").write_text('base_url = "https://example.org/"\n')
    paper = {"title": TITLE, "abstract": ABSTRACT, "listed": "2026-05-08"}
    (dumps / "2026-05-08.txt").write_text(f"FAKE\n{json.dumps(paper)}\n")
    return at


def run(copy: Path, *words: str) -> str:
    """What a command of the copy says, in an order where the copy is found first."""
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "sitegen", *words]
    done = subprocess.run(
        command, cwd=copy / "project", env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_was_added_works_together(copy: Path) -> None:
    run(copy, "build", "--executor", "serial")
    run(copy, "check")
    site = copy / "project/site"
    (page,) = site.glob("papers/*/*.html")
    text = page.read_text(encoding="utf-8")
    assert "Agents that retrieve" in text
    assert len(default_rules().match(TITLE, ABSTRACT)) > 1
    assert len(set(re.findall(r"topics/(?!index)[\w-]+\.html", text))) == 1
    assert "1 papers on 1 days." in (site / "colophon.html").read_text(encoding="utf-8")
    assert 'colophon.html"' in (site / "index.html").read_text(encoding="utf-8").replace(
        "=c", '="c'
    )
    assert "https://example.org/colophon.html" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_themes_of_ones_own_and_themes_that_do_without_it_work_with_it(copy: Path) -> None:
    run(copy, "build", "--theme", "mine", "--executor", "serial", "-o", "mine")
    assert "<p>Mine." in (copy / "project/mine/colophon.html").read_text(encoding="utf-8")
    (copy / "project/less").mkdir()
    facts = 'inherits = "digest"\nwithout = ["colophon.html"]\n'
    (copy / "project/less/theme.toml").write_text(facts)
    run(copy, "build", "--theme", "less", "--executor", "serial", "-o", "out")
    assert not (copy / "project/out/colophon.html").exists()
    assert "colophon" not in (copy / "project/out/index.html").read_text(encoding="utf-8")
    assert "colophon" not in (copy / "project/out/sitemap.xml").read_text(encoding="utf-8")
