from __future__ import annotations

import shutil

import pytest

from sitegen.deploying.trees import Changes, changes, difference, of_folder, of_listing


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_folder_is_named_as_git_names_it(tmp_path, git_alone, algorithm):
    git_alone(tmp_path, "init", f"--object-format={algorithm}", "r")
    root = tmp_path / "r"
    (root / "a b").mkdir()
    (root / "a b" / "ü.html").write_bytes(b"\r\n\0x")
    (root / "empty").touch()
    (root / ".nojekyll").touch()
    git_alone(root, "add", "-A")
    git_alone(root, "-c", "user.name=x", "-c", "user.email=y", "commit", "-m", "x")
    held = of_listing(git_alone(root, "ls-tree", "-r", "-z", "HEAD").encode())
    assert set(held) == {"a b/ü.html", "empty", ".nojekyll"}
    shutil.rmtree(root / ".git")
    assert of_folder(root, algorithm) == held
    # What keeps Jekyll away is added where it is missing.
    (root / ".nojekyll").unlink()
    assert of_folder(root, algorithm) == held


def test_what_changed():
    old = {"a": "1", "b": "2", "c": "3"}
    new = {"a": "1", "b": "22", "d": "4", "e": "5"}
    assert changes(old, new) == Changes(files=4, added=2, changed=1, removed=1)
    assert changes({}, {}) == Changes()
    assert difference(old, new) == "b"
    assert difference(old, dict(old)) == ""
    assert difference({}, {"x": "1"}) == difference({"x": "1"}, {}) == "x"
