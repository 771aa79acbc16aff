"""`sitegen init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from .. import terminal
from .options import told


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--base-url", default="", help="Where the site will stand, if it is known.")
@told
def command(folder: Path, base_url: str) -> None:
    """Make a new project folder DIR that builds at once."""
    from .. import starting
    from ..options import clock
    from ..proposing import proposed

    if not base_url and (folder / ".git").exists():
        base_url = proposed(folder)
        if base_url:
            terminal.note(f"base_url is {base_url}, by the git remote")
    for path in starting.init(folder, base_url, clock()):
        click.echo(f"  {folder / path}", err=True)
    click.echo(f"{folder} is ready. Next: cd {folder} && sitegen build && sitegen serve", err=True)
