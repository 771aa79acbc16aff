from __future__ import annotations

import json

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.corrections import Corrections, parse, vanished, ways
from sitegen.errors import UsageError
from sitegen.merge import merge, merged
from tests.histories import dump, dumps, histories
from tests.sites import (
    ABSTRACT,
    build_project,
    capture,
    daily_json,
    files_of,
    project,
    text_of,
)


@pytest.fixture
def root(tmp_path):
    """Three papers on two days; the first is in a capture without identifiers, too."""
    root = project(tmp_path / "p", 'title = "P"\nbase_url = "https://example.org/"\n', dumps__x="")
    (root / "content/dumps/x").unlink()
    dumps = root / "content/dumps"
    (dumps / "2026-05-07-list.txt").write_text(
        capture([("One paper", ABSTRACT), ("A thesis", ABSTRACT)])
    )
    (dumps / "2026-05-08.json").write_text(
        daily_json(
            "2026-05-08",
            [{"id": "2605.00001", "title": "One paper"}, {"id": "2605.00002", "title": "Two"}],
        )
    )
    return root


def correct(root, text: str):
    (root / "content/corrections.toml").write_text(text)
    return build_project(root)


def pages(root) -> dict[str, str]:
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text()
        for path in sorted(site.glob("papers/*/*.html"))
    }


def test_a_field_is_fixed_wherever_it_shows(root):
    report = correct(
        root,
        '[[fix]]\nkey = "2605.00002"\ntitle = "Two, revised"\nauthors = ["Grace Hopper"]\n'
        "published = 2026-01-02\n",
    )
    assert report.warnings == []
    page = text_of((root / "site/papers/2605/2605.00002.html").read_text())
    assert "Two, revised" in page
    assert "Grace Hopper" in page
    assert "2 January 2026" in page
    assert "Two, revised" in (root / "site/days/2026-05-08.html").read_text()
    assert "Two, revised" in (root / "site/atom.xml").read_text()
    before = files_of(root / "site")
    correct(root, "")
    assert "Two, revised" not in (root / "site/days/2026-05-08.html").read_text()
    assert files_of(root / "site") != before


def test_two_papers_are_joined_under_the_elder_name(root):
    build_project(root)
    (thesis,) = [path for path in pages(root) if "a-thesis" in path]
    key = json.loads(f'"{_key(root, "A thesis")}"')
    report = correct(root, f'[[join]]\nkeys = ["{key}", "2605.00002"]\n')
    assert report.papers == 2
    assert report.warnings == []
    assert thesis in pages(root)
    assert f'href="../../{thesis}"' in pages(root)["papers/2605/2605.00002.html"]


def test_a_listing_is_split_off(root):
    assert build_project(root).papers == 3
    line = _line(root, "One paper")
    report = correct(root, f'[[split]]\nlistings = ["2026-05-07-list.txt:{line}"]\n')
    assert report.papers == 4
    assert report.warnings == []
    assert "One paper" in pages(root)["papers/2605/2605.00001.html"]


def test_a_hidden_paper_leaves_a_page_that_says_so_and_nothing_else(root):
    report = correct(root, '[[hide]]\nkey = "2605.00002"\nreason = "Asked for by its authors."\n')
    assert report.papers == 2
    page = (root / "site/papers/2605/2605.00002.html").read_text()
    assert "withdrawn" in page
    assert "Asked for by its authors." in page
    assert "noindex" in page
    for path, data in files_of(root / "site").items():
        if path != "papers/2605/2605.00002.html":
            assert b"2605.00002" not in data, path


def test_what_matches_nothing_is_a_warning_each(root):
    report = correct(
        root,
        '[[fix]]\nkey = "a"\ntitle = "x"\n[[join]]\nkeys = ["2605.00001", "b"]\n'
        '[[split]]\nlistings = ["c:1"]\n[[hide]]\nkey = "d"\n'
        '[[alias]]\npath = "papers/x.html"\nkey = "e"\nname = "f"\n',
    )
    said = [warning.message for warning in report.warnings]
    assert len(said) == 5
    for name in ("fix a", "join b", "split c:1", "hide d", "alias f"):
        assert any(name in message for message in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[fix]]\nkey = "a"\ntitel = "x"\n', r"corrections.toml:3: .*did you mean 'title'"),
        ('[[alias]]\npath = "x"\n', "path and to"),
        ('[[alias]]\npath = "x"\nto = "y"\nkey = "a"\nname = "b"\n', "path and to"),
        (
            '[[alias]]\npath = "a.html"\nto = "b"\n',
            r"corrections.toml:3: .*no address .*from the site's root",
        ),
        ('[[alias]]\npath = "../a.html"\nto = "b.html"\n', r"corrections.toml:2: .*no address"),
        ('[[alias]]\npath = "a.html"\nto = "/b.html"\n', r"corrections.toml:3: .*no address"),
        ('[[alias]]\npath = "papers/x"\nkey = "a"\nname = "b"\n', "no address"),
        ("[[hide]]\n", "key"),
        ("hide = 3\n", "a list"),
    ],
)
def test_a_mistake_is_named_with_its_place(text, said):
    with pytest.raises(UsageError, match=said):
        parse(text)


def test_an_older_dump_would_rename_a_paper_and_the_alias_keeps_its_name(root):
    build_project(root)
    feed = {entry.id for entry in feedparser.parse((root / "site/atom.xml").read_bytes()).entries}
    before = pages(root)
    # A list of an earlier day has paper Two without its identifier.
    (root / "content/dumps/2026-05-01-old.txt").write_text(capture([("Two", ABSTRACT)]))
    report = build_project(root)
    assert "its feed entry would come again" in " ".join(w.message for w in report.warnings)
    (alias,) = report.aliases
    # The lines are pasted before it is published, so what was online stays what is compared.
    (root / "content/dumps/2026-05-01-old.txt").unlink()
    build_project(root)
    (root / "content/dumps/2026-05-01-old.txt").write_text(capture([("Two", ABSTRACT)]))
    report = correct(root, alias)
    assert report.aliases == []
    assert report.warnings == []
    after = feedparser.parse((root / "site/atom.xml").read_bytes()).entries
    assert {entry.id for entry in after} == feed
    assert set(before) <= set(pages(root))
    assert "Listed" in text_of(pages(root)["papers/2605/2605.00002.html"])


def test_a_removed_dump_is_told_and_its_pages_can_lead_on(root):
    build_project(root)
    (root / "content/dumps/2026-05-08.json").unlink()
    report = build_project(root)
    assert any("papers/2605/2605.00002.html is no more" in w.message for w in report.warnings)
    (alias,) = [text for text in report.aliases if "2605.00002" in text]
    correct(root, alias)
    assert 'href="../../archive.html"' in pages(root)["papers/2605/2605.00002.html"]


def _key(root, title: str) -> str:
    from sitegen.identity import fingerprint

    return fingerprint(title)


def _line(root, title: str) -> int:
    text = (root / "content/dumps/2026-05-07-list.txt").read_text()
    return text.split("\n").index(title) + 1


@settings(max_examples=150)
@given(histories(), dumps, st.integers(0, 3))
def test_the_printed_aliases_keep_whatever_an_older_dump_would_take_away(history, older, removed):
    """Nothing published is lost or renamed once the lines that `build` prints are pasted."""
    records = [record for found in history for record in found]
    before = {paper.path: paper.key for paper in merge(records).papers}
    # An older dump arrives late, and perhaps one is gone.
    changed = [*dump(-3, 1, older), *(r for found in history[removed:] for r in found)]
    _, printed = _lost(before, changed, Corrections())
    problems, more = _lost(before, changed, parse("\n".join(printed)))
    assert problems == []
    assert more == []


def _lost(before, records, corrections):
    library = merged(records, corrections).library
    paths = {path for paper in library.papers for _, path in (("", paper.path), *paper.redirects)}
    paths |= {path for path, _ in ways(corrections.alias)}
    return vanished(before, library, paths)
