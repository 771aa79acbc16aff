"""Topic rules: which subjects a paper is on, and the words that put it there.

Comes in: rules as TOML, titles and abstracts as clean text. Goes out: matches with their reasons.
The language is explained to its users at the top of `sitegen/data/topics.toml`; how a phrase
reads a text, in `phrases`.

What a paper counts on a topic is the sum over its mentions of the rule's phrases: 2 for a strong
phrase, 1 for another; in the title, `title` times as much. Of one phrase at most `MENTIONS`
mentions in the abstract count, so that one word said often doesn't outweigh several. Where phrases
of one topic overlap, the one that begins first counts, and of those the longest. The paper is on
the topic from the count `least` on; without an abstract, one mention in the title is enough. Its
topics stand in the order of count times `weight`.
"""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

import msgspec

from ..model import Topic, TopicMatch
from .phrases import PhraseIndex
from .topic_rules import Rule, parse

__all__ = ["MENTIONS", "MOST", "Rule", "Rules", "default_rules", "load_rules"]

MOST = 5  # topics of one paper
MENTIONS = 3  # of one phrase in one abstract that count
STRONG = 2  # what a mention of a strong phrase counts

# Part of the digest: raised whenever the same rules would match differently.
METHOD = 1


_BEST_FIRST = itemgetter(0, 1)  # score, then the order of the file


class _Use(NamedTuple):
    """What a phrase does where it is found."""

    topic: int
    phrase: int  # place among the rule's phrases
    in_title: float  # what it counts in the title
    in_abstract: float  # and in the abstract; an exclusion counts 0 in both


class Reckoned(NamedTuple):
    """What a rule counts in one paper, and what each of its phrases gives to that."""

    rule: Rule
    total: float
    words: tuple[tuple[str, float], ...]


class Rules:
    """A set of rules, ready to match. `topics` stand in the order of the file."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.topics = tuple(
            Topic(
                slug=rule.slug,
                name=rule.name,
                description=rule.description,
                rule=sentence(rule),
                parent=rule.parent,
            )
            for rule in rules
        )
        self.digest = _digest(rules)
        self.short = self.digest[:16]  # enough to tell apart the rules of one project
        self._phrases = [rule.phrases for rule in rules]
        uses = [use for at, rule in enumerate(rules) for use in _uses(at, rule)]
        self._uses = [use for _, use in uses]
        self._topic_of = [use.topic for use in self._uses]
        self._all_phrases = [phrase for phrase, _ in uses]

    def prepare(self) -> None:
        """Make ready what `match` needs: before processes are forked, once for all."""
        _ = self._index

    @cached_property
    def _index(self) -> PhraseIndex[int]:
        return PhraseIndex((phrase, at) for at, phrase in enumerate(self._all_phrases))

    def match(self, title: str, abstract: str) -> tuple[TopicMatch, ...]:
        """The topics of a paper, best first, with the rule's words that were found.

        The words that gave most stand first; `score` is what the order of the topics follows.
        """
        counts = self._counts(title, abstract)
        enough = not abstract  # one mention in the title is, where there is nothing else
        matches = []
        for topic, given in counts.items():
            count = sum(given.values())
            rule = self.rules[topic]
            if enough or count >= rule.least:
                matches.append((-count * rule.weight, topic, given))
        matches.sort(key=_BEST_FIRST)
        return tuple(
            TopicMatch(
                slug=self.rules[topic].slug,
                words=tuple(self._phrases[topic][at] for at in _by_worth(given)),
                score=round(-score, 3),
            )
            for score, topic, given in matches[:MOST]
        )

    def reckoned(self, title: str, abstract: str) -> list[Reckoned]:
        """What each topic counts of whose phrases any is found; the highest score first."""
        found = []
        for topic, given in self._counts(title, abstract).items():
            rule = self.rules[topic]
            count = sum(given.values())
            words = tuple((self._phrases[topic][at], given[at]) for at in _by_worth(given))
            found.append(Reckoned(rule, count, words))
        return sorted(found, key=lambda one: (-one.total * one.rule.weight, one.rule.slug))

    def mentions(self, text: str) -> bool:
        """Whether any phrase of any rule is found in a text."""
        return bool(self._index.find(text))

    def _counts(self, title: str, abstract: str) -> dict[int, dict[int, float]]:
        """What each phrase gave, by topic and phrase."""
        counts: dict[int, dict[int, float]] = {}
        for use, times in self._mentions(title):
            if use.in_title:
                counts.setdefault(use.topic, {})[use.phrase] = use.in_title * times
        for use, times in self._mentions(abstract):
            if use.in_abstract:
                given = counts.setdefault(use.topic, {})
                gained = use.in_abstract * min(times, MENTIONS)
                given[use.phrase] = given.get(use.phrase, 0.0) + gained
        return counts

    def _mentions(self, text: str) -> list[tuple[_Use, int]]:
        """Which phrases stand in a text, and how many times."""
        taken: dict[int, int] = {}  # topic -> where its last find ends
        times: dict[int, int] = {}
        topic_of = self._topic_of
        for start, end, uses in self._index.find(text):
            for use in uses:
                topic = topic_of[use]
                if start >= taken.get(topic, 0):
                    taken[topic] = end
                    times[use] = times.get(use, 0) + 1
        return [(self._uses[use], number) for use, number in times.items()]


def load_rules(text: str, file: str, base: Rules | None = None) -> Rules:
    """Rules from TOML; where a `base` is given and the text doesn't replace it, on top of it.

    Raises UsageError with the file and, where it can be told, the line.
    """
    return Rules(parse(text, file, base.rules if base else ()))


@cache
def default_rules() -> Rules:
    """The set that ships with sitegen."""
    source = files("sitegen") / "data" / "topics.toml"
    rules = load_rules(source.read_text(encoding="utf-8"), "sitegen/data/topics.toml").rules
    return Rules(tuple(msgspec.structs.replace(rule, line=0) for rule in rules))


def sentence(rule: Rule) -> str:
    """The rule in words: "A paper is here when its title and abstract have “video” …"."""
    if not rule.phrases:
        return "A paper is here when it is on one of the topics below this one."
    in_title = f"in the title a mention counts {_times(rule.title)}"
    if rule.strong or rule.title_words:
        worth = (
            (rule.strong, "counting 2 each"),
            (rule.words, "counting 1 each"),
            (rule.title_words, "counting 1 each in the title alone"),
        )
        mentions = ", and ".join(
            f"{_listed(phrases)}, {counting}" for phrases, counting in worth if phrases
        )
        text = f"the mentions in its title and abstract add up to {rule.least}: {mentions}"
    else:
        text = f"its title and abstract have {_listed(rule.words)} {_times(rule.least)}"
    parts = [f"A paper is here when {text}", in_title]
    if rule.excluded:
        verb = "does" if len(rule.excluded) == 1 else "do"
        parts.append(f"{_listed(rule.excluded, 'and')} {verb} not count")
    return "; ".join(parts) + "."


def _times(number: float) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number:g} times"


def _listed(phrases: tuple[str, ...], conjunction: str = "or") -> str:
    quoted = [f"“{phrase}”" for phrase in phrases]
    return f" {conjunction} ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def _by_worth(given: dict[int, float]) -> list[int]:
    """The phrases that gave most first; where they gave the same, in the order of the rule."""
    return [phrase for _, phrase in sorted([(-worth, phrase) for phrase, worth in given.items()])]


def _uses(at: int, rule: Rule) -> list[tuple[str, _Use]]:
    """The phrases of a rule with what they do; exclusions first: where both stand, they win."""
    worth = (
        [(float(STRONG), float(STRONG))] * len(rule.strong)
        + [(1.0, 1.0)] * len(rule.words)
        + [(1.0, 0.0)] * len(rule.title_words)
    )
    uses = [(phrase, _Use(at, -1, 0.0, 0.0)) for phrase in rule.excluded]
    for place, (phrase, (title, abstract)) in enumerate(zip(rule.phrases, worth, strict=True)):
        uses.append((phrase, _Use(at, place, title * rule.title, abstract)))
    return uses


def _digest(rules: tuple[Rule, ...]) -> str:
    """Changes when matching could change: names and descriptions are left out."""
    content = [
        msgspec.structs.replace(rule, name="", description="", parent="", line=0) for rule in rules
    ]
    data = msgspec.json.encode([METHOD, MOST, MENTIONS, STRONG, content], order="deterministic")
    return hashlib.sha256(data).hexdigest()
