"""Signs that a text needs cleaning, all of them looked for in one pass.

Most texts hold no mark of LaTeX, Markdown or HTML and nothing invisible, and the rules would look
at the whole of them once each to find that out. An automaton (Aho and Corasick, 1975) knows all the
signs and passes over a text once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ahocorasick_rs import BytesAhoCorasick, Implementation

from . import characters

Look = Callable[[str], object]

# In texts that are looked at together, with "|" between them: what may be cut off one of them.
AT_A_SEAM = ("| ", " |", "||")

# Of hostile texts the automaton would list every character: they are searched for each sign.
_LONGEST = 20_000


class Needles:
    """Texts of ASCII that are looked for together."""

    def __init__(self, needles: Iterable[str]) -> None:
        self._needles = [needle.encode("ascii") for needle in needles]
        known = BytesAhoCorasick(self._needles, implementation=Implementation.DFA)
        self._find = known.find_matches_as_indexes

    def present(self, text: str) -> list[int]:
        """The numbers of those that stand in the text, ascending."""
        data = text.encode("utf-8", "surrogatepass")
        if len(data) > _LONGEST:
            return [number for number, needle in enumerate(self._needles) if needle in data]
        found = self._find(data, overlapping=True)
        return sorted({number for number, _, _ in found}) if found else []


class Signs:
    """Signs by what they are told by, with a closer look where that alone is not telling."""

    def __init__(self, signs: Iterable[tuple[str, Look | None]], ends: str = "") -> None:
        """Signs of ASCII; `ends` are characters that are cut off at both ends, like a blank."""
        told = tuple(signs)
        unseen = characters.signs()
        self._looks = [*(look for _, look in told), *(None for _ in unseen)]
        self._ends = f" {ends}"
        needles = [*(needle.encode("ascii") for needle, _ in told), *unseen]
        automaton = BytesAhoCorasick(needles, implementation=Implementation.DFA)
        self._find = automaton.find_matches_as_indexes

    def absent(self, text: str) -> bool:
        """Whether a text shows none of the signs."""
        if not text:
            return True
        if text[0] in self._ends or text[-1] in self._ends or "\n" in text:
            return False
        try:
            data = text.encode()
        except UnicodeEncodeError:  # a lone surrogate
            return False
        if len(data) > _LONGEST:
            return False
        if not self._find(data):  # most texts; matches that overlap are found more slowly
            return True
        found = {number for number, _, _ in self._find(data, True)}
        return not any(look is None or look(text) for look in map(self._looks.__getitem__, found))
