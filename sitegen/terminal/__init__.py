"""What people see on the terminal: problems and reports. Progress aside, all is printed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from ..errors import Problem
from ..plain_text import plain, spelled_out

if TYPE_CHECKING:
    from ..checking import Audit, Finding
    from ..deploying import Deployment
    from ..enrich.suggestions import Suggestion
    from ..enrich.topics import Reckoned
    from ..fetching import Fetched
    from ..fetching.titles import Lookup
    from ..importing import Imported
    from ..inspecting import Inspection, Joined
    from ..mailing import Message
    from ..mailing import Outcome as Delivery
    from ..model import Record
    from ..preview import Outcome
    from ..report import Report
    from ..topic_work import Explanation

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})  # what nobody else can reach
_MOST_ALIASES = 10  # that are printed for people
_MOST_FINDINGS = 10  # of one rule that are printed for people


def problems(found: Sequence[Problem]) -> None:
    """Problems, one a line, to stderr."""
    for problem in found:
        click.echo(_line(problem), err=True)


def _line(problem: Problem) -> str:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    colour = "red" if problem.severity == "error" else "yellow"
    return (
        click.style(f"{problem.severity}: ", fg=colour)
        + plain(f"{place}: {problem.message}" if place else problem.message)
        + click.style(plain(f" ({problem.hint})") if problem.hint else "", dim=True)
    )


def suggested(found: Sequence[Suggestion], toml: str) -> None:
    """Phrases for people, each with what speaks for it, and the entries to paste."""
    for one in found:
        none = f", {one.without} on no topic" if one.without else ""
        click.echo(plain(f"# {one.phrase}: {one.papers} papers{none}"))
        for title in one.examples:
            click.echo(plain(f"#     {title}"))
    if found:
        click.echo()
    for line in toml.splitlines():
        click.echo(plain(line))


def explained(found: Explanation) -> None:
    """A paper with the topics that it is on, and those that it is not on."""
    click.echo(plain(f"{found.paper.title} ({found.paper.key})"))
    for one in found.on:
        _reckoned(one, f"{one.rule.least} are needed")
    if not found.on:
        click.echo("on no topic")
    for one, reason in found.others:
        _reckoned(one, f"not here: {reason}")


def _reckoned(one: Reckoned, note: str) -> None:
    weight = f", weight {one.rule.weight:g}" if one.rule.weight != 1 else ""
    click.echo(plain(f"{one.rule.name} ({one.rule.slug}): {one.total:g}; {note}{weight}"))
    click.echo(plain("    " + ", ".join(f"{word} {count:g}" for word, count in one.words)))


def inspected(found: Inspection, *, jsonl: bool = False, kept: list[Record] | None = None) -> bool:
    """A dump's records to stdout: objects for programs, or a line each for people; or `kept`.

    Its problems go to stderr as they come. Whether one of them is an error.
    """
    from ..inspecting import as_object

    encode = msgspec.json.Encoder().encode
    number, failed = 0, False
    for item in found.items:
        if isinstance(item, Problem):
            problems([item])
            failed |= item.severity == "error"
            continue
        number += 1
        if kept is not None:
            kept.append(item)
        else:
            line = spelled_out(encode(as_object(item)).decode()) if jsonl else _in_a_line(item)
            click.echo(line)
    if not jsonl and kept is None:
        known = found.format or "no known format"
        click.echo(f"{plain(found.name)}: {known}, {count(number, 'record')}", err=True)
    return failed


def _in_a_line(record: Record) -> str:
    from ..identity import key_of

    key = key_of(record.ids, record.title)
    day = record.listed.isoformat() if record.listed else "no date   "
    title = record.title or "(no title)"
    return plain(f"{record.file}:{record.line}  {day}  {key}  {title}")


def joined(found: Joined) -> None:
    """A paper with its records and why they are here, to stdout."""
    click.echo(plain(f"{found.paper.key}  {found.paper.title}"))
    for place, why in found.decisions:
        click.echo(f"    {plain(place)}  {plain(why)}")


def imported(done: Imported) -> None:
    """What became of one imported file."""
    if not done.new:
        click.echo(f"{plain(done.file)}: already there as content/dumps/{done.name}", err=True)
        return
    days = " and ".join(day.isoformat() for day in done.days[:2])
    when = f"{len(done.days)} days" if len(done.days) > 2 else days or "no date"
    click.echo(
        f"{plain(done.file)} → content/dumps/{done.name} ({count(done.records, 'record')}, {when})",
        err=True,
    )


def note(text: str) -> None:
    """Something that takes its time, or is worth knowing, to stderr."""
    click.secho(plain(text), dim=True, err=True)


def fetched(one: Fetched, silent: int | None, limit: int | None, *, quiet: bool) -> bool:
    """What a source brought; whether it failed, or had nothing new for longer than `limit` days."""
    name = plain(one.source.text)
    for dump in one.dumps:
        problems(dump.problems)
        if not quiet:
            imported(dump)
    if one.error is not None:
        problems([one.error.problem()])
    elif not one.dumps and not quiet:
        ever = f" since {one.newest.isoformat()}" if one.newest else ""
        click.echo(f"{name}: nothing new{ever}", err=True)
    stale = limit is not None and (silent is None or silent > limit)
    if stale:
        long = "ever" if silent is None else f"for {count(silent, 'day')}"
        hint = "look at the source, or change fail_after"
        say = Problem(
            file=one.source.text, line=0, message=f"nothing new {long}", hint=hint, severity="error"
        )
        problems([say])
    return stale or one.error is not None


def doubtful(one: Lookup) -> None:
    """A title that was not found for sure, and what comes near it, to stdout."""
    click.echo(f"{plain(one.record.file)}:{one.record.line}  {plain(one.record.title)}")
    click.echo(f"    {plain(one.doubt)}")
    for candidate in one.near:
        click.echo(f"    perhaps {plain(candidate)}")


def looked_up(done: Sequence[Lookup], dumps: Sequence[Imported]) -> None:
    """How many titles were found for sure, and where their facts stand, to stderr."""
    sure = sum(one.found is not None for one in done)
    click.echo(f"{count(len(done), 'title')} looked up: {sure} found for sure", err=True)
    for dump in dumps:
        imported(dump)


def findings(found: Sequence[Finding], *, verbose: bool) -> None:
    """What a check found, to stdout: of each rule a few, or all."""
    told = Counter[str]()
    for finding in found:
        told[finding.rule] += 1
        if verbose or told[finding.rule] <= _MOST_FINDINGS:
            click.echo(f"{_line(finding)} {click.style(f'[{finding.rule}]', dim=True)}")
    for rule, number in told.items():
        if number > _MOST_FINDINGS and not verbose:
            click.echo(f"… and {number - _MOST_FINDINGS:,} more of {rule} (-v lists all)")


def json_report(report: Report | Audit | Deployment) -> None:
    """The report as one JSON object on stdout."""
    text = msgspec.json.format(msgspec.json.encode(report), indent=2).decode()
    click.echo(spelled_out(text))


def summary(report: Report, *, verbose: bool) -> None:
    """The report in a few lines, to stderr."""
    lines = [*(_details(report) if verbose else ()), *_outcome(report)]
    if report.unclaimed and not verbose:
        lines.append(f"{count(len(report.unclaimed), 'file')} of no known format (-v lists)")
    if report.warnings:
        lines.append(count(len(report.warnings), "warning"))
    click.echo("\n".join(lines), err=True)


def _details(report: Report) -> Iterator[str]:
    yield from (f"no reader claims {plain(name)}" for name in report.unclaimed)
    for one in report.dropped:
        yield from (f"{one.rule} dropped {plain(title)}" for title in one.titles)
    yield from (f"  {name:8} {seconds:7.3f} s" for name, seconds in report.phases.items())


def _outcome(report: Report) -> Iterator[str]:
    if not report.published:
        yield "nothing was published; the earlier output is as it was"
        return
    yield (
        f"{count(report.papers, 'paper')} from {count(report.listings, 'listing')} "
        f"on {count(report.days, 'day')}, {count(report.topics, 'topic')}"
    )
    changed = f"{report.rendered} rendered, {report.unchanged} unchanged, {report.removed} removed"
    size = f"{count(report.files, 'file')}, {report.bytes / 1e6:.1f} MB"
    yield f"{size}: {changed}, in {report.seconds:.2f} s"
    yield click.style(plain(near(report.out)), bold=True)
    for rule, number in report.filtered.items():
        yield f"{rule}: {count(number, 'paper')} left out"
    yield from aliases(report.aliases)


def aliases(found: Sequence[str]) -> Iterator[str]:
    """The tables that keep what was published, in a few lines."""
    if found:
        yield "\nTo keep what was published, paste into content/corrections.toml:\n"
        yield from found[:_MOST_ALIASES]
        if len(found) > _MOST_ALIASES:
            rest = len(found) - _MOST_ALIASES
            yield f"… and {rest:,} more, which --json prints under “aliases”"


def proposal(address: str) -> None:
    """The address that a project without one seems to have; nothing where none is known."""
    if address:
        note(f'by the git remote, in content/site.toml: base_url = "{address}"')


def serving(address: str, host: str) -> None:
    """Where the site is to be seen."""
    if host not in LOOPBACK:
        click.secho(f"warning: others on your network can see this ({host})", fg="yellow", err=True)
    click.echo(f"Serving at {click.style(address, bold=True)} (Ctrl-C ends)", err=True)


def rebuilt(outcome: Outcome, *, quiet: bool) -> None:
    """What became of a build of the preview."""
    if outcome.problems:
        problems(outcome.problems)
        note("the last good site stays")
    elif not quiet:
        problems(outcome.warnings)
        changed = f"{outcome.rendered} rendered, {outcome.removed} removed"
        done = f"{changed}, in {outcome.seconds:.2f} s" if outcome.changed else "mended"
        click.echo(done, err=True)


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 paper", "2 papers"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def near(out: str) -> str:
    """A path as it can be typed from here."""
    try:
        return str(Path(out).resolve().relative_to(Path.cwd()))
    except ValueError:
        return out


def mail_plan(message: Message, recipients: Sequence[tuple[str, str | None]]) -> None:
    """What sending would do, to stdout."""
    size = len(message.to().as_bytes())
    click.echo(plain(f"{message.subject} ({size / 1000:.0f} KB), from {message.sender}"))
    words = {"sent": "has it already", "begun": "may have it: not sent again"}
    for address, state in recipients:
        click.echo(plain(f"  {address}: {words.get(state or '', 'would be sent')}"))


def mail_unsure(addresses: Sequence[str], ledger: str) -> None:
    """Those of whom nobody knows whether they have a message."""
    for address in addresses:
        problem = Problem(
            file=ledger,
            line=0,
            message=f"an earlier run broke off while it sent to {address}; it is left out",
            hint='if it did not arrive, take its line with "begun" out',
        )
        problems([problem])


def mail_outcome(outcome: Delivery, *, quiet: bool) -> None:
    """What became of one recipient's message."""
    if outcome.state != "sent":
        what = "was not sent" if outcome.state == "failed" else "may not have arrived"
        problems(
            [
                Problem(
                    file="",
                    line=0,
                    message=f"the message to {outcome.address} {what}: {outcome.why}",
                    hint="run it again: nobody gets it twice",
                    severity="error",
                )
            ]
        )
    elif not quiet:
        note(f"sent to {outcome.address}")
