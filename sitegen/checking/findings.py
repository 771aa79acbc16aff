"""What a check can find: the rules by name, and one fault with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

import msgspec

from ..config import SETTINGS_FILE
from ..errors import Problem, Severity, UsageError


class Rule(NamedTuple):
    """How bad it is to break a rule, and what it demands, in a few words."""

    severity: Severity
    says: str


# In the order in which they are explained.
RULES: Final[dict[str, Rule]] = {
    "unreadable": Rule("error", "every page can be read, as UTF-8"),
    "home-page": Rule("error", "there is an index.html to begin with"),
    "broken-link": Rule("error", "what a page or style sheet of the site refers to is there"),
    "broken-fragment": Rule("error", "the part of a page that a link leads to is there"),
    "absolute-link": Rule("error", "links also work where the site stands under a sub-path"),
    "external-link": Rule(
        "error", "addresses of other sites are well-formed (if browsers mend them: a warning)"
    ),
    "orphan-page": Rule("error", "links lead from the home page to every page"),
    "duplicate-id": Rule("error", "an id stands once on a page"),
    "missing-title": Rule("error", "every page has a title"),
    "duplicate-title": Rule("error", "no two pages have the same title (papers may: a warning)"),
    "image-alt": Rule("error", "every image has an alt text, which may be empty"),
    "feed": Rule("error", "feeds are valid and lead to pages that are there"),
    "sitemap": Rule("error", "the sitemap has every page once, and nothing else"),
    "site-size": Rule("error", "the site is within 1 GB (near it: a warning)"),
    "file-size": Rule("error", "no file is over 100 MB (over 50 MB: a warning)"),
    "case-collision": Rule("error", "no two names differ in case alone"),
    "dotfile": Rule("error", "nothing is hidden, but for .nojekyll and .well-known/"),
    "symbolic-link": Rule("error", "there are no symbolic or hard links"),
    "stale": Rule("warning", "the newest day is not older than [check] stale_after days"),
    "partial-day": Rule("warning", "the newest day has not far fewer papers than usual"),
}


class Finding(Problem, frozen=True, kw_only=True):
    """A fault: a problem, and the rule that it breaks."""

    rule: str


def found(
    rule: str,
    file: str,
    message: str,
    hint: str,
    *,
    line: int = 0,
    severity: Severity | None = None,
) -> Finding:
    """A fault of a rule, as bad as the rule says unless it is said otherwise."""
    return Finding(
        rule=rule,
        file=file,
        line=line,
        message=message,
        hint=hint,
        severity=severity or RULES[rule].severity,
    )


class Silence(NamedTuple):
    """What the settings leave unsaid: a rule, on the files that fit the pattern."""

    rule: str
    files: str

    def covers(self, finding: Finding) -> bool:
        """Whether this fault is not to be told."""
        return finding.rule == self.rule and fnmatchcase(finding.file, self.files)


def silences(ignore: Iterable[str]) -> tuple[Silence, ...]:
    """`[check] ignore` taken apart: "RULE" or "RULE:FILES". Raises UsageError for no such rule."""
    made = []
    for entry in ignore:
        rule, _, files = (part.strip() for part in entry.partition(":"))
        _refuse_unknown(rule, "[check] ignore: ", SETTINGS_FILE)
        made.append(Silence(rule, files or "*"))
    return tuple(made)


def chosen(rules: Iterable[str]) -> frozenset[str]:
    """The rules that are wanted: those named, or all. Raises UsageError for no such rule."""
    named = frozenset(rules)
    for rule in sorted(named):
        _refuse_unknown(rule)
    return named or frozenset(RULES)


def _refuse_unknown(rule: str, where: str = "", file: str = "") -> None:
    if rule not in RULES:
        near = difflib.get_close_matches(rule, RULES, 1, 0.5)
        raise UsageError(
            f"{where}there is no rule {rule!r}",
            file=file,
            hint=f"did you mean {near[0]!r}?" if near else f"known: {', '.join(RULES)}",
        )


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The faults, each told once: one that many files have says in how many more it is."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.message), []).append(finding)
    told = []
    for first, *rest in groups.values():
        more = len({one.file for one in rest} - {first.file})
        files = "1 more file" if more == 1 else f"{more:,} more files"
        message = f"{first.message}; so in {files}" if more else first.message
        told.append(msgspec.structs.replace(first, message=message))
    return told
