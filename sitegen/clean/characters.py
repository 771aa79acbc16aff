"""Characters: what nobody sees goes, white space becomes one kind.

Comes in: any string at all. Goes out: a string without control characters, lone surrogates,
noncharacters, private use beyond the Basic Multilingual Plane, zero-width and direction-changing
characters; white space is one blank, and paragraphs are separated by a blank line.
"""

from __future__ import annotations

import re

# What goes, beyond the controls of ASCII, and what is a blank; the first and last of each range.
_UNSEEN = (
    ("\x80", "\x84"), ("\x86", "\x9f"),  # C1, but for what counts as white space
    ("\u00ad", "\u00ad"), ("\u034f", "\u034f"), ("\u061c", "\u061c"), ("\u180e", "\u180e"),
    ("\u200b", "\u200b"), ("\u200e", "\u200f"), ("\u202a", "\u202e"), ("\u2060", "\u206f"),
    ("\ufeff", "\ufeff"), ("\ufdd0", "\ufdef"), ("\ufff9", "\ufffb"), ("\ufffe", "\uffff"),
)  # fmt: skip
_SPACES = (
    ("\x85", "\x85"), ("\xa0", "\xa0"), ("\u1680", "\u1680"), ("\u2000", "\u200a"),
    ("\u2028", "\u2029"), ("\u202f", "\u202f"), ("\u205f", "\u205f"), ("\u3000", "\u3000"),
)  # fmt: skip
_JOINERS = ("\u200c", "\u200d")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f"  # C0, but for what counts as white space
    + "".join(f"{first}-{last}" for first, last in _UNSEEN)
    + "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e0fff"  # tags
    "\U000f0000-\U0010ffff"  # private use planes; `latex` puts its placeholders there
    "]+"
)


# Marks that are set over each other: languages take up to four; hundreds hide the lines around.
_MARKS = (
    ("\u0300", "\u036f"), ("\u0483", "\u0489"), ("\u1ab0", "\u1aff"), ("\u1dc0", "\u1dff"),
    ("\u20d0", "\u20ff"), ("\ufe20", "\ufe2f"),
)  # fmt: skip
_ANY_MARK = "[" + "".join(f"{first}-{last}" for first, last in _MARKS) + "]"
_PILE = re.compile(f"({_ANY_MARK}{{4}}){_ANY_MARK}+")


def signs() -> list[bytes]:
    """What `plain` changes, in UTF-8: single characters, and what whole planes begin with."""
    ranges = (*_UNSEEN, *_SPACES, _JOINERS, *_MARKS)
    beyond = [chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1)]
    planes = [b"\xf3\xa0", *(b"\xf3%c" % n for n in range(0xB0, 0xC0))]
    planes += [b"\xf4%c" % n for n in range(0x80, 0x90)]
    ascii_ = ["  ", "\x7f", *map(chr, range(32))]
    return [one.encode() for one in (*ascii_, *beyond)] + planes


# Joiners belong to emoji and to the scripts of Persia and India; between other characters they
# are invisible debris.
_LOOSE_JOINER = re.compile(
    "(?<![^\x00-\x7f\\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f\\s\u200c\u200d])"
)

_PRINTABLE = bytes(range(32, 127))
_LINE_END = re.compile(r"\r\n?")
_PARAGRAPH_END = re.compile(r"\n\s*\n")

# "<" opens a tag when one of these follows (HTML Standard, 13.2.5.6 Tag open state).
_TAG_OPENER = re.compile(r"<(?=[A-Za-z/!?])")


def plain(captured: str, *, paragraphs: bool = True) -> str:
    """Without invisible characters, white space collapsed; idempotent.

    `paragraphs` keeps blank lines, as two line feeds; without it everything is one line.
    """
    if not captured.isascii():
        captured = _PILE.sub(r"\1", captured)
    if _is_printable(captured):  # nothing to remove: blanks are all the white space there is
        return _single_spaced(captured)
    seen = captured
    flat = captured.replace("\n", " ")
    if _is_printable(flat):  # line ends are all that most texts have
        if not (paragraphs and _PARAGRAPH_END.search(captured)):
            return _single_spaced(flat)
    else:
        seen = _PILE.sub(r"\1", _LOOSE_JOINER.sub("", _INVISIBLE.sub("", captured)))
    if paragraphs and ("\n" in seen or "\r" in seen):
        lines = _LINE_END.sub("\n", seen)
        parts = (" ".join(part.split()) for part in _PARAGRAPH_END.split(lines))
        return "\n\n".join(part for part in parts if part)
    return " ".join(seen.split())


def _is_printable(text: str) -> bool:
    """As `str.isprintable`, for ASCII in a fraction of its time."""
    if text.isascii():
        return not text.encode().translate(None, _PRINTABLE)
    return text.isprintable()


def _single_spaced(text: str) -> str:
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        return " ".join(text.split())
    return text


def without_new_tags(before: str, after: str) -> str:
    """`after`, unless it opens more tags than `before`: then none of its "<" opens one.

    Taking characters away can bring "<" and a letter together that stood apart.
    """
    if "<" not in after or len(_TAG_OPENER.findall(after)) <= len(_TAG_OPENER.findall(before)):
        return after
    return _TAG_OPENER.sub("< ", after)
