"""What became of the faults that `make mutants` put into the code: a line for each module."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent / "mutants"
_KILLED = {1, 3}  # pytest's exit status: a test failed, or broke
_ENDLESS = {-24, 24, 36, 152}  # stopped for taking many times as long as without the fault
_NO_TEST = {5, 33}


def outcome(status: int | None) -> str:
    """What mutmut's record of a mutant means."""
    if status in _KILLED:
        return "killed"
    if status in _ENDLESS:
        return "endless"
    if status in _NO_TEST:
        return "untested"
    return {0: "survived", None: "untried"}.get(status, "unclear")


def outcomes(root: Path = ROOT) -> dict[str, Counter[str]]:
    """By module, how many of its mutants had which outcome."""
    found = {}
    for record in sorted(root.rglob("*.py.meta")):
        statuses = json.loads(record.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        if statuses:
            found[record.relative_to(root).as_posix()[: -len(".py.meta")]] = Counter(
                map(outcome, statuses)
            )
    return found


def main() -> None:
    columns = ("killed", "endless", "survived", "untested", "unclear", "untried")
    lines = [f"{'module':28}" + "".join(f"{name:>10}" for name in columns) + f"{'stopped':>10}"]
    for module, counted in outcomes().items():
        tried = counted.total() - counted["untried"]
        stopped = (counted["killed"] + counted["endless"]) / tried if tried else 0
        numbers = "".join(f"{counted[name]:10}" for name in columns)
        lines.append(f"{module:28}{numbers}{stopped:10.1%}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
