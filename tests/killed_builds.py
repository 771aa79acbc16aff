"""Publishes a second version of a small site again and again, killed at each step in turn.

Run as a program with a folder to work in and "one-step" or "two-steps". Prints how many steps were
tried. A process of its own, since it forks and hooks into the interpreter.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from sitegen import exchange
from sitegen.manifest import BundleEntry, Manifest
from sitegen.store import Output

NAMES = ["index.html", "papers/a/one.html", "papers/b/two.html", "kept.html"]


def publish(out: Path, version: bytes) -> None:
    with Output(out) as output:
        old = output.manifest()
        files = old.files() if old else {}
        stage = output.stage()
        for name in NAMES:
            if name == "kept.html" and name in files:
                files[name] = stage.keep(name, files[name])
            else:
                files[name] = stage.write(name, b"version " + version)
        strangers = output.damaged(old)[1] if old else ()
        manifest = Manifest(bundles={"all": BundleEntry(version, files)})
        output.publish(stage, manifest, strangers)


def killed_at(step: int, work) -> bool:
    """Whether the work, in a process of its own, was killed at that step."""
    child = os.fork()
    if child == 0:
        steps = 0

        def hook(event: str, _: object) -> None:
            nonlocal steps
            if event.partition(".")[0] in {"os", "open", "shutil", "ctypes"}:
                steps += 1
                if steps == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        return False
    return True


def check(out: Path, *, one_step: bool) -> None:
    if one_step:
        assert out.is_dir()
    with Output(out) as output:
        held = {name: (out / name).read_bytes() for name in NAMES}
        versions = {held[name] for name in NAMES if name != "kept.html"}
        assert len(versions) == 1, held
        manifest = output.manifest()
        assert manifest is not None
        damaged, strangers = output.damaged(manifest)
        assert not damaged, (damaged, held)
        assert b"version " + manifest.bundles["all"].digest in versions
        kept = [*output.state.glob("kept*/mine.txt")]
        assert strangers == ({"mine.txt"} if (out / "mine.txt").exists() else set())
        assert (out / "mine.txt").exists() or kept, "the reader's own file is gone"
        assert not [*output.state.glob("stage-*")]
        assert not (output.state / "aside").exists()


def main() -> None:
    base, way = Path(sys.argv[1]), sys.argv[2]
    if way == "two-steps":
        exchange._in_one_step = lambda *_: False
    step = 0
    while True:
        step += 1
        project = base / f"{step}"
        out = project / "site"
        project.mkdir()
        publish(out, b"1")
        (out / "mine.txt").write_text("a stranger")
        killed = killed_at(step, lambda out=out: publish(out, b"2"))
        check(out, one_step=way == "one-step")
        publish(out, b"3")
        assert (out / "index.html").read_bytes() == b"version 3"
        shutil.rmtree(project)
        if not killed:
            break
    sys.stdout.write(f"{step}\n")


if __name__ == "__main__":
    main()
