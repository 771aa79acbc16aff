"""Publishes another version of a small site again and again, and something happens at each step.

Run as a program with a folder to work in, "one-step" or "two-steps", "stranger" or "spare": whether
a file of the reader's lies in the site, or the folder that went out is there to begin with; and
what happens: it is "killed", or from that step on the disk is "full" or "read-only". Prints how
many steps were tried. A process of its own, since it forks and hooks into the interpreter.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from pathlib import Path

from sitegen.errors import PublicationError
from sitegen.publication import exchange
from sitegen.publication.manifest import BundleEntry, Manifest, without
from sitegen.publication.store import Output

KEPT = "kept.html"


def names(version: bytes) -> list[str]:
    """What a version has: a file becomes a folder in each second one, and back."""
    odd = int(version) % 2
    own = [f"days/{version.decode()}.html", "papers/b/c" if odd else "papers/b/c/two.html"]
    return ["index.html", "papers/a/one.html", *own, KEPT]


def publish(out: Path, version: bytes) -> bool:
    """Whether it began with the spare folder."""
    with Output(out) as output:
        old = output.manifest() or Manifest()
        damaged, strangers = output.damaged(old)
        kept = without(old.bundles, damaged)
        stage = output.stage(old, strangers)
        bundles = {}
        for name in names(version):
            known = kept.get(name)
            if name == KEPT and known is not None:
                bundles[name] = BundleEntry(b"", {name: stage.keep(name, known.files[name])})
            else:
                entry = stage.write(name, b"version " + version)
                bundles[name] = BundleEntry(version, {name: entry})
        output.publish(stage, Manifest(bundles=bundles), strangers, old)
    return stage.filled


KINDS = {"os", "open", "shutil", "ctypes", "tempfile"}
MAKES = {"os.mkdir", "os.link", "os.symlink", "os.rename"}
CHANGES = {*MAKES, "os.remove", "os.rmdir", "os.chmod", "os.utime", "os.truncate", "ctypes.dlopen"}
FAULTS = {"full": (errno.ENOSPC, MAKES), "read-only": (errno.EROFS, CHANGES)}
FAILED, DONE_LATE = 3, 4


def happens_at(step: int, what: str, work) -> str:
    """What became of the work, in a process of its own: "done" before that step, or else."""
    child = os.fork()
    if child == 0:
        steps = 0

        def hook(event: str, arguments: tuple) -> None:
            nonlocal steps
            if event.partition(".")[0] not in KINDS:
                return
            steps += 1
            if what == "killed" and steps == step:
                os.kill(os.getpid(), signal.SIGKILL)
            if what in FAULTS and steps >= step:
                number, events = FAULTS[what]
                if event in events or (
                    event == "open" and arguments[2] & (os.O_ACCMODE | os.O_CREAT)
                ):
                    raise OSError(number, os.strerror(number))

        sys.addaudithook(hook)
        try:
            work()
        except PublicationError:
            os._exit(FAILED)
        os._exit(0 if steps < step else DONE_LATE)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    ended = {0: "done", DONE_LATE: "in spite of it", FAILED: "failed"}
    return ended[os.WEXITSTATUS(status)]


def held(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != "mine.txt"
    }


def folders(out: Path) -> set[Path]:
    return {path for path in out.rglob("*") if path.is_dir()}


def is_version(out: Path, version: bytes, kept: bytes) -> bool:
    """Whether the folder holds that version, and nothing else."""
    wanted = dict.fromkeys(names(version), b"version " + version) | {KEPT: b"version " + kept}
    needed = {folder for path in wanted for folder in (out / path).parents}
    return held(out) == wanted and folders(out) == needed - {out, *out.parents}


def check(out: Path, versions: tuple[bytes, bytes], kept: bytes, *, one_step: bool) -> None:
    """It is the old one or the new one, and the manifest and the reader's file are there."""
    if one_step:
        assert out.is_dir()
    stranger = (out.parent / "stranger").exists()
    with Output(out) as output:
        assert any(is_version(out, version, kept) for version in versions), held(out)
        manifest = output.manifest()
        assert manifest is not None
        damaged, strangers = output.damaged(manifest)
        assert not damaged, (damaged, held(out))
        assert strangers == ({"mine.txt"} if (out / "mine.txt").exists() else set())
        aside = [*output.state.glob("kept*/mine.txt")]
        assert not stranger or aside or strangers, "the reader's own file is gone"
        assert not [*output.state.glob("stage-*")]
        assert not (output.state / "aside").exists()


def main() -> None:
    base, (way, begin, what) = Path(sys.argv[1]), sys.argv[2:]
    if way == "two-steps":
        exchange._in_one_step = lambda *_: False
    step = 0
    while True:
        step += 1
        project = base / f"{step}"
        out = project / "site"
        project.mkdir()
        publish(out, b"1")
        if begin == "spare":
            publish(out, b"2")
        else:
            (out / "mine.txt").write_text("a stranger")
            (project / "stranger").touch()
        before, after = (b"2", b"3") if begin == "spare" else (b"1", b"2")
        became = happens_at(step, what, lambda out=out, after=after: publish(out, after))
        versions = {"killed": (before, after), "failed": (before,)}.get(became, (after,))
        check(out, versions, b"1", one_step=way == "one-step")
        for number, version in enumerate((b"7", b"8", b"9")):
            spare = publish(out, version)
            assert spare or number < (1 if begin == "spare" else 2)
            assert is_version(out, version, b"1"), (version, held(out))
        shutil.rmtree(project)
        if became == "done":
            break
    sys.stdout.write(f"{step}\n")


if __name__ == "__main__":
    main()
