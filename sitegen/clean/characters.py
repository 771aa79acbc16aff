"""Characters: what nobody sees goes, white space becomes one kind.

Comes in: any string at all. Goes out: a string without control characters, lone surrogates,
noncharacters, private use beyond the Basic Multilingual Plane, zero-width and direction-changing
characters; white space is one blank, and paragraphs are separated by a blank line.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1, but for what counts as white space
    "\u00ad\u034f\u061c\u180e"  # soft hyphen, grapheme joiner, direction and vowel marks
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width; bidirectional controls
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # noncharacters, interlinear annotation
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e0fff"  # tags
    "\U000f0000-\U0010ffff"  # private use planes; `latex` puts its placeholders there
    "]+"
)

# Joiners belong to emoji and to the scripts of Persia and India; between other characters they
# are invisible debris.
_LOOSE_JOINER = re.compile(
    "(?<![^\x00-\x7f\\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f\\s\u200c\u200d])"
)

_LINE_END = re.compile(r"\r\n?")
_PARAGRAPH_END = re.compile(r"\n\s*\n")

# "<" opens a tag when one of these follows (HTML Standard, 13.2.5.6 Tag open state).
_TAG_OPENER = re.compile(r"<(?=[A-Za-z/!?])")


_BEYOND_ASCII = bytes(range(0x80, 0x100))


def expected(characters: str) -> bytes:
    """What `unexpected` takes: letters, these characters of ASCII, and all beyond it."""
    return bytes((*range(65, 91), *range(97, 123))) + characters.encode("ascii") + _BEYOND_ASCII


def unexpected(text: str, usual: bytes) -> bytes:
    """The characters of ASCII in a text that are none of the usual ones, in their order.

    What nobody sees, but single blanks between words, counts as a NUL. Two passes in C: a test
    that spares most texts the rules, each of which would look at the whole of it.
    """
    if not text.isascii() and not text.isprintable():
        return b"\0"
    found = text.encode().translate(None, usual)
    return b"\0" if "  " in text or text[:1] == " " or text[-1:] == " " else found


def plain(captured: str, *, paragraphs: bool = True) -> str:
    """Without invisible characters, white space collapsed; idempotent.

    `paragraphs` keeps blank lines, as two line feeds; without it everything is one line.
    """
    if captured.isprintable():  # nothing to remove: blanks are all the white space there is
        if "  " in captured or captured[:1] == " " or captured[-1:] == " ":
            return " ".join(captured.split())
        return captured
    seen = captured
    if not captured.replace("\n", " ").isprintable():  # line ends are all that most texts have
        seen = _LOOSE_JOINER.sub("", _INVISIBLE.sub("", captured))
    if paragraphs and ("\n" in seen or "\r" in seen):
        lines = _LINE_END.sub("\n", seen)
        parts = (" ".join(part.split()) for part in _PARAGRAPH_END.split(lines))
        return "\n\n".join(part for part in parts if part)
    return " ".join(seen.split())


def without_new_tags(before: str, after: str) -> str:
    """`after`, unless it opens more tags than `before`: then none of its "<" opens one.

    Taking characters away can bring "<" and a letter together that stood apart.
    """
    if "<" not in after or len(_TAG_OPENER.findall(after)) <= len(_TAG_OPENER.findall(before)):
        return after
    return _TAG_OPENER.sub("< ", after)
