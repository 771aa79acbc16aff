"""`sitegen mail`: the digest as an e-mail."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import terminal
from ..errors import UsageError
from .options import FILES, PROJECT, QUIET, Day, find_project, options, told

if TYPE_CHECKING:
    from ..config import Project
    from ..mailing import Message
    from ..plan import Choice


class Week(click.ParamType[date]):
    """A week of ISO 8601, written 2026-W19: its Monday."""

    name = "YYYY-Www"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The Monday, or an error that says how to write it."""
        if isinstance(value, date):
            return value
        try:
            year, _, week = value.upper().partition("-W")
            return date.fromisocalendar(int(year), int(week), 1)
        except ValueError:
            self.fail(f"{value!r} is no week; write it like 2026-W19", param, ctx)


@click.command()
@FILES
@options(PROJECT)
@click.option("--day", type=Day(), help="The papers of a day. Default: the newest.")
@click.option("--week", type=Week(), help="The papers of a week.")
@click.option("--since", type=Day(), help="The papers of a day and all after it.")
@click.option("--trending", is_flag=True, help="The papers that drew most interest, first.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.eml",
              help="Write the message to a file. Default: to stdout.")  # fmt: skip
@click.option("--send", is_flag=True, help="Send it to everyone on the list, through SMTP.")
@click.option("--dry-run", is_flag=True, help="Say what --send would do, and do nothing.")
@click.option("--base-url", help="Where the site stands. Default: from site.toml.")
@options(QUIET)
@told
def command(  # noqa: PLR0913 - one for each option
    files: Sequence[Path], project: Path | None, *, day: date | None, week: date | None,
    since: date | None, trending: bool, out: Path | None, send: bool, dry_run: bool,
    base_url: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Write the digest of a day as an e-mail, and send it.

    \b
    Look at it:  sitegen mail -o digest.eml
    Send it:     sitegen mail --send     (settings under [mail] in site.toml)

    A second --send goes to those alone who have not got the message. Logins stand in the
    environment: SITEGEN_SMTP_USER and SITEGEN_SMTP_PASSWORD.
    """  # noqa: D301 - \b keeps the lines apart
    from ..mailing.compose import compose
    from ..options import Options

    if (send or dry_run) and out is not None:
        raise UsageError("-o writes a file, --send sends", hint="give one of them")
    home = find_project(project, needed=send or dry_run)
    asked = Options(files=tuple(files), base_url=base_url)
    message, run = compose(home, asked, _choice(day, week, since, trending=trending))
    terminal.problems([*run.report.errors, *(() if quiet else run.report.warnings)])
    if run.report.errors:
        sys.exit(1)
    if send or dry_run:
        _deliver(home, message, dry_run=dry_run, quiet=quiet)
    elif out is not None:
        out.write_bytes(message.to().as_bytes())
    else:
        sys.stdout.buffer.write(message.to().as_bytes())


def _choice(day: date | None, week: date | None, since: date | None, *, trending: bool) -> Choice:
    from ..plan import Choice

    if sum(one is not None for one in (day, week, since)) > 1:
        raise UsageError("--day, --week and --since say different things", hint="give one of them")
    if week is not None:
        year, number, _ = week.isocalendar()
        return Choice(week, week + timedelta(days=6), trending, f"{year}-W{number:02}")
    if day is not None:
        return Choice(day, day, trending)
    return Choice(since, None, trending)


def _deliver(home: Project, message: Message, *, dry_run: bool, quiet: bool) -> None:
    from datetime import UTC, datetime

    from ..mailing import Ledger, Server, read_recipients
    from ..mailing import send as deliver

    assert home.root is not None  # noqa: S101 - a project is needed
    settings = home.settings.mail
    list_, problems = read_recipients(home.root / settings.recipients, settings.recipients)
    terminal.problems(() if quiet else problems)
    addresses = [one.address for one in list_]
    ledger = Ledger(home.root / ".sitegen" / "mail", message.id)
    if dry_run:
        ledger.read()
        terminal.mail_plan(message, [(one, ledger.state(one)) for one in addresses])
        return
    server = Server.of(settings, dict(os.environ))
    failed = False
    with ledger:
        unsure = [one for one in addresses if ledger.state(one) == "begun"]
        terminal.mail_unsure(unsure, f"{home.root.name}/.sitegen/mail/ledger.jsonl")
        sent = 0
        for outcome in deliver(message, addresses, server, ledger, datetime.now(UTC)):
            failed |= outcome.state != "sent"
            sent += outcome.state == "sent"
            terminal.mail_outcome(outcome, quiet=quiet)
    if not quiet:
        terminal.note(f"{message.subject}: sent to {sent} of {len(addresses)}")
    sys.exit(1 if failed or unsure else 0)
