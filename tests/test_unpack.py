from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dumps import unpack
from sitegen.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHECKED = {zstd.CompressionParameter.checksum_flag: 1}  # as the zstd program has it

PACKED = {
    "gzip": gzip.compress,
    "zstd": lambda raw: zstd.compress(raw, options=CHECKED),
    "xz": lzma.compress,
    "bzip2": bz2.compress,
}
KINDS = pytest.mark.parametrize("kind", PACKED)
# What does not shrink much, longer than the blocks in which packed files are read.
TEXT = random.Random(1).randbytes(150_000).hex().encode()


def unpacked(data: bytes, kind: str) -> tuple[bytes, list[str]]:
    said: list[str] = []
    with unpack.unpacked(io.BytesIO(data), kind, said.append) as stream:
        return stream.read(), said


@KINDS
def test_a_packing_is_known_by_its_first_bytes(kind):
    assert unpack.packing(PACKED[kind](b"papers")[: unpack.START]) == kind


def test_text_is_not_packed():
    for start in (
        b"",
        b"{",
        b"BZh9 is a word",
        b"PK and others",
        b"\x1e\x8b",
        TEXT[: unpack.START],
    ):
        assert unpack.packing(start) == ""


@KINDS
def test_what_was_packed_comes_out(kind):
    assert unpacked(PACKED[kind](TEXT), kind) == (TEXT, [])


@KINDS
def test_streams_behind_each_other_are_one(kind):
    joined = PACKED[kind](TEXT) + PACKED[kind](b"") + PACKED[kind](b"end")
    assert unpacked(joined, kind) == (TEXT + b"end", [])


@pytest.mark.parametrize("kind", ["gzip", "xz"])
def test_padding_at_the_end_is_no_damage(kind):
    assert unpacked(PACKED[kind](b"papers") + bytes(512), kind) == (b"papers", [])


@KINDS
def test_what_stands_before_a_cut_is_read_and_the_cut_is_said_once(kind):
    packed = PACKED[kind](TEXT)
    found, said = unpacked(packed[: len(packed) * 9 // 10], kind)
    assert TEXT.startswith(found)
    assert said == ["the file is cut off"]
    if kind in {"gzip", "zstd", "xz"}:
        assert len(found) > len(TEXT) // 2


@KINDS
def test_a_damaged_file_is_said_to_be_so(kind):
    packed = bytearray(PACKED[kind](TEXT))
    for at in range(len(packed) // 2, len(packed) // 2 + 40):
        packed[at] ^= 0x5A
    found, said = unpacked(bytes(packed), kind)
    assert len(said) == 1
    if kind != "bzip2":  # which mixes up the letters of a whole block
        assert found[:1000] == TEXT[: min(1000, len(found))]


@KINDS
def test_a_wrong_checksum_is_damage(kind):
    broken = bytearray(PACKED[kind](b"papers"))
    at = {"gzip": -8, "zstd": -4, "xz": -28, "bzip2": 10}[kind]
    broken[at] ^= 1
    _, said = unpacked(bytes(broken), kind)
    assert said


@KINDS
def test_a_bomb_is_refused_in_bounded_memory(kind):
    one = PACKED[kind](bytes(50_000_000))
    stream = unpack.unpacked(io.BytesIO(one * 40), kind, lambda _: None)
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="100 times its size"):
            all(iter(lambda: stream.read(1 << 20), b""))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_xz_that_asks_for_too_much_memory_is_damage():
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 29}]
    packed = lzma.LZMACompressor(lzma.FORMAT_XZ, filters=filters)
    found, said = unpacked(packed.compress(b"papers") + packed.flush(), "xz")
    assert found == b""
    assert "Memory usage limit" in said[0]


@given(st.sampled_from(sorted(PACKED)), st.binary(max_size=300), st.integers(0, 400), st.binary())
def test_nothing_is_raised_for_any_bytes(kind, raw, at, junk):
    packed = PACKED[kind](raw)
    unpacked(packed[:at] + junk + packed[at:], kind)
    unpacked(junk, kind)


@KINDS
def test_reading_bit_by_bit_gives_the_same(kind):
    stream = unpack.unpacked(io.BytesIO(PACKED[kind](TEXT)), kind, pytest.fail)
    pieces = []
    while piece := stream.read(977):
        pieces.append(piece)
    assert b"".join(pieces) == TEXT
