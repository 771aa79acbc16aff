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
from itertools import product
from typing import Generic, TypeVar

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


class _Node(Generic[Payload]):
    """What may follow the tokens so far, and what is to be handed back where they end."""

    __slots__ = ("as_written", "follow", "plain")

    def __init__(self) -> None:
        self.follow: dict[str, _Node[Payload]] = {}
        self.plain: list[Payload] = []
        self.as_written: list[tuple[_Exact, Payload]] = []


class PhraseIndex(Generic[Payload]):
    """Phrases, each with something to hand back where it is found."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        self._root: _Node[Payload] = _Node()
        for phrase, payload in phrases:
            for path, exact in forms(phrase):
                node = self._root
                for token in path:
                    node = node.follow.setdefault(token, _Node())
                if exact:
                    node.as_written.append((exact, payload))
                else:
                    node.plain.append(payload)

    def find(self, text: str) -> list[tuple[int, int, list[Payload]]]:
        """What is found, as (first token, token behind the last, payloads).

        In the order of the first tokens; of those with the same one, the longest first.
        """
        spaced = _spaced(text)
        folded = spaced.casefold().split()
        folded.append("")  # no phrase goes on with it
        words: list[str] = []
        first = self._root.follow
        found = []
        for start, node in [
            (at, first[token]) for at, token in enumerate(folded) if token in first
        ]:
            following = node.follow.get(folded[start + 1])
            if following is None and not node.as_written:  # nearly always
                if node.plain:
                    found.append((start, start + 1, node.plain))
                continue
            path = [node]
            while following is not None:
                path.append(following)
                following = following.follow.get(folded[start + len(path)])
            end = start + len(path)
            for last in reversed(path):
                if last.as_written:
                    words = words or spaced.split()
                    met = [
                        payload
                        for exact, payload in last.as_written
                        if all(words[start + at] == token for at, token in exact)
                    ]
                    if met or last.plain:
                        found.append((start, end, last.plain + met))
                elif last.plain:
                    found.append((start, end, last.plain))
                end -= 1
        return found
