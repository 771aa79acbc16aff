"""`sitegen fetch`: new dumps from the web."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import terminal
from ..errors import UsageError
from .options import PROJECT, QUIET, Day, find_project, options, told

if TYPE_CHECKING:
    from ..config import Project

_TITLES = "titles"


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE... | titles [DUMP]...]")
@options(PROJECT)
@click.option("--since", type=Day(), help="The first day that is wanted. Default: what is new.")
@click.option(
    "--fail-after", type=click.IntRange(1, 3650), metavar="N",
    help="Fail when a source has had nothing new for N days. Default: its fail_after, or never.",
)  # fmt: skip
@options(QUIET)
@told
def command(
    sources: Sequence[str],
    project: Path | None,
    since: date | None,
    fail_after: int | None,
    *,
    quiet: bool,
) -> None:
    """Fetch what is new from the web, as dumps of the project.

    \b
    SOURCE is one of these; without any, all [[fetch]] in site.toml are asked:
      arxiv:cs.CL+cs.LG    new papers of categories, by arXiv's API
      arxiv:QUERY          what a query finds, such as arxiv:au:lovelace_a
      arxiv-feed:cs.CL     the newest announcement, by arXiv's feed
      hf                   Hugging Face Daily Papers, a list a day
      https://...          an RSS or Atom feed, JSON, or another list

    \b
    sitegen fetch titles [DUMP]... looks up the authors and arXiv ids of papers of which
    a dump has the title alone, and writes what is sure as a dump of facts.
    """  # noqa: D301 - \b keeps the lines apart
    home = find_project(project, needed=True)
    if sources[:1] == (_TITLES,):
        if since is not None or fail_after is not None:
            raise UsageError(
                "--since and --fail-after are for lists", hint="sitegen fetch titles [DUMP]..."
            )
        _titles(home, [Path(one) for one in sources[1:]], quiet=quiet)
    else:
        _lists(home, sources, since, fail_after, quiet=quiet)


def _lists(
    home: Project, texts: Sequence[str], since: date | None, fail_after: int | None, *, quiet: bool
) -> None:
    from ..fetching import fetch
    from ..fetching.sources import chosen
    from ..options import clock

    sources = chosen(home, texts)
    if not sources:
        raise UsageError(
            "there is no source to fetch from",
            hint="name one (sitegen fetch arxiv:cs.CL), or put [[fetch]] into site.toml",
        )
    today = clock()
    if since is not None and since > today:
        raise UsageError(f"--since {since} has not come yet", hint=f"today is {today}")
    failed = False
    say = (lambda _: None) if quiet else terminal.note
    for one in fetch(home, sources, today, since=since, told=say):
        limit = fail_after or one.source.fail_after
        failed |= terminal.fetched(one, one.silent_for(today), limit, quiet=quiet)
    sys.exit(1 if failed else 0)


def _titles(home: Project, places: Sequence[Path], *, quiet: bool) -> None:
    from ..errors import FetchError
    from ..fetching import Clock, open_client, titles
    from ..options import clock

    today = clock()
    records = titles.bare(home, places, today)
    say = (lambda _: None) if quiet else terminal.note
    done: list[titles.Lookup] = []
    failed: FetchError | None = None
    with open_client(home, Clock(), say) as client:
        try:
            for one in titles.look_up(client, titles.folder(home), records, today):
                done.append(one)
                if one.found is None:
                    terminal.doubtful(one)
        except FetchError as error:
            failed = titles.partial(done, error)
        dumps = titles.facts(home, done, today)
    if not quiet:
        terminal.looked_up(done, dumps)
    if failed is not None:
        raise failed
