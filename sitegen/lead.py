"""The lead of an abstract: the first sentence in which the authors say what the paper does.

The rule, in full: every sentence is as strong as its strongest cue (tables below). The first
sentence with a cue is the lead, unless a stronger one comes within its reach: a *remark* ("we
observe …") gives way to whatever is stronger, a *study* ("we investigate …") to a *claim* ("we
propose …") in one of the two sentences behind it, a claim to nothing. Without any cue, the lead
is the first sentence.

Comes in: clean text. Goes out: a span of it. Nothing else is touched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


LOOK = 20_000  # characters of an abstract in which a lead is sought
LONGEST = 2_000  # characters of a lead: what goes on longer is no sentence

CLAIM, STUDY, REMARK = 3, 2, 1
REACH = {CLAIM: 0, STUDY: 2, REMARK: 1_000}  # sentences behind in which a stronger one wins

# What authors do, as in "we …" and "this paper …s". Other verbs are no cue.
_VERBS = {
    CLAIM: """
        propose introduce present develop design build create construct devise describe
        formulate unveil launch survey review offer give establish contribute organize report""",
    STUDY: """
        study investigate explore examine analyze analyse show demonstrate prove find identify
        address tackle revisit rethink reconsider evaluate assess compare characterize uncover
        reveal extend generalize formalize unify bridge provide derive perform conduct train
        adapt apply improve enable collect benchmark test quantify leverage combine
        advance attempt elucidate discover seek aim ask instantiate hypothesize""",
    REMARK: """
        consider focus argue observe use employ utilize make take discuss highlight release
        believe claim suggest note posit define model learn view cast open-source achieve
        outline""",
}
_IRREGULAR = {
    "built": CLAIM, "gave": CLAIM, "given": CLAIM, "found": STUDY, "shown": STUDY,
    "showed": STUDY, "sought": STUDY, "made": REMARK, "took": REMARK, "taken": REMARK,
}  # fmt: skip

_PAPER = (
    "paper|work|study|article|survey|thesis|dissertation|report|review|tutorial|research|"
    "letter|note|chapter|technical report|position paper|demo|contribution"
)
# Words that may stand between the subject and its verb.
_BETWEEN = (
    r"(?:,? (?:\w+ly|also|first|then|further|therefore|thus|hence|here|hereby|next|now|both|"
    r"instead|have|will),?)?"
)

# Each begins with letters that must stand there, which makes the search fast; (?<=\b…) then sees
# to it that they begin a word.
_WE = re.compile(rf"we(?<=\bwe)\b{_BETWEEN} ([a-z-]+)(?: and ([a-z]+))?")
# Summaries by others speak of "the authors".
_THE_AUTHORS = re.compile(rf"the authors(?<=\bthe authors)\b{_BETWEEN} ([a-z-]+)")
_THIS_PAPER = re.compile(rf"this (?<=\bthis )(?:{_PAPER}){_BETWEEN} ([a-z-]+)")
_NOW = (
    ("in this ", re.compile(rf"in this (?<=\bin this )(?:\w+ )?(?:{_PAPER})\b")),
    ("here", re.compile(r"here(?<=\bhere),? we\b")),
)
# "… is proposed": a study, since others' things are introduced and presented, too.
_PASSIVE = ("proposed", "introduced", "presented", "developed", "investigated", "studied")
_IS = (" is ", " are ")

# A sentence ends with one of these, blanks and no small letter behind it; or, where a blank was
# lost, before a word that begins one.
_BEHIND_END = r"(?:[\"'”’)\]]*\s+(?![\sa-z])|(?=(?:We|In this|To|This|Our|However|Extensive) ))"
_END = re.compile(rf"[.!?]{_BEHIND_END}|\n\s*\n")
_FULL_STOP = re.compile(rf"\.{_BEHIND_END}")  # enough for most texts, and searched for far faster
_NO_END = _set_of("""
    e.g i.e cf vs fig figs eq eqs sect secs tab refs nos dr prof mr mrs ms approx resp ca viz w.r.t
    a.k.a i.i.d thm prop def pp eds""")
# These end a sentence only before a word that begins one, as does an initial ("J.", "U.S.").
_SELDOM_END = _set_of("""
    al etc inc ltd corp co jr sr ph.d u.s u.k a.m p.m no ref sec ch vol app alg st ed""")
_BEGINNINGS = _set_of("""
    a additionally although an and as at based because besides but by code comprehensive
    consequently despite empirical evaluations existing experiments experimental extensive finally
    first for from furthermore given hence here however if in inspired instead it its moreover most
    motivated nevertheless on one our prior recent recently results second since specifically such
    that the then therefore these they this those through thus to traditional under unlike using we
    what when whereas while with yet""")
_SMALL = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NEAR = 300  # characters in which brackets and quotation marks are expected to close


def find(abstract: str) -> tuple[int, int] | None:
    """The span of the lead, without white space around it; None where there is no text."""
    text = abstract[:LOOK].rstrip()
    first = len(text) - len(text.lstrip())
    if not text:
        return None
    low = text.lower()
    if len(low) != len(text):  # "İ" is two characters in lower case
        low = text.translate(_SMALL)
    cues = list(_spoken(low))
    # Nothing wins against a claim, so the sentences behind the first one don't matter.
    last = min((at for at, strength in cues if strength == CLAIM), default=len(text))
    starts, ends = [first], []
    for end, start in _boundaries(text, first):
        ends.append(end)
        if start > last:
            break
        starts.append(start)
    else:
        ends.append(len(text))
    cues += _passive(low, ends[-1])
    chosen = _choose(_strengths(low, cues, starts, ends[-1]))
    start, end = starts[chosen], min(ends[chosen], starts[chosen] + LONGEST)
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip())


def _choose(strengths: dict[int, int]) -> int:
    """The lead among the sentences with cues (number: strength); the first without any."""
    best, strength = 0, 0
    for sentence in sorted(strengths):
        if strength and sentence - best > REACH[strength]:
            break
        if strengths[sentence] > strength:
            best, strength = sentence, strengths[sentence]
    return best


def _strengths(
    low: str, cues: list[tuple[int, int]], starts: list[int], end: int
) -> dict[int, int]:
    """The sentences with cues, by their number, and how strong they are."""
    found: dict[int, int] = {}
    for at, strength in cues:
        if at < end:
            sentence = bisect_right(starts, at) - 1
            found[sentence] = max(strength, found.get(sentence, 0))
    for at in _in_this_paper(low, end):
        sentence = bisect_right(starts, at) - 1
        found[sentence] = STUDY if found.get(sentence) == REMARK else CLAIM
    return found


def _in_this_paper(low: str, end: int) -> Iterator[int]:
    """Where the authors say that they now speak of what is new."""
    for words, pattern in _NOW:
        at = low.find(words, 0, end)
        if at >= 0:
            for match in pattern.finditer(low, at, end):
                yield match.start()


def _spoken(low: str) -> Iterator[tuple[int, int]]:
    """Where authors or paper do something, and how strong that is; up to the first claim."""
    until = len(low)
    for match in _WE.finditer(low):
        strength = max(_STRENGTH.get(match[1], 0), _STRENGTH.get(match[2], 0))
        if strength:
            yield match.start(), strength
        if strength == CLAIM:
            until = match.start(1) - 1  # what begins before "we" reaches no further
            break
    at = low.find("the authors", 0, until)
    for match in _THE_AUTHORS.finditer(low, at, until) if at >= 0 else ():
        strength = _STRENGTH.get(match[1], 0)
        if strength:
            yield match.start(), strength
        if strength == CLAIM:
            until = match.start()
            break
    for match in _THIS_PAPER.finditer(low, 0, until):
        strength = _STRENGTH.get(match[1], 0)
        if strength:
            yield match.start(), STUDY if strength == REMARK else CLAIM
            if strength != REMARK:
                return


def _passive(low: str, end: int) -> Iterator[tuple[int, int]]:
    """Where something is done by nobody."""
    for participle in _PASSIVE:
        at = low.find(participle, 0, end)
        while at >= 0:
            if low.endswith(_IS, 0, at):
                yield at, STUDY
            at = low.find(participle, at + 1, end)


def _boundaries(text: str, first: int) -> Iterator[tuple[int, int]]:
    """Where a sentence ends and where the next one begins."""
    rare = "\n" in text or "?" in text or "!" in text
    for match in (_END if rare else _FULL_STOP).finditer(text, first):
        stop, start = match.start(), match.end()
        if text[stop] == "\n":
            yield stop, start
        elif not _abbreviates(text, stop, start) and not _inside(text, match.end()):
            yield stop + len(match[0].rstrip()), start


def _abbreviates(text: str, stop: int, start: int) -> bool:
    """Whether the full stop at `stop` belongs to the word before it."""
    if text[stop] != ".":
        return False
    word = text[max(0, stop - 20) : stop].rsplit(" ", 1)[-1].lstrip("([\"'“‘").lower()
    if word in _NO_END:
        return True
    if word in _SELDOM_END or ((len(word) == 1 or "." in word) and _INITIALS.fullmatch(word)):
        following = _WORD.match(text, start)
        return following is None or following[0].lower() not in _BEGINNINGS
    return False


def _inside(text: str, at: int) -> bool:
    """Whether a bracket or a quotation is open here that closes soon."""
    before, behind = text[max(0, at - _NEAR) : at], text[at : at + _NEAR]
    for opening, closing in ("()", "“”"):
        if opening in before and before.rfind(opening) > before.rfind(closing):
            close = behind.find(closing)
            if close >= 0 and opening not in behind[:close]:
                return True
    return False


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    if verb.endswith("y"):
        stem = verb[:-1] + "i"
        return verb, stem + "es", stem + "ed"
    return verb, verb + "s", stem + "es", stem + "ed"


_STRENGTH = _IRREGULAR | {
    form: strength
    for strength, verbs in _VERBS.items()
    for verb in verbs.split()
    for form in _forms(verb)
}
