"""The least that any tool can take: writing the same files, whose bytes are in memory already.

A program of its own, so that nothing else is in its process: `floor.py SOURCE TARGET`. TARGET
must not exist. It prints seconds of wall and CPU as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def write(source: Path, target: Path) -> dict[str, float]:
    """Copies a folder through memory; what is timed is the writing."""
    files = {
        os.path.join(target, os.path.relpath(path, source)): path.read_bytes()  # noqa: PTH118
        for path in source.rglob("*")
        if path.is_file()
    }
    wall, cpu = time.perf_counter(), time.process_time()
    for folder in sorted({os.path.dirname(path) for path in files}):  # noqa: PTH120
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    for path, data in files.items():
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(file, data)
        os.close(file)
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(write(Path(sys.argv[1]), Path(sys.argv[2]))))
