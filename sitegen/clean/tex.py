r"""Text that its source writes in TeX (names, BibTeX fields) to the characters it stands for.

`clean.text` guesses, since a capture is prose in which a brace may be a brace. Here nothing is
guessed: a backslash begins a command, braces group, `~` is a blank. Formulas between dollar signs
(or `\(…\)`) stay as they are. One pass from left to right, without recursion, so that neither
depth nor length costs more than its share.

Accents and letters: LaTeX's kernel (source2e, section "Text symbols and accents").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .characters import plain, without_new_tags
from .marks import entities
from .signs import AT_A_SEAM, Signs
from .tables import ACCENTS, LETTERS, SHOWN, SWITCHES, SYMBOLS

_MARKS = ("\\", "{", "}", "~", "``", "''", "--")

_TOKEN = re.compile(
    r"(?P<formula>\$(?![\s$])(?:[^$\\]|\\.)++(?<!\s)\$(?!\d)|\\\((?:[^\\]|\\[^()])*+\\\))"
    r"|\\(?P<name>[A-Za-z]+)\*?(?P<gap>\s*)"
    r"|\\(?P<sign>.)"
    r"|(?P<brace>[{}])"
    r"|(?P<typing>~|(?<!-)---?(?!-)|``|''|`)"
    r"|(?P<text>[^\\{}$~`'-]+|[\\$'-]+?)",
    re.DOTALL,
)
_TYPING = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”", "`": "‘"}

_NAMED = {
    **SYMBOLS,
    **LETTERS,
    "i": "ı",
    "j": "ȷ",
    "cprime": "ʹ",
    "cdprime": "ʺ",
    "ij": "ĳ",
    "IJ": "Ĳ",
}
_NAMED_ACCENTS = {name: mark for name, mark in ACCENTS.items() if name.isalpha()} | {
    "t": "\u0361",
    "polhk": "\u0328",
}
# TeX takes the blanks behind any command; authors mean them behind a symbol, not behind a letter.
_LATIN = frozenset(
    name
    for name, glyph in _NAMED.items()
    if len(glyph) == 1 and unicodedata.name(glyph, "").startswith("LATIN ")
)
_SILENT = frozenset(
    (*SHOWN, *SWITCHES, "url", "path", "nolinkurl", "uppercase", "lowercase", "NoCaseChange")
)
# How many of a command's arguments are no text.
_UNSEEN_ARGUMENTS = dict.fromkeys(
    ("noopsort", "textcolor", "color", "href", "label", "index", "hspace", "vspace", "phantom"), 1
)
# A lead byte of UTF-8 and one that continues it, read as Latin-1.
_TWICE_ENCODED = re.compile("[\u00c2-\u00df][\u0080-\u00bf]")
_SIGNS_IN_NAMES = Signs([(mark, None) for mark in (*_MARKS, "&", ". -")], ends=",;")
_SIGNS_IN_LISTS = Signs(
    [(mark, None) for mark in (*_MARKS, "&", ". -", ",", ";", *AT_A_SEAM)], ends="|"
)
_NOTHING = frozenset("!/-@*")
_BLANK = frozenset(",;: \t\n\\")
_MOST_MARKS = 3
_DOTTED = {"ı": "i", "ȷ": "j"}


def latex_text(written: str) -> str:
    r"""TeX as the characters that it prints; white space stays as it is.

    >>> latex_text(r"{\L}ukasz {Fran\c{c}ois} \'{\^e} $\alpha$")
    'Łukasz François ế $\\alpha$'
    """
    for mark in _MARKS:
        if mark in written:
            return without_new_tags(written, _printed(written))
    return written


def person(written: str) -> str:
    """A person's name as shown: TeX resolved, white space collapsed, hyphened initials joined."""
    if _SIGNS_IN_NAMES.absent(written) and not _is_encoded_twice(written):
        return written
    decoded = entities(written) if "&" in written else written
    name = plain(latex_text(_decoded_once_more(decoded)), paragraphs=False).strip(" ,;")
    # "C. -P. Yuan" is what arXiv makes of "C.-P. Yuan".
    return name.replace(". -", ".-") if ". -" in name else name


def persons(written: Sequence[str]) -> tuple[str, ...]:
    """The names of people as `person` cleans them, those without anything left out."""
    if are_shown(written):
        return tuple(filter(None, written))
    return tuple(filter(None, map(person, written)))


def are_shown(names: Sequence[str]) -> bool:
    """Whether all names stand as they are shown: clean, and without a comma to turn round."""
    together = "|".join(names)
    shown = together and _SIGNS_IN_LISTS.absent(together)
    return bool(shown) and not _is_encoded_twice(together)


def _is_encoded_twice(name: str) -> bool:
    return not name.isascii() and _TWICE_ENCODED.search(name) is not None


def _decoded_once_more(name: str) -> str:
    """A name that went through UTF-8 twice ("RaÃºl"): no language writes such pairs."""
    if not _is_encoded_twice(name):
        return name
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


def _printed(written: str) -> str:
    page = _Page()
    for token in _TOKEN.finditer(written):
        kind, piece = token.lastgroup, token[0]
        if kind == "brace":
            page.open() if piece == "{" else page.close()
        elif kind == "gap":
            following = written[token.end() : token.end() + 1]
            page.command(token["name"], token["gap"], following)
        elif kind == "sign":
            page.sign(token["sign"])
        else:
            page.put(_TYPING[piece] if kind == "typing" else piece)
    return page.text()


class _Page:
    """What has been printed so far, the accents that wait for a letter, and the open groups."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._accents: list[str] = []
        self._unseen = 0  # arguments to come that are no text
        # For each open brace: where its text begins, the accents on it, whether it is left out.
        self._groups: list[tuple[int, list[str], bool]] = []

    def put(self, piece: str) -> None:
        if self._accents and piece:
            piece, self._accents = _accented(piece.lstrip(), self._accents), []
        if piece:
            self._out.append(piece)

    def command(self, name: str, gap: str, following: str) -> None:
        if name in _NAMED_ACCENTS:
            self._accents.append(name)
            return
        self._unseen = _UNSEEN_ARGUMENTS.get(name, 0)
        self.put(_command(name, gap, following))

    def sign(self, sign: str) -> None:
        if sign in ACCENTS:
            self._accents.append(sign)
        else:
            self.put("" if sign in _NOTHING else " " if sign in _BLANK else sign)

    def open(self) -> None:
        self._groups.append((len(self._out), self._accents, self._unseen > 0))
        self._accents, self._unseen = [], max(0, self._unseen - 1)

    def close(self) -> None:
        self._leave_accents()
        if not self._groups:
            return
        begin, over, left_out = self._groups.pop()
        if left_out:
            del self._out[begin:]
        elif over:
            first = "".join(self._out[begin : begin + 1])
            self._out[begin : begin + 1] = [_accented(first, over)]

    def text(self) -> str:
        self._leave_accents()
        return "".join(self._out)

    def _leave_accents(self) -> None:
        """Accents that no letter followed, as the signs that they are."""
        self._out.extend(map(_bare, self._accents))
        self._accents = []


def _command(name: str, gap: str, following: str) -> str:
    """What a command prints, with the blanks behind it where they are meant."""
    glyph = _NAMED.get(name)
    if glyph is not None:
        return glyph if name in _LATIN else glyph + gap
    if name in _SILENT or name in _UNSEEN_ARGUMENTS or following == "{":
        return ""
    return name + gap


def _accented(piece: str, accents: list[str]) -> str:
    """The piece with accents on its first letter, the innermost (the last) first."""
    first = piece[:1]
    if not first.isalpha():
        return "".join(map(_bare, accents)) + piece
    marks = "".join(ACCENTS.get(name) or _NAMED_ACCENTS[name] for name in accents[:-4:-1])
    if len(piece) > _MOST_MARKS and unicodedata.combining(piece[_MOST_MARKS]):
        return piece  # no letter of any language: accents heaped up for their own sake
    return unicodedata.normalize("NFC", _DOTTED.get(first, first) + marks) + piece[1:]


def _bare(accent: str) -> str:
    return "" if accent.isalpha() else accent
