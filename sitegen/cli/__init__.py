"""The command line: each command parses its options, calls one function and prints what it gives.

Results go to stdout, all else to stderr. Exit status: 0 done, 1 an error (nothing is published),
2 the command line or a setting is wrong. A command is the `command` of the module of its name,
which is loaded when it is asked for.
"""

from __future__ import annotations

import gc
from importlib import import_module

import click

from .. import __version__

# In the order in which a project meets them.
COMMANDS = {
    "init": "init",
    "import": "import_",
    "fetch": "fetch",
    "inspect": "inspect",
    "topics": "topics",
    "build": "build",
    "serve": "serve",
    "check": "check",
    "mail": "mail",
    "deploy": "deploy",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f".{COMMANDS[cmd_name]}", __name__).command
        return found if isinstance(found, click.Command) else None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """Turn dumps of paper lists into a static site that researchers read.

    \b
    Begin:      sitegen init DIR && cd DIR && sitegen build && sitegen serve
    Try dumps:  sitegen build FILE... -o OUT
    """  # noqa: D301 - \b keeps the lines apart
    # Frozen values make no cycles; to look for some takes a build a good part of its time.
    gc.set_threshold(50_000)
