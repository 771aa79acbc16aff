"""Numbers in groups of seven bits, the lowest first (LEB128), one or many at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def varint(value: int) -> bytes:
    """One number."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def varints(values: NDArray[np.int64]) -> tuple[bytes, NDArray[np.int64]]:
    """Numbers below 2**28 one after the other, and where each begins, with the end of the last."""
    sizes = 1 + (values > 0x7F).astype(np.int64) + (values > 0x3FFF) + (values > 0x1FFFFF)
    starts = np.zeros(len(values) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    out = np.empty(starts[-1], np.uint8)
    for step in range(4):
        has = sizes > step
        more = np.where(sizes[has] > step + 1, 0x80, 0)
        out[starts[:-1][has] + step] = (values[has] >> (7 * step)) & 0x7F | more
    return out.tobytes(), starts
