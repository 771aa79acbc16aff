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
        calls = []

        def no_more_watches(*paths, force_polling, **options):
            calls.append(force_polling)
            if not force_polling:
                raise OSError
            return real(*paths, force_polling=True, poll_delay_ms=50, **options)

        real = watching.watch
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


@pytest.mark.parametrize("ear", ["told by the system"], indirect=True)
def test_the_output_and_what_editors_write_beside_a_file_are_not_heard(ear, tmp_path):
    before = ear.times
    (tmp_path / "place" / "site" / "index.html").write_text("1")
    (tmp_path / "place" / ".x.md.swp").write_text("1")
    (tmp_path / "place" / "x.md~").write_text("1")
    assert not ear.heard(0.5)
    assert ear.times == before
