"""`content/corrections.toml`: what an editor says of papers, by any key they are known under.

Comes in: the file's text. Goes out: values that `merge` heeds (join, split, alias) and values that
are applied to the merged library (fix, hide). A correction that matches nothing is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from .errors import Problem, UsageError
from .model import Day, Details, Library, Paper, Value, Withdrawn, names_of
from .plain_text import spelled_out
from .typed_toml import decode, line_of, parse_toml

FILE = "content/corrections.toml"
MOST_TOLD = 10  # lost pages that are told one by one

# A page of the site: relative, without a step up, and a file that hosts serve as one.
_INSIDE = re.compile(r"(?!\.)[^\s/\\:?#]+(?:/(?!\.)[^\s/\\:?#]+)*\.html")


class Fix(Value, frozen=True, kw_only=True):
    """`[[fix]]`: fields of a paper as they should be; None leaves one as it is."""

    key: str
    title: str | None = None
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    published: date | None = None
    venue: str | None = None
    pdf: str | None = None
    code: str | None = None
    project: str | None = None


class Join(Value, frozen=True, kw_only=True):
    """`[[join]]`: records that are known under these keys are about one paper."""

    keys: tuple[str, ...]


class Split(Value, frozen=True, kw_only=True):
    """`[[split]]`: these listings, each as FILE:LINE, are about a paper of their own."""

    listings: tuple[str, ...]


class Hide(Value, frozen=True, kw_only=True):
    """`[[hide]]`: a paper that is shown no more; its page says that it was withdrawn."""

    key: str
    reason: str = ""


class Alias(Value, frozen=True, kw_only=True):
    """`[[alias]]`: a published address that must not vanish.

    With `key` and `name`, the paper known as `key` keeps the birth key `name` and, as the address
    of its page, `path`. With `to`, `path` redirects to another page of the site.
    """

    path: str
    key: str = ""
    name: str = ""
    to: str = ""


class Corrections(Value, frozen=True, kw_only=True):
    """The file as a whole."""

    fix: tuple[Fix, ...] = ()
    join: tuple[Join, ...] = ()
    split: tuple[Split, ...] = ()
    hide: tuple[Hide, ...] = ()
    alias: tuple[Alias, ...] = ()


def parse(text: str, file: str = FILE) -> Corrections:
    """The corrections in a TOML text; raises UsageError with file, line and remedy."""
    found = decode(parse_toml(text, file), Corrections, text, file)
    for number, alias in enumerate(found.alias):
        if bool(alias.to) == bool(alias.key and alias.name) or not alias.path:
            raise UsageError(
                f"this alias is neither a name nor a way: {alias.path or alias.key!r}",
                file=file,
                line=line_of(text, ("alias", number)),
                hint="give path, key and name, or path and to",
            )
        for name, path in (("path", alias.path), ("to", alias.to)):
            if path and not _INSIDE.fullmatch(path):
                raise UsageError(
                    f"this is no address of a page of the site: {path!r}",
                    file=file,
                    line=line_of(text, ("alias", number, name)),
                    hint='write it from the site\'s root, such as "papers/2608/2608.17271.html"',
                )
    return found


def applied(library: Library, corrections: Corrections) -> tuple[Library, tuple[Problem, ...]]:
    """The library with fields fixed and papers hidden, and what of the file matched nothing."""
    if not corrections.fix and not corrections.hide:
        return library, ()
    number_of = {
        key: number for number, paper in enumerate(library.papers) for key in keys_of(paper)
    }
    papers: dict[int, Paper] = {}
    hidden: dict[int, str] = {}
    problems = []
    for fix in corrections.fix:
        number = number_of.get(fix.key)
        if number is None:
            problems.append(unmatched(f"fix {fix.key}"))
            continue
        values = {
            name: value
            for name, value in msgspec.structs.asdict(fix).items()
            if name != "key" and value is not None
        }
        papers[number] = _fixed(papers.get(number, library.papers[number]), values)
    for hide in corrections.hide:
        number = number_of.get(hide.key)
        if number is None:
            problems.append(unmatched(f"hide {hide.key}"))
        else:
            hidden[number] = hide.reason
    return _with(library, papers, hidden), tuple(problems)


_LIGHT = frozenset({"title", "published"})  # all other fields are details


def _fixed(paper: Paper, values: dict[str, Any]) -> Paper:
    details = {name: value for name, value in values.items() if name not in _LIGHT}
    if "authors" in values:
        details["author_ids"] = ()  # those of other people
    names = names_of(values["authors"]) if "authors" in values else paper.names
    return msgspec.structs.replace(
        paper,
        digest=paper.digest + repr(sorted(values.items())).encode(),
        heard=paper.heard and "title" not in values and "abstract" not in values,
        names=names,
        fetch=partial(_with_details, paper.fetch, details) if details else paper.fetch,
        **{name: value for name, value in values.items() if name in _LIGHT},
    )


def _with_details(fetch: Callable[[], Details], values: dict[str, Any]) -> Details:
    return msgspec.structs.replace(fetch(), **values)


def keys_of(paper: Paper) -> Iterator[str]:
    """Every key that a correction may name a paper by."""
    yield from paper.ids.values()
    yield from (key for key, _ in paper.redirects)
    yield paper.key


def unmatched(what: str) -> Problem:
    """The warning for a correction that matches nothing."""
    return Problem(
        file=FILE,
        line=0,
        message=f"no paper or listing matches: {what}",
        hint="sitegen inspect shows keys and places; remove the entry if it has served",
    )


def _with(library: Library, fixed: dict[int, Paper], hidden: dict[int, str]) -> Library:
    papers = {
        paper.key: fixed.get(number, paper)
        for number, paper in enumerate(library.papers)
        if number not in hidden
    }
    days = []
    for day in library.days:
        entries = tuple(
            msgspec.structs.replace(entry, paper=papers[entry.paper.key])
            for entry in day.entries
            if entry.paper.key in papers
        )
        if entries:
            days.append(Day(date=day.date, entries=entries))
    withdrawn = tuple(
        Withdrawn(paths=(paper.path, *(path for _, path in paper.redirects)), reason=hidden[number])
        for number, paper in enumerate(library.papers)
        if number in hidden
    )
    return msgspec.structs.replace(
        library, papers=tuple(papers.values()), days=tuple(days), withdrawn=withdrawn
    )


def ways(aliases: Sequence[Alias]) -> tuple[tuple[str, str], ...]:
    """The addresses that redirect to another page, with that page."""
    return tuple((alias.path, alias.to) for alias in aliases if alias.to)


def astray(aliases: Sequence[Alias], paths: Collection[str], text: str) -> list[Problem]:
    """Aliases that lead to a page that the site, all of whose paths are given, does not have.

    `text` is the file's, for the lines.
    """
    return [
        Problem(
            file=FILE,
            line=line_of(text, ("alias", number, "to")),
            message=f"the alias {alias.path} leads to {alias.to}, which is no page of the site",
            hint="let it lead to a page that is there, such as archive.html",
        )
        for number, alias in enumerate(aliases)
        if alias.to and alias.to not in paths
    ]


def vanished(
    before: Mapping[str, str], library: Library, paths: Collection[str]
) -> tuple[list[Problem], list[str]]:
    """Published papers whose address or feed id is no more, and the TOML that keeps them.

    `before` has the birth keys that were published on a day, by path; `paths` is all that the new
    site holds. A paper that proved to be another one that was published leads there, as it should.
    """
    now = {paper.path: paper.key for paper in library.papers}
    leads_to = {path: paper for paper in library.papers for _, path in paper.redirects}
    said = []
    aliases = []
    for path, key in before.items():
        if now.get(path) == key:
            continue
        paper = leads_to.get(path)
        if paper is not None and paper.path not in before:
            said.append(f"{key} is known as {paper.key} now: its feed entry would come again")
            aliases.append(written(Alias(path=path, key=paper.key, name=key)))
        elif path not in paths:
            said.append(f"the published page {path} is no more")
            aliases.append(written(Alias(path=path, to="archive.html")))
    if len(said) > MOST_TOLD:
        said = [f"{said[0]}, and {len(said) - 1} more are lost so"]
    hint = "bring back the dump or setting that had it, or paste the [[alias]] lines below"
    return [Problem(file=FILE, line=0, message=what, hint=hint) for what in said], aliases


def written(alias: Alias) -> str:
    """An alias as it stands in the file. JSON's strings are TOML's basic strings."""
    values = msgspec.structs.asdict(alias).items()
    lines = (f"{key} = {msgspec.json.encode(value).decode()}" for key, value in values if value)
    return spelled_out("\n".join(["[[alias]]", *lines, ""]))
