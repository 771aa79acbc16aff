"""Frequent phrases that no topic rule covers: what a topic is perhaps missing for.

Phrases are two or three words in a row, within a sentence, without words that all abstracts have.
Forms of one phrase (singular, plural) count as one. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ..model import Paper
from ..search.words import STOP_WORDS, Words, fold
from .phrases import STOPS, tokens
from .topics import Rules

_LONGEST: Final = 3  # words
_EXAMPLES: Final = 3
_SHARE_OF_LONGER: Final = 0.6  # of a phrase's papers, that a longer one has which stands for it
# Words that say how papers are written, and not what they are about; by their stems.
_FILLERS = """
abil achiev address advanc adopt aim allow also although analysi analyz appli approach appropri
art author avail avoid averag base baselin becom best better bring broad call can capabl case
challeng code combin common compar comparison competit comprehens comput conduct consist construct
contribut correspond could cover creat current data dataset demonstr depend design desir detail
develop differ directli discuss due each easili effect effici either emerg empir employ enabl
enhanc ensur especi establish evalu even evid examin exampl exist experi experiment explor extens
face fail far few field final find first five focu focus follow found four framework fulli further
furthermor gain gap general github given goal good greatli help henc here high higher highli how
howev http idea identifi impact implement import improv includ incorpor increas indic individu
insight instead interest introduc investig issu key know lack larg larger lead learn less level
leverag limit list littl long low lower made mai main mainli make mani margin mean method might
model more moreov most much multipl must natur necessari need new next nine no not notabl novel now
number obtain often old one onli open order other our out outperform over overal own paper part
particular particularli past perform person possibl potenti power practic present previou previous
prior problem process produc project promis propos provid public publicli qualiti rang rather
real realist realm recent reduc rel relat releas reli remain remark report requir research result
reveal review rich robust role s same scale score sever should show signific significantli similar
simpl simpli singl six small so solut solv some sourc specif specifi standard state still strategi
strong studi substanti substanti success such suffer suggest superior support surpass system
systemat take task techniqu ten term test than their them then theoret there therebi therefor they
three through thu time togeth tool top toward tradit train two typic under understand unifi uniqu
unit until up us util valid valuabl variou vari verifi very via wai well what when where whether
who whole whose why wide wise work would year yet you your zero
across along among around between beyond both during each fine grain ground integr off per seamless
seamlessli toward trade truth versu via within without
"""
_FILLER: Final = frozenset(_FILLERS.split()) | STOP_WORDS
_WORD = re.compile(r"[^\W\d_]{2,}\Z")


class Suggestion(NamedTuple):
    """A phrase, in how many papers it stands, on how many of no topic, and titles of some."""

    phrase: str
    papers: int
    without: int
    examples: tuple[str, ...]


_Key = tuple[str, ...]


def suggestions(papers: Sequence[Paper], rules: Rules, most: int, least: int) -> list[Suggestion]:
    """The phrases that stand in `least` papers at least, those of most papers first."""
    stem = Words().stem
    stems: dict[str, str] = {}
    counts: Counter[_Key] = Counter()
    without: Counter[_Key] = Counter()
    for paper in papers:
        keys = {key for key, _ in _phrases(paper, stems, stem)}
        counts.update(keys)
        if not paper.topics:
            without.update(keys)
    frequent = {key for key, count in counts.items() if count >= least}
    written: dict[_Key, Counter[str]] = {key: Counter() for key in frequent}
    examples: dict[_Key, list[str]] = {key: [] for key in frequent}
    for paper in papers:
        for key, words in _phrases(paper, stems, stem):
            if key in frequent:
                written[key][words] += 1
                titles = examples[key]
                if len(titles) < _EXAMPLES and paper.title not in titles[-1:]:
                    titles.append(paper.title)
    order = sorted(frequent, key=lambda key: (-counts[key] * len(key), key))
    taken: list[_Key] = []
    found: list[Suggestion] = []
    for key in order:
        phrase = min(written[key], key=lambda words: (-written[key][words], words))
        if len(found) == most:
            break
        if rules.mentions(phrase) or _stands_for(key, counts, frequent, taken):
            continue
        taken.append(key)
        found.append(Suggestion(phrase, counts[key], without[key], tuple(examples[key])))
    return sorted(found, key=lambda one: (-one.papers, one.phrase))


def _phrases(
    paper: Paper, stems: dict[str, str], stem: Callable[[str], str]
) -> Iterator[tuple[_Key, str]]:
    """The phrases of a paper by their stems, and as they are written there."""
    for text in (paper.title, paper.abstract):
        run: list[tuple[str, str]] = []
        for token in (*tokens(text), "."):
            root = stems.get(token)
            if root is None:
                plain = token not in STOPS and _WORD.match(token)
                root = stem(fold(token)) if plain else ""
                stems[token] = root = "" if root in _FILLER else root
            if root:
                run.append((root, token))
                continue
            yield from _of_run(run)
            run = []


def _of_run(run: Sequence[tuple[str, str]]) -> Iterator[tuple[_Key, str]]:
    for size in range(2, _LONGEST + 1):
        for start in range(len(run) - size + 1):
            words = run[start : start + size]
            yield tuple(root for root, _ in words), " ".join(_small(word) for _, word in words)


def _small(word: str) -> str:
    """A word in small letters, unless it is an acronym or a name in mixed case."""
    return word if any(map(str.isupper, word[1:])) else word.lower()


def _stands_for(
    key: _Key, counts: Counter[_Key], frequent: set[_Key], taken: Sequence[_Key]
) -> bool:
    """Whether a phrase that was taken, or a longer one, says what this one does."""
    for other in taken:
        if _within(key, other) or _within(other, key):
            return True
    if len(key) >= _LONGEST:
        return False
    longer = (one for one in frequent if len(one) > len(key) and _within(key, one))
    return any(counts[one] >= _SHARE_OF_LONGER * counts[key] for one in longer)


def _within(short: _Key, long: _Key) -> bool:
    spans = range(len(long) - len(short) + 1)
    return any(long[start : start + len(short)] == short for start in spans)


def slug_of(phrase: str) -> str:
    """A slug for a topic of this phrase."""
    return "-".join(re.findall(r"[a-z0-9]+", fold_words(phrase)))


def fold_words(phrase: str) -> str:
    """A phrase without accents and case."""
    return " ".join(fold(word) for word in phrase.split())


def toml_of(found: Sequence[Suggestion]) -> str:
    """Entries for `content/topics.toml`, to be pasted and gone over."""
    entries = []
    for one in found:
        slug = slug_of(one.phrase)
        if slug:
            name = one.phrase[:1].upper() + one.phrase[1:]
            entries.append(
                f"# {one.papers} papers\n[[topic]]\nslug = {_quoted(slug)}\n"
                f"name = {_quoted(name)}\nwords = [{_quoted(one.phrase)}]\n"
            )
    return "\n".join(entries)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
