from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dumps import archives
from sitegen.errors import InputError


def archive(path: Path, files: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def content(path: Path, member: str) -> tuple[bytes, list[str]]:
    said: list[str] = []
    with archives.open_member(path, member, said.append) as stream:
        return stream.read(), said


def test_members_are_files_that_may_be_dumps(tmp_path):
    names = ["2024/a.json", "b.bib", "2024/", ".hidden", "__MACOSX/b.bib", "x/.DS_Store", "../up"]
    made = archive(tmp_path / "a.zip", dict.fromkeys(names, b"x"))
    assert archives.members(made) == ("2024/a.json", "b.bib", "../up")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_member_is_read(tmp_path, method):
    made = archive(tmp_path / "a.zip", {"a": b"one" * 1000, "b": b"two"}, method)
    assert content(made, "a") == (b"one" * 1000, [])
    assert content(made, "b") == (b"two", [])


def test_of_members_with_one_name_the_last_counts(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a", b"old")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a", b"new")
    assert archives.members(tmp_path / "a.zip") == ("a",)
    assert content(tmp_path / "a.zip", "a") == (b"new", [])


def test_names_are_names_and_no_paths():
    assert archives.display_name("../../etc/passwd") == "etc/passwd"
    assert archives.display_name("/abs//x") == "abs/x"
    assert archives.display_name("a\\b") == "a/b"
    assert archives.display_name("..") == "unnamed"


def test_a_damaged_member_gives_what_stands_before_the_damage(tmp_path):
    text = b"".join(b"%d " % number for number in range(100_000))
    made = archive(tmp_path / "a.zip", {"a": text})
    raw = bytearray(made.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    made.write_bytes(raw)
    found, said = content(made, "a")
    assert len(said) == 1
    assert text.startswith(found[: len(found) // 4])


def test_an_encrypted_member_is_refused(tmp_path):
    made = archive(tmp_path / "a.zip", {"a": b"x"})
    raw = bytearray(made.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(magic) + offset] |= 1
    made.write_bytes(raw)
    with pytest.raises(InputError, match="encrypted"):
        content(made, "a")


def test_an_unknown_method_is_refused(tmp_path):
    made = archive(tmp_path / "a.zip", {"a": b"x"})
    raw = bytearray(made.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.find(magic) + offset] = 97
    made.write_bytes(raw)
    with pytest.raises(InputError, match="cannot be read"):
        content(made, "a")


@pytest.mark.parametrize("cut", [4, 40, -30, -5])
def test_a_cut_archive_cannot_be_read(tmp_path, cut):
    made = archive(tmp_path / "a.zip", {"a": b"x" * 500})
    made.write_bytes(made.read_bytes()[:cut])
    with pytest.raises(InputError, match="cannot be read"):
        archives.members(made)


def test_an_archive_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    made = archive(tmp_path / "a.zip", {str(number): b"" for number in range(4)})
    with pytest.raises(InputError, match="more than 3 files"):
        archives.members(made)


def test_an_archive_that_grows_too_much_is_refused(tmp_path):
    made = archive(tmp_path / "a.zip", {str(number): bytes(20_000_000) for number in range(4)})
    with pytest.raises(InputError, match="100 times its size"):
        archives.members(made)


def test_members_that_share_their_bytes_are_counted_each(tmp_path):
    """Overlapping members: small on disk, large in sum."""
    made = archive(tmp_path / "a.zip", {"a": bytes(30_000_000)}, zipfile.ZIP_DEFLATED)
    raw = made.read_bytes()
    at, end = raw.find(b"PK\x01\x02"), raw.find(b"PK\x05\x06")
    entry = raw[at:end]
    entries = b"".join(entry.replace(b"a", bytes([98 + number]), 1) for number in range(5))
    tail = bytearray(raw[end:])
    tail[8:10] = tail[10:12] = (5).to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    made.write_bytes(raw[:at] + entries + tail)
    with pytest.raises(InputError, match="100 times its size"):
        archives.members(made)


@given(st.binary(max_size=400), st.integers(0, 300), st.integers(0, 60))
def test_any_bytes_are_read_or_refused(junk, at, length):
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.json", b'{"paper": 1}' * 20)
        made.writestr("b.json", b"[]")
    raw = plain.getvalue()
    mutated = raw[:at] + junk + raw[at + length :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.zip"
        path.write_bytes(mutated)
        try:
            for name in archives.members(path):
                content(path, name)
        except InputError:
            pass
