"""A folder of results that can be made again, and is never trusted."""

from __future__ import annotations

import os

import pytest

from sitegen import cache as cache_module
from sitegen.cache import Cache, checked, code_digest, sealed


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_comes_back(tmp_path):
    cache = Cache(tmp_path / "c")
    assert cache.load("kind", "key") is None
    cache.save("kind", "key", b"data")
    cache.save("kind", "key", b"newer")
    assert cache.load("kind", "key") == b"newer"
    assert cache.load("other", "key") is None
    assert Cache(tmp_path / "c").load("kind", "key") == b"newer"
    assert Cache(tmp_path / "c", read=False).load("kind", "key") is None
    assert len(files(tmp_path)) == 1


def test_a_cache_without_a_folder_keeps_nothing():
    cache = Cache(None)
    cache.save("kind", "key", b"data")
    cache.prune()
    assert cache.load("kind", "key") is None


@pytest.mark.parametrize("data", [b"", b"x", b"\0" * 16, b"some bytes"])
def test_seals(data):
    assert checked(sealed(data)) == data
    assert checked(sealed(data) + b"x") is None
    assert checked(sealed(data)[:-1]) is None
    assert checked(b"\1" + sealed(data)[1:]) is None or sealed(data)[0] == 1
    assert checked(b"") is None


def test_damage_is_as_good_as_nothing(tmp_path):
    cache = Cache(tmp_path / "c")
    cache.save("kind", "key", b"data" * 100)
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:50])
    assert cache.load("kind", "key") is None


def test_other_code_has_other_entries_and_prunes_the_old(tmp_path, monkeypatch):
    old = Cache(tmp_path / "c")
    old.save("kind", "key", b"data")
    monkeypatch.setattr(cache_module, "code_digest", lambda: "other")
    new = Cache(tmp_path / "c")
    assert new.load("kind", "key") is None
    new.save("kind", "key", b"new")
    new.prune()
    assert old.load("kind", "key") is None
    assert new.load("kind", "key") == b"new"


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path, monkeypatch):
    (tmp_path / "c").write_text("a file")
    cache = Cache(tmp_path / "c")
    cache.save("kind", "key", b"data")
    cache.prune()
    assert cache.load("kind", "key") is None

    def full(*_):
        raise OSError(28, "No space left on device")

    cache = Cache(tmp_path / "d")
    monkeypatch.setattr(os, "replace", full)
    cache.save("kind", "key", b"data")
    assert files(tmp_path / "d") == []


def test_the_digest_of_the_code_follows_readers_that_others_install(monkeypatch):
    before = code_digest.__wrapped__()  # not what another test's readers have left
    found = cache_module.metadata.entry_points(group="sitegen.readers")
    fewer = [point for point in found if point.name != "text"]
    monkeypatch.setattr(cache_module.metadata, "entry_points", lambda **_: fewer)
    assert code_digest.__wrapped__() != before
    monkeypatch.undo()
    assert code_digest.__wrapped__() == before
    monkeypatch.setattr(cache_module.metadata, "version", lambda _: "0.0")
    assert code_digest.__wrapped__() != before
