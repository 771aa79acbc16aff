"""A preview under way: what is changed is built, what is wrong is told, nothing ends it."""

from __future__ import annotations

import io
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from sitegen.config import load_project
from sitegen.errors import PublicationError, SitegenError, UsageError
from sitegen.options import Options
from sitegen.preview import Session, building, first, with_files
from sitegen.preview.building import Builder
from tests.sites import ABSTRACT, daily_json, files_of, project

OPTIONS = Options(executor="serial")


def until(condition, seconds=30):
    """Waits for what will be, and says whether it was."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


class Preview:
    def __init__(self, root):
        self.root = root
        self.told = []
        outcome, report = first(load_project(root), OPTIONS, lambda *_: None)
        assert report is not None
        assert outcome.published
        self.session = Session(root, OPTIONS, root / "site", outcome, self.told.append)

    @property
    def state(self):
        return self.session.board.state

    def page(self, path):
        try:
            return (self.root / "site" / path).read_text()
        except OSError:
            return ""


def at_rest(preview):
    """Waits until nothing more is told: pages are there before it is said that they are."""
    seen = None
    while seen != (preview.state.version, len(preview.told)):
        seen = (preview.state.version, len(preview.told))
        time.sleep(1)


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    root = project(
        tmp_path_factory.mktemp("preview") / "p",
        'title = "Small"\ntheme = "mine"\nbase_url = "https://example.org/papers/"\n',
        **{
            "dumps__2026-05-08.json": daily_json("2026-05-08", [{"id": "2605.1", "title": "One"}]),
            "pages__about.md": "title: About\n\nThe first words.\n",
        },
    )
    (root / "mine").mkdir()
    (root / "mine" / "style.css").write_text("body { color: red }")
    preview = Preview(root)
    with preview.session:
        yield preview


def test_where_the_site_stands(preview):
    assert preview.state.home == "/papers/"
    assert preview.state.problems == ()


def test_two_hundred_rapid_edits_end_with_the_last(preview):
    version = preview.state.version
    draft = preview.root / "draft.md"
    for number in range(200):  # put there whole: a file that is half written is an edit, too
        draft.write_text(f"title: About\n\nEdit {number}.\n")
        draft.replace(preview.root / "content/pages/about.md")
    assert until(lambda: "Edit 199." in preview.page("about.html"))
    assert until(lambda: preview.state.version != version)
    assert 1 <= len(preview.told) < 40
    assert [outcome.rendered for outcome in preview.told if outcome.rendered > 1] == []


def test_dumps_settings_and_theme_are_built(preview):
    text = daily_json("2026-05-09", [{"id": "2605.2", "title": "Two"}])
    (preview.root / "content/dumps/2026-05-09.json").write_text(text)
    assert until(lambda: "Two" in preview.page("index.html"))
    (preview.root / "mine/style.css").write_text("body { color: green }")
    assert until(
        lambda: any(b"green" in data for data in files_of(preview.root / "site/assets").values())
    )


def test_a_broken_template_is_told_and_the_last_good_site_stays(preview):
    at_rest(preview)
    good = files_of(preview.root / "site")
    version = preview.state.version
    template = preview.root / "mine/text.html"
    template.write_text("<p>\n{% if %}\n")
    try:
        assert until(lambda: preview.state.problems)
        (problem,) = preview.state.problems
        assert problem.file.endswith("mine/text.html")
        assert problem.line == 2
        assert preview.state.version == version
        assert files_of(preview.root / "site") == good
    finally:
        template.unlink()
    assert until(lambda: not preview.state.problems)
    assert files_of(preview.root / "site") == good


def test_a_wrong_setting_is_told_with_its_line(preview):
    settings = preview.root / "content/site.toml"
    text = settings.read_text()
    settings.write_text(text + 'titel = "x"\n')
    assert until(lambda: preview.state.problems)
    assert (preview.state.problems[0].file, preview.state.problems[0].line) == (
        "content/site.toml",
        4,
    )
    # The theme is watched again when the settings can be read again.
    settings.write_text(text.replace("/papers/", "/moved/"))
    assert until(lambda: preview.state.home == "/moved/")
    (preview.root / "mine/style.css").write_text("body { color: blue }")
    assert until(
        lambda: any(b"blue" in data for data in files_of(preview.root / "site/assets").values())
    )


def test_a_deleted_folder_is_told_or_made_again(preview):
    at_rest(preview)
    good = files_of(preview.root / "site")
    (preview.root / "content").rename(preview.root / "away")
    assert until(lambda: preview.state.problems)
    assert "content" in preview.state.problems[0].file
    assert files_of(preview.root / "site") == good
    (preview.root / "away").rename(preview.root / "content")
    assert until(lambda: not preview.state.problems)
    shutil.rmtree(preview.root / "site")
    preview.session.want()  # as the server does for whoever asks for a page
    assert until(lambda: files_of(preview.root / "site") == good)
    (preview.root / "content/pages/about.md").write_text("title: About\n\nAfter all that.\n")
    assert until(lambda: "After all that." in preview.page("about.html"))


def test_a_build_that_is_ended_from_outside_is_told_and_the_next_one_works(preview):
    os.kill(preview.session._builder._process.pid, signal.SIGKILL)
    (preview.root / "content/pages/about.md").write_text("title: About\n\nStill here.\n")
    # It is told only where it ended in the midst of a build; both ways the preview goes on.
    if not until(lambda: "Still here." in preview.page("about.html"), 10):
        preview.session.want()
    assert until(lambda: "Still here." in preview.page("about.html"))


def test_what_is_wrong_at_first(tmp_path):
    root = project(tmp_path / "p", 'theme = "mine"\n', dumps__x="")
    (root / "mine").mkdir()
    (root / "mine/base.html").write_text("{% if %}")
    dump = root / "content/dumps/2026-05-08.json"
    dump.write_text(daily_json("2026-05-08", [{"id": "2605.1", "title": "One"}]))
    outcome, report = first(load_project(root), OPTIONS, lambda *_: None)
    assert report is None
    assert outcome.problems[0].file.endswith("base.html")
    assert root / "mine" in outcome.places
    # What cannot be mended meanwhile is raised.
    with pytest.raises(SitegenError, match="Expected"):
        first(load_project(None), Options(files=(dump,), theme=str(root / "mine")), print)
    (root / "mine/base.html").unlink()
    (root / "mine/style.css").write_text("")
    (root / "site").mkdir()
    (root / "site/thesis.doc").write_text("mine")
    with pytest.raises(PublicationError):
        first(load_project(root), OPTIONS, print)
    with pytest.raises(UsageError):
        first(load_project(root), Options(theme="nowhere"), print)


def test_warnings_that_keep_a_strict_build_back_are_told(tmp_path):
    text = daily_json("2026-05-08", [{"id": "2605.1", "title": "", "summary": ABSTRACT}] * 30)
    root = project(tmp_path / "p", **{"dumps__2026-05-08.json": text})
    outcome = building.built(root, Options(executor="serial", strict=True))
    assert not outcome.published
    assert len(outcome.problems) == 21
    assert "40 more" in outcome.problems[-1].message
    assert not (root / "site").exists()


def test_the_unforeseen_is_told_too(tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(building, "build", broken)
    (problem,) = building.built(project(tmp_path / "p"), OPTIONS).problems
    assert "ZeroDivisionError: oh" in problem.message


def test_a_builder_that_is_cancelled_starts_no_more(tmp_path):
    with Builder(project(tmp_path / "p"), OPTIONS) as builder:
        builder.cancel()
        assert builder.build().problems
        assert builder._process is None


def test_standard_input_is_kept_for_the_process_that_builds(tmp_path, monkeypatch):
    text = daily_json("2026-05-08", [{"id": "2605.1", "title": "One"}])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    options = Options(files=(Path("-"),), out=tmp_path / "out", executor="serial")
    kept = with_files(options, tmp_path)
    assert kept.files == (tmp_path / "stdin",)
    assert building.built(None, kept).published
    assert "One" in (tmp_path / "out/index.html").read_text()
    assert with_files(kept, tmp_path) is kept
