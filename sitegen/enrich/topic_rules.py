"""From the text of a topics file to rules, or to an error that says what to mend and where.

The language is explained at the top of `sitegen/data/topics.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

import msgspec

from ..errors import UsageError
from ..model import Value
from .phrases import has_words

MAX_SLUG = 60


class Rule(Value, frozen=True, kw_only=True):
    """When a paper is on a topic."""

    slug: str
    name: str
    description: str = ""
    words: tuple[str, ...] = ()  # a mention in the abstract counts 1
    strong: tuple[str, ...] = ()  # a mention in the abstract counts 2
    title_words: tuple[str, ...] = ()  # count in the title alone
    excluded: tuple[str, ...] = ()  # what stands in these does not count
    title: float = 3  # a mention in the title counts so many times as much
    least: int = 4  # the count from which on a paper is here
    weight: float = 1  # multiplies the count where topics are put in order
    parent: str = ""  # the slug of the topic that this one is a part of
    line: int = 0  # of a project's file; 0 for a rule of the default set

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that is looked for, the strongest first."""
        return self.strong + self.words + self.title_words


# The keys of the file: the field of `Rule`, and what the value has to be.
_KEYS = {
    "slug": ("slug", "text"),
    "name": ("name", "text"),
    "description": ("description", "text"),
    "words": ("words", "texts"),
    "more": ("words", "texts"),
    "strong": ("strong", "texts"),
    "title_words": ("title_words", "texts"),
    "not": ("excluded", "texts"),
    "title": ("title", "number"),
    "least": ("least", "whole"),
    "weight": ("weight", "number"),
    "parent": ("parent", "text"),
}
_TOP_KEYS = {"topic": "tables", "replace": "switch", "drop": "texts", "synonyms": "groups"}
_EXPECTED = {
    "text": "a text in quotes",
    "texts": 'a list of texts such as ["video", "film"]',
    "number": "a number above 0",
    "whole": "a whole number, 1 or more",
    "switch": "true or false",
    "groups": 'a list of lists such as [["LLM", "large language model"]]',
    "tables": "entries that begin with [[topic]]",
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = frozenset({"index", "con", "prn", "aux", "nul"})
_PAGE_NUMBER = re.compile(r"-[0-9]+\Z")
_TOPIC_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?topic[\"']?[ \t]*\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)")


def parse(text: str, file: str, base: tuple[Rule, ...] = ()) -> tuple[Rule, ...]:
    """The rules of a topics file, on top of `base` unless it says `replace = true`.

    An entry with a slug of `base` changes the keys that it gives; the others are added behind, in
    the order of the file. Raises UsageError.
    """
    return _Parser(text, file).rules(base)


class _Parser:
    """One file; knows where its lines are."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        self.heads = [match.start() for match in _TOPIC_HEAD.finditer(text)]

    def rules(self, base: tuple[Rule, ...]) -> tuple[Rule, ...]:
        try:
            document = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = _TOML_LINE.search(str(error))
            line = int(place[1]) if place else self.text.count("\n") + 1
            message = f"this is not valid TOML: {_TOML_LINE.sub('', str(error))}"
            raise UsageError(message, file=self.file, line=line) from None
        self._check_keys(document, _TOP_KEYS, None)
        entries = document.get("topic", [])
        if len(entries) != len(self.heads):
            self.heads = []  # written in another way than [[topic]]: lines cannot be told
        known = {} if document.get("replace", False) else {rule.slug: rule for rule in base}
        result = dict(known)
        for slug in document.get("drop", []):
            if slug not in known:
                self._fail(f"there is no topic {slug!r} to drop", "drop", hint=_near(slug, known))
            del result[slug]
        seen: dict[str, int] = {}
        for at, entry in enumerate(entries):
            rule = self._rule(entry, at, known)
            if rule.slug in seen:
                self._fail(f"the slug {rule.slug!r} stands twice", "slug", at, hint="rename one")
            seen[rule.slug] = at
            result[rule.slug] = rule
        if not result:
            self._fail("there is no topic here", hint="add an entry that begins with [[topic]]")
        self._check_tree(result, seen)
        groups = document.get("synonyms", [])
        return tuple(_with_synonyms(rule, groups) for rule in result.values())

    def _check_tree(self, rules: Mapping[str, Rule], places: Mapping[str, int]) -> None:
        """Parents are there and have none themselves; what has no words has parts."""
        parents = {rule.parent for rule in rules.values()}
        for rule in rules.values():
            at = places.get(rule.slug)
            key = "parent" if at is not None else None
            above = rules.get(rule.parent)
            if rule.parent and above is None:
                hint = _near(rule.parent, rules)
                message = f"the topic {rule.slug!r} has a parent that there is not: {rule.parent!r}"
                self._fail(message, key, at, hint or "give the slug of another topic")
            if above is not None and (above.parent or above is rule):
                hint = "a tree has two levels: name a topic that has no parent itself"
                self._fail(f"the topic {rule.parent!r} cannot be a parent", key, at, hint)
        for rule in rules.values():
            if not rule.phrases and rule.slug not in parents:
                hint = 'add words = ["…"], or make it the parent of another topic'
                message = f"the topic {rule.slug!r} has no words: it would stay empty"
                self._fail(message, None, places.get(rule.slug), hint)

    def _rule(self, entry: Mapping[str, Any], at: int, known: Mapping[str, Rule]) -> Rule:
        self._check_keys(entry, {key: kind for key, (_, kind) in _KEYS.items()}, at)
        slug = entry.get("slug")
        if slug is None:
            self._fail("a topic has no slug", None, at, hint='add slug = "…", the name in its URL')
        self._check_slug(slug, at)
        before = known.get(slug)
        given = {_KEYS[key][0]: _value(entry[key]) for key in entry if key != "more"}
        if "more" in entry:
            if before is None or "words" in entry:
                hint = "words alone says it all; more adds to the words of a default topic"
                self._fail(f"the topic {slug!r} has nothing for more to add to", "more", at, hint)
            given["words"] = before.words + _value(entry["more"])
        if before is not None:
            rule = msgspec.structs.replace(before, **given)
        elif "name" not in given:
            hint = f"{_near(slug, known)}, or add a name if the topic is new".lstrip(", ")
            self._fail(f"the topic {slug!r} has no name", "slug", at, hint)
        else:
            rule = Rule(**given)
        self._check_phrases(rule, at)
        return msgspec.structs.replace(rule, line=self._line("slug", at) or 1)

    def _check_keys(
        self, table: Mapping[str, Any], kinds: Mapping[str, str], at: int | None
    ) -> None:
        for key, value in table.items():
            if key not in kinds:
                hint = _near(key, kinds) or f"the keys are {', '.join(kinds)}"
                self._fail(f"the key {key!r} is not known", key, at, hint)
            if not _fits(value, kinds[key]):
                self._fail(f"{key} must be {_EXPECTED[kinds[key]]}", key, at)

    def _check_slug(self, slug: str, at: int) -> None:
        if not _SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
            hint = f"use a-z, 0-9 and single hyphens inside, at most {MAX_SLUG} characters"
            self._fail(f"{slug!r} cannot be a slug", "slug", at, hint)
        if slug in _RESERVED or _PAGE_NUMBER.search(slug):
            hint = "another page or a device has such a name; choose another slug"
            self._fail(f"{slug!r} cannot be a slug", "slug", at, hint)

    def _check_phrases(self, rule: Rule, at: int) -> None:
        seen: set[str] = set()
        for key in ("words", "strong", "title_words", "not"):
            for phrase in getattr(rule, _KEYS[key][0]):
                if not has_words(phrase):
                    self._fail(f"{phrase!r} in {key} holds nothing to look for", key, at)
                if phrase.casefold() in seen:
                    self._fail(f"{phrase!r} stands twice in the rule", key, at, "take one away")
                seen.add(phrase.casefold())

    def _fail(
        self, message: str, key: str | None = None, at: int | None = None, hint: str = ""
    ) -> NoReturn:
        raise UsageError(message, hint=hint, file=self.file, line=self._line(key, at))

    def _line(self, key: str | None, at: int | None) -> int:
        """Where a key stands: of entry `at`, or above all entries. 0 where that cannot be told."""
        if at is None:
            start, stop = 0, self.heads[0] if self.heads else len(self.text)
        elif at < len(self.heads):
            start, stop = self.heads[at], [*self.heads, len(self.text)][at + 1]
        else:
            return 0
        if key is not None:
            pattern = rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]"
            found = re.compile(pattern, re.MULTILINE).search(self.text, start, stop)
            if found:
                return self.text.count("\n", 0, found.start()) + 1
        return self.text.count("\n", 0, start) + 1 if at is not None else 0


def _with_synonyms(rule: Rule, groups: Sequence[Sequence[str]]) -> Rule:
    """The rule with what means the same as its phrases, counting as they do."""
    known = {phrase.casefold() for phrase in (*rule.phrases, *rule.excluded)}
    changed = {}
    for field in ("words", "strong", "title_words", "excluded"):
        phrases = list(getattr(rule, field))
        own = {phrase.casefold() for phrase in phrases}
        for group in groups:
            if not own.isdisjoint(map(str.casefold, group)):
                phrases += (phrase for phrase in group if phrase.casefold() not in known)
                known.update(map(str.casefold, group))
        changed[field] = tuple(phrases)
    return msgspec.structs.replace(rule, **changed) if groups else rule


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _fits(value: Any, kind: str) -> bool:  # noqa: PLR0911 - a table of kinds
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match kind:
        case "text":
            return isinstance(value, str) and bool(value.strip())
        case "groups":
            return isinstance(value, list) and all(
                _fits(group, "texts") and len(group) > 1 and all(map(has_words, group))
                for group in value
            )
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "number" | "whole" if not number:
            return False
        case "number":
            return bool(0 < value < float("inf"))
        case "whole":
            return isinstance(value, int) and value >= 1
        case "switch":
            return isinstance(value, bool)
        case _:
            return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _near(name: str, known: Mapping[str, Any]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else ""
