"""How a check's outcome is told to GitHub, and in a few lines to people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .findings import Finding

if TYPE_CHECKING:
    from .running import Audit

# What stands for something else in a workflow command, and more of it in a property.
_IN_COMMANDS = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_COMMANDS, ":": "%3A", ",": "%2C"}


def annotation(finding: Finding) -> str:
    """A fault as a workflow command: GitHub shows it beside the run, at the file's line.

    docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    place = {"file": finding.file, "line": finding.line or "", "title": finding.rule}
    properties = ",".join(
        f"{name}={_encoded(str(value), _IN_PROPERTIES)}" for name, value in place.items() if value
    )
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"::{finding.severity} {properties}::{_encoded(finding.message + hint, _IN_COMMANDS)}"


def _encoded(text: str, codes: Mapping[str, str]) -> str:
    return "".join(codes.get(character, character) for character in text)


def summary(audit: Audit, *, verbose: bool) -> Iterator[str]:
    """What was checked and how much was found; with `verbose`, the largest files as well."""
    if verbose:
        yield from (f"  {one.bytes / 1e6:8.2f} MB  {one.file}" for one in audit.largest)
    errors, warnings = len(audit.errors), len(audit.warnings)
    faults = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    ignored = f" ({audit.ignored:,} more are ignored by [check] ignore)" if audit.ignored else ""
    yield (
        f"{_count(audit.files, 'file')}, {_count(audit.pages, 'page')}, "
        f"{audit.bytes / 1e6:.1f} MB checked in {audit.seconds:.2f} s: "
        f"{faults if errors or warnings else 'no faults'}{ignored}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
