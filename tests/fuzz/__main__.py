"""Fuzz one target after the other: `python -m tests.fuzz [-n INPUTS] [TARGET…]`.

Each runs in a process of its own, with libFuzzer's guidance by coverage (atheris) where that is
installed, else with mutations of what reached new lines. An input that breaks a property is kept
under `.fuzz/TARGET/` and ends the target. Then what was found to reach something new is repeated
until it has a megabyte, which may take a second of the processor's time.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz import properties

FOLDER = Path(".fuzz")
LONGEST = 4_096  # bytes of an input
LARGE = 1_000_000  # bytes that may take a second
_MEDIUM = 8_000  # bytes by which is told which inputs are slow
_SLOWEST = 5  # of which as many are tried at full size
_TRIES = 3  # of one that took too long: something else may have been at work


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("-n", type=int, default=100_000, help="inputs for each target")
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--large", action="store_true", help="only what takes how long")
    asked.add_argument("--blind", action="store_true", help="without atheris")
    asked.add_argument("targets", nargs="*", default=[], metavar="TARGET")
    given = asked.parse_args()
    known = properties.targets()
    names = given.targets or list(known)
    if unknown := set(names) - set(known):
        asked.error(f"no such target: {', '.join(unknown)} (there are {', '.join(known)})")
    if given.one:
        return one(names[0], given.n, blind=given.blind)
    failed = False
    for name in names:
        if given.large:
            failed |= not large(name)
            continue
        began = time.monotonic()
        more = ["--blind"] if given.blind else []
        command = [sys.executable, "-m", "tests.fuzz", "--one", "-n", str(given.n), *more, name]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        took = time.monotonic() - began
        run = re.search(r"number_of_executed_units: (\d+)", done.stderr)
        inputs = int(run[1]) if run else given.n
        said = "FAILED" if done.returncode else "nothing found"
        sys.stdout.write(f"{name}: {inputs:,} inputs in {took:.0f} s, {said}\n")
        if done.returncode:
            sys.stdout.write(done.stderr[-3_000:] + "\n")
        sys.stdout.flush()
        failed |= bool(done.returncode) | (not large(name))
    return 1 if failed else 0


def large(name: str) -> bool:
    """Whether the slowest inputs that are known take a second at most when they are large."""
    work = properties.work(name)
    corpus = FOLDER / name / "corpus"
    known = [path.read_bytes() for path in sorted(corpus.iterdir())] if corpus.is_dir() else []
    known += properties.seeds(name)
    known.sort(key=lambda data: _seconds(work, _grown(data, _MEDIUM)), reverse=True)
    slowest = 0.0
    for data in known[:_SLOWEST]:
        grown = _grown(data, LARGE)
        took = _seconds(work, grown)
        for _ in range(_TRIES - 1 if took > 1 else 0):
            took = min(took, _seconds(work, grown))
        if took > max(slowest, 1):
            (FOLDER / name / "slow").write_bytes(data)
        slowest = max(slowest, took)
    sys.stdout.write(f"{name}: a megabyte took {slowest:.2f} s of the processor at most\n")
    sys.stdout.flush()
    return slowest <= 1


def _grown(data: bytes, size: int) -> bytes:
    return (data * (size // max(1, len(data)) + 1))[:size]


def _seconds(work: properties.Target, data: bytes) -> float:
    began = time.process_time()
    work(data)
    return time.process_time() - began


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
