"""Damage as files suffer it: pieces cut out, doubled, overwritten, and hostile ones put in."""

from __future__ import annotations

import random

PIECES = (
    b"<", b"&", b"</", b"<![CDATA[", b"]]>", b"<!--", b"&lol;", b"<item>", b"<paper id='x'>", b"{",
    b"[", b'"', b"\\", b"null", b"\\ud800", b"9" * 400, b"\x00", b"\xff\xfe", b"\r", b"\n\n",
    b"</channel>", b"<?xml version='1.0'?>", b"'", b"{'a': ", b"$", b"\\'{", b"\xe2\x80",
)  # fmt: skip


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The data with one to eight pieces of damage."""
    broken = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(broken) + 1)
        match rng.randrange(5):
            case 0:
                del broken[at : at + rng.randint(1, 200)]
            case 1:
                broken[at : at + 1] = bytes([rng.randrange(256)])
            case 2:
                broken[at:at] = rng.choice(PIECES)
            case 3:
                start = rng.randrange(len(broken) + 1)
                broken[at:at] = broken[start : start + 300]
            case _:
                if rng.random() < 0.3:
                    del broken[at:]
    return bytes(broken)
