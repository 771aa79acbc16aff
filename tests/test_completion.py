"""Completion as a shell asks for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cli import COMMANDS

PAGE = Path(__file__).parents[1] / "content/pages/about/shell.md"
# What a shell sets, as the scripts of click do.
ASK = "import sys; sys.argv[0] = 'sitegen'; from sitegen.cli import main; main(prog_name='sitegen')"


def answered(how: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASK], check=False, capture_output=True, text=True,
        env={**os.environ, **variables, "_SITEGEN_COMPLETE": how},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


def proposed(words: str) -> list[str]:
    number = str(len(words.split(" ")) - 1)
    lines = answered("bash_complete", COMP_WORDS=words, COMP_CWORD=number).splitlines()
    return [line.partition(",")[2] for line in lines]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sitegen ", [*COMMANDS]),
        ("sitegen in", ["init", "inspect"]),
        ("sitegen build --exe", ["--executor"]),
        ("sitegen build --executor ", ["serial", "process", "dask"]),
        ("sitegen build --executor s", ["serial"]),
        ("sitegen init --example r", ["reading-group"]),
    ],
)
def test_what_can_follow_is_proposed(words: str, expected: list[str]) -> None:
    found = proposed(words)
    assert [name for name in expected if name in found] == expected
    assert all(name.startswith(words.rpartition(" ")[2]) for name in found)


def test_the_page_has_the_line_for_every_shell_that_is_known() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shells = re.findall(r"_SITEGEN_COMPLETE=(\w+)_source sitegen", text)
    assert sorted(set(shells)) == ["bash", "fish", "zsh"]
    for shell in set(shells) - {"bash"}:  # click asks bash for its version first
        assert "_SITEGEN_COMPLETE" in answered(f"{shell}_source")
