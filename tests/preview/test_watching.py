from __future__ import annotations

import os
import shutil
import threading

import pytest

from sitegen.preview import watching
from sitegen.preview.watching import Watcher


class Ear:
    """Hears of changes; each `heard` asks for one since the last."""

    def __init__(self):
        self.times = 0
        self._told = threading.Event()

    def __call__(self):
        self.times += 1
        self._told.set()

    def heard(self, seconds=20.0):
        found = self._told.wait(seconds)
        self._told.clear()
        return found


@pytest.fixture(params=["told by the system", "looked after"])
def ear(request, tmp_path, monkeypatch):
    """An ear at `place` and `one.txt`, but not at `place/site`."""
    monkeypatch.setattr(watching, "_GLANCE", 100)
    if request.param == "looked after":

        def no_more_watches(*_, **__):
            raise OSError

        monkeypatch.setattr(watching, "watch", no_more_watches)
    (tmp_path / "place" / "below").mkdir(parents=True)
    (tmp_path / "place" / "site").mkdir()
    (tmp_path / "one.txt").write_text("1")
    ear = Ear()
    places = (tmp_path / "place", tmp_path / "one.txt", tmp_path / "not yet")
    watcher = Watcher(places, [tmp_path / "place" / "site"], ear)
    watcher.start()
    # Until it hears: a thread takes its time to begin.
    probe = tmp_path / "place" / "probe"
    while not ear.heard(0.2):
        probe.write_text(f"{os.urandom(4)}")
    while ear.heard(0.5):
        pass
    yield ear
    watcher.stop()


def test_changes_are_heard(ear, tmp_path):
    (tmp_path / "place" / "below" / "x.md").write_text("1")
    assert ear.heard()
    (tmp_path / "one.txt").write_text("22")
    assert ear.heard()
    # As editors save: another file takes its place.
    for text in ("333", "4444"):
        (tmp_path / "new").write_text(text)
        (tmp_path / "new").replace(tmp_path / "one.txt")
        assert ear.heard()
        while ear.heard(0.3):
            pass
    (tmp_path / "one.txt").unlink()
    assert ear.heard()


def test_folders_that_go_and_come_are_heard(ear, tmp_path):
    shutil.rmtree(tmp_path / "place")
    assert ear.heard()
    while ear.heard(0.5):
        pass
    (tmp_path / "place").mkdir()
    assert ear.heard()
    while ear.heard(0.5):
        pass
    (tmp_path / "place" / "again.md").write_text("1")
    assert ear.heard()
    (tmp_path / "not yet").mkdir()
    assert ear.heard()


def test_a_burst_is_told_in_few_words(ear, tmp_path):
    before = ear.times
    for number in range(200):
        (tmp_path / "place" / "below" / "x.md").write_text(str(number))
    assert ear.heard()
    while ear.heard(0.5):
        pass
    assert ear.times - before < 40


def test_the_output_and_what_editors_write_beside_a_file_are_not_heard(ear, tmp_path):
    before = ear.times
    (tmp_path / "place" / "site" / "index.html").write_text("1")
    (tmp_path / "place" / ".x.md.swp").write_text("1")
    (tmp_path / "place" / "x.md~").write_text("1")
    assert not ear.heard(0.5)
    assert ear.times == before


def test_who_says_that_the_system_tells_nothing(monkeypatch):
    monkeypatch.delenv("WATCHFILES_FORCE_POLLING", raising=False)
    monkeypatch.setattr(watching.platform, "release", lambda: "6.1.0-generic")
    assert not watching._tells_nothing()
    monkeypatch.setattr(watching.platform, "release", lambda: "5.15-microsoft-standard-WSL2")
    assert watching._tells_nothing()
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "disabled")
    assert not watching._tells_nothing()
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    assert watching._tells_nothing()
