"""Many phrases looked up in a text at once.

Phrases come in as people write them ("text-to-video", "GAN"); the index finds them in tokens in
one pass: it looks each token up among the first words of all phrases, and only where one begins
does it follow the words behind. The cost of a text therefore does not grow with the number of
phrases. How a phrase reads a text:

* case does not count, except in a word with a capital after its first letter: "RAG", "ViT" and
  "LoRA" are found only as they are written;
* a blank in a phrase stands for a blank or a hyphen in the text, a hyphen for a hyphen, a blank
  or nothing: "fine-tuning" is also "fine tuning" and "finetuning";
* the last word may stand in the singular or in the plural;
* "-ization" is also "-isation", "-ize" also "-ise", and so on;
* no phrase reaches over a full stop, a comma or the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import compress, product
from typing import Any, Generic, TypeVar

STOPS = ".!?;:,"
_TOKEN = re.compile(rf"[^\W_]+|[{STOPS}]")
# ASCII text is cut up without a regular expression, which takes four times as long.
_BLANKS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in STOPS)}
_WORD = re.compile(r"[^\W_]")
_Z_OR_S = re.compile(r"(?<=[a-z]{2}i)[sz](?=(?:e|ed|er|ers|es|ing|ation|ations)\Z)")

# Words whose last s makes no plural: taking it away would give another word.
NO_PLURALS = frozenset({"news", "series", "species", "lens", "bias", "bayes", "gas", "always"})

Payload = TypeVar("Payload")

_Exact = tuple[tuple[int, str], ...]  # offset and token, where case counts
_Form = tuple[tuple[str, ...], _Exact]  # one way to write a phrase: its tokens casefolded


def tokens(text: str) -> list[str]:
    """The words and the stops of a text in their order, as they are written."""
    return _spaced(text).split()


def _spaced(text: str) -> str:
    """The tokens of a text with blanks between them."""
    if not text.isascii():
        return " ".join(_TOKEN.findall(text))
    spaced = text.translate(_BLANKS)
    for stop in STOPS:
        if stop in spaced:
            spaced = spaced.replace(stop, f" {stop} ")
    return spaced


def has_words(phrase: str) -> bool:
    """Whether there is anything in the phrase that could be found."""
    return _WORD.search(phrase) is not None


def forms(phrase: str) -> frozenset[_Form]:
    """All ways to write a phrase that it is found under."""
    words = phrase.split()
    written = []
    for place, word in enumerate(words):
        acronym = any(character.isupper() for character in word[1:])
        numbers = _numbers(word, acronym=acronym) if place == len(words) - 1 else {word}
        splits = {split for number in numbers for split in _splits(number)}
        written.append([(split, acronym) for split in splits])
    return frozenset(form for choice in product(*written) for form in _spelled(choice))


def _numbers(word: str, *, acronym: bool) -> set[str]:
    """The word in singular and plural."""
    if acronym:
        return {word, word[:-1] if word.endswith("s") else word + "s"}
    low = word.casefold()
    plural, singular = low + "s", low
    if low.endswith(("s", "x", "z", "ch", "sh")):
        plural = low[:-2] + "es" if low.endswith("is") else low + "es"
    elif low.endswith("y") and not low.endswith(("ay", "ey", "oy", "uy")):
        plural = low[:-1] + "ies"
    if low.endswith("ies") and len(low) > 4:
        singular = low[:-3] + "y"
    elif low.endswith(("sses", "xes", "zes", "ches", "shes")):
        singular = low[:-2]
    elif low.endswith("s") and not low.endswith(("ss", "us", "is", "ics")):
        singular = low[:-1]
    return {low, plural} if low in NO_PLURALS else {low, plural, singular}


def _splits(word: str) -> set[tuple[str, ...]]:
    """The tokens of a word as it is, and without its hyphens."""
    return {tuple(tokens(word)), tuple(tokens(word.replace("-", "")))}


def _spelled(choice: tuple[tuple[tuple[str, ...], bool], ...]) -> Iterator[_Form]:
    """One choice of splits as forms: "-ize" also as "-ise"."""
    written = [(token, acronym) for split, acronym in choice for token in split]
    exact = tuple((at, token) for at, (token, acronym) in enumerate(written) if acronym)
    folded = [token.casefold() for token, _ in written]
    for spelling in product(*({t, _Z_OR_S.sub("s", t), _Z_OR_S.sub("z", t)} for t in folded)):
        if spelling:
            yield spelling, exact


# What may follow the tokens so far; what is to be handed back where they end; and what only if
# they are written so. A tuple and no class, since it is taken apart seventy times per abstract.
_Node = tuple[dict[str, "_Node"], list[Any], dict[_Exact, list[Any]]]


class PhraseIndex(Generic[Payload]):
    """Phrases, each with something to hand back where it is found."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        self._first: dict[str, _Node] = {}
        for phrase, payload in phrases:
            for path, exact in forms(phrase):
                follow = self._first
                for token in path:
                    follow, plain, as_written = follow.setdefault(token, ({}, [], {}))
                (as_written.setdefault(exact, []) if exact else plain).append(payload)

    def find(self, text: str) -> list[tuple[int, int, list[Payload]]]:
        """What is found, as (first token, token behind the last, payloads).

        In the order of the first tokens; of those with the same one, the longest first.
        """
        spaced = _spaced(text)
        folded = spaced.casefold().split()
        folded.append("")  # no phrase goes on with it
        words: list[str] = []  # as they are written: hardly ever needed
        first = self._first
        found: list[tuple[int, int, list[Payload]]] = []
        for start in compress(range(len(folded)), map(first.__contains__, folded)):
            node = first[folded[start]]
            if folded[start + 1] in node[0] or node[2]:
                found += reversed(_walk(node, start, folded, spaced, words))
            elif node[1]:  # by far the most: one word, or the first of a phrase that isn't here
                found.append((start, start + 1, node[1]))
        return found


def _walk(
    node: _Node, start: int, folded: list[str], spaced: str, words: list[str]
) -> list[tuple[int, int, list[Any]]]:
    """What is found from `start` on, the shortest first. Fills `words` where case counts."""
    found = []
    end = start
    while True:
        follow, met, as_written = node
        end += 1
        if as_written and not words:
            words += spaced.split()
        for exact, payloads in as_written.items():
            if all(words[start + at] == token for at, token in exact):
                met = met + payloads  # a new list: `+=` would change the index
        if met:
            found.append((start, end, met))
        if folded[end] not in follow:
            return found
        node = follow[folded[end]]
