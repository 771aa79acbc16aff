"""What a new build can keep of an old one: pure functions on plain values."""

from __future__ import annotations

import msgspec

from sitegen.errors import Problem
from sitegen.publication.manifest import BundleEntry, FileEntry, Manifest, stale, without


def entry(text=b"x"):
    return FileEntry(len(text), 1, text)


OLD = {
    "same": BundleEntry(b"1", {"a": entry(), "b": entry()}),
    "changed": BundleEntry(b"2", {"c": entry()}),
    "gone": BundleEntry(b"3", {"d": entry()}),
}


def test_new_and_changed_bundles_are_stale_in_their_order():
    assert stale(OLD, {"new": b"9", "changed": b"8", "same": b"1"}) == ["new", "changed"]
    assert stale({}, {"b": b"1", "a": b"1"}) == ["b", "a"]
    assert stale(OLD, {}) == []


def test_a_bundle_with_damage_is_made_again_from_what_is_whole():
    sound = without(OLD, {"a", "d"})
    assert sound["same"] == BundleEntry(b"", {"b": entry()})
    assert sound["changed"] == OLD["changed"]
    assert sound["gone"].files == {}
    assert "same" in stale(sound, {"same": b"1"})
    assert without(OLD, set()) == OLD


def test_all_files_by_path():
    assert set(Manifest(bundles=OLD).files()) == {"a", "b", "c", "d"}


def test_a_manifest_is_what_was_written():
    manifest = Manifest(
        inode=7,
        inputs=b"in",
        clock="2026-08-18",
        bundles=OLD,
        report={"papers": 3},
        problems=(Problem(file="a", line=1, message="m"),),
    )
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(manifest), type=Manifest)
    assert again == manifest
    assert isinstance(again.files()["a"], FileEntry)
