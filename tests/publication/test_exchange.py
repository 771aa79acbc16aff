"""Exchanging folders, on real ones."""

from __future__ import annotations

import ctypes
import errno
from pathlib import Path

import pytest

from sitegen.publication import exchange


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    return tmp_path / "one", tmp_path / "other", tmp_path / "aside"


def held(*folders):
    return [(folder / "file").read_text() for folder in folders]


@pytest.mark.parametrize("function", [exchange.exchange, exchange.in_two_steps])
def test_names_are_exchanged(folders, function):
    one, other, aside = folders
    function(one, other, aside)
    assert held(one, other) == ["other", "one"]
    assert not aside.exists()


def test_a_missing_folder_changes_nothing(folders):
    one, other, aside = folders
    for function in (exchange.exchange, exchange.in_two_steps):
        with pytest.raises(OSError, match=r"No such file"):
            function(one.with_name("missing"), other, aside)
        assert held(one, other) == ["one", "other"]
        assert not aside.exists()


def test_a_failure_in_the_second_step_brings_the_old_one_back(folders, monkeypatch):
    one, other, aside = folders
    rename = Path.rename

    def failing(self, target):
        if self == one:
            raise OSError(errno.EIO, "broken")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="broken"):
        exchange.in_two_steps(one, other, aside)
    assert held(one, other) == ["one", "other"]


class _Library:
    def __init__(self, number):
        self.number = number

    def renameat2(self, *_):
        ctypes.set_errno(self.number)
        return -1

    renamex_np = renameat2


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EPERM])
def test_where_the_system_cannot_it_takes_two_steps(folders, monkeypatch, number):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: _Library(number))
    exchange.exchange(*folders)
    assert held(*folders[:2]) == ["other", "one"]


def test_a_library_without_the_call(folders, monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    exchange.exchange(*folders)
    assert held(*folders[:2]) == ["other", "one"]


def test_other_failures_are_told(folders, monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: _Library(errno.EACCES))
    with pytest.raises(PermissionError):
        exchange.exchange(*folders)
    assert held(*folders[:2]) == ["one", "other"]


def test_restore(folders):
    one, other, aside = folders
    exchange.restore(other, aside)  # nothing was left aside
    one.rename(aside)
    exchange.restore(other, aside)  # the other is there
    assert held(other, aside) == ["other", "one"]
    other.rename(other.with_name("away"))
    exchange.restore(other, aside)
    assert held(other) == ["one"]
    assert not aside.exists()
