"""What is odd about the topic rules of a project: each a warning with its line.

Rules of the default set are not looked at: a small site needn't have papers on all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import Problem
from ..model import Library
from .phrases import forms
from .topic_rules import Rule

FILE = "content/topics.toml"


def problems(rules: Sequence[Rule], library: Library) -> Iterator[Problem]:
    """Warnings for phrases that are never reached, rules that can't match, and those that don't."""
    used = {match.slug for paper in library.papers for match in paper.topics}
    used |= {rule.parent for rule in rules if rule.slug in used}
    for at, rule in enumerate(rules):
        if not rule.line:
            continue
        idle = dict(_idle(rule))
        if rule.phrases and len(idle) == len(rule.phrases):
            yield _problem(
                rule,
                f"the topic {rule.slug!r} can match nothing: all its words stand under not, too",
                "take them out there",
            )
            continue
        for phrase, reason in idle.items():
            yield _problem(
                rule,
                f"in the topic {rule.slug!r}, {phrase!r} never counts: {reason}",
                "take it out",
            )
        same = _same(rule, rules[:at])
        if same is not None:
            yield _problem(
                rule,
                f"the topic {rule.slug!r} has the words of {same.slug!r}: it has the same papers",
                "join the two, or drop one",
            )
        if rule.slug not in used and library.papers:
            yield _problem(
                rule,
                f"no paper is on the topic {rule.slug!r}",
                "sitegen topics explain PAPER says what each rule counts: lower least or add words",
            )


def _idle(rule: Rule) -> Iterator[tuple[str, str]]:
    """Phrases that are never counted, and why: what they find, an earlier one has found."""
    written = {phrase: forms(phrase) for phrase in (*rule.excluded, *rule.phrases)}
    for at, phrase in enumerate(rule.phrases):
        own = written[phrase]
        if len(phrase) > 2 and phrase.endswith("s"):  # its plural is nowhere written
            own = min(own, forms(phrase[:-1]), key=len)
        for other in rule.excluded:
            if own <= written[other]:
                yield phrase, f"not has {other!r}, which is found wherever it is"
                break
        else:
            for other in rule.phrases[:at]:
                if own <= written[other] and not _only_in_title(rule, other, phrase):
                    yield phrase, f"{other!r} is found wherever it is, and shadows it"
                    break


def _only_in_title(rule: Rule, other: str, phrase: str) -> bool:
    """Whether the other phrase counts in titles alone, and this one in abstracts, too."""
    return other in rule.title_words and phrase not in rule.title_words


def _same(rule: Rule, others: Sequence[Rule]) -> Rule | None:
    """An earlier rule that finds the same papers."""
    own = _heart(rule)
    return next((one for one in others if rule.phrases and _heart(one) == own), None)


def _heart(rule: Rule) -> tuple[object, ...]:
    lists = (rule.words, rule.strong, rule.title_words, rule.excluded)
    return *(frozenset(map(str.casefold, one)) for one in lists), rule.title, rule.least


def _problem(rule: Rule, message: str, hint: str) -> Problem:
    return Problem(file=FILE, line=rule.line, message=message, hint=hint)
