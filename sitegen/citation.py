"""BibTeX of one paper: what its page offers under "Cite".

The text is UTF-8 with LaTeX's special characters escaped, formulas ($…$) kept, braces balanced,
and capitals that a style might lower ({GPT}) protected; fields as in the BibTeX documentation
(Patashnik, BibTeXing, 1988) and arXiv's advice for eprints (https://info.arxiv.org/help/hypertex/
bibstyles/). A citation key is made from the paper alone and never from its neighbours, so it
stays what it is when others arrive; letters of a hash of the birth key keep equal ones apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple
from urllib.parse import quote

from .model import Paper
from .person_names import Name, plain, split

_ESCAPES: Final = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    # BibTeX counts escaped braces too, so braces are written as commands.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_SPECIAL = re.compile(r"[&%#_${}~^\\<>|]")
_SPECIAL_OR_WORD = re.compile(r"[&%#_${}~^\\<>|]|[^\W_]+")
# Pandoc's rule for formulas: no white space inside the dollars, no digit after them.
_FORMULA = re.compile(r"(?<!\\)\$(?=\S)([^$]*[^$\s\\])\$(?!\d)")
_FORMULA_SPECIAL = re.compile(r"(?<!\\)[%&#]")
_BRACE = re.compile("[{}]")
_ESCAPED = re.compile(r"\\.")
_NOT_IN_URL = re.compile(r"[\s{}\\\x00-\x1f\x7f]")

_PREPRINT = re.compile(r"\barxiv\b|^CoRR$", re.IGNORECASE)
_ARXIV_DOI = "10.48550/"
_MEETING = re.compile(
    r"\b(?:proc|proceedings|conference|workshop|symposium|meeting|congress|tutorial|findings)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans|letters|lett|annals|review|reviews|magazine|bulletin|nature"
    r"|science|access|surveys|plos|jmlr|jair|tmlr|tacl|tpami|ijcv|dmlr|computational linguistics)\b"
    r"|^CL$",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")

_STOP_WORDS: Final = frozenset({
    "a", "about", "all", "an", "and", "are", "as", "at", "be", "beyond", "by", "can", "could",
    "do", "does", "for", "from", "how", "if", "in", "into", "is", "it", "its", "let", "new",
    "no", "not", "of", "on", "or", "our", "over", "should", "that", "the", "their", "this",
    "through", "to", "toward", "towards", "under", "using", "via", "we", "what", "when",
    "where", "which", "who", "why", "will", "with", "without", "you", "your"
})  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_KEY = re.compile("[^a-z0-9]+")
_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"  # no vowels, so no words
_PAIRS: Final = [first + second for first in _CONSONANTS for second in _CONSONANTS]


def bibtex(paper: Paper) -> str:
    """The paper as a BibTeX entry, without a line end after it."""
    details = paper.details
    names = [name for name in details.authors if name.strip()]
    year = year_of(paper)
    venue = venue_of(details.venue)
    fields = ",\n".join(
        [f"  {field} = {{{value}}}" for field, value in _fields(paper, names, year, venue)]
    )
    return f"@{venue.kind}{{{key_of(paper, names, year)},\n{fields}\n}}"


def _fields(paper: Paper, names: list[str], year: str, venue: Venue) -> list[tuple[str, str]]:
    fields = [("title", _title(paper.title))]
    if names:
        fields.append(("author", _authors(names)))
    if venue.name:
        fields.append((venue.field, venue.name))
    if year:
        fields.append(("year", year))
    arxiv = paper.ids.get("arxiv")
    if arxiv:
        fields += [("eprint", _verbatim(arxiv)), ("archivePrefix", "arXiv")]
        if paper.categories and _CATEGORY.fullmatch(paper.categories[0]):
            fields.append(("primaryClass", paper.categories[0]))
    doi = paper.ids.get("doi")
    if doi:
        fields.append(("doi", _verbatim(doi)))
    url = url_of(paper)
    if url:
        fields.append(("url", _verbatim(url)))
    return fields


class Venue(NamedTuple):
    """What kind of entry a venue makes, and where it is named."""

    kind: str  # "misc" for a preprint, "article", "inproceedings"
    field: str = ""
    name: str = ""  # in LaTeX


@lru_cache(maxsize=1024)
def venue_of(name: str) -> Venue:
    """What kind of entry a paper of that venue is, and in which field the venue stands."""
    if not name.strip() or _PREPRINT.search(name):
        return Venue("misc")
    journal = _JOURNAL.search(name) and not _MEETING.search(name)
    kind, field = ("article", "journal") if journal else ("inproceedings", "booktitle")
    return Venue(kind, field, _escaped(" ".join(name.split())))


def year_of(paper: Paper) -> str:
    """The year of publication, else of the arXiv id, else of the first listing; "" if unknown."""
    if paper.published:
        return str(paper.published.year)
    arxiv = paper.ids.get("arxiv", "")
    digits = arxiv.rpartition("/")[2][:2]
    if digits.isdecimal():
        return ("19" if digits > "90" else "20") + digits  # arXiv began in 1991
    return str(paper.born.year) if paper.born else ""


def url_of(paper: Paper) -> str:
    """The paper's most lasting address; "" when there is none."""
    acl = paper.ids.get("acl")
    if acl:
        return f"https://aclanthology.org/{acl}/"
    arxiv, doi = paper.ids.get("arxiv"), paper.ids.get("doi")
    if doi and not (arxiv and doi.startswith(_ARXIV_DOI)):
        return f"https://doi.org/{doi}"
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    known = (*(listing.url for listing in paper.listings), paper.pdf, paper.project)
    return next((url for url in known if url.startswith(("https://", "http://"))), "")


def citation_key(paper: Paper) -> str:
    """The key of the paper in every file of references."""
    names = [name for name in paper.details.authors if name.strip()]
    return key_of(paper, names, year_of(paper))


def key_of(paper: Paper, names: list[str], year: str) -> str:
    """The citation key: first author's family name, year, a telling word of the title, a hash.

    In a hundred thousand papers one in twenty shares the first three with another paper.
    """
    family = _NOT_IN_KEY.sub("", _ascii(split(names[0]).family))[:24] if names else ""
    return f"{family}{year}{_telling_word(paper.title)[:24]}-{_hash_letters(paper.key)}"


def _telling_word(title: str) -> str:
    for found in _WORD.finditer(_ascii(title)):
        word = found[0]
        if word in _STOP_WORDS or word[:2].isdecimal():
            continue
        word = word.replace("-", "")
        # A digit would run into the year.
        return _DIGITS[int(word[0])] + word[1:] if word[0].isdecimal() else word
    return "paper"


def _ascii(text: str) -> str:
    folded = text.lower()
    if folded.isascii():
        return folded
    return (
        unicodedata.normalize("NFKD", folded.translate(_LETTERS)).encode("ascii", "ignore").decode()
    )


def _hash_letters(key: str) -> str:
    """Four letters: 160,000 possibilities among papers that share all the rest."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    first, second = divmod(int.from_bytes(digest) % len(_PAIRS) ** 2, len(_PAIRS))
    return _PAIRS[first] + _PAIRS[second]


def _authors(names: list[str]) -> str:
    line = " and ".join([_in_order(name) for name in names])
    if not _SPECIAL.search(line):  # nearly always: no special characters, and no group
        return line
    return " and ".join([_braced(split(name)) for name in names])


def _in_order(name: str) -> str:
    parts = plain(name)
    return f"{parts[1]}, {parts[0]}" if parts else _author(split(name))


def _braced(name: Name) -> str:
    """A group's name, and one with special characters, in braces: not to be taken apart."""
    text = _author(name)
    if not name.group and not _SPECIAL.search(text):
        return text
    return f"{{{_escaped(' '.join(filter(None, (name.given, name.family, name.suffix))))}}}"


def _author(name: Name) -> str:
    """`Family, Suffix, Given`, which BibTeX takes apart in one way only; a group in braces."""
    family, given, suffix, group = name
    if group:
        return f"{{{family}}}"
    if suffix:
        family = f"{family}, {suffix}"
    return f"{family}, {given}" if given else family


def _title(title: str) -> str:
    words = title.split()
    if title.isupper():  # no capital of it means anything
        return _escaped(" ".join(words))
    if "$" not in title:
        return " ".join([_word(word) for word in words])
    text = " ".join(words)
    done, start = [], 0
    for formula in _FORMULA.finditer(text):
        if _balanced(formula[1]):
            done.append(_words(text[start : formula.start()]))
            done.append(f"${_FORMULA_SPECIAL.sub(_backslashed, formula[1])}$")
            start = formula.end()
    return "".join(done) + _words(text[start:])


def _words(text: str) -> str:
    return " ".join([_word(word) for word in text.split(" ")])


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> str:
    """A word escaped, with those parts in braces that have capitals inside: `{GPT}-4`."""
    if word.isalpha() and word[1:].islower():  # most words: "Learning", "of"
        return word
    return _SPECIAL_OR_WORD.sub(_protected, word)


def _protected(found: re.Match[str]) -> str:
    piece = found[0]
    escape = _ESCAPES.get(piece)
    if escape:
        return escape
    if piece == "A" or piece == piece.lower() or (piece.isalpha() and piece[1:].islower()):
        return piece
    return f"{{{piece}}}"


def _escaped(text: str) -> str:
    if _SPECIAL.search(text):
        return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    return text


def _backslashed(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _balanced(formula: str) -> bool:
    """Whether braces match both for BibTeX, which counts escaped ones, and for other parsers."""
    return _matched(formula) and _matched(_ESCAPED.sub("", formula))


def _matched(formula: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _verbatim(text: str) -> str:
    """For fields that are not LaTeX: what would end the field is percent-encoded."""
    return _NOT_IN_URL.sub(lambda odd: quote(odd[0]), text)
