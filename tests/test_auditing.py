"""What builds say of what used to pass silently; `--strict` looks at the built folder."""

from __future__ import annotations

import re

import pytest

from sitegen.errors import UsageError
from tests.sites import build_project, daily_json, project

DUMP = daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}])


@pytest.fixture
def root(tmp_path):
    return project(
        tmp_path,
        "title = 'Small'\nbase_url = 'https://x.example/p/'\n",
        **{"dumps__2026-05-08.json": DUMP, "pages__about.md": "# About\n\n## Us\n[x](#us)\n"},
    )


def said(report):
    return [(one.file, one.line, one.message) for one in (*report.errors, *report.warnings)]


def test_strict_publishes_what_has_no_fault_and_nothing_else(root):
    report = build_project(root, strict=True)
    assert report.published
    assert "check" in report.phases
    assert said(report) == []
    (root / "content/pages/about.md").write_text("# About\n\n[x](#nowhere) [y](days/x.html)\n")
    before = (root / "site/about.html").read_bytes()
    report = build_project(root, strict=True)
    assert not report.published
    assert (root / "site/about.html").read_bytes() == before
    assert sorted((one.file, one.rule) for one in report.errors) == [
        ("site/about.html", "broken-fragment"), ("site/about.html", "broken-link"),
    ]  # fmt: skip
    assert build_project(root).published
    # An unchanged build finds them again.
    report = build_project(root, strict=True)
    assert not report.published
    assert len(report.errors) == 2


def test_strict_looks_at_what_is_to_be_published_alone(root):
    for text in ("# A\n", "# B\n"):
        (root / "content/pages/old.md").write_text(text)
        assert build_project(root).published
    (root / "content/pages/old.md").unlink()
    report = build_project(root, strict=True)
    assert (report.published, said(report)) == (True, [])
    assert not (root / "site/old.html").exists()


def test_a_warning_of_the_check_fails_a_strict_build(root):
    with (root / "content/site.toml").open("a") as file:
        file.write("[check]\nstale_after = 3\n")
    report = build_project(root, strict=True)
    assert not report.published
    assert report.warnings[0].rule == "stale"


def test_links_to_markdown_files_that_are_not_there(root):
    (root / "content/days").mkdir()
    (root / "content/days/2026-05-08.md").write_text("A [note](../abuot.md).\n")
    (root / "content/pages/about.md").write_text("# About\n\n[x](missing.md)\n")
    report = build_project(root)
    assert report.published
    assert [(file, line) for file, line, _ in said(report)] == [
        ("content/pages/about.md", 3), ("content/days/2026-05-08.md", 1),
    ]  # fmt: skip
    assert "about.md" in report.warnings[1].hint


def test_a_notes_links_lead_on_from_the_home_page_too(root):
    (root / "content/days").mkdir()
    note = "[a](../about.md) [b](../archive.html?x#y) [c](#p1) [d](https://x.org/) [e](x/y)"
    (root / "content/days/2026-05-08.md").write_text(note)
    assert build_project(root).published
    found = [re.findall(r'href="([^"]*)">([a-e])<', (root / f"site/{page}.html").read_text())
             for page in ("days/2026-05-08", "index")]  # fmt: skip
    assert [{name: url for url, name in links} for links in found] == [
        {"a": "../about.html", "b": "../archive.html?x#y", "c": "#p1", "d": "https://x.org/",
         "e": "x/y"},
        {"a": "about.html", "b": "archive.html?x#y", "c": "#p1", "d": "https://x.org/",
         "e": "days/x/y"},
    ]  # fmt: skip


def test_an_alias_that_leads_nowhere(root):
    text = '[[alias]]\npath = "old.html"\nto = "{}"\n'
    (root / "content/corrections.toml").write_text(text.format("archive.html"))
    assert said(build_project(root)) == []
    other = text.replace("old", "older").format("archive.html")
    (root / "content/corrections.toml").write_text(other + text.format("achive.html"))
    ((file, line, message),) = said(build_project(root))
    assert (file, line) == ("content/corrections.toml", 6)
    assert "old.html leads to achive.html" in message


def test_a_theme_without_anything_of_a_theme(root):
    theme = root / "mine"
    theme.mkdir()
    (theme / "README.md").write_text("Ideas.")
    with pytest.raises(UsageError, match="no theme") as caught:
        build_project(root, theme="mine")
    assert caught.value.file.endswith("mine")
    (theme / "style.css").write_text("body { color: red }")
    assert build_project(root, theme="mine").published


def test_an_unknown_language(root):
    path = root / "content/site.toml"
    path.write_text("title = 'x'\nlanguage = 'english'\n")
    with pytest.raises(UsageError, match="'english'") as caught:
        build_project(root)
    assert (caught.value.file, caught.value.line) == ("content/site.toml", 2)
    assert "BCP 47" in caught.value.hint
