"""Fuzz one target after the other: `python -m tests.fuzz [-n INPUTS] [TARGET…]`.

Each runs in a process of its own, with libFuzzer's guidance by coverage (atheris) where that is
installed, else with mutations of what reached new lines. An input that breaks a property, or that
takes over a second for a megabyte, is kept under `.fuzz/TARGET/` and ends the target.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz import properties

FOLDER = Path(".fuzz")
LONGEST = 4_096  # bytes of an input


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("-n", type=int, default=100_000, help="inputs for each target")
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--blind", action="store_true", help="without atheris")
    asked.add_argument("targets", nargs="*", default=[], metavar="TARGET")
    given = asked.parse_args()
    known = properties.targets()
    names = given.targets or list(known)
    if unknown := set(names) - set(known):
        asked.error(f"no such target: {', '.join(unknown)} (there are {', '.join(known)})")
    if given.one:
        return one(names[0], given.n, blind=given.blind)
    failed = []
    for name in names:
        began = time.monotonic()
        more = ["--blind"] if given.blind else []
        command = [sys.executable, "-m", "tests.fuzz", "--one", "-n", str(given.n), *more, name]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        took = time.monotonic() - began
        sys.stdout.write(f"{name}: {given.n:,} inputs in {took:.0f} s, {_said(done)}\n")
        sys.stdout.flush()
        if done.returncode:
            failed.append(name)
            sys.stdout.write(done.stderr[-3_000:] + "\n")
    return 1 if failed else 0


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return "FAILED" if done.returncode else "nothing found"


def one(name: str, count: int, *, blind: bool) -> int:
    """Fuzz a target in this process."""
    folder = FOLDER / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(properties.seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])
    if blind or importlib.util.find_spec("atheris") is None:
        return _blind(name, count, folder)
    import atheris

    target = properties.targets()[name]
    _instrument(atheris)
    arguments = [sys.argv[0], f"-runs={count}", f"-max_len={LONGEST}", "-timeout=10", "-seed=1",
                 "-print_final_stats=1", f"-artifact_prefix={folder}/", str(corpus)]  # fmt: skip
    atheris.Setup(arguments, target)
    atheris.Fuzz()
    return 0


def _instrument(atheris) -> None:
    """Our functions tell the fuzzer where they go."""
    for module in [one for name, one in sys.modules.items() if name.startswith("sitegen.")]:
        for function in vars(module).values():
            code = getattr(function, "__code__", None)
            if code is not None and getattr(function, "__module__", "") == module.__name__:
                function.__code__ = atheris.patch_code(code, True)


def _blind(name: str, count: int, folder: Path) -> int:
    """Mutations of seeds; who takes too long or fails is kept."""
    source = random.Random(name)
    target = properties.targets()[name]
    pool = properties.seeds(name)
    pieces = [*(bytes([code]) for code in range(256)), b"\\", b"{", b"}", b"<![CDATA[", b"&#x"]
    for _ in range(count):
        data = bytearray(source.choice(pool)[: source.randrange(1, LONGEST)])
        for _ in range(source.randrange(1, 8)):
            at, size = source.randrange(len(data) + 1), source.randrange(0, 16)
            other = source.choice(pool)
            begin = source.randrange(len(other) + 1)
            many = source.choice(pieces) * source.randrange(1, 40)
            data[at : at + size] = source.choice([many, other[begin : begin + 64]])
        began = time.process_time()
        try:
            target(bytes(data))
        except BaseException:
            (folder / "crash").write_bytes(data)
            raise
        if time.process_time() - began > 1:
            (folder / "slow").write_bytes(data)
            sys.stderr.write(f"{len(data)} bytes took over a second\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
