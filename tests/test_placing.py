"""Files put among the dumps whole, or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.dumps.placing import place, room
from sitegen.errors import PublicationError

# Dies while the second of two files is being copied: after the first call of fsync.
DIES = """
import os, signal, sys
from pathlib import Path
from sitegen.dumps.placing import place, room
root, folder, *files = map(Path, sys.argv[1:])
synced = []
def fsync(_):
    synced.append(1)
    if len(synced) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
with room(root) as stage:
    place(stage, folder, {path.name: path for path in files})
"""


@pytest.fixture
def given(tmp_path):
    paths = [tmp_path / "given" / name for name in ("a.txt", "b.txt")]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text(path.name * 1000)
    return paths


def everything(root: Path) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


LOCK = ".sitegen/import/lock"
BOTH = [LOCK, "content/dumps/a.txt", "content/dumps/b.txt"]


def put(root, given):
    with room(root) as stage:
        place(stage, root / "content" / "dumps", {path.name: path for path in given})


def test_killed_it_leaves_nothing_among_the_dumps_and_the_next_one_clears_the_rest(tmp_path, given):
    root = tmp_path / "project"
    command = [sys.executable, "-c", DIES, root, root / "content" / "dumps", *given]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert everything(root) == [".sitegen/import/0", ".sitegen/import/1", LOCK]
    with room(root):
        assert everything(root) == [LOCK]
    put(root, given)
    assert everything(root) == BOTH
    assert (root / "content/dumps/b.txt").read_bytes() == given[1].read_bytes()


def test_one_process_at_a_time(tmp_path, given):
    with room(tmp_path), pytest.raises(PublicationError, match=f"process {os.getpid()}"):
        put(tmp_path, given)
    put(tmp_path, given)


def test_caches_on_another_disk(tmp_path, given, monkeypatch):
    root = tmp_path / "project"
    (root / "content" / "dumps").mkdir(parents=True)
    (root / "content" / "dumps" / ".b.txt.part").write_text("of one that was killed")
    replace = Path.replace

    def refuses(path: Path, target: Path) -> Path:
        if path.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuses)
    put(root, given[:1])
    assert everything(root) == [".sitegen/import/0", LOCK, "content/dumps/a.txt"]
    put(root, given)
    assert "content/dumps/b.txt" in everything(root)


def test_one_that_cannot_be_read_keeps_the_others_back(tmp_path, given):
    root = tmp_path / "project"
    given[1].unlink()
    with pytest.raises(PublicationError, match="cannot be written: No such file"):
        put(root, given)
    assert everything(root / "content") == []


def test_what_is_no_folder(tmp_path, given):
    (tmp_path / ".sitegen").write_text("")
    with pytest.raises(PublicationError, match="cannot be written") as caught:
        put(tmp_path, given)
    assert caught.value.file.endswith(".sitegen/import")
