from __future__ import annotations

import os
from contextlib import suppress

import pytest

from sitegen.fetching.answers import Answer, Answers, write_whole

HOUR = 3600.0


def test_answers_come_back_unless_they_are_damaged(tmp_path):
    answers = Answers(tmp_path)
    answer = Answer(url="https://example.org/", body=b"x", etag="e", when=1.5)
    assert answers.load(answer.url) is None
    answers.save(answer)
    assert Answers(tmp_path).load(answer.url) == answer
    assert answers.load("https://example.org/other") is None
    (path,) = tmp_path.iterdir()
    for damage in (b"", path.read_bytes()[:-1], b"x" * 40):
        path.write_bytes(damage)
        assert answers.load(answer.url) is None


def test_a_run_that_ended_well_leaves_nothing_to_continue(tmp_path):
    answers = Answers(tmp_path)
    for now in (10.0, 20.0):
        with answers.run("feed", now):
            assert not answers.is_current(Answer(url="u", body=b"", when=10.0))
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_broke_off_is_continued_for_some_hours(tmp_path):
    answers = Answers(tmp_path)
    old = Answer(url="u", body=b"", when=10.0)
    with pytest.raises(KeyboardInterrupt), answers.run("feed", 10.0):
        raise KeyboardInterrupt
    for now, current in ((5 * HOUR, True), (7 * HOUR, False), (9 * HOUR, False)):
        with suppress(KeyboardInterrupt), answers.run("feed", now):
            assert answers.is_current(old) == current
            assert not answers.is_current(Answer(url="u", body=b"", when=9.0))
            raise KeyboardInterrupt
    with answers.run("another", 5 * HOUR):
        assert not answers.is_current(old)


def test_what_is_old_is_forgotten(tmp_path):
    answers = Answers(tmp_path)
    for number, url in enumerate(("a", "b")):
        answers.save(Answer(url=url, body=b""))
        path = answers._path(url)
        os.utime(path, (0, number * 100 * 86_400))
    answers.prune(101 * 86_400)
    assert (answers.load("a"), answers.load("b") is None) == (None, False)


def test_a_file_is_put_in_place_whole(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "x"
    write_whole(path, b"old")

    def fails(_: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
