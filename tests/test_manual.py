"""The manual page is what the commands say of themselves, and roff takes it."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files

import click
import pytest

from sitegen.cli import COMMANDS, main
from sitegen.cli.manual import manual


def test_the_page_that_is_installed_is_up_to_date() -> None:
    installed = files("sitegen").joinpath("data/sitegen.1").read_text(encoding="ascii")
    assert installed == manual(), "the commands have changed: make manual"


def test_it_names_every_command_and_option() -> None:
    text = manual()
    context = click.Context(main)
    for name in COMMANDS:
        section = text.partition(f'.SS "sitegen {name}"')[2].partition(".SS")[0]
        command = main.get_command(context, name)
        assert command is not None
        for option in command.params:
            for flag in option.opts if isinstance(option, click.Option) else ():
                assert flag.replace("-", r"\-") in section, (name, flag)


def test_roff_takes_it() -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    command = ["groff", "-man", "-Tascii", "-ww", "-z"]
    done = subprocess.run(command, input=manual(), text=True, capture_output=True, check=True)
    assert done.stderr == ""
