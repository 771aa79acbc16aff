"""The warning about a site's weight."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from sitegen import weights
from sitegen.config import parse_settings
from tests.sites import build_project, daily_json, project


class File(NamedTuple):
    size: int


def site(**megabytes: float) -> dict[str, File]:
    names = {
        "papers": "papers/2605/1.html",
        "search": "search/1-2.bin",
        "feed": "topics/x.atom.xml",
    }
    return {names[name]: File(round(size * weights.MB)) for name, size in megabytes.items()}


def test_a_site_within_the_limit_is_not_spoken_of():
    assert not [*weights.warnings(site(papers=700, search=100), "x")]


def test_near_the_limit_the_heaviest_kinds_and_what_helps_are_named():
    (problem,) = weights.warnings(site(papers=700, search=90, feed=20.4), "site.toml")
    assert problem.severity == "warning"
    assert problem.file == "site.toml"
    assert "the site has 810 MB; GitHub Pages takes 1,000 MB" in problem.message
    heaviest = "pages of papers 700 MB, the search index 90 MB, feeds 20 MB"
    assert problem.message.endswith(heaviest)
    assert problem.hint.startswith("search.enabled = false (saves up to 90 MB); feed.formats")


@pytest.mark.parametrize("kind", [kind for kind in weights.KINDS if "=" in kind.remedy])
def test_the_settings_that_help_are_settings(kind):
    setting, _, value = kind.remedy.partition(",")[0].partition(" = ")
    table, _, key = setting.partition(".")
    settings = parse_settings(f"[{table}]\n{key} = {value}\n", "site.toml")
    assert getattr(getattr(settings, table), key) in (
        value == "true",
        value.strip('"'),
        ("atom",),
        (),
    )


def test_a_build_tells_of_its_weight(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "SITE_WARNING", 1000)
    dump = daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper"}])
    root = project(
        tmp_path, 'base_url = "https://x.example/"\n', **{"dumps__2026-05-08.json": dump}
    )
    report = build_project(root)
    assert report.published
    (problem,) = report.warnings
    assert problem.file == "content/site.toml"
    assert "pages of papers" in problem.message or "other files" in problem.message


def test_every_kind_of_file_of_a_site_is_known(tmp_path):
    dump = daily_json("2026-05-08", [{"id": "2605.00001", "title": "A paper of video"}])
    root = project(
        tmp_path, 'base_url = "https://x.example/"\n', **{"dumps__2026-05-08.json": dump}
    )
    build_project(root)
    files = {
        path.relative_to(root / "site").as_posix(): File(path.stat().st_size)
        for path in (root / "site").rglob("*")
        if path.is_file()
    }
    found = weights.by_kind(files)
    assert sum(found.values()) == sum(file.size for file in files.values())
    assert {"pages of papers", "pages of days", "feeds", "the search index"} <= {*found}
