"""`sitegen init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from ..plain_text import plain
from ..starting import EXAMPLES
from .options import told


class _WithExamples(click.Command):
    """A command whose help ends with the examples."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Examples"):
            formatter.write_dl(list(EXAMPLES.items()))


@click.command(cls=_WithExamples)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--example", type=click.Choice(list(EXAMPLES)), metavar="NAME",
    help="Begin with one of the projects below. Default: a short list and an empty frame.",
)  # fmt: skip
@click.option(
    "--base-url", default="",
    help="Where the site will stand. Default: as a GitHub remote of DIR says, if it has one.",
)  # fmt: skip
@click.option(
    "--theme-from", default="", metavar="THEME",
    help="Begin a theme of your own in DIR, which inherits from THEME, and no project.",
)  # fmt: skip
@told
def command(folder: Path, example: str | None, base_url: str, theme_from: str) -> None:
    """Make a new project folder DIR that builds at once.

    DIR is new or empty; a repository without files will do. A workflow for GitHub Pages comes
    with it. With --theme-from, DIR becomes a theme to change.
    """
    from .. import starting
    from ..options import clock

    if theme_from:
        if example or base_url:
            raise click.UsageError("--theme-from begins a theme: it goes with no other option")
        from ..starting import theme

        for path in theme.init(folder, theme_from):
            click.echo(f"  {folder / path}", err=True)
        click.echo(f"Take it: sitegen build --theme {folder}, or theme in site.toml.", err=True)
        return
    done = starting.init(folder, base_url, clock(), example or "")
    for path in done.files:
        click.echo(plain(f"  {folder / path}"), err=True)
    if done.base_url and not base_url:
        click.echo(f"base_url is {done.base_url}, as the remote says.", err=True)
    name = plain(str(folder))
    click.echo(f"{name} is ready. Next: cd {name} && sitegen build && sitegen serve", err=True)
