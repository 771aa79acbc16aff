"""From dumps to the library: the first half of a build, and all that mail and topics need.

read → settle days → merge → assign topics. What is found wrong goes into the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from .. import corrections, dating, dumps, enrich
from ..cache import Cache
from ..enrich import topic_checks
from ..errors import Problem
from ..executors import Executor
from ..heads import Head
from ..merge import merged
from ..model import Library
from ..reading import Reading, read_all
from ..report import Report
from . import site_problems
from .inputs import Inputs
from .run import Run


def read_library(
    run: Run, inputs: Inputs, tasks: Executor, cache: Cache
) -> tuple[Library, Library, Sequence[Head]]:
    """From dumps to the library that is shown, the whole one, and the records of both.

    Problems go into the report.
    """
    report = run.report
    with run.phase("read"):
        readings, said = read_all(
            inputs.files, inputs.rules, cache, tasks, partial(run.progress, "read")
        )
    with run.phase("settle"):
        rule = dating.DayRule(
            today=run.today,
            given=run.options.date,
            year=run.options.year or inputs.settings.dumps.year,
            day=inputs.settings.dumps.day,
        )
        records, problems = settle(readings, rule)
        _unclaimed(readings, inputs.files, report)
        report.add((*inputs.problems, *problems))
    with run.phase("merge"):
        whole, _, unused = merged(records, inputs.corrections, said)
        library, unmatched = corrections.applied(whole, inputs.corrections)
        report.add((*unused, *unmatched))
    with run.phase("topics"):
        library = enrich.with_topics(library, inputs.rules, tasks, cache)
        library, dropped = enrich.filtered(library, inputs.settings)
        report.drop(dropped)
        report.add(list(site_problems.idle_notes(inputs.notes, library)))
        report.add(list(topic_checks.problems(inputs.rules.rules, library)))
    return library, whole, records


def settle(readings: Sequence[Reading], rule: dating.DayRule) -> tuple[list[Head], list[Problem]]:
    """All records with their days, and all problems, in the order of the dumps."""
    records: list[Head] = []
    problems: list[Problem] = []
    for reading in readings:
        problems += reading.problems
        dated, said = dating.settle(reading.heads, reading.name, rule)
        problems += said
        records += dated
    return records, problems


def _unclaimed(
    readings: Sequence[Reading], files: Sequence[dumps.DumpFile], report: Report
) -> None:
    """Count the files that no reader takes; for one that was named its reading has an error."""
    for reading, dump in zip(readings, files, strict=True):
        failed = any(said.severity == "error" for said in reading.problems)
        if not reading.format and not failed:
            report.unclaimed.append(dump.name)
